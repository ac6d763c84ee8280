"""The way of one point over many frames, as a line that becomes clearer towards its end."""

import numpy as np
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from revanim.draw.camera import project
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

SHADES = 16  # of a line; when each of its parts had a pen of its own, painting took most of a live solve


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
    ends = np.column_stack([seen.x[:-1], seen.y[:-1], seen.x[1:], seen.y[1:]])
    shown, ink = (seen.scale[1:] > 0) & (seen.scale[:-1] > 0), QColor(color)
    for part in np.array_split(np.arange(len(ends)), SHADES):
        ink.setAlphaF(faint + (clear - faint) * (part.max(initial=0) + 1) / len(way))
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines([QLineF(*each) for each in ends[part[shown[part]]].tolist()])
