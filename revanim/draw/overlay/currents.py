"""Where a force without a potential would push, at places on a plane: its currents, as arrows."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QPainter

from revanim.draw.camera import axes, frame_height, unit
from revanim.draw.look import Tokens
from revanim.draw.overlay.arrows import paint_arrows
from revanim.engine.alive.acting import acceleration
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.scene.build import build_system
from revanim.scene.make import make_scene
from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene, Timing, View
from revanim.scene.values import for_anyone

ACROSS, DOWN = 24, 14  # arrows
LONGEST, USUAL = 0.9, 0.9  # of the way from one to the next, and the share of arrows that are no longer
STRENGTH = 2.0


def has_currents(part: Part) -> bool:
    """Tell whether a force pushes whatever is at a place, and not by a potential."""
    kind = kind_of(part)
    return kind.drives and not (kind.linked or kind.couples or part.muted)


def paint_currents(
    painter: QPainter, size: tuple[int, int], view: View, scene: Scene, part: Part, frame: int, tokens: Tokens
) -> None:
    """Paint the currents of a force at a frame, on the plane of a flat picture or the one that faces the camera."""
    right, up = (0.5 * length * unit(view, *size) for length in _room(size))
    start, system, state = _probe(part, view, right, up, scene.timing)
    push = acceleration(system, state, frame)
    usual = float(np.quantile(np.linalg.norm(push, axis=1), USUAL))
    if usual > 0.0:
        way = push * (LONGEST * 2 * right / ACROSS / usual)
        long = np.linalg.norm(way, axis=1, keepdims=True) * ACROSS / (2 * right)
        paint_arrows(painter, size, view, start, way / np.maximum(long, 1.0), STRENGTH, tokens.future, tokens)


def _room(size: tuple[int, int]) -> tuple[float, float]:
    height = frame_height(*size)
    return height * 16 / 9, height


@lru_cache(maxsize=2)
def _probe(part: Part, view: View, right: float, up: float, timing: Timing) -> tuple[Floats, System, Counts]:
    """Return places on a plane, float64[k, 3], and what the force alone does to bodies there."""
    across, along, _ = axes(view)
    x, y = (each.ravel() for each in np.meshgrid(_middles(ACROSS, right), _middles(DOWN, up)))
    place = np.asarray(view.target) + x[:, None] * across + y[:, None] * along
    if view.flat:
        place[:, 2] = 0.0
    scene = make_scene(
        place,
        0 * place,
        1.0,
        [for_anyone(part)],
        fps=timing.fps,
        steps_per_frame=timing.steps_per_frame,
        home=timing.home,
    )
    return scene.bodies.position, build_system(scene), scene.bodies.state


def _middles(count: int, half: float) -> Floats:
    return half * ((2 * np.arange(count) + 1) / count - 1)
