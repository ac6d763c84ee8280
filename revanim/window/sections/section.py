"""A section of a panel that folds under its heading."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from revanim.session.words import tr
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column, holder, row

ROOM = 24  # pixels of a heading before its text, where the arrow is
ARROW = 3.5


class Heading(QPushButton):
    """A line that says what is below, with an arrow that says whether it is folded."""

    def __init__(self, text: str, tip: str) -> None:
        super().__init__(text)
        self.setObjectName("section")
        self.setAccessibleName(text)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(ROOM / 2 + 1, self.height() / 2)
        painter.rotate(90 if self.isChecked() else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.dim))
        painter.drawPolygon(QPolygonF([QPointF(-2, -ARROW), QPointF(2.5, 0), QPointF(-2, ARROW)]))
        painter.end()


class Section(QWidget):
    """A heading with buttons at its right, and a body that it folds away."""

    def __init__(self, title: str, *buttons: QWidget, tip: str = "") -> None:
        super().__init__()
        self.heading = Heading(title, tip or tr("Fold or unfold"))
        self.heading.toggled.connect(self._fold)
        self.body: QVBoxLayout = column(spacing=4, margins=(12, 6, 8, 10))
        self._holder = holder(self.body)
        bar = holder(row(self.heading, *buttons, 4), "section-bar")
        self.setLayout(column(bar, self._holder))
        self.heading.installEventFilter(self)

    @property
    def unfolded(self) -> bool:
        """Whether its body is seen."""
        return self.heading.isChecked()

    def unfold(self, open_: bool = True) -> None:
        """Show the body, or fold it away."""
        self.heading.setChecked(open_)

    def _fold(self, open_: bool) -> None:
        self._holder.setVisible(open_)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QContextMenuEvent)  # the dock's own menu would surprise here
