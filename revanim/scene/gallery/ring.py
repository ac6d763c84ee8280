"""A ring falls into itself under its own gravity and comes back as a necklace (Stam 2022, figure 1)."""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

COUNT = 240
WAVES, HEIGHT = 8, 0.03  # along the ring: the seeds of the pearls
INWARD = 0.06  # speed at the start, as a share of the radius per second


def make() -> Scene:
    share = np.arange(COUNT) / COUNT
    angle = 2 * np.pi * share
    radius = 1 + HEIGHT * np.cos(WAVES * angle)
    position = np.stack([radius * np.cos(angle), radius * np.sin(angle), 0 * angle], axis=1)
    return make_scene(
        position,
        -INWARD * position,
        mass=1 / COUNT,
        forces=[force("gravity", strength=0.068, softening=0.08)],
        steps_per_frame=2,
        planar=True,
        name="Ring",
        radius=0.013,
        color=gradient("#ffb25e #ff5a72 #6d5dfc #ff5a72 #ffb25e", WAVES * share % 1),
        look=replace(NIGHT, trail=10, view=View(distance=3.8, flat=True)),
        note="A ring falls into a single point of light and comes back as a necklace.",
    )


recipe = Recipe("ring", make)
