"""Which way bodies face: upright or along their way, and turned by how much time has passed, by that alone."""

import numpy as np

from revanim.draw.camera import axes
from revanim.draw.shot import Shot
from revanim.draw.solid.sprites import turned_along
from revanim.engine.parameter import Floats
from revanim.scene.scene import Look, View

SMALLEST = 1e-12  # of a speed: slower bodies have no way


def on_picture(look: Look, shot: Shot, view: View) -> Floats:
    """Return how sprites are turned on the picture, clockwise: the cosine and the sine of each, float64[n, 2]."""
    count, angle = len(shot.position), 2 * np.pi * look.spin * shot.seconds
    spun = np.tile([np.cos(angle), np.sin(angle)], (count, 1))
    if look.facing != "velocity":
        return spun
    right, up, _ = axes(view)
    way, turn = np.stack([shot.velocity @ right, -shot.velocity @ up], axis=1), np.empty((count, 2))
    turned_along(np.ascontiguousarray(way), spun, turn)
    return turn


def in_space(look: Look, shot: Shot) -> Floats:
    """Return how figures are turned, float64[n, 3, 3]: where their x, y and z point, one in a column.

    Upright they spin about the vertical; along their way, about that.
    """
    angle = 2 * np.pi * look.spin * shot.seconds
    cos, sin = np.cos(angle), np.sin(angle)
    if look.facing != "velocity":
        return np.tile([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]], (len(shot.position), 1, 1))
    speed = np.linalg.norm(shot.velocity, axis=1, keepdims=True)
    ahead = np.where(speed > SMALLEST, shot.velocity / np.maximum(speed, 1e-300), [1.0, 0.0, 0.0])
    side = np.cross([0.0, 0.0, 1.0], ahead)
    flat = np.linalg.norm(side, axis=1, keepdims=True)
    side = np.where(flat > 1e-9, side / np.maximum(flat, 1e-300), [0.0, 1.0, 0.0])
    above = np.cross(ahead, side)
    return np.stack([ahead, cos * side + sin * above, cos * above - sin * side], axis=2)
