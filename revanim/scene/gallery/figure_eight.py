"""Three equal masses that chase each other along one curve (Chenciner and Montgomery 2000)."""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

# Simó's values, for masses and a gravity of 1: the first body stands here, the second opposite, the third between them.
PLACE = np.array([0.97000436, -0.24308753, 0.0])
SPEED = np.array([-0.93240737, -0.86473146, 0.0])  # of the third body
PERIOD = 6.32591398
SECONDS = 5.0  # that a round takes here: the range is two rounds, so it ends as it begins


def make() -> Scene:
    pace = PERIOD / SECONDS
    return make_scene(
        [PLACE, -PLACE, 0 * PLACE],
        [-pace * SPEED / 2, -pace * SPEED / 2, pace * SPEED],
        mass=1.0,
        forces=[force("gravity", strength=pace**2, softening=0.0)],
        scheme="srkn11b",
        planar=True,
        name="Figure eight",
        radius=0.055,
        color=[(255, 122, 89), (96, 156, 255), (255, 214, 110)],
        look=replace(NIGHT, trail=40, play="loop", view=View(distance=2.35, flat=True)),
        note="Three stars chase each other for ever along one curve.",
    )


recipe = Recipe("figure-eight", make)
