"""A cloud that was thrown so that it is a word at frame 96: solved for, and stored as the solver left it."""

from dataclasses import replace

import numpy as np

from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.poses.text import text_points
from revanim.scene.scene import Scene, View

COUNT = 1500
POSE = 96


def make() -> Scene:
    random = np.random.default_rng(96)
    across, up = text_points("REVANIM", COUNT).T
    word = np.stack([across, 0 * across, up], axis=1)
    cloud = random.normal(size=(COUNT, 3)) * (1.6, 1.0, 0.8)
    place = cloud[:, 0].argsort().argsort()  # from left to right: every colour gets as many bodies
    swirl = 0.6 * np.cross((0.0, 0.2, 1.0), cloud)
    scene = make_scene(
        cloud,
        swirl,
        mass=1.0,
        forces=[force("attractor", strength=1.2, law="harmonic")],
        steps_per_frame=2,
        frames=(1, 168),
        name="Word from cloud",
        radius=0.014,
        color=gradient("#35d0f0 #4f7bff #b14fd8 #ff5f7a #ffb45a", place / COUNT),
        look=replace(NIGHT, exposure=0.65, trail=10, view=View(yaw=0.0, pitch=10.0, distance=8.4)),
        note="A cloud was thrown so well that it spells a word at frame 96, and scatters again.",
    )
    return add_keyframe(scene, POSE, np.arange(COUNT), position=word, shape=True)


recipe = Recipe("word-from-cloud", make, solve_for=("velocity",))
