"""Everything one can do by name: type a few letters, press Return."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QMainWindow,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from revanim.sentence import N_
from revanim.session.files.settings import recent_commands, remember_command
from revanim.session.words import tr
from revanim.window.command import Command, by_menu
from revanim.window.frame.menus import Actions
from revanim.window.kit.icons import SIZE, icon
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column, label
from revanim.window.shortcuts import Shortcuts, native

WIDTH, HEIGHT, TOP = 560, 440, 96
MARGIN, GAP, ROW = 12, 8, 28
ENTRY = Qt.ItemDataRole.UserRole
IMPOSSIBLE = N_("Not possible now")
SPELLINGS = (("colour", "color"), ("centre", "center"), ("grey", "gray"), ("ise", "ize"), ("lling", "ling"))
Side = Qt.AlignmentFlag


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    name: str
    text: str
    menu: str
    keys: str
    tip: str
    icon: QIcon
    run: Callable[[], object]
    why: str = ""  # it cannot be done now
    deep: bool = False  # it is a line of a submenu
    words: str = ""  # what else it is looked for by

    def rank(self, words: list[str], recent: list[str]) -> tuple[int, int] | None:
        """Return how early it comes: what begins with what is typed, then what was found last; None if not at all."""
        text = either_spelling(self.text)
        if not all(word in either_spelling(f"{self.menu} {self.text} {self.words}") for word in words):
            return None
        begins = bool(words) and any(part.startswith(words[0]) for part in text.split())
        last = recent.index(self.name) if self.name in recent else len(recent) + self.deep
        return (0 if begins else 1 if all(word in text for word in words) else 2), last


@cache
def either_spelling(text: str) -> str:
    """Return a text in small letters as it is spelled on either side of the Atlantic."""
    text = text.lower()
    there = text
    for british, american in SPELLINGS:
        there = there.replace(british, american)
    return text if there == text else f"{text} {there}"


class CommandPalette(QFrame):
    """A list of everything one can do, with the keys; what cannot be done now says why."""

    def __init__(self, window: QMainWindow, entries: Iterable[Entry]) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Find a command"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line, self.list, self.foot = QLineEdit(), QListView(), label(name="foot")
        self.line.setPlaceholderText(tr("What do you want to do?"))
        self.line.setAccessibleName(tr("What do you want to do?"))
        self.list.setAccessibleName(tr("Commands"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(SIZE, SIZE))
        self._entries, self._recent = list(entries), recent_commands()
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(WithKeys(self.list))
        self.setLayout(column(self.line, self.list, self.foot, spacing=8, margins=(8, 8, 8, 8)))
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self._run)
        self.list.clicked.connect(self._run)
        self.list.selectionModel().currentChanged.connect(self._explain)
        self.line.installEventFilter(self)
        self._filter("")
        self.resize(WIDTH, min(HEIGHT, window.height() - TOP))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - WIDTH) // 2, corner.y() + TOP)
        self.show()
        self.line.setFocus()

    @property
    def found(self) -> list[Entry]:
        """What is in the list now."""
        return [self._model.index(row, 0).data(ENTRY) for row in range(self._model.rowCount())]

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        ranked = [(entry.rank(words, self._recent), entry) for entry in self._entries]
        found = sorted(((rank, entry) for rank, entry in ranked if rank is not None), key=lambda pair: pair[0])
        self._model.clear()
        for _, entry in found:
            item = QStandardItem(entry.icon, entry.text)
            item.setForeground(theme.color("disabled" if entry.why else "text"))
            item.setData(entry, ENTRY)
            item.setData(f"{entry.menu}, {entry.why or entry.tip}", Qt.ItemDataRole.AccessibleDescriptionRole)
            self._model.appendRow(item)
        self.list.setCurrentIndex(self._model.index(0, 0))
        if not found:
            self.foot.setText(tr("There is no command of that name."))

    def _explain(self) -> None:
        entry = self.list.currentIndex().data(ENTRY)
        self.foot.setText((entry.why or entry.tip) if entry else "")

    def _run(self) -> None:
        entry = self.list.currentIndex().data(ENTRY)
        if entry is not None and entry.why:
            return
        self.close()
        if entry is not None:
            remember_command(entry.name)
            entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk through the list while the line keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = (self.list.currentIndex().row() + step) % max(self._model.rowCount(), 1)
                self.list.setCurrentIndex(self._model.index(row, 0))
                return True
        return False


def entries(window: QMainWindow, actions: Actions, shortcuts: Shortcuts) -> Iterator[Entry]:
    """Yield everything one can do, in the order of the menus."""
    for menu, group in by_menu().items():
        for command in group:
            if command.choices:
                yield from choices(window, menu, command)
                continue
            action = actions[command.name]
            why = "" if action.isEnabled() else tr(command.needs or IMPOSSIBLE)
            keys = "   ".join(map(native, shortcuts.of(command.name)))
            yield Entry(
                command.name, action.text(), tr(menu), keys, tr(command.tip), action.icon(), action.trigger, why,
                words=tr(command.words),
            )  # fmt: skip


def choices(window: QMainWindow, menu: str, command: Command[Any]) -> Iterator[Entry]:
    """Yield each line of a submenu."""
    for choice in command.choices(window) if command.choices else ():
        drawing = icon("check-mark" if choice.checked else "none")
        text = f"{tr(command.text)}: {choice.text}"
        yield Entry(
            f"{command.name}/{choice.text}", text, tr(menu), "", tr(command.tip), drawing, choice.run, deep=True,
            words=tr(command.words),
        )  # fmt: skip


class WithKeys(QStyledItemDelegate):
    """Writes the menu of a command behind its name, and its keys at the end of the row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH - 4 * MARGIN, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        entry, chosen = index.data(ENTRY), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(theme.color("on_accent" if chosen else "disabled" if entry.why else "dim"))
        area = option.rect.adjusted(0, 0, -MARGIN, 0)
        painter.drawText(area, Side.AlignRight | Side.AlignVCenter, entry.keys or entry.menu)
        if entry.keys:
            width = option.fontMetrics.horizontalAdvance(entry.keys) + 2 * GAP
            menu = QRect(area.left(), area.top(), area.width() - width, area.height())
            painter.drawText(menu, Side.AlignRight | Side.AlignVCenter, entry.menu)
