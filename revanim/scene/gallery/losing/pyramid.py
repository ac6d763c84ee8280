"""A pyramid of balls that a heavy one scatters over the floor, and that builds itself again in reverse."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

RADIUS, STONE = 0.15, 0.34  # of the balls, and of the one that hits them
LAYERS = 6


def make() -> Scene:
    place = pyramid()
    height = place[:, 2] / place[:, 2].max()
    radius = np.r_[np.full(len(place), RADIUS), STONE]
    return make_scene(
        np.vstack([place, (-2.7, -1.0, 0.62)]),
        np.vstack([0 * place, (9.9, 3.8, 0.8)]),
        mass=np.r_[np.ones(len(place)), 14.0],
        forces=[force("uniform", acceleration=(0.0, 0.0, -9.81))],
        moves=[
            move("floor", restitution=0.5, friction=0.25, radius=radius),
            move("contact", restitution=0.7, radius=radius),
            move("drag", rate=0.8),
        ],
        steps_per_frame=24,
        scheme="leapfrog",
        name="Pyramid",
        radius=radius,
        color=np.vstack([gradient("#ff4f5e #ff9a4d #ffd76a #7ddc8a #3fb6ff #7a6cff", height), [(235, 236, 240)]]),
        look=replace(
            STUDIO,
            shadows=True,
            trail=6,
            plays=(1, 60),
            view=View((0.6, -0.2, 0.4), yaw=-24.0, pitch=21.0, distance=8.2),
        ),
        note="A pyramid of balls is struck and scatters; run it backward and it builds itself.",
    )


def pyramid() -> Floats:
    """Return the places of balls that lie in squares, each in the hollows of the one below."""
    layers = []
    for layer in range(LAYERS):
        along = 2 * RADIUS * (np.arange(LAYERS - layer) - (LAYERS - layer - 1) / 2)
        x, y = np.meshgrid(along, along)
        layers.append(np.stack([x, y, RADIUS * (1 + np.sqrt(2) * layer) + 0 * x], axis=-1).reshape(-1, 3))
    return np.concatenate(layers)


recipe = Recipe("pyramid", make)
