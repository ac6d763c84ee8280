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
LAYERS = 11
HIGH = 22  # the frame at which they are seen best


def make() -> Scene:
    place = column() + (0.0, 0.0, 1.75)
    level = place * (1, 1, 0)
    swirl = 1.6 * np.cross((0, 0, 1), level) - 0.4 * level
    height = (place[:, 2] - place[:, 2].min()) / np.ptp(place[:, 2])
    bowl = move("bowl", center=(0, 0, 1.26), size=1.2, height=0.85, restitution=0.45, friction=0.06, radius=RADIUS)
    scene = make_scene(
        place,
        swirl + (0.0, 0.0, -2.2),
        mass=1.0,
        forces=[force("uniform", acceleration=(0.0, 0.0, -9.81))],
        moves=[bowl, move("contact", restitution=0.7, radius=RADIUS), move("drag", rate=0.35)],
        scheme="leapfrog",
        name="Marbles",
        radius=RADIUS,
        color=gradient("#ffd76a #ff8d5c #f2506e #a44bd8 #4b6bff #39b8e8 #53d9a6", height),
        look=replace(STUDIO, shadows=True, view=View((0.0, 0.0, 1.0), yaw=24.0, pitch=31.0, distance=6.4)),
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
            along = np.stack([out * np.cos(angle), out * np.sin(angle), APART * layer + 0 * angle], axis=1)
            found.append(along)
    return np.concatenate(found)


recipe = Recipe("marbles", make)
