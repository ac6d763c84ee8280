"""The paths of handles: a line through the scene, with a diamond at each key."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.draw.camera import project
from revanim.draw.look import Tokens
from revanim.draw.overlay.way import paint_way
from revanim.engine.parameter import Floats, Keyed
from revanim.scene.edits.paths import along
from revanim.scene.scene import View

WIDTH, OPACITY = 1.5, (0.7, 0.7)
KEY = 4.0  # pixels from the middle of a diamond to its corners
CORNERS = [(KEY, 0.0), (0.0, KEY), (-KEY, 0.0), (0.0, -KEY)]


def paint_paths(painter: QPainter, size: tuple[int, int], view: View, paths: Sequence[Keyed], tokens: Tokens) -> None:
    """Paint some paths."""
    color = QColor(tokens.key_selected)
    for way in paths:
        paint_way(painter, size, view, along(way), color, WIDTH, OPACITY)
        _paint_keys(painter, size, view, way.values, color, QColor(tokens.shade))


def _paint_keys(
    painter: QPainter, size: tuple[int, int], view: View, place: Floats, color: QColor, rim: QColor
) -> None:
    there = project(view, *size, place)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(rim, 1.0))
    painter.setBrush(color)
    for x, y in np.column_stack([there.x, there.y])[there.scale > 0]:
        painter.drawPolygon(QPolygonF([QPointF(x + right, y + down) for right, down in CORNERS]))
    painter.restore()
