"""A chain of rods, lifted and let go: after the first swing no two are alike."""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

LINKS = 5
LENGTH = 0.56
WHIP = 52  # the frame at which its end is fastest


def make() -> Scene:
    body = np.arange(LINKS + 1)
    position = np.outer(LENGTH * body, (0.6, 0.8, 0.0))
    scene = make_scene(
        position,
        0 * position,
        mass=1.0,
        forces=[
            force("uniform", acceleration=(0.0, -4.5, 0.0)),
            force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=LENGTH),
        ],
        pinned=body == 0,
        steps_per_frame=128,
        planar=True,
        name="Pendulum",
        radius=np.r_[0.04, np.full(LINKS, 0.095)],
        color=np.vstack([[(200, 200, 200)], gradient("#4f63ff #b14fd8 #ff5f7a #ffab4a", np.linspace(0, 1, LINKS))]),
        look=replace(NIGHT, trail=60, view=View(target=(0.0, -0.15, 0.0), distance=8.5, flat=True)),
        note="A chain is let go: chaos after one swing, and not a bit of it is lost on the way back.",
    )
    return with_home(scene, WHIP)


recipe = Recipe("pendulum", make)
