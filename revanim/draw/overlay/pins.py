"""Pinned bodies look pinned: a bearing below each, as engineers draw it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.draw.camera import project
from revanim.draw.look import Tokens
from revanim.draw.seen import Mask
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

MOST = 400  # bearings; of more, one in so many: a row of them still looks held
AIR, WIDE, TALL = 1.0, 5.5, 8.0  # pixels: below the rim of the body, half of the foot, and how high
FOOT, GROUND = 2.5, 2.0  # pixels by which the ground reaches beyond it, and how thick it is


def paint_pins(
    painter: QPainter, size: tuple[int, int], view: View, position: Floats, radius: Floats, pinned: Mask, tokens: Tokens
) -> None:
    """Paint a bearing below each pinned body, bool[n], that is in front of the camera."""
    who = np.flatnonzero(pinned)
    who = who[:: -(-who.size // MOST) or 1]
    if not who.size:
        return
    there = project(view, *size, position[who])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(tokens.text)
    painter.setPen(QPen(QColor(tokens.shade), 1.0))
    painter.setBrush(fill)
    rims = np.maximum(radius[who] * there.scale, 1.0) + AIR
    for x, y, rim in np.column_stack([there.x, there.y, rims])[there.scale > 0]:
        top, foot = y + rim, y + rim + TALL
        painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x + WIDE, foot), QPointF(x - WIDE, foot)]))
        painter.fillRect(QRectF(x - WIDE - FOOT, foot, 2 * (WIDE + FOOT), GROUND), fill)
    painter.restore()
