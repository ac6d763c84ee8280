"""A chain that sways, and where its end shall be two seconds later (Stam 2022, figure 2), and perhaps after that."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Curve
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import DAY
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

LINKS = 5
LENGTH = 0.56
POSE = 49
TARGET = (0.9, 0.9, 0.0)
SECOND_POSE, SECOND_TARGET = 70, (1.11975828, -2.13426345, 0.0)
EVERY = 2  # frames of a push: rods swing fast


def make() -> Scene:
    body = np.arange(LINKS + 1)
    position = np.outer(LENGTH * body, (-0.28, -0.96, 0.0))
    scene = make_scene(
        position,
        0 * position,
        mass=1.0,
        forces=[
            force("uniform", acceleration=(0.0, -4.5, 0.0)),
            force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=LENGTH),
        ],
        pinned=body == 0,
        steps_per_frame=64,
        frames=(1, 96),
        planar=True,
        name="Pendulum pose",
        radius=np.r_[0.08, np.full(LINKS, 0.19)],
        color=np.vstack([[(200, 200, 200)], gradient("#3fb8a9 #58c8f0 #6d83ff #b06dff", np.linspace(0, 1, LINKS))]),
        look=replace(DAY, trail=24, view=View(target=(0.1, -0.85, 0.0), distance=7.6, flat=True)),
        note="Press Solve: the chain finds the push that brings its end into the ring at frame 49.",
    )
    return add_keyframe(scene, POSE, [LINKS], position=[TARGET], nail=True)


def make_two() -> Scene:
    """Let its end go on to a second place, with soft pushes all the way."""
    alone, rows = make(), -(-(SECOND_POSE - 1) // EVERY)
    push = force("nudge", bodies=range(1, LINKS + 1), push=Curve(1, EVERY, np.zeros((rows, LINKS, 3))))
    scene = replace(
        alone,
        forces=(*alone.forces, push),
        name="Pendulum two poses",
        note="Pushes lead the end of the chain into a ring at frame 49, and into the next at frame 70.",
    )
    return add_keyframe(scene, SECOND_POSE, [LINKS], position=[SECOND_TARGET])


recipe = Recipe("pendulum-pose", make)
second_recipe = Recipe("pendulum-two-poses", make_two, solve_for=("velocity", "nudge"))
