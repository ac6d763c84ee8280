"""Icons: single-colour drawings of `resources/icons`, tinted like the text beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from revanim.draw.look import DARK
from revanim.resources import resource

SIZE = 16
RATIOS = (1, 2, 3)
DISABLED = "#5c5c5c"


@cache
def icon(name: str, name_on: str = "", color: str = DARK.text) -> QIcon:
    """Return a drawing by the name of its file; `name_on` is what it turns into when checked."""
    off, on = (resource("icons", f"{each}.svg").read_text() for each in (name, name_on or name))
    tinted = QIcon()
    for drawing, state, tint in ((off, QIcon.State.Off, color), (on, QIcon.State.On, DARK.playhead)):
        for ratio in RATIOS:
            tinted.addPixmap(_paint(drawing, tint, ratio), QIcon.Mode.Normal, state)
            tinted.addPixmap(_paint(drawing, DISABLED, ratio), QIcon.Mode.Disabled, state)
    return tinted


def _paint(drawing: str, color: str, ratio: int) -> QPixmap:
    pixmap = QPixmap(SIZE * ratio, SIZE * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = drawing.replace("currentColor", color)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, SIZE * ratio, SIZE * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def mark(size: int, ratio: int = 3) -> QPixmap:
    """Return the mark of the program."""
    return QIcon(str(resource("icons", "revanim.svg"))).pixmap(QSize(size, size), float(ratio))
