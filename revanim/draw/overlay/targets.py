"""Where bodies shall be: a ring for each target, a line to the body that shall reach it, and how far it misses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QMarginsF, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from revanim.draw.camera import Projected, project
from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.rings import paint_rings
from revanim.draw.overlay.text import text_font
from revanim.engine.parameter import Floats
from revanim.scene.scene import Colors, View
from revanim.sentence import Sentence

AIR = 4.0  # pixels between a body that has arrived and its ring
SMALLEST = 2.5
DOT = 1.75  # radius of the point in the middle
RINGS = 4000  # more would be a blot
CROWDED = 60  # rings; more are drawn tight and thin
THIN, VEIL = 0.7, 0.25  # opacity of those, and of those that are reached: the bodies themselves are seen there
THREAD = 90  # opacity of lines among them, of 255
FAINT = 0.32  # of what stands at another frame
LABEL, APART = 11, 8  # pixels: size of the letters, and their distance from a ring
SHADE = 140
PLATE, CORNER = QMarginsF(4, 1, 4, 1), 3  # pixels around a label that keep it apart from what it covers
HIT = 1e-6  # miss over size: nobody can tell it from a hit
LEAST = 1e-4  # below, percents have too many zeros


@dataclass(frozen=True, eq=False)
class Aim:
    """What one keyframe asks for, k targets, as it looks from the frame that is shown."""

    target: Floats  # float64[k, 3]
    body: Floats  # float64[k, 3], where the bodies are that shall reach them
    radius: Floats  # float64[k], of those bodies
    here: bool  # whether this is the frame of the keyframe
    nail: bool = False
    selected: bool = False
    lines: int = CROWDED  # they lead to the bodies of at most so many targets
    label: str = ""
    color: Colors | None = None  # uint8[k, 3], of the targets
    reached: bool = False  # whether the bodies are there, as good as


def paint_aims(
    painter: QPainter, size: tuple[int, int], view: View, aims: Sequence[Aim], tokens: Tokens = DARK
) -> None:
    """Paint the targets of keyframes, those of the frame that is shown over those of other frames."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for aim in sorted(aims, key=lambda aim: aim.here):
        _paint_aim(painter, size, view, aim, tokens)
    painter.restore()


def _paint_aim(painter: QPainter, size: tuple[int, int], view: View, aim: Aim, tokens: Tokens) -> None:
    count = len(aim.target)
    some = np.arange(min(count, RINGS)) * count // min(count, RINGS)
    seen, bodies = project(view, *size, aim.target[some]), project(view, *size, aim.body[some])
    crowd = count > CROWDED
    rings = np.maximum(aim.radius[some] * seen.scale + (0.0 if crowd else AIR), SMALLEST)
    painter.setOpacity((1.0 if aim.here else FAINT) * (VEIL if crowd and aim.reached else THIN if crowd else 1.0))
    if aim.color is not None and not aim.reached:
        _paint_colors(painter, seen, rings, aim.color[some])
    color = QColor(tokens.key_selected if aim.selected else tokens.text)
    if crowd and count <= aim.lines:
        _paint_threads(painter, seen, bodies, color)
    elif count <= aim.lines:
        _paint_lines(painter, seen, bodies, rings, color)
    if crowd and aim.color is not None:
        color.setAlpha(THREAD)  # a picture is seen by its own colours
    _paint_rings(painter, seen, rings, color, aim.nail, tokens)
    if aim.label and aim.here:
        painter.setOpacity(1.0)
        _paint_label(painter, size[0], seen, rings, aim.label, tokens)


def _paint_colors(painter: QPainter, seen: Projected, rings: Floats, color: Colors) -> None:
    """Fill each ring with the colour of its target."""
    painter.setPen(Qt.PenStyle.NoPen)
    for i in np.flatnonzero(seen.scale > 0):
        painter.setBrush(QColor(*color[i].tolist()))
        painter.drawEllipse(QPointF(seen.x[i], seen.y[i]), float(rings[i]), float(rings[i]))


def _paint_lines(painter: QPainter, seen: Projected, bodies: Projected, rings: Floats, color: QColor) -> None:
    """Lead a dotted line from the rim of each ring to the middle of its body."""
    pen = QPen(color, 1.25, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.5, 3.0])
    painter.setPen(pen)
    shown = np.flatnonzero((seen.scale > 0) & (bodies.scale > 0))
    for i in shown:
        line = QLineF(seen.x[i], seen.y[i], bodies.x[i], bodies.y[i])
        if line.length() > rings[i] + 2:
            painter.drawLine(QLineF(line.pointAt(rings[i] / line.length()), line.p2()))


def _paint_threads(painter: QPainter, seen: Projected, bodies: Projected, color: QColor) -> None:
    """Lead a thin line from each target of a crowd to its body."""
    thread = QColor(color)
    thread.setAlpha(THREAD)
    painter.setPen(QPen(thread, 1.0))
    shown = np.flatnonzero((seen.scale > 0) & (bodies.scale > 0))
    painter.drawLines([QLineF(seen.x[i], seen.y[i], bodies.x[i], bodies.y[i]) for i in shown])


def _paint_rings(painter: QPainter, seen: Projected, rings: Floats, color: QColor, nail: bool, tokens: Tokens) -> None:
    """Paint rings on a soft shade, so that they show on anything bright; in each a point, or the head of a nail."""
    shown = seen.scale > 0
    if np.count_nonzero(shown) > CROWDED:
        paint_rings(painter, seen.x[shown], seen.y[shown], rings[shown], color, 1.0)
        return
    shade = QColor(tokens.shade)
    shade.setAlpha(SHADE)
    places = [(QPointF(seen.x[i], seen.y[i]), float(rings[i])) for i in np.flatnonzero(shown)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(shade, 3.5), QPen(color, 1.5)):
        painter.setPen(pen)
        for place, ring in places:
            painter.drawEllipse(place, ring, ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for place, _ in places:
        painter.drawEllipse(place, DOT * (1 + nail), DOT * (1 + nail))


def _paint_label(painter: QPainter, width: int, seen: Projected, rings: Floats, label: str, tokens: Tokens) -> None:
    """Write below the rightmost ring: beside it are the arrows that move it."""
    shown = np.flatnonzero(seen.scale > 0)
    if not shown.size:
        return
    font = text_font(LABEL)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    length, last = metrics.horizontalAdvance(label), shown[np.argmax(seen.x[shown])]
    x = min(max(seen.x[last] - length / 2, float(APART)), width - length - APART)
    baseline = QPointF(x, seen.y[last] + rings[last] + APART + metrics.ascent())
    shade = QColor(tokens.shade)
    shade.setAlpha(SHADE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRoundedRect(metrics.boundingRect(label).translated(baseline) + PLATE, CORNER, CORNER)
    painter.setPen(QColor(tokens.text))
    painter.drawText(baseline, label)


def miss_text(miss: float, size: float) -> Sentence:
    """Return how far off a keyframe is, in scene units and in parts of the size of the scene."""
    part = miss / size if size else 0.0
    if part < HIT:
        return Sentence("hit")
    if part < LEAST:
        share = f"{1e6 * part:.2g} ppm"
    else:
        share = f"{100 * part:.2g} %" if part < 1 else f"{100 * part:.0f} %"
    return Sentence("{distance} off · {share}", distance=minus(f"{miss:.3g}"), share=minus(share))


def minus(number: str) -> str:
    """Return a number with a true minus sign in its power of ten."""
    return number.replace("e-0", "e−").replace("e-", "e−")
