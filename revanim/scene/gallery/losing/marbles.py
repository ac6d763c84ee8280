"""Marbles that are poured into a bowl, whirl, and come to rest in a heap."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

RADIUS, APART = 0.085, 0.2  # length
RINGS = (1, 6, 12)  # marbles in a layer, from its middle out
LAYERS = 8
LOWEST = 1.45  # length
HIGH = 24  # the frame at which they are seen best


def make() -> Scene:
    place = column()
    level = place * (1, 1, 0)
    falling = 1.6 * np.cross((0, 0, 1), level) - 0.5 * level
    falling[:, 2] = -0.5
    height = (place[:, 2] - place[:, 2].min()) / np.ptp(place[:, 2])
    moves = [
        move("floor", restitution=0.5, friction=0.1, radius=RADIUS),  # for those that leap over the rim
        move("bowl", center=(0, 0, 1.575), size=1.5, height=1.2, restitution=0.55, friction=0.02, radius=RADIUS),
        move("contact", restitution=0.75, radius=RADIUS),
        move("drag", rate=0.3),
    ]
    scene = make_scene(
        place,
        falling,
        mass=1.0,
        forces=[force("uniform", acceleration=(0.0, 0.0, -9.81))],
        moves=moves,
        steps_per_frame=12,
        scheme="leapfrog",
        name="Marbles",
        radius=RADIUS,
        color=gradient("#ffd76a #ff8d5c #f2506e #a44bd8 #4b6bff #39b8e8 #53d9a6", height),
        look=replace(STUDIO, shadows=True, view=View((0.0, 0.0, 1.35), yaw=24.0, pitch=33.0, distance=6.3)),
        note="Marbles collide in a bowl and come to rest; run it backward and they leap out.",
    )
    return with_home(scene, HIGH)


def column() -> Floats:
    """Return the places of all marbles before they fall: layers of rings, each turned against the one below."""
    found = []
    for layer in range(LAYERS):
        for ring, count in enumerate(RINGS):
            angle = 2 * np.pi * np.arange(count) / count + 0.7 * layer + 0.3 * ring
            out = APART * ring * (1.0 + 0.05 * np.sin(3 * angle))
            along = np.stack([out * np.cos(angle), out * np.sin(angle), LOWEST + APART * layer + 0 * angle], axis=1)
            found.append(along)
    return np.concatenate(found)


recipe = Recipe("marbles", make)
