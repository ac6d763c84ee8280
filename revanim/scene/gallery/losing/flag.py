"""A flag: a cloth of springs, nailed to its pole, that gusts take along."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats, Keyed
from revanim.scene.gallery import Recipe, with_home
from revanim.scene.gallery.cloth import APART, lattice, pairs
from revanim.scene.keys import keyed
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

HEIGHT = 2.4
PASSING = 1.3  # length/s: how fast gusts go along
FLYING = 60  # the frame at which it is seen best


def make() -> Scene:
    across, down = APART * lattice().T
    along = across - across.min()
    position = np.stack([across, 0.12 * along * np.sin(2.5 * along), HEIGHT - down], axis=1)
    near, far = (pairs(distance) for distance in (1, 2))
    scene = make_scene(
        position,
        0 * position,
        mass=0.01,
        forces=[
            force("uniform", acceleration=(0.0, 0.0, -1.2)),
            force("spring", links=near, stiffness=100.0, length=APART),
            force("spring", links=far, stiffness=1.5, length=2 * APART),  # against sharp folds
        ],
        moves=[move("drag", rate=1.5, wind=gusts(along))],
        pinned=along < 0.6 * APART,
        steps_per_frame=40,
        scheme="leapfrog",
        name="Flag",
        radius=0.035,
        color=gradient("#ffeab0 #ffae4d #ff5f5f #cf3f9b #6a4be0", along / along.max()),
        look=replace(STUDIO, grid=True, view=View((-0.2, 0.0, 1.2), yaw=-34.0, pitch=18.0, distance=5.2)),
        note="Gusts fill a cloth on its pole; scrub back and the wind gives everything back.",
    )
    return with_home(scene, FLYING)


def gusts(along: Floats) -> Keyed:
    """Return a wind, length/s, that swells and turns from side to side, and comes later the farther along a body is."""
    frames = np.arange(-11, 254, 6)
    time = (frames[:, None] - 1) / 24 - along / PASSING
    strong = 2.6 + 0.9 * np.sin(1.9 * time) + 0.5 * np.sin(4.7 * time + 1)
    aside = 1.0 * np.sin(5.2 * time) + 0.4 * np.sin(8.3 * time + 2)
    wind = np.stack([strong * np.cos(aside), 2.0 * strong * np.sin(aside), 0.25 * strong], axis=2)
    return keyed(frames, np.round(wind, 2))


recipe = Recipe("flag", make)
