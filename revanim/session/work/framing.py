"""How what comes from outside is laid before the camera: which way it faces, where it lies and how large it is."""

from dataclasses import replace

import numpy as np

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.placing import Lies
from revanim.scene.scene import View

Axis = tuple[float, float, float]

SHARE = 0.62  # of the height and width of the picture that it takes at most
WIDE = 16 / 9
UPRIGHT: dict[Lies, Axis] = {"front": (1.0, 0.0, 0.0), "side": (0.0, 1.0, 0.0)}  # and what is to the right there
NARROW = 0.5  # of the longest side: a few points of it may lie close together


def facing(view: View, planar: bool, lies: Lies = "camera") -> Floats:
    """Return which way right, up and towards the eye of a pose lie: float64[3, 3], one in a row.

    What faces to the front or to the side faces the half of the world in which the camera is, so that it can be read.
    """
    right, up, forward = np.eye(3) * [[1], [1], [-1]] if planar or lies == "ground" else camera.axes(view)
    if not planar and lies in UPRIGHT:
        right, up = np.array(UPRIGHT[lies]), np.array([0.0, 0.0, 1.0])
        toward = np.cross(right, up)
        behind = toward @ forward > 0
        right, forward = (-right, toward) if behind else (right, -toward)
    return np.array([right, up, -forward])


def centre(view: View, planar: bool) -> Floats:
    """Return the middle of what the camera shows; in a planar scene it lies in the plane."""
    return np.where([True, True, not planar], view.target, 0.0)


def facing_all(view: View, position: Floats) -> View:
    """Return a view from the same side, as far away, at the middle of all bodies: what stands on the floor is high."""
    x, y, z = (position.min(axis=0) + position.max(axis=0)) / 2
    return replace(view, target=(float(x), float(y), float(z)))


def room(view: View) -> float:
    """Return the height of what the camera shows that something new may take."""
    return SHARE * 2 * camera.SLOPE * view.distance / view.lens


def fitting(points: Floats, view: View) -> float:
    """Return by how much to enlarge points of a pose whose longest side is 1, to fill a good part of the picture."""
    across, tall = np.ptp(points[:, 0]) / WIDE, np.ptp(points[:, 1])
    return room(view) / float(max(across, tall, NARROW))
