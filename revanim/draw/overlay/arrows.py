"""Arrows: where a control pushes, and how strongly (Stam 2022, figure 2)."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.draw.camera import project
from revanim.draw.look import DARK, Tokens
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

SHORTEST = 5.0  # pixels; what is shorter says nothing
HEAD, HALF = 9.0, 4.0  # pixels: length of a head, and half its width
WIDTH, RIM = 2.0, 0.75  # pixels of a shaft, and of the dark around it
MOST = 400  # arrows, picked evenly
CROWDED, THIN, FAINT = 60, 1.25, 0.65  # arrows; more are drawn so thin, in pixels, and so clear


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
    """Paint an arrow from each start, float64[k, 3], along its way, float64[k, 3] in scene units (red by default)."""
    if not len(start):
        return
    count = min(len(start), MOST)
    some, crowd = np.arange(count) * len(start) // count, count > CROWDED
    tail, end = (project(view, *size, places) for places in (start[some], start[some] + way[some]))
    seen = (tail.scale > 0) & (end.scale > 0)
    ends = np.stack([tail.x, tail.y, end.x, end.y], axis=1)[seen]
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    ends, length = ends[length >= SHORTEST], length[length >= SHORTEST, None]
    along = (ends[:, 2:] - ends[:, :2]) / length
    head = np.minimum(HEAD, length)
    neck, aside = ends[:, 2:] - head * along, along[:, ::-1] * (-1, 1) * HALF * head / HEAD
    shafts = [QLineF(*line) for line in np.hstack([ends[:, :2], neck])[length[:, 0] > HEAD + 1].tolist()]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(strength * (FAINT if crowd else 1.0))
    inks = (QColor(tokens.shade), QColor(color or tokens.error))
    for ink, rim in zip(inks, (RIM, 0.0), strict=True):
        painter.setPen(QPen(ink, (THIN if crowd else WIDTH) + 2 * rim, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(shafts)
    wide, back = aside * (1 + 2 * RIM / HALF), neck - RIM * along
    dark = _heads(ends[:, 2:] + 2 * RIM * along, back + wide, back - wide)
    painter.setPen(Qt.PenStyle.NoPen)
    for heads in zip(dark, _heads(ends[:, 2:], neck + aside, neck - aside), strict=True):
        for ink, tip in zip(inks, heads, strict=True):
            painter.setBrush(ink)
            painter.drawPolygon(tip)
    painter.restore()


def _heads(*corners: Floats) -> list[QPolygonF]:
    """Return a triangle for each row of three corners, float64[k, 2]."""
    return [QPolygonF([QPointF(*corner) for corner in row]) for row in np.stack(corners, axis=1).tolist()]
