"""The way of one point over many frames, as a line that becomes clearer towards its end."""

import numpy as np
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from revanim.draw.camera import project
from revanim.engine.parameter import Floats
from revanim.scene.scene import View


def paint_way(
    painter: QPainter,
    size: tuple[int, int],
    view: View,
    way: Floats,
    color: QColor,
    width: float,
    opacity: tuple[float, float],
) -> None:
    """Paint a line through places, float64[k, 3], `width` pixels wide; `opacity` is that of its two ends."""
    seen, (faint, clear) = project(view, *size, way), opacity
    ink = QColor(color)
    for i in np.flatnonzero((seen.scale[1:] > 0) & (seen.scale[:-1] > 0)):
        ink.setAlphaF(faint + (clear - faint) * (i + 1) / len(way))
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(seen.x[i], seen.y[i], seen.x[i + 1], seen.y[i + 1]))
