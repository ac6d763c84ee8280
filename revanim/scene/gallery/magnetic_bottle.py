"""A magnetic bottle: charges wind along a field, and rings of more charge at its ends send them back."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

TUBES = (  # charges, distance from the axis, speed along it, colours: one tube within the other
    (14, 0.15, 2.0, "#ffd36b #ff8f4a"),
    (22, 0.33, 1.65, "#ff6f8f #e04fd0"),
    (30, 0.54, 1.3, "#4fc3ff #6a6bff"),
)
ACROSS, FIELD = 1.5, 22.0  # length/s, and radians/s about the axis: circles of a fifteenth of a length
CHARGE, STOPPING = 0.045, 7.0  # of what flies, and of what the rings consist of
RING, WIDE, FAR = 24, 0.8, 2.0
SEEN = 121  # the frame at which it is seen best


def make() -> Scene:
    places, speeds, colors = [], [], []
    for tube, (count, radius, along, shades) in enumerate(TUBES):
        outward, onward = circle(count, 0.3 * tube)
        aside = np.where(np.arange(count) % 2 == 0, 1.0, -1.0)[:, None] * (1, 0, 0)
        places.append(radius * outward + 0.05 * aside)
        speeds.append(along * aside + ACROSS * (np.cos(tube) * outward + np.sin(tube) * onward))
        colors.append(gradient(shades, 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(count) / count)))
    rings = np.concatenate([WIDE * circle(RING)[0] + (side * FAR, 0, 0) for side in (-1, 1)])
    count = sum(map(len, places))
    flying = np.arange(count + len(rings)) < count
    scene = make_scene(
        np.concatenate([*places, rings]),
        np.concatenate([*speeds, 0 * rings]),
        mass=1.0,
        forces=[force("coulomb", charge=np.where(flying, CHARGE, STOPPING), strength=1.0, softening=0.05)],
        moves=[move("turn", rate=(FIELD, 0, 0))],
        pinned=~flying,
        steps_per_frame=16,
        scheme="leapfrog",
        name="Magnetic bottle",
        radius=0.027,
        color=np.concatenate([*colors, gradient("#7d6a4a #7d6a4a", np.zeros(len(rings)))]),
        look=replace(NIGHT, background="deep", trail=30, view=View(yaw=28.0, pitch=14.0, distance=4.9)),
        note="Charges wind along a magnetic field and back from its ends; reversed, every loop unwinds.",
    )
    return with_home(scene, SEEN)


def circle(count: int, ahead: float = 0.0) -> tuple[Floats, Floats]:
    """Return float64[count, 3], the directions from the x axis to points around it, and those in which they turn."""
    angle = 2 * np.pi * np.arange(count) / count + ahead
    return (
        np.stack([0 * angle, np.cos(angle), np.sin(angle)], axis=1),
        np.stack([0 * angle, -np.sin(angle), np.cos(angle)], axis=1),
    )


recipe = Recipe("magnetic-bottle", make)
