"""The keys of every command: they can be added, removed and reset."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from revanim.error import RevanimError
from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.command import by_menu, commands
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column, label, push_button, row
from revanim.window.shortcuts import Shortcuts, native, presets
from revanim.window.window import Window

NAME = Qt.ItemDataRole.UserRole
WAITING = N_("Press a key")
LONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


class ShortcutPage(QWidget):
    """Choose a command, press a key; a key that another command has is moved only after a question."""

    title = N_("Shortcuts")
    room = (640, 640)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.shortcuts: Shortcuts = window.shortcuts
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search a command or a key"))
        self.search.setAccessibleName(tr("Search the shortcuts"))
        self.search.textChanged.connect(self._find)
        self.tree = command_tree()
        self.tree.currentItemChanged.connect(self._show)
        self.catch = QLineEdit(readOnly=True)
        self.catch.setPlaceholderText(tr(WAITING))
        self.catch.setAccessibleName(tr("New key"))
        self.catch.setToolTip(tr("Click here and press the key that the command shall have"))
        self.catch.installEventFilter(self)
        self.news = label(name="why", wrap=True)
        self.take = push_button(tr("Take It"), self._take, "primary", tr("Give the key to this command instead"))
        self.clear = push_button(tr("Clear"), self._clear, tip=tr("Leave the command without keys"))
        self.back = push_button(tr("Reset"), self._reset, tip=tr("Give the command the keys of the preset again"))
        self.all_back = push_button(
            tr("Reset All"), self._reset_all, tip=tr("Give every command the keys of the preset again")
        )
        self._asked = ""
        self._menus: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._items: dict[str, QTreeWidgetItem] = {}
        foot = row(self.catch, self.clear, self.back, spacing=8)
        preset = row(label(tr("Preset"), "name"), preset_box(window), None, self.all_back, spacing=8)
        self.setLayout(
            column(preset, self.search, self.tree, foot, row(self.news, None, self.take, spacing=8), spacing=8)
        )
        self._fill_tree()
        self.shortcuts.changed.connect(self._refresh)
        self._refresh()
        self.first: QWidget | None = self.search

    # The list

    def _fill_tree(self) -> None:
        for menu, group in by_menu().items():
            top = QTreeWidgetItem(self.tree, [tr(menu)])
            self._menus.append((top, []))
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for command in group:
                if not command.choices:
                    item = QTreeWidgetItem(top, [tr(command.text).rstrip("…")])
                    item.setData(0, NAME, command.name)
                    item.setToolTip(0, tr(command.tip))
                    self._items[command.name] = item
                    self._menus[-1][1].append(item)
        self.tree.expandAll()

    def _refresh(self) -> None:
        for name, item in self._items.items():
            item.setText(1, "   ".join(map(native, self.shortcuts.of(name))))
            own = name in self.shortcuts.own
            item.setForeground(1, theme.color("selection" if own else "dim"))
        self._show()

    def _find(self, text: str) -> None:
        words = text.lower().split()
        for top, items in self._menus:
            for item in items:
                known = f"{top.text(0)} {item.text(0)} {item.text(1)}".lower()
                item.setHidden(not all(word in known for word in words))
            top.setHidden(all(item.isHidden() for item in items))

    # The command that is chosen

    @property
    def chosen(self) -> str:
        """The name of the chosen command, or nothing."""
        item = self.tree.currentItem()
        return str(item.data(0, NAME) or "") if item else ""

    def choose(self, name: str) -> None:
        """Choose a command."""
        self.tree.setCurrentItem(self._items[name])

    def _show(self) -> None:
        chosen = self.chosen
        self.catch.setEnabled(bool(chosen))
        self.catch.clear()
        self.catch.setPlaceholderText(
            tr("Press a key for {command}", command=self._items[chosen].text(0)) if chosen else tr("Choose a command")
        )
        self.clear.setEnabled(bool(chosen and self.shortcuts.of(chosen)))
        self.back.setEnabled(chosen in self.shortcuts.own)
        self.all_back.setEnabled(bool(self.shortcuts.own))
        self._say("")

    def _say(self, sentence: str, asked: str = "") -> None:
        self.news.setText(sentence)
        self._asked = asked
        self.take.setVisible(bool(asked))

    def _give(self, key: str) -> None:
        chosen, owner = self.chosen, self.shortcuts.owner(key, self.chosen)
        try:
            self.shortcuts.give(chosen, key)
        except RevanimError as error:
            self._say(
                tr("{error} Shall “{command}” take it?", error=error.sentence, command=tr(commands()[chosen].text)),
                key,
            )
            self.catch.setText(native(key))
        else:
            if owner == chosen:
                self._say(tr("“{command}” has that key already.", command=tr(commands()[chosen].text)))

    def _take(self) -> None:
        self.shortcuts.give(self.chosen, self._asked, take=True)

    def _clear(self) -> None:
        self.shortcuts.clear(self.chosen)

    def _reset(self) -> None:
        self.shortcuts.reset(self.chosen)

    def _reset_all(self) -> None:
        self.shortcuts.reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch every key in the line but those that leave it."""
        if watched is self.catch and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() not in LONE and event.key() != Qt.Key.Key_Escape:
                self._give(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))
                return True
        return super().eventFilter(watched, event)


def preset_box(window: Window) -> QComboBox:
    """Return the choice of a preset."""
    box = QComboBox()
    box.setAccessibleName(tr("Preset of the shortcuts"))
    box.setToolTip(tr("Keys like those of the tool you come from; keys that you gave stay"))
    for preset in presets().values():
        box.addItem(tr(preset.title), preset.name)
    box.activated.connect(lambda index: window.shortcuts.follow(box.itemData(index)))
    shortcuts = window.shortcuts
    box.setCurrentIndex(box.findData(shortcuts.preset))
    return box


def command_tree() -> QTreeWidget:
    """Return the list of commands, which takes the room that their keys leave; it is still empty."""
    tree = QTreeWidget()
    tree.setAccessibleName(tr("Commands and their keys"))
    tree.setHeaderHidden(True)
    tree.setColumnCount(2)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree
