"""What is selected: rings around bodies, and the bodies in a box."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from revanim.app.session import Selection
from revanim.app.theme import theme
from revanim.draw.camera import project
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

AIR = 3.0  # pixels between a body and its ring
SMALLEST = 4.0
MOST = 5000  # rings: more would hide the bodies


def paint_selected(
    painter: QPainter, size: tuple[int, int], view: View, position: Floats, radius: Floats, selection: Selection
) -> None:
    """Paint a ring around each selected body that is in front of the camera."""
    chosen = np.flatnonzero(selection)[:MOST]
    if not chosen.size:
        return
    seen = project(view, *size, position[chosen])
    rings = np.maximum(radius[chosen] * seen.scale + AIR, SMALLEST)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens.selection), 1.5))
    for x, y, ring in np.column_stack([seen.x, seen.y, rings])[seen.scale > 0]:
        painter.drawEllipse(QPointF(x, y), ring, ring)


def in_box(box: QRectF, view: View, width: float, height: float, position: Floats) -> Selection:
    """Return which bodies fall into a box on the picture: bool[n]."""
    seen = project(view, width, height, position)
    across = (seen.x >= box.left()) & (seen.x <= box.right())
    along = (seen.y >= box.top()) & (seen.y <= box.bottom())
    return across & along & (seen.scale > 0)


def paint_box(painter: QPainter, box: QRectF) -> None:
    """Paint the box that is being drawn."""
    fill = QColor(theme.tokens.selection)
    fill.setAlpha(28)
    painter.setPen(QPen(QColor(theme.tokens.selection), 1, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRect(box)
