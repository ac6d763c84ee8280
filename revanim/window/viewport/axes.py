"""Which of the three axes a gesture leaves free, and how one that it is locked to looks on the picture."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from revanim.draw import camera
from revanim.draw.look import Tokens
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

Axes = tuple[bool, bool, bool]
FREE: Axes = (True, True, True)


def on_picture(place: Floats, view: View, size: tuple[int, int]) -> Floats:
    """Return where places are on the picture, float64[k, 2] pixels."""
    seen = camera.project(view, *size, place)
    return np.stack([seen.x, seen.y], axis=1)


def paint_lock(painter: QPainter, pivot: Floats, axes: Axes, view: View, size: tuple[int, int], tokens: Tokens) -> None:
    """Paint a line across the picture along each axis that a gesture is locked to."""
    if all(axes):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    reach = sum(size) * camera.unit(view, *size)
    for axis in np.flatnonzero(axes):
        ends = pivot + np.outer([-1e-3, 1e-3], np.eye(3)[axis]) * reach
        seen = on_picture(ends, view, size)
        way = seen[1] - seen[0]
        if np.hypot(*way) > 1e-6:
            far = way / np.hypot(*way) * sum(size)
            middle = seen.mean(axis=0)
            color = QColor(axis_color(int(axis), tokens))
            color.setAlphaF(0.7)
            painter.setPen(QPen(color, 1))
            painter.drawLine(QLineF(QPointF(*(middle - far)), QPointF(*(middle + far))))
    painter.restore()


def axis_color(axis: int, tokens: Tokens) -> str:
    """Return the colour of an axis."""
    return (tokens.axis_x, tokens.axis_y, tokens.axis_z)[axis]
