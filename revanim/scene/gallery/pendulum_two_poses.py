"""The chain of the pendulum pose, whose end goes on to a second place: with soft pushes all the way."""

from dataclasses import replace

from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.gallery.pendulum_pose import LINKS
from revanim.scene.gallery.pendulum_pose import make as pendulum
from revanim.scene.scene import Scene

POSE = 70
TARGET = (1.11975828, -2.13426345, 0.0)


def make() -> Scene:
    """Add the second pose."""
    scene = replace(
        pendulum(),
        name="Pendulum two poses",
        note="Pushes lead the end of the chain into a ring at frame 49, and into the next at frame 70.",
    )
    return add_keyframe(scene, POSE, [LINKS], position=[TARGET])


recipe = Recipe("pendulum-two-poses", make, solve_for=("velocity", "nudge"))
