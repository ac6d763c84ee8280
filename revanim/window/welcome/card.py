"""A scene of the gallery, or a file: its picture, which may move, and its name and one sentence below."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from revanim.window.kit.theme import font, theme

NARROWEST = 188  # pixels
TEXT, FEW = 78, 52  # pixels below the picture, for a sentence or for a line
RADIUS = 6


class Card(QAbstractButton):
    """Press it, or Return on it, to open the scene."""

    def __init__(self, title: str, tip: str, room: int = TEXT) -> None:
        super().__init__()
        self.note, self._room = "", room
        self.image = QImage()
        self.setText(title)
        self.setToolTip(tip)
        self.set_width(NARROWEST)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_width(self, width: int) -> None:
        """Take so much room; the picture is 16 by 9."""
        self.picture_height = picture_height(width)
        self.setFixedSize(width, self.picture_height + self._room)

    def introduce(self, title: str, note: str) -> None:
        """Set the name and the sentence."""
        self.setText(title)
        self.note = note
        self.setAccessibleDescription(note)
        self.update()

    def show_picture(self, image: QImage) -> None:
        """Show the next picture."""
        self.image = image
        self.update(0, 0, self.width(), self.picture_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(outline, RADIUS, RADIUS)
        painter.setClipPath(shape)
        lit = self.underMouse() or self.hasFocus()
        painter.fillRect(self.rect(), QColor(theme.tokens.header if lit else theme.tokens.panel))
        painter.drawImage(QRectF(0, 0, self.width(), self.picture_height), self.image)
        self._write(painter)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(theme.tokens.playhead) if lit else QColor(255, 255, 255, 18), 1))
        painter.drawPath(shape)

    def _write(self, painter: QPainter) -> None:
        painter.setFont(font(13, font().Weight.DemiBold))
        painter.setPen(QColor(theme.tokens.text))
        left, top, width = 12, self.picture_height, self.width() - 24
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRectF(left, top + 8, width, 18), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(font(11))
        painter.setPen(QColor(theme.tokens.dim))
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(left, top + 28, width, self._room - 32), wrap, self.note)


def picture_height(width: int) -> int:
    """Return the height of the picture of a card that wide."""
    return width * 9 // 16
