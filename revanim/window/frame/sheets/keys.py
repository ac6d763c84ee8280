"""All keys on one page, and what the mouse does."""

from PySide6.QtWidgets import QLineEdit, QWidget

from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.command import by_menu
from revanim.window.frame.sheet import show_sheet
from revanim.window.frame.sheets.shortcuts import ShortcutPage
from revanim.window.kit.widgets import column, holder, label, push_button, row, scrolled
from revanim.window.shortcuts import native
from revanim.window.window import Window

MOUSE = {
    "blender": ((N_("Orbit"), N_("Middle-drag or right-drag")), (N_("Pan"), N_("with Shift"))),
    "maya": ((N_("Orbit"), N_("Alt-drag")), (N_("Pan"), N_("Alt-middle-drag"))),
}
ANY_MOUSE = (
    (N_("Zoom"), N_("Wheel")),
    (N_("What can be done here"), N_("Right-click")),
    (N_("Lasso with any tool"), N_("Ctrl+Alt-drag")),
    (N_("Scrub"), N_("Drag the ruler")),
    (N_("Scrub in the picture"), N_("Ctrl+Shift-drag")),
    (N_("Zoom in time"), N_("Wheel on the ruler")),
)


class KeyPage(QWidget):
    """Every command that has a key, under the name of its menu."""

    title = "Keys"
    room = (800, 720)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the keys"))
        self.search.textChanged.connect(self._find)
        self._groups: list[tuple[QWidget, list[tuple[QWidget, str]]]] = []
        sides = [column(spacing=12), column(spacing=12)]
        heights = [0, 0]
        for title, lines in self._lines(window):
            side = heights.index(min(heights))
            heights[side] += len(lines) + 2
            sides[side].addWidget(self._group(title, lines))
        for box in sides:
            box.addStretch()
        edit = push_button(tr("Edit Shortcuts…"), lambda: show_sheet(window, ShortcutPage), tip=tr("Give other keys"))
        self.setLayout(
            column(
                row(self.search, edit, spacing=8), scrolled(row(*sides, spacing=32, margins=(0, 0, 12, 0))), spacing=8
            )
        )
        self.first: QWidget | None = self.search

    def _lines(self, window: Window) -> list[tuple[str, list[tuple[str, str]]]]:
        mouse = MOUSE[window.viewport.canvas.mouse_scheme] + ANY_MOUSE
        groups = [(tr("Mouse"), [(tr(what), tr(how)) for what, how in mouse])]
        for menu, group in by_menu().items():
            keys = [(tr(command.text).rstrip("…"), window.shortcuts.of(command.name)) for command in group]
            groups.append((tr(menu), [(text, "   ".join(map(native, each))) for text, each in keys if each]))
        return [(title, lines) for title, lines in groups if lines]

    def _group(self, title: str, lines: list[tuple[str, str]]) -> QWidget:
        made = [(line(text, keys), f"{title} {text} {keys}") for text, keys in lines]
        group = holder(column(label(title, "heading"), *(widget for widget, _ in made), spacing=2))
        self._groups.append((group, made))
        return group

    def _find(self, text: str) -> None:
        words = text.lower().split()
        for group, lines in self._groups:
            found = [all(word in known.lower() for word in words) for _, known in lines]
            for (widget, _), shown in zip(lines, found, strict=True):
                widget.setVisible(shown)
            group.setVisible(any(found))


def line(text: str, keys: str) -> QWidget:
    """Return a line: a command, and its keys."""
    return holder(row(label(text), None, label(keys, "name"), spacing=8))
