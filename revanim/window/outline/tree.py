"""The view of the outliner: rows that are clicked, switched by their eye and lock, and dragged to another place."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTreeView

from revanim.scene.edits.parts import PARTS
from revanim.session.words import tr
from revanim.window.kit.theme import theme
from revanim.window.outline.model import DETAIL, EYE, LOCK, NAME, OutlineModel
from revanim.window.outline.rows import Row

INDENT = 14
SWITCH = 26  # pixels of the columns of eye and lock
DETAILS = 36  # pixels that the details keep beside the longest name
MOVABLE = {"group", *PARTS}
OWN_KEYS = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2,
}  # fmt: skip
Edit, Mode = QAbstractItemView.EditTrigger, QHeaderView.ResizeMode


class OutlineTree(QTreeView):
    """A tree view whose signals carry rows, not indexes."""

    pressed_on = Signal(object)  # the Row that a click or an arrow key came to
    switched = Signal(object, int)  # a Row, and EYE or LOCK
    dropped = Signal(object, int)  # a Row, and before which of its like it shall stand
    removed = Signal()

    def __init__(self, rows: OutlineModel) -> None:
        super().__init__()
        self.rows = rows
        self._pressed: QPoint | None = None
        self._dragged: Row | None = None
        self._drop: int | None = None
        self._waiting: Row | None = None
        self._open: dict[tuple[str, str], bool] = {}  # what a person has folded or unfolded
        self.setModel(rows)
        self.setAccessibleName(tr("Outliner"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(Edit.DoubleClicked | Edit.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self._size_columns()
        self.expanded.connect(lambda index: self._remember(index, True))
        self.collapsed.connect(lambda index: self._remember(index, False))
        rows.modelReset.connect(self.unfold)
        self.unfold()

    def _size_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(SWITCH)
        header.setSectionResizeMode(NAME, Mode.ResizeToContents)  # where there is little room, the detail is cut first
        header.setSectionResizeMode(DETAIL, Mode.Stretch)
        for column in (EYE, LOCK):
            header.setSectionResizeMode(column, Mode.Fixed)
            header.resizeSection(column, SWITCH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.header().setMaximumSectionSize(max(self.viewport().width() - 2 * SWITCH - DETAILS, SWITCH))
        super().resizeEvent(event)

    def unfold(self) -> None:
        """Unfold what was unfolded before, and every heading; while something is searched, all."""
        self.blockSignals(True)
        for heading in self.rows.root.rows:
            for row in (heading, *heading.rows):
                if not row.rows:
                    continue
                known = self._open.get((row.kind, row.text), row.kind == "heading")
                self.setExpanded(self.rows.index_of(row), known or bool(self.rows.wanted))
        self.blockSignals(False)

    def _remember(self, index: QModelIndex, open_: bool) -> None:
        row = self.rows.row_at(index)
        if not self.rows.wanted:
            self._open[row.kind, row.text] = open_

    def inherit(self, before: "OutlineTree") -> None:
        """Fold and unfold the same rows as before; only their texts differ."""
        for heading, old in zip(self.rows.root.rows, before.rows.root.rows, strict=False):
            for row, was in zip((heading, *heading.rows), (old, *old.rows), strict=False):
                self.setExpanded(self.rows.index_of(row), before.isExpanded(before.rows.index_of(was)))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self.rows.row_at(index)
        if event.button() == Qt.MouseButton.LeftButton and self._switches(row, index.column()):
            self.switched.emit(row, index.column())
            return
        marked = self.selectionModel().isSelected(index)
        super().mousePressEvent(event)
        if not index.isValid():
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._dragged = row if row.kind in MOVABLE and not self.rows.wanted else None
            self._waiting = row if marked else None  # Qt leaves others marked until the button comes up: for a drag
        if not marked:
            self.pressed_on.emit(row)

    def _switches(self, row: Row, column: int) -> bool:
        return (column == EYE and row.shown is not None) or (column == LOCK and row.locked is not None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None or self._dragged is None:
            super().mouseMoveEvent(event)
        elif self._drop is not None or (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._drop = self._place_under(point)
            self.viewport().update()

    def _place_under(self, point: QPoint) -> int:
        """Return before which of its like a dragged row would stand if it were let go at a point."""
        assert self._dragged is not None
        like = self._like(self._dragged)
        middles = [self.visualRect(self.rows.index_of(row)).center().y() for row in like]
        return sum(middle < point.y() for middle in middles)

    def _like(self, row: Row) -> list[Row]:
        assert row.parent is not None
        return [other for other in row.parent.rows if other.kind == row.kind]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, before, waiting = self._dragged, self._drop, self._waiting
        self._let_go()
        if row is not None and before is not None:
            self.dropped.emit(row, before)
            return
        super().mouseReleaseEvent(event)
        if waiting is not None:
            self.pressed_on.emit(waiting)

    def _let_go(self) -> None:
        self._pressed = self._dragged = self._drop = self._waiting = None
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self.rows.row_at(index)
        if self._switches(row, index.column()):
            self.switched.emit(row, index.column())
        elif row.kind == "heading":
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mouseDoubleClickEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event.key()):
            event.accept()  # so that they come here before any menu
        return super().event(event)

    def _wants(self, key: int) -> bool:
        return key in OWN_KEYS or (key == Qt.Key.Key_Escape and self._drop is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drop is not None:
            self._let_go()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before:
                self.pressed_on.emit(self.rows.row_at(self.currentIndex()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop is not None and self._dragged is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(
                INDENT, self._drop_line(), self.viewport().width() - INDENT, 2, QColor(theme.tokens.playhead)
            )
            painter.end()

    def _drop_line(self) -> int:
        assert self._dragged is not None
        assert self._drop is not None
        like = self._like(self._dragged)
        last = self.visualRect(self.rows.index_of(like[min(self._drop, len(like) - 1)]))
        return last.top() - 1 if self._drop < len(like) else last.bottom()
