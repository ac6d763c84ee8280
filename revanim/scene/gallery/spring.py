"""Bodies on springs of slowly rising stiffness: a ring that becomes a turning circle, then a flower of four petals.

Each swings on its own straight line. Where neighbours are ahead of each other by the angle between their lines, all of
them lie on one circle, the phase circle of a single spring, and that is the home frame.
"""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

COUNT = 144
MIDDLE = 121
SWINGS = 2.5  # of the slowest body until the middle; the fastest makes one more


def make() -> Scene:
    share = np.arange(COUNT) / COUNT
    angle = 2 * np.pi * share
    line = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    phase = 2 * np.pi * (SWINGS + share)
    rate = phase / ((MIDDLE - 1) / 24)  # all set out at frame 1
    place, speed = np.cos(phase)[:, None] * line, (-rate * np.sin(phase))[:, None] * line
    centre, first = np.zeros((1, 3)), np.arange(COUNT + 1) == 0
    return make_scene(
        np.vstack([centre, place]),
        np.vstack([centre, speed]),
        mass=1.0,
        forces=[force("spring", links=[[0, i + 1] for i in range(COUNT)], stiffness=rate**2, length=0.0)],
        pinned=first,
        home=MIDDLE,
        planar=True,
        name="Spring",
        radius=0.014,
        # A body and the one opposite meet on the circle: both have the same colour.
        color=np.vstack([[(16, 20, 40)], gradient("#5a4dff #2fd0ff #ff5c8a #5a4dff", 2 * share % 1)]),
        look=replace(NIGHT, exposure=0.8, trail=12, view=View(distance=3.7, flat=True)),
        note="Every body swings on its own straight line, and together they turn a circle.",
    )


recipe = Recipe("spring", make)
