"""What the look of a scene asks for beyond the bodies: arrows, the centre of mass, the legend."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from revanim.draw.camera import frame_height, unit
from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.arrows import paint_arrows
from revanim.draw.overlay.centre import paint_centre
from revanim.draw.overlay.legend import paint_legend
from revanim.draw.overlay.text import Figures, Say
from revanim.draw.seen import Mask, seen, span_of
from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.attribute import asked_for, attributes
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Index, Look, Ramp, Scene, View

ARROW = 0.1  # of the height of the picture: the arrow of a lively body
LONGEST = 2.0  # such arrows
MOST = 160  # bodies with arrows; more would be straw


def needs_gauge(scene: Scene) -> bool:
    """Whether the look has colours or arrows whose scale comes from a walk around home."""
    look = scene.look
    asked = {field: each for field, each in asked_for(look).items() if field != "color_by" or not each.names}
    unknown = any(_span_is_unknown(look, field) for field in asked)
    return unknown or look.velocities or look.accelerations


def _span_is_unknown(look: Look, field: str) -> bool:
    ramp: Ramp | None = getattr(look, field.replace("_by", "_ramp"))
    return ramp is None or ramp.span is None


def paint_marks(
    painter: QPainter,
    size: tuple[int, int],
    view: View,
    scene: Scene,
    shot: Shot,
    measure: Gauge,
    *,
    chosen: Mask | None = None,
    only: Mask | None = None,
    frame: QRectF | None = None,
    tokens: Tokens = DARK,
    say: Say = str,
    figures: Figures = str,
) -> None:
    """Paint over a picture what belongs to it; arrows of the chosen bodies, or of all if none are.

    The legend stands at the right edge of `frame`, the part of the picture that a file will show, or of all of it.
    """
    look = scene.look
    shown = seen(scene, only, shot.frame)
    some = shown & chosen if chosen is not None and (shown & chosen).any() else shown
    arrows = look.accelerations or look.velocities
    bodies = few(np.flatnonzero(some), scene.bodies.radius) if arrows else np.zeros(0, np.int64)
    for wanted, vectors, lively, color in (
        (look.accelerations, shot.acceleration, measure.acceleration, tokens.warn),
        (look.velocities, shot.velocity, measure.speed, tokens.playhead),
    ):
        if wanted and vectors is not None and lively > 0:
            way = _ways(vectors[bodies] / lively, ARROW * frame_height(*size) * unit(view, *size))
            paint_arrows(painter, size, view, shot.position[bodies], way, color=color, tokens=tokens)
    if look.centre:
        mass = scene.bodies.mass * scene.bodies.alive(shot.frame)
        paint_centre(painter, size, view, mass, shot, tokens)
    attribute = attributes().get(look.color_by)
    if attribute:
        low, high = span_of(scene, "color", measure)
        measure = replace(measure, low=low, high=high)
        paint_legend(painter, frame or QRectF(0, 0, *size), scene, attribute, measure, tokens, say, figures)


def few(bodies: Index, radius: Floats) -> Index:
    """Return the largest bodies; of equal ones always the same, spread over all, so that no arrow flickers."""
    anywhere = np.random.default_rng(0).permutation(bodies.size)
    return bodies[np.lexsort((anywhere, -radius[bodies]))[:MOST]]


def _ways(vectors: Floats, length: float) -> Floats:
    """Return arrows in scene units; the longest are cut."""
    size = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors * (length * np.minimum(1.0, LONGEST / np.maximum(size, 1e-300))))
