"""A cloth of springs, nailed up at three points of its hem, let go and swinging through."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Index, Scene, View

COLUMNS, ROWS = 33, 26
APART = 0.1
HEIGHT = 2.4
HANGING = 52  # the frame at which it is seen best


def make() -> Scene:
    across, down = APART * lattice().T
    fold = 0.05 * down * np.sin(5 * across)
    rise, run = 0.352, 0.936  # the slope at which it is held before it falls
    position = np.stack([across, run * down - rise * fold, HEIGHT + rise * down + run * fold], axis=1)
    nails = np.isin(np.arange(COLUMNS * ROWS), (0, 1, 15, 16, 17, 31, 32))
    near, far = (pairs(distance) for distance in (1, 2))
    scene = make_scene(
        position,
        0 * position,
        mass=0.01,
        forces=[
            force("uniform", acceleration=(0.0, 0.0, -2.0)),
            force("spring", links=near, stiffness=100.0, length=APART),
            force("spring", links=far, stiffness=6.0, length=2 * APART),  # against sharp folds
        ],
        pinned=nails,
        steps_per_frame=40,
        scheme="leapfrog",
        name="Cloth",
        radius=0.035,
        color=gradient("#ffd9a8 #ff7d6b #b8438f #4a3aa8", down / down.max()),
        look=replace(STUDIO, grid=True, view=View(target=(0.0, 0.0, 1.4), yaw=-24.0, pitch=12.0, distance=6.0)),
        note="A cloth is let go and crumples; scrub back and every fold opens again.",
    )
    return with_home(scene, HANGING)


def lattice() -> Floats:
    """Return a triangular lattice, float64[n, 2], whose neighbours are 1 apart: columns from the middle, rows down."""
    row, column = np.divmod(np.arange(COLUMNS * ROWS), COLUMNS)
    return np.stack([column + row % 2 / 2 - COLUMNS / 2 + 0.25, row * np.sqrt(0.75)], axis=1)


def pairs(distance: int) -> Index:
    """Return int64[k, 2], the threads of the lattice that are this long."""
    place = lattice()
    away = np.linalg.norm(place[:, None] - place, axis=2)
    return np.argwhere(np.triu(np.abs(away - distance) < 0.1))


recipe = Recipe("cloth", make)
