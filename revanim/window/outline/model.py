"""The tree of the outliner for Qt's views."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from revanim.scene.edits.parts import PARTS
from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.icons import icon
from revanim.window.kit.theme import font, theme
from revanim.window.outline.rows import Row, alike, outline, renew

AnyIndex = QModelIndex | QPersistentModelIndex
NAME, DETAIL, EYE, LOCK = range(4)
Role, Flag = Qt.ItemDataRole, Qt.ItemFlag
EYES: dict[str, tuple[str, str]] = {
    "group": (N_("Hide the group"), N_("Show the group")),
    **dict.fromkeys(PARTS, ("Mute", "Unmute")),
}
NO_INDEX = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Four columns: name, detail, eye and lock."""

    renamed = Signal(object, str)  # the Row, and its new name

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self.studio = studio
        self.wanted = ""
        self.scene = studio.session.scene  # as the rows show it
        self.root = outline(self.scene)

    def build(self) -> None:
        """Read the scene again; where nothing looks different, as in a drag of a number, all rows stay."""
        self.scene = self.studio.session.scene
        root = outline(self.scene, self.wanted)
        if alike(self.root, root):
            renew(self.root, root)
            return
        self.beginResetModel()
        self.root = root
        self.endResetModel()

    def row_at(self, index: AnyIndex) -> Row:
        """Return the row of an index."""
        row = index.internalPointer() if index.isValid() else self.root
        assert isinstance(row, Row)
        return row

    def index_of(self, row: Row, column: int = NAME) -> QModelIndex:
        """Return the index of a row."""
        return NO_INDEX if row is self.root else self.createIndex(row.place, column, row)

    # What Qt asks

    def index(self, row: int, column: int, parent: AnyIndex = NO_INDEX) -> QModelIndex:
        rows = self.row_at(parent).rows
        return self.createIndex(row, column, rows[row]) if 0 <= row < len(rows) and 0 <= column < 4 else NO_INDEX

    def parent(self, index: AnyIndex = NO_INDEX) -> QModelIndex:  # type: ignore[override]  # QObject has another one
        above = self.row_at(index).parent if index.isValid() else None
        return self.index_of(above) if above is not None else NO_INDEX

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return len(self.row_at(parent).rows) if parent.column() <= 0 else 0

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 4

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row.kind == "heading":
            return Flag.ItemIsEnabled
        editable = Flag.ItemIsEditable if row.kind == "group" and index.column() == NAME else Flag.NoItemFlags
        return Flag.ItemIsEnabled | Flag.ItemIsSelectable | editable

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> object:
        row, column = self.row_at(index), index.column()
        match role:
            case Role.DisplayRole | Role.EditRole | Role.AccessibleTextRole:
                return {NAME: row.text, DETAIL: row.detail}.get(column)
            case Role.DecorationRole:
                return self._icon(row, column)
            case Role.ToolTipRole:
                return self._tip(row, column)
            case Role.ForegroundRole:
                faint = column == DETAIL or row.kind == "heading" or row.shown is False
                return QColor(theme.tokens.dim if faint else theme.tokens.text)
            case Role.TextAlignmentRole if column == DETAIL:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.FontRole if row.kind == "heading":
                return font(weight=QFont.Weight.DemiBold)
        return None

    def _icon(self, row: Row, column: int) -> object:
        if column == NAME and row.kind != "heading":
            return icon(row.icon, color="dim")
        if column == EYE and row.shown is not None:
            return icon("eye" if row.shown else "eye-off", color="dim" if row.shown else "text")
        if column == LOCK and row.locked is not None:
            return icon("lock" if row.locked else "unlock", color="text" if row.locked else "disabled")
        return None

    def _tip(self, row: Row, column: int) -> str:
        if column == EYE and row.shown is not None:
            return tr(EYES[row.kind][not row.shown])
        if column == LOCK and row.locked is not None:
            lock = N_("Lock the group: its bodies cannot be picked in the picture")
            return tr("Unlock the group") if row.locked else tr(lock)
        if column == DETAIL:
            return row.detail  # it may be cut
        return row.tip or row.text

    def setData(self, index: AnyIndex, value: object, role: int = Role.EditRole) -> bool:
        row = self.row_at(index)
        if role == Role.EditRole and str(value).strip() != row.text:
            self.renamed.emit(row, str(value).strip())
        return True
