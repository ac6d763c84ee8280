"""What is selected: rings around bodies, and the bodies in a box."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.draw.camera import Projected, project
from revanim.draw.look import Tokens
from revanim.draw.overlay.rings import paint_rings
from revanim.engine.parameter import Floats
from revanim.scene.scene import View
from revanim.session.session import Selection

AIR, CLOSE = 3.0, 1.0  # pixels between a body and its ring, and in a crowd
SMALLEST = 4.0
CROWD, FAINTEST = 100, 0.3  # of so many rings each may be seen; those of more are fainter, down to this
MOST = 200  # rings; those of more are thin and lie close around the bodies, which they would hide else


def paint_selected(
    painter: QPainter,
    size: tuple[int, int],
    view: View,
    position: Floats,
    radius: Floats,
    selection: Selection,
    tokens: Tokens,
) -> None:
    """Paint a ring around each selected body that is in front of the camera."""
    chosen = np.flatnonzero(selection)
    if not chosen.size:
        return
    seen, color = project(view, *size, position[chosen]), QColor(tokens.selection)
    color.setAlphaF(max(FAINTEST, min(1.0, CROWD / chosen.size) ** 0.4))
    if chosen.size > MOST:
        _paint_crowd(painter, seen, radius[chosen] * seen.scale, color)
        return
    rings = np.maximum(radius[chosen] * seen.scale + AIR, SMALLEST)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.5))
    for x, y, ring in np.column_stack([seen.x, seen.y, rings])[seen.scale > 0]:
        painter.drawEllipse(QPointF(x, y), ring, ring)


def _paint_crowd(painter: QPainter, seen: Projected, radius: Floats, color: QColor) -> None:
    """Paint a thin ring close around each of many bodies."""
    front = seen.scale > 0
    paint_rings(painter, seen.x[front], seen.y[front], np.maximum(radius[front], 1.0) + CLOSE, color, 1.0)


def in_box(outline: QPolygonF, view: View, width: float, height: float, position: Floats) -> Selection:
    """Return which bodies fall into a box on the picture: bool[n]."""
    box, seen = outline.boundingRect(), project(view, width, height, position)
    across = (seen.x >= box.left()) & (seen.x <= box.right())
    along = (seen.y >= box.top()) & (seen.y <= box.bottom())
    return across & along & (seen.scale > 0)


def in_lasso(outline: QPolygonF, view: View, width: float, height: float, position: Floats) -> Selection:
    """Return which bodies an outline on the picture winds around an odd number of times: bool[n]."""
    seen = project(view, width, height, position)
    corners = np.array([(corner.x(), corner.y()) for corner in outline.toList()])
    inside = np.zeros(len(position), np.bool_)
    near = np.flatnonzero(in_box(outline, view, width, height, position))
    x, y = seen.x[near], seen.y[near]
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if ay != by:
            meets = ((ay > y) != (by > y)) & (x < ax + (y - ay) * ((bx - ax) / (by - ay)))
            inside[near[meets]] ^= True
    return inside


def paint_outline(painter: QPainter, outline: QPolygonF, tokens: Tokens) -> None:
    """Paint the box or the lasso that is being drawn."""
    fill = QColor(tokens.selection)
    fill.setAlpha(28)
    painter.setPen(QPen(QColor(tokens.selection), 1, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawPolygon(outline)
