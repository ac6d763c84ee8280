"""Vortices as small spirals that turn as they do, and links of filaments that have become longer than their core."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.draw.camera import project
from revanim.draw.look import Tokens
from revanim.draw.seen import Mask
from revanim.engine.flow import flow_kinds
from revanim.engine.parameter import Floats
from revanim.scene.part import acting_on, values_at
from revanim.scene.parts.stretched import stretched
from revanim.scene.scene import Index, Part, Scene, View

MOST = 200  # spirals: those of the strongest vortices
LEAST, LARGEST = 5.0, 40.0  # pixels: the radius of a spiral, which is that of the core between them
ARMS, WINDING, INNER, POINTS = 2, 0.7, 0.15, 24  # of a spiral: turns of an arm, and where it begins
WIDTH, SHADE, OPACITY = 1.75, 170, 1.0
DASHES = [3.0, 2.0]


def paint_whirls(
    painter: QPainter, size: tuple[int, int], view: View, scene: Scene, position: Floats, frame: int, shown: Mask,
    tokens: Tokens,
) -> None:  # fmt: skip
    """Paint a spiral at each vortex that is shown, bool[n], counterclockwise ones in the colour of the future."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in scene.flows:
        kernels = None if part.muted else flow_kinds()[part.kind].kernels
        if kernels is not None and kernels.strength and kernels.width:
            values = values_at(part, frame)
            who, strength = _strongest(part, values[kernels.strength], shown)
            core = float(np.max(values[kernels.width]))
            _paint_spirals(painter, size, view, position[who], strength > 0, core, tokens)
        elif part.links is not None:
            long = stretched(part, position, frame) & shown[part.links].all(axis=1)
            _paint_stretched(painter, size, view, position, part.links[long], tokens)
    painter.restore()


def _strongest(part: Part, strength: Floats, shown: Mask) -> tuple[Index, Floats]:
    """Return which bodies stir most, int64[k], and how strongly."""
    who = acting_on(part, shown.size)
    stirring = np.where(shown[who], np.broadcast_to(strength, who.shape), 0.0)
    order = np.argsort(-np.abs(stirring), kind="stable")[: min(MOST, np.count_nonzero(stirring))]
    return who[order], stirring[order]


def spiral(onward: bool) -> Floats:
    """Return the arms of a spiral of radius 1, float64[arms, k, 2], whose ends lag behind as it turns."""
    far = np.linspace(INNER, 1.0, POINTS)
    angle = 2 * np.pi * (np.arange(ARMS)[:, None] / ARMS + (-WINDING if onward else WINDING) * far)
    return np.asarray(far[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1))


def _paint_spirals(
    painter: QPainter, size: tuple[int, int], view: View, place: Floats, onward: Mask, core: float, tokens: Tokens
) -> None:
    seen, shade = project(view, *size, place), QColor(tokens.shade)
    shade.setAlpha(SHADE)
    arms = {turning: np.pad(spiral(turning), ((0, 0), (0, 0), (0, 1))) for turning in (True, False)}
    for at, turning, scale in zip(place, onward.tolist(), seen.scale, strict=True):
        if scale <= 0:
            continue
        reach = min(max(core * scale, LEAST), LARGEST) / scale
        ink = QColor(tokens.future if turning else tokens.past)
        ink.setAlphaF(OPACITY)
        for arm in arms[turning]:
            line = project(view, *size, at + reach * arm)
            points = QPolygonF([QPointF(x, y) for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True)])
            for pen in (QPen(shade, WIDTH + 2), QPen(ink, WIDTH)):
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawPolyline(points)


def _paint_stretched(
    painter: QPainter, size: tuple[int, int], view: View, position: Floats, links: Index, tokens: Tokens
) -> None:
    ends = project(view, *size, position[links.ravel()])
    seen = (ends.scale.reshape(-1, 2) > 0).all(axis=1)
    lines = np.stack([ends.x, ends.y], axis=-1).reshape(-1, 4)[seen]
    pen = QPen(QColor(tokens.warn), WIDTH)
    pen.setDashPattern(DASHES)
    painter.setPen(pen)
    painter.drawLines([QLineF(*each) for each in lines.tolist()])
