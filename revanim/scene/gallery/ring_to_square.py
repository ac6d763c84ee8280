"""A ring that shall be a square: which body goes to which place is for the solver to choose."""

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

COUNT = 300
POSE = 73


def make() -> Scene:
    share = np.arange(COUNT) / COUNT
    angle = 2 * np.pi * share
    position = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    spin = 0.2 * np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)
    scene = make_scene(
        position,
        spin,
        mass=1 / COUNT,
        forces=[force("gravity", strength=0.08, softening=0.15)],
        steps_per_frame=2,
        frames=(1, 96),
        planar=True,
        name="Ring to square",
        radius=0.013,
        color=gradient("#4dd0e1 #6d5dfc #ff5a72 #ffb25e #4dd0e1", share),
        look=replace(NIGHT, trail=12, view=View(distance=4.6, flat=True)),
        note="Press Solve: three hundred bodies agree among themselves how to become a square.",
    )
    return add_keyframe(scene, POSE, np.arange(COUNT), position=square(share), shape=True)


def square(share: Floats) -> Floats:
    """Return points along the rim of a square, float64[n, 3], one for each share of the way around."""
    side, along = np.divmod(4 * share, 1.0)
    start = np.array([(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)])[side.astype(int)]
    way = np.array([(0.0, 2.0), (-2.0, 0.0), (0.0, -2.0), (2.0, 0.0)])[side.astype(int)]
    return np.column_stack([0.95 * (start + along[:, None] * way), 0 * share])


recipe = Recipe("ring-to-square", make)
