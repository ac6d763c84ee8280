"""Two pairs of vortices that meet head-on, exchange partners and go off to the sides, each with the smoke it carries."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import flow
from revanim.scene.scene import Scene, View

APART, BESIDE, OFF = 3.0, 0.35, 0.125  # of the pairs, of the vortices from the middle of theirs, and of one pair aside
CIRCULATION, CORE = 5.0, 0.2
OVAL = np.array([0.62, 0.81])  # half as long and wide as what a pair carries along
STEP = 11 / 512  # between two bodies of smoke
AMBER, AZURE = (255, 168, 76), (76, 168, 255)


def make() -> Scene:
    middles = np.array([[-APART, 0.0], [APART, OFF]])
    smoke = oval()
    stirrers = np.concatenate([middle + [[0.0, BESIDE], [0.0, -BESIDE]] for middle in middles])
    place = np.concatenate([stirrers, *(middle + smoke for middle in middles)])
    still, circulation = np.zeros((len(place), 3)), np.zeros(len(place))
    circulation[:4] = CIRCULATION, -CIRCULATION, -CIRCULATION, CIRCULATION
    warm = np.r_[True, True, False, False, np.arange(2 * len(smoke)) < len(smoke)]
    return make_scene(
        np.column_stack([place, np.zeros(len(place))]),
        still,
        np.where(circulation == 0.0, 0.0, 1.0),
        flows=[flow("vortices", circulation=circulation, core=CORE)],
        frames=(1, 121),
        steps_per_frame=4,
        planar=True,
        name="Dipoles",
        radius=0.012,
        color=np.where(warm[:, None], AMBER, AZURE).astype(np.uint8),
        look=replace(NIGHT, exposure=0.5, view=View(distance=11.0, flat=True)),
        note="Two pairs of vortices meet, exchange partners, and carry their smoke away: a fluid that runs backward.",
    )


def oval() -> Floats:
    """Return a lattice of places in an ellipse, float64[n, 2]."""
    x, y = np.meshgrid(*(STEP * np.arange(-np.ceil(half / STEP), np.ceil(half / STEP) + 1) for half in OVAL))
    lattice = np.column_stack([x.ravel(), y.ravel()])
    return lattice[((lattice / OVAL) ** 2).sum(axis=1) < 1.0]


recipe = Recipe("dipoles", make)
