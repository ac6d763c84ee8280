"""The steps of moving, turning and scaling while Ctrl is held."""

from math import floor, log10

import numpy as np

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

DEGREES, FACTOR = 5.0, 0.1
NEAREST = 8.0  # pixels: steps of a move are never closer to each other


def in_steps(value: Floats, step: float) -> Floats:
    """Return the nearest whole steps."""
    return np.asarray(np.rint(value / step) * step, np.float64)


def length_step(view: View, size: tuple[int, int], pivot: Floats) -> float:
    """Return the step of a move at a place: 1, 2 or 5 times a power of ten, in scene units."""
    scale = float(camera.project(view, *size, pivot[None]).scale[0])
    return rounded_up(NEAREST / scale) if scale > 0 else 1.0


def rounded_up(value: float) -> float:
    """Return the smallest of ..., 0.5, 1, 2, 5, 10, ... that is not below a value."""
    decade = 10.0 ** floor(log10(value))
    return next(step * decade for step in (1, 2, 5, 10) if step * decade >= value * (1 - 1e-9))
