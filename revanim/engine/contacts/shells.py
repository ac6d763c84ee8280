"""What obstacles look like: the corners and the faces of their closed surface, from their values."""

from collections.abc import Mapping

import numpy as np

from revanim.engine.contacts.forms import AXES, set_axes, set_upright
from revanim.engine.contacts.obstacle import ROOM
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats

Shell = tuple[Floats, Counts]  # float64[p, 3] and int64[m, 3]

ROUND, ARC = 64, 17  # corners around an axis, and along half a circle
QUARTERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) - 0.5  # the corners of a square
SIDES = np.array([[0, 1, 2], [0, 2, 3]])


def turned_about(radius: Floats, height: Floats, up: Floats, center: Floats) -> Shell:
    """Return what a line, float64[k] from the axis and along it, sweeps as it is turned about an axis.

    The faces turn their front to the right of the line, as it goes up.
    """
    angle = 2 * np.pi * np.arange(ROUND) / ROUND
    ring = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    at = np.empty(ROOM)
    set_upright(up[0], up[1], up[2], at)
    axes = at[AXES : AXES + 9].reshape(3, 3)
    places = (radius[:, None, None] * ring + height[:, None, None] * (0.0, 0.0, 1.0)).reshape(-1, 3)
    corner = np.arange(radius.size - 1)[:, None] * ROUND + np.arange(ROUND)
    beside = np.arange(radius.size - 1)[:, None] * ROUND + (np.arange(ROUND) + 1) % ROUND
    square = np.stack([corner, beside, beside + ROUND, corner + ROUND], axis=-1).reshape(-1, 4)
    corners, faces = joined(places @ axes, square[:, SIDES].reshape(-1, 3))
    return corners + center, faces


def joined(places: Floats, faces: Counts) -> Shell:
    """Return the same faces without corners that stand twice at a place, and without faces that are none."""
    size = np.abs(places).max(initial=1e-200)
    _, first, which = np.unique(np.rint(places * (1e9 / size)), axis=0, return_index=True, return_inverse=True)
    faces = which.reshape(-1)[faces]
    whole = (faces != np.roll(faces, 1, axis=1)).all(axis=1)
    return places[first], np.ascontiguousarray(faces[whole])


def ball_shell(values: Mapping[str, Floats]) -> Shell:
    """Return the surface of a ball."""
    angle = np.linspace(np.pi, 0.0, 2 * ARC)
    size = float(values["size"])
    return turned_about(size * np.sin(angle), size * np.cos(angle), np.array([0, 0, 1.0]), values["center"])


def bar_shell(values: Mapping[str, Floats]) -> Shell:
    """Return the surface of a bar with round ends."""
    quarter, size = np.linspace(0.5 * np.pi, 0.0, ARC), float(values["size"])
    angle, half = np.append(quarter + 0.5 * np.pi, quarter), np.linalg.norm(values["along"]) * np.repeat([-1, 1], ARC)
    return turned_about(size * np.sin(angle), size * np.cos(angle) + half, values["along"], values["center"])


def bowl_shell(values: Mapping[str, Floats], thick: float) -> Shell:
    """Return the surface of a bowl, as thick as a share of its radius: outside, its rim, and inside."""
    size = float(values["size"])
    rise = np.clip(values["height"] / size - 1.0, -1.0, 1.0) if size > 0 else 0.0
    middle, half = (1 + 0.5 * thick) * size, 0.5 * thick * size
    angle = np.linspace(np.pi, np.arccos(rise), ARC)
    around = np.arccos(rise) + np.linspace(0.0, -np.pi, 7)[1:-1]
    rim = middle * np.array([[np.sin(angle[-1])], [np.cos(angle[-1])]])
    outside = (middle + half) * np.stack([np.sin(angle), np.cos(angle)])
    inside = (middle - half) * np.stack([np.sin(angle[::-1]), np.cos(angle[::-1])])
    radius, height = np.concatenate([outside, rim + half * np.stack([np.sin(around), np.cos(around)]), inside], axis=1)
    return turned_about(np.maximum(radius, 0.0), height, values["up"], values["center"])


def box_shell(values: Mapping[str, Floats]) -> Shell:
    """Return the surface of a box; each of its sides has corners of its own, so that it is flat."""
    at = np.empty(ROOM)
    set_axes(*values["turn"], at)
    sides = [
        np.roll(np.column_stack([0.5 * side + 0 * QUARTERS[:, 0], QUARTERS[::side]]), axis, axis=1)
        for axis in range(3)
        for side in (1, -1)
    ]
    places = np.concatenate(sides) * values["size"]
    faces = (4 * np.arange(6)[:, None, None] + SIDES).reshape(-1, 3)
    return places @ at[AXES : AXES + 9].reshape(3, 3) + values["center"], faces
