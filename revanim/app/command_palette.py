"""Every command by name: type a few letters, press Return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem

from revanim.app.command import by_menu
from revanim.app.theme import theme
from revanim.app.widgets import column

if TYPE_CHECKING:
    from revanim.app.window import Window

WIDTH, HEIGHT, TOP = 480, 400, 96
MARGIN, ROW = 12, 28
ACTION = Qt.ItemDataRole.UserRole


class CommandPalette(QFrame):
    """A list of all actions that are possible now, with their keys."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line, self.list = QLineEdit(), QListView()
        self.line.setPlaceholderText("What do you want to do?")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._found = QSortFilterProxyModel(self, filterCaseSensitivity=Qt.CaseSensitivity.CaseInsensitive)
        self._found.setSourceModel(self._model(window))
        self.list.setModel(self._found)
        self.list.setItemDelegate(WithKeys(self.list))
        self.setLayout(column(self.line, self.list, spacing=8, margins=(8, 8, 8, 8)))
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self._run)
        self.list.clicked.connect(self._run)
        self.line.installEventFilter(self)
        self._filter("")
        self.resize(WIDTH, HEIGHT)
        self.move(window.mapToGlobal(window.rect().topLeft()).x() + (window.width() - WIDTH) // 2, window.y() + TOP)
        self.show()
        self.line.setFocus()

    def _model(self, window: Window) -> QStandardItemModel:
        model = QStandardItemModel(self)
        for menu, group in by_menu().items():
            for command in group:
                action = window.actions_by_name.get(command.name)
                if action and action.isEnabled():
                    item = QStandardItem(action.icon(), f"{menu}: {action.text()}")
                    item.setData(action, ACTION)
                    model.appendRow(item)
        return model

    def _filter(self, text: str) -> None:
        self._found.setFilterFixedString(text)
        self.list.setCurrentIndex(self._found.index(0, 0))

    def _run(self) -> None:
        index = self.list.currentIndex()
        self.close()
        if index.isValid():
            index.data(ACTION).trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk through the list while the line keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = (self.list.currentIndex().row() + step) % max(self._found.rowCount(), 1)
                self.list.setCurrentIndex(self._found.index(row, 0))
                return True
        return False


class WithKeys(QStyledItemDelegate):
    """Writes the keys of an action at the end of its row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH - 4 * MARGIN, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in index.data(ACTION).shortcuts())
        painter.setPen(QColor(theme.tokens.dim))
        rectangle = option.rect.adjusted(0, 0, -MARGIN, 0)
        painter.drawText(rectangle, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
