"""A cloud that writes two words, one after the other, and rests in each: planned, and stored as it was solved."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Curve, Floats
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.poses.text import text_points
from revanim.scene.scene import Scene, View

COUNT = 900
FIRST, SECOND, HOLD = 65, 145, 16
EVERY = 16  # frames of a push: as long as a word rests
HEIGHT = 1.5  # of a letter


def make() -> Scene:
    """Let a turning cloud fall together; cold colours on the left, warm ones on the right."""
    random = np.random.default_rng(2)
    cloud = random.normal(size=(COUNT, 3)) * (1.5, 0.9, 0.75)
    swirl = 0.5 * np.cross((0.0, 0.3, 1.0), cloud)
    place = cloud[:, 0].argsort().argsort()  # from left to right: both colours get as many bodies
    scene = make_scene(
        cloud,
        swirl,
        mass=1 / COUNT,
        forces=[
            force("gravity", strength=0.6, softening=0.25),
            force("nudge", push=Curve(1, EVERY, np.zeros(((SECOND + HOLD) // EVERY, COUNT, 3)))),
        ],
        steps_per_frame=2,
        scheme="leapfrog",
        frames=(1, 200),
        name="Two words",
        radius=0.017,
        color=gradient("#22d3ff #5b7bff #a45cff #ff4f81 #ffb45a", place / COUNT),
        look=replace(NIGHT, exposure=0.75, trail=10, view=View(yaw=0.0, pitch=8.0, distance=9.0)),
        note="A cloud writes one word, rests in it, writes the next, and is let go.",
    )
    everyone = np.arange(COUNT)
    scene = add_keyframe(scene, FIRST, everyone, position=written("REV"), shape=True, hold=HOLD)
    return add_keyframe(scene, SECOND, everyone, position=written("ANIM"), shape=True, hold=HOLD)


def written(word: str) -> Floats:
    """Return places in the letters of a word that stands upright, float64[n, 3]."""
    across, up = text_points(word, COUNT, HEIGHT).T
    return np.stack([across, 0 * across, up], axis=1)


recipe = Recipe("two-words", make, solve_for=("velocity", "nudge"))
