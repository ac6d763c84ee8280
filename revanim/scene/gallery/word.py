"""A cloud on its orbits that is a word at frame 120: that is its home frame, and there it was written."""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.poses.text import text_points
from revanim.scene.scene import Scene, View

COUNT = 3000
STRENGTH, SOFTENING = 14.0, 1.5


def make() -> Scene:
    """Send each body on an orbit round the upright axis: straight away from the eye, so that the word lingers."""
    across, up = text_points("REVANIM", COUNT).T
    random = np.random.default_rng(120)
    none = np.zeros(COUNT)
    away = across**2 + up**2 + SOFTENING**2
    turning = np.sqrt(STRENGTH / (away * np.sqrt(away)))  # of a circular orbit, rad/s
    orbit = np.stack([none, turning * across * random.uniform(0.7, 1.06, COUNT), none], axis=1)
    return make_scene(
        np.stack([across, none, up], axis=1),
        orbit + random.uniform(-0.35, 0.35, (COUNT, 3)),
        mass=1.0,
        forces=[force("attractor", strength=STRENGTH, law="inverse-square", softening=SOFTENING)],
        home=120,
        steps_per_frame=4,
        name="Word",
        radius=0.012,
        color=gradient("#4d5dff #2bc4f3 #fff1c9 #ff9d5c #f2386b", across / np.ptp(across) + 0.5),
        look=replace(
            NIGHT, exposure=0.7, trail=8, view=View(target=(0.0, 0.0, -0.25), yaw=0.0, pitch=18.0, distance=8.4)
        ),
        note="Three thousand sparks pass through a word at frame 120, where it was written.",
    )


recipe = Recipe("word", make)
