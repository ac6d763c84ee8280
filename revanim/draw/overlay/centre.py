"""The centre of mass: its mark, and its way."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from revanim.draw.camera import project
from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.way import paint_way
from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

RADIUS = 7.0  # pixels
QUARTER = 90 * 16  # as Qt counts angles
WIDTH, OPACITY = 1.75, (0.1, 0.9)  # of the ways, in pixels, and at their ends


def centre_of_mass(mass: Floats, position: Floats) -> Floats:
    """Return the centre, float64[k, 3], of bodies at k moments, float64[k, n, 3]; without mass all weigh the same."""
    weight = mass if mass.any() else np.ones_like(mass)
    return np.asarray(np.einsum("n,knc->kc", weight / weight.sum(), position))


def paint_centre(
    painter: QPainter, size: tuple[int, int], view: View, mass: Floats, shot: Shot, tokens: Tokens = DARK
) -> None:
    """Paint the quartered disc that engineers draw, and the ways of the centre where trails are drawn."""
    if not mass.size:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for way, token in zip(shot.ways, (tokens.past, tokens.future), strict=True):
        if way is not None:
            paint_way(painter, size, view, centre_of_mass(mass, way), QColor(token), WIDTH, OPACITY)
    seen = project(view, *size, centre_of_mass(mass, shot.position[None]))
    if seen.scale[0] > 0:
        _paint_mark(painter, QPointF(seen.x[0], seen.y[0]), tokens)
    painter.restore()


def _paint_mark(painter: QPainter, place: QPointF, tokens: Tokens) -> None:
    box = QRectF(place.x() - RADIUS, place.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
    ink, paper = QColor(tokens.text), QColor(tokens.background)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paper)
    painter.drawEllipse(place, RADIUS + 1, RADIUS + 1)
    painter.setBrush(ink)
    for quarter in (0, 2):
        painter.drawPie(box, quarter * QUARTER, QUARTER)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.5))
    painter.drawEllipse(place, RADIUS, RADIUS)
