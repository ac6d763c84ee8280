"""A scene of the gallery: its picture moves, its name and one sentence stand below."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from revanim.app.theme import font
from revanim.draw.look import DARK

WIDTH, PICTURE, TEXT = 232, 130, 62
RADIUS = 6


class Card(QAbstractButton):
    """Press it, or Return on it, to open the scene."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.note = ""
        self.image = QImage()
        self.setText(title)
        self.setFixedSize(WIDTH, PICTURE + TEXT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def introduce(self, title: str, note: str) -> None:
        """Set the name and the sentence."""
        self.setText(title)
        self.note = note
        self.setAccessibleDescription(note)
        self.update()

    def show_picture(self, image: QImage) -> None:
        """Show the next picture."""
        self.image = image
        self.update(0, 0, WIDTH, PICTURE)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, PICTURE + TEXT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(outline, RADIUS, RADIUS)
        painter.setClipPath(shape)
        lit = self.underMouse() or self.hasFocus()
        painter.fillRect(self.rect(), QColor(DARK.header if lit else DARK.panel))
        painter.drawImage(QRectF(0, 0, WIDTH, PICTURE), self.image)
        self._write(painter)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(DARK.playhead) if lit else QColor(255, 255, 255, 18), 1))
        painter.drawPath(shape)

    def _write(self, painter: QPainter) -> None:
        painter.setFont(font(13, font().Weight.DemiBold))
        painter.setPen(QColor(DARK.text))
        painter.drawText(QRectF(12, PICTURE + 8, WIDTH - 24, 18), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(font(11))
        painter.setPen(QColor(DARK.dim))
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(12, PICTURE + 27, WIDTH - 24, TEXT - 31), wrap, self.note)
