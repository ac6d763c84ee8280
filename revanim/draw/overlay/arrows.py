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
CROWDED = 60  # arrows; more are a field: thin, without the dark around, and the fainter the more there are
THIN, BARB = 1.0, 4.0  # pixels: how thick one is in a field, and how long its barbs are
CLEAR, FAINTEST = 0.6, 0.16  # how clear the arrows of the smallest field are, and those of the largest


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
    """Paint an arrow from each start, float64[k, 3], along its way, float64[k, 3] in scene units (red by default).

    Many arrows are a field: thin and faint, so that one reads its currents and what lies behind.
    """
    if not len(start):
        return
    count = min(len(start), MOST)
    some = np.arange(count) * len(start) // count
    tail, end = (project(view, *size, places) for places in (start[some], start[some] + way[some]))
    seen = (tail.scale > 0) & (end.scale > 0)
    ends = np.stack([tail.x, tail.y, end.x, end.y], axis=1)[seen]
    ends = ends[np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]) >= SHORTEST]
    ink, shade = QColor(color or tokens.error), QColor(tokens.shade)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if count > CROWDED:
        painter.setOpacity(strength * max(FAINTEST, CLEAR * (CROWDED / len(start)) ** 0.5))
        _paint_field(painter, ends, ink)
    else:
        _paint_few(painter, ends, _faded(ink, shade, strength), shade)
    painter.restore()


def _paint_few(painter: QPainter, ends: Floats, ink: QColor, shade: QColor) -> None:
    """Paint arrows with full heads, each set off by the dark around it."""
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])[:, None]
    along = (ends[:, 2:] - ends[:, :2]) / length
    head = np.minimum(HEAD, length)
    neck, aside = ends[:, 2:] - head * along, along[:, ::-1] * (-1, 1) * HALF * head / HEAD
    shafts = _lines(np.hstack([ends[:, :2], neck])[length[:, 0] > HEAD + 1])
    inks = (shade, ink)
    for tint, rim in zip(inks, (RIM, 0.0), strict=True):
        painter.setPen(QPen(tint, WIDTH + 2 * rim, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(shafts)
    wide, back = aside * (1 + 2 * RIM / HALF), neck - RIM * along
    dark = _heads(ends[:, 2:] + 2 * RIM * along, back + wide, back - wide)
    painter.setPen(Qt.PenStyle.NoPen)
    for heads in zip(dark, _heads(ends[:, 2:], neck + aside, neck - aside), strict=True):
        for tint, tip in zip(inks, heads, strict=True):
            painter.setBrush(tint)
            painter.drawPolygon(tip)


def _faded(ink: QColor, shade: QColor, strength: float) -> QColor:
    """Return a weaker ink. It is opaque: Qt takes ten times as long for lines that one can see through."""
    parts = zip((ink.red(), ink.green(), ink.blue()), (shade.red(), shade.green(), shade.blue()), strict=True)
    return QColor(*(round(strength * one + (1 - strength) * other) for one, other in parts))


def _paint_field(painter: QPainter, ends: Floats, ink: QColor) -> None:
    """Paint arrows as hairs with barbs."""
    way = ends[:, 2:] - ends[:, :2]
    back = BARB * way / np.hypot(*way.T)[:, None]
    aside = back[:, ::-1] * (-0.5, 0.5)
    barbs = [np.hstack([ends[:, 2:], ends[:, 2:] - back + side]) for side in (aside, -aside)]
    painter.setPen(QPen(ink, THIN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLines(_lines(np.concatenate([ends, *barbs])))


def _lines(ends: Floats) -> list[QLineF]:
    return [QLineF(*line) for line in ends.tolist()]


def _heads(*corners: Floats) -> list[QPolygonF]:
    """Return a triangle for each row of three corners, float64[k, 2]."""
    return [QPolygonF([QPointF(*corner) for corner in row]) for row in np.stack(corners, axis=1).tolist()]
