"""One cloud, one field, four shapes: what a body becomes is its code, which an artist may change."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

EACH = 80
POSE, HOLD = 73, 8
SIZE = 0.5
CORNERS = ((-1.3, 0.65), (1.3, 0.65), (-1.3, -0.65), (1.3, -0.65))
GOLDEN = np.pi * (3 - np.sqrt(5))  # the angle by which sunflowers set one seed after the other


def make() -> Scene:
    count = 4 * EACH
    seed, code = np.arange(count) + 0.5, np.arange(count) % 4
    radius, angle = 0.85 * np.sqrt(seed / count), GOLDEN * seed
    cloud = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), 0 * seed])
    scene = make_scene(
        cloud,
        0 * cloud,
        mass=1.0,
        forces=[
            force("field", units=24, layers=4, codes=4, code=code, begin=1 / 24, seconds=(POSE + HOLD - 1) / 24),
        ],
        steps_per_frame=1,
        scheme="leapfrog",
        frames=(1, POSE + HOLD + 7),
        planar=True,
        name="Many shapes",
        radius=0.014,
        color=gradient("#ff4f6d #ffd166 #4dd0e1 #a78bfa", code / 3),
        look=replace(NIGHT, exposure=0.9, trail=14, view=View(distance=4.8, flat=True)),
        note="One field knows four shapes: the code of a body says which of them it helps to draw.",
    )
    for which, (rim, corner) in enumerate(zip((heart(), star(), ring(), square()), CORNERS, strict=True)):
        place = np.column_stack([SIZE * rim + corner, np.zeros(EACH)])
        scene = add_keyframe(scene, POSE, np.flatnonzero(code == which), position=place, shape=True, hold=HOLD)
    return scene


def ring() -> Floats:
    """Return places on a circle, float64[n, 2]."""
    angle = 2 * np.pi * np.arange(EACH) / EACH
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def heart() -> Floats:
    """Return places on the rim of a heart, float64[n, 2]."""
    angle = np.linspace(0, 2 * np.pi, 2000)
    across = 16 * np.sin(angle) ** 3
    up = 13 * np.cos(angle) - 5 * np.cos(2 * angle) - 2 * np.cos(3 * angle) - np.cos(4 * angle)
    return evenly(np.stack([across, up + 2], axis=1) / 15)


def star() -> Floats:
    """Return places on the rim of a star with five points, float64[n, 2]."""
    angle, reach = np.pi * np.arange(11) / 5, np.where(np.arange(11) % 2, 0.45, 1.1)
    return evenly(reach[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1))


def square() -> Floats:
    """Return places on the rim of a square, float64[n, 2]."""
    return evenly(0.9 * np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)]))


def evenly(corners: Floats) -> Floats:
    """Return places as far apart from each other along a closed line through corners, float64[n, 2]."""
    far = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))])
    at = far[-1] * np.arange(EACH) / EACH
    return np.stack([np.interp(at, far, axis) for axis in corners.T], axis=1)


recipe = Recipe("many-shapes", make, solve_for=("field.weights",), iterations=700)
