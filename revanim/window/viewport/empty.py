"""What is written over the picture of a scene that has no bodies yet."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.kit.theme import font
from revanim.window.viewport.canvas import Canvas

EMPTY = N_("No bodies yet\nB, then click or drag, adds some  ·  Shift+A adds a word, a drawing, a cloth, a galaxy")


def paint_first_steps(painter: QPainter, canvas: Canvas) -> None:
    """Write what to do with a scene that has no bodies, above where its axes meet: cards stand at the foot."""
    if canvas.studio.session.scene.bodies.count or not canvas.annotated:
        return
    middle = Qt.AlignmentFlag.AlignHCenter
    above = QRect(0, 0, *canvas.size).adjusted(0, canvas.height // 6, 0, 0)
    title, _, hint = tr(EMPTY).partition("\n")
    painter.setFont(font(15, QFont.Weight.DemiBold))
    painter.setPen(QColor(canvas.inks.text))
    painter.drawText(above, middle, title)
    painter.setFont(font())
    painter.setPen(QColor(canvas.inks.dim))
    painter.drawText(above.adjusted(0, 28, 0, 0), middle, hint)
