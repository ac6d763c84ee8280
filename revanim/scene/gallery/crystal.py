"""A cold crystal of Lennard-Jones atoms, struck by a smaller one: a shock, a crater, a melt."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

APART = 2 ** (1 / 6)  # of neighbours at rest, for atoms of size 1
# The soft walls of the picture: a point of each and the side on which the atoms stay.
WALLS = [((-20.8, 0, 0), (1, 0, 0)), ((20.8, 0, 0), (-1, 0, 0)), ((0, 22.5, 0), (0, -1, 0)), ((0, -0.3, 0), (0, 1, 0))]


def make() -> Scene:
    slab = lattice(33, 11)
    stone = lattice(9, 9)
    stone = stone[np.linalg.norm(stone - stone[40], axis=1) < 3.2 * APART] - stone[40]
    floor, top = slab[:, 1] == 0, slab[:, 1].max()
    falls = np.repeat([False, True], [len(slab), len(stone)])
    return make_scene(
        np.vstack([slab, stone + np.array([-9.0, top + 7.8, 0.0])]),
        np.where(falls[:, None], (7.0, -9.5, 0.0), 0.0),
        mass=1.0,
        forces=[
            force("lennard_jones", depth=4.0, size=1.0),
            *(force("wall", stiffness=200.0, point=point, normal=normal) for point, normal in WALLS),
        ],
        pinned=np.r_[floor, np.zeros(len(stone), bool)],
        steps_per_frame=4,
        planar=True,
        name="Crystal",
        radius=0.54,
        color=np.vstack([gradient("#1f3f8f #3f86d8 #bfe6f5", slab[:, 1] / top), [(255, 122, 66)] * len(stone)]),
        look=replace(STUDIO, view=View(target=(0.0, 11.0, 0.0), distance=39.5, flat=True)),
        note="A crystal shatters and melts where it is struck; run it backward and it freezes whole.",
    )


def lattice(columns: int, rows: int) -> Floats:
    """Return a triangular lattice, float64[columns * rows, 3]: row by row from y = 0 up, with x = 0 in the middle."""
    row, column = np.divmod(np.arange(columns * rows), columns)
    across = column + row % 2 / 2 - (columns - 0.5) / 2
    return APART * np.stack([across, row * np.sqrt(0.75), 0.0 * row], axis=1)


recipe = Recipe("crystal", make)
