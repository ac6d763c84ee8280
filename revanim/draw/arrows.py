"""Arrows: where a control pushes, and how strongly (Stam 2022, figure 2)."""

from math import hypot

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.draw.camera import project
from revanim.draw.look import DARK, Tokens
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

SHORTEST = 5.0  # pixels; what is shorter says nothing
HEAD, HALF = 9.0, 4.0  # pixels: length of a head, and half its width
MOST = 400  # arrows: the longest


def paint_arrows(
    painter: QPainter,
    size: tuple[int, int],
    view: View,
    start: Floats,
    way: Floats,
    strength: float = 1.0,
    color: str = "",
    tokens: Tokens = DARK,
) -> None:
    """Paint an arrow from each start, float64[k, 3], along its way, float64[k, 3] in scene units; red if not told."""
    if not len(start):
        return
    longest = np.argsort(-np.sum(way * way, axis=1), kind="stable")[:MOST]
    tail, tip = (project(view, *size, places) for places in (start[longest], start[longest] + way[longest]))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(strength)
    fill, shade = QColor(color or tokens.error), QColor(tokens.glow_bottom)
    shade.setAlpha(120)
    for i in np.flatnonzero((tail.scale > 0) & (tip.scale > 0)):
        shaft = QLineF(tail.x[i], tail.y[i], tip.x[i], tip.y[i])
        if shaft.length() >= SHORTEST:
            _paint_arrow(painter, shaft, fill, shade)
    painter.restore()


def _paint_arrow(painter: QPainter, shaft: QLineF, color: QColor, shade: QColor) -> None:
    across, along = shaft.dx() / shaft.length(), shaft.dy() / shaft.length()
    head = min(HEAD, shaft.length())
    neck = shaft.p2() - QPointF(head * across, head * along)
    side = QPointF(-along, across) * HALF * head / HEAD
    tip = QPolygonF([shaft.p2(), neck + side, neck - side])
    for pen_color, extra in ((shade, 2.0), (color, 0.0)):
        painter.setPen(QPen(pen_color, 2.0 + extra, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if hypot(neck.x() - shaft.x1(), neck.y() - shaft.y1()) > 1:
            painter.drawLine(QLineF(shaft.p1(), neck))
        painter.setPen(QPen(pen_color, extra) if extra else Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(tip)
