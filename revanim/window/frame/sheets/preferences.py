"""The preferences, with a search."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.frame.sheet import show_sheet
from revanim.window.frame.sheets.shortcuts import ShortcutPage, preset_box
from revanim.window.kit.widgets import column, holder, icon_button, label, let_search, push_button, row, scrolled
from revanim.window.preference import Preference, Value, by_group
from revanim.window.window import Window

CONTROL = 168  # pixels


class PreferencePage(QWidget):
    """A line for each preference, under the heading of its group."""

    title = N_("Preferences")
    room = (640, 680)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window_ = window
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the preferences"))
        let_search(self.search)
        self.search.textChanged.connect(self._find)
        self.nothing = label(tr("No preference is called that."), "name")
        self.nothing.hide()
        self.lines: dict[str, Line] = {}
        self._groups: list[tuple[QLabel, list[tuple[QWidget, str]]]] = []
        lines = [line for group, items in by_group().items() for line in self._group(group, items)]
        lines += self._keys()
        self.setLayout(
            column(
                self.search, scrolled(column(*lines, self.nothing, None, spacing=2, margins=(0, 0, 8, 0))), spacing=8
            )
        )
        self.first: QWidget | None = self.search

    def _group(self, group: str, items: list[Preference[Window]]) -> list[QWidget]:
        self.lines |= {item.name: Line(self.window_, item) for item in items}
        lines: list[tuple[QWidget, str]] = [
            (self.lines[item.name], " ".join(map(tr, (group, item.text, item.tip, *item.named.values()))))
            for item in items
        ]
        return self._headed(group, lines)

    def _keys(self) -> list[QWidget]:
        edit = push_button(tr("Edit Shortcuts…"), lambda: show_sheet(self.window_, ShortcutPage), tip=tr("All keys"))
        preset = preset_box(self.window_)
        keys = titled(
            tr("Keys"), tr("Keys like those of the tool you come from; single ones can be changed"), preset, 8, edit
        )
        return self._headed(N_("Shortcuts"), [(keys, tr("Shortcuts keys presets Blender Maya NLE keyboard"))])

    def _headed(self, group: str, lines: list[tuple[QWidget, str]]) -> list[QWidget]:
        heading = label(tr(group), "heading")
        self._groups.append((heading, lines))
        return [heading, *(line for line, _ in lines)]

    def _find(self, text: str) -> None:
        words = text.lower().split()
        for heading, lines in self._groups:
            found = [all(word in known.lower() for word in words) for _, known in lines]
            for (line, _), shown in zip(lines, found, strict=True):
                line.setVisible(shown)
            heading.setVisible(any(found))
        self.nothing.setVisible(not any(heading.isVisibleTo(self) for heading, _ in self._groups))


class Line(QWidget):
    """One preference: its name, its value, and a button that resets it."""

    def __init__(self, window: Window, preference: Preference[Window]) -> None:
        super().__init__()
        self._window, self.preference = window, preference
        self.control, self._display = control(preference, self._choose)
        self.control.setToolTip(tr(preference.tip))
        self.control.setAccessibleName(tr(preference.text))
        self.back = icon_button(
            "reset", lambda: self._choose(preference.default), tr("Reset {name}", name=tr(preference.text))
        )
        keep_place(self.back)
        words = column(label(tr(preference.text)), label(tr(preference.tip), "name", wrap=True), spacing=0)
        line = row(words, 16, self.control, self.back, spacing=4, margins=(0, 4, 0, 4))
        line.setStretch(0, 1)
        self.setLayout(line)
        self._refresh()

    def _choose(self, value: Value) -> None:
        if value != self.preference.value:
            self.preference.choose(self._window, value)
        self._refresh()

    def _refresh(self) -> None:
        self._display(self.preference.value)
        self.back.setVisible(self.preference.value != self.preference.default)


def control(
    preference: Preference[Window], choose: Callable[[Value], None]
) -> tuple[QWidget, Callable[[Value], object]]:
    """Return what a preference is chosen with, and a function that shows a value on it."""
    if isinstance(preference.default, bool):
        box = QCheckBox()
        box.setFixedWidth(CONTROL)
        box.clicked.connect(choose)
        return box, lambda value: box.setChecked(bool(value))
    combo = QComboBox()
    combo.setFixedWidth(CONTROL)
    for value, text in preference.named.items():
        combo.addItem(tr(text), value)
    combo.activated.connect(lambda index: choose(combo.itemData(index)))
    return combo, lambda value: combo.setCurrentIndex(combo.findData(value))


def titled(text: str, tip: str, *widgets: QWidget | int) -> QWidget:
    """Return widgets in a line that is laid out like a preference."""
    words = column(label(text), label(tip, "name", wrap=True), spacing=0)
    laid = row(words, 16, *widgets, 28, spacing=0, margins=(0, 4, 0, 4))
    laid.setStretch(0, 1)
    return holder(laid)


def keep_place(widget: QWidget) -> None:
    """Let a widget take its room even while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
