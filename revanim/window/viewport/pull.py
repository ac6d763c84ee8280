"""A drag on the picture in the scene: how far it moves, turns or spreads, and in which steps while Ctrl is held."""

from dataclasses import dataclass
from math import atan2, degrees, floor, hypot, log10

import numpy as np
from PySide6.QtCore import QPointF

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.scene import View
from revanim.window.viewport.axes import Axes

REACHED = 50.0  # pixels over which the way of an axis on the picture is measured
CLOSEST = 12.0  # pixels from the middle; a scale that begins nearer would be too quick
STEEP = 0.05  # an axis that is so much shorter on the picture than in the scene points at the eye
DEGREES, FACTOR = 5.0, 0.1  # steps of turning and of scaling
NEAREST = 8.0  # pixels: steps of a move are never closer to each other


@dataclass(frozen=True, eq=False)
class Pull:
    """A drag on the picture from `start` to `point`, as seen at a pivot."""

    view: View
    size: tuple[int, int]
    pivot: Floats
    start: QPointF
    point: QPointF

    @property
    def middle(self) -> QPointF:
        """Where the pivot lies on the picture."""
        seen = camera.project(self.view, *self.size, self.pivot[None])
        return QPointF(seen.x[0], seen.y[0])


def moved_by(pull: Pull, axes: Axes) -> Floats:
    """Return how far a pull moves the pivot, float64[3]: along the picture, or along the free axes alone."""
    if all(axes):
        depth = np.repeat(camera.project(pull.view, *pull.size, pull.pivot[None]).depth, 2)
        x, y = np.array([[pull.start.x(), pull.point.x()], [pull.start.y(), pull.point.y()]])
        start, end = camera.unproject(pull.view, *pull.size, x, y, depth)
        by: Floats = end - start
        return by
    free = np.eye(3)[np.array(axes)]
    reach = camera.unit(pull.view, *pull.size) * REACHED
    seen = camera.project(pull.view, *pull.size, np.vstack([pull.pivot, pull.pivot + free * reach]))
    ways = np.stack([np.diff(seen.x[[0, k + 1]])[0] + 1j * np.diff(seen.y[[0, k + 1]])[0] for k in range(len(free))])
    matrix = np.stack([ways.real, ways.imag]) / reach
    way = pull.point - pull.start
    share, *_ = np.linalg.lstsq(matrix, np.array([way.x(), way.y()]), rcond=STEEP)
    along: Floats = share @ free
    return along


def turned_by(pull: Pull, axis: Floats) -> float:
    """Return by how many degrees a pull turns about an axis through the pivot."""
    before, after = pull.start - pull.middle, pull.point - pull.middle
    angle = degrees(atan2(before.y(), before.x()) - atan2(after.y(), after.x()))
    towards_eye = -float(camera.axes(pull.view)[2] @ axis)
    return (angle + 180) % 360 - 180 if towards_eye >= 0 else -((angle + 180) % 360 - 180)


def scaled_by(pull: Pull) -> float:
    """Return by how much a pull spreads from the pivot."""
    before, after = pull.start - pull.middle, pull.point - pull.middle
    return max(hypot(after.x(), after.y()), 1.0) / max(hypot(before.x(), before.y()), CLOSEST)


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
