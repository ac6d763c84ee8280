"""The chain of the pendulum pose, whose end goes on to a second place: with soft pushes all the way."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Curve
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.gallery.pendulum_pose import LINKS
from revanim.scene.gallery.pendulum_pose import make as pendulum
from revanim.scene.part import force
from revanim.scene.scene import Scene

POSE = 70
EVERY = 2  # frames of a push: rods swing fast
TARGET = (1.11975828, -2.13426345, 0.0)


def make() -> Scene:
    """Add the second pose, and room for pushes."""
    alone, rows = pendulum(), -(-(POSE - 1) // EVERY)
    push = force("nudge", bodies=range(1, LINKS + 1), push=Curve(1, EVERY, np.zeros((rows, LINKS, 3))))
    scene = replace(
        alone,
        forces=(*alone.forces, push),
        name="Pendulum two poses",
        note="Pushes lead the end of the chain into a ring at frame 49, and into the next at frame 70.",
    )
    return add_keyframe(scene, POSE, [LINKS], position=[TARGET])


recipe = Recipe("pendulum-two-poses", make, solve_for=("velocity", "nudge"))
