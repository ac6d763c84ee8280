"""A picture of a sunset whose pixels are stirred to soup by a field; backward each of them finds its place again.

All pixels go round on circles, the inner ones faster, as milk does in coffee, and the field bends these circles. Its
weights are those that its seed begins with, times STRONG.
"""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.edits import set_values
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Colors, Scene, View
from revanim.scene.values import derived_value

ACROSS, SKETCHED = 104, 20  # pixels
STRENGTH, SOFTENING = 1.3, 0.5  # of the middle, around which all goes
SECONDS = 7.0  # that it stirs
STRONG = 7.0
SUN, RADIUS, HORIZON = np.array((0.18, 0.12)), 0.3, -0.14


def make(across: int = ACROSS) -> Scene:
    x, y = pixels(across)
    place = np.column_stack([x, y, 0 * x])
    well = x * x + y * y + SOFTENING * SOFTENING
    pace = np.sqrt(STRENGTH / (well * np.sqrt(well)))
    scene = make_scene(
        place,
        np.column_stack([-pace * y, pace * x, 0 * x]),
        mass=1.0,
        forces=[
            force("attractor", strength=STRENGTH, softening=SOFTENING),
            force("field", units=12, layers=4, seed=5, begin=1 / 24, seconds=SECONDS),
        ],
        steps_per_frame=2,
        scheme="leapfrog",
        planar=True,
        name="Stir",
        radius=0.95 / across,
        color=sunset(x, y),
        look=replace(NIGHT, exposure=0.55, plays=(1, 120), view=View(distance=3.9, flat=True)),
        note="The pixels of a picture are stirred to soup; backward each of them finds its place again.",
    )
    return set_values(scene, "forces", 1, weights=STRONG * derived_value(scene, scene.forces[1]))


def pixels(across: int) -> tuple[Floats, Floats]:
    """Return the places of pixels in a disc of radius 1, float64[n] each, row by row."""
    side = (2.0 * np.arange(across) + 1.0) / across - 1.0
    y, x = (axis.reshape(-1) for axis in np.meshgrid(side[::-1], side, indexing="ij"))
    inside = x * x + y * y < 1.0
    return x[inside], y[inside]


def sunset(x: Floats, y: Floats) -> Colors:
    """Return the colours of a sun that goes down into the sea between hills, uint8[n, 3]."""
    above, far = (y - HORIZON) / (1.0 - HORIZON), np.sqrt((x - SUN[0]) ** 2 + (y - SUN[1]) ** 2)
    colors = gradient("#ffd27a #ff8a5c #e0508c #7a3fb0 #2b2a86 #10174a", above + 0.25 * (far - 0.5))
    sun = gradient("#fffbe0 #ffe38a #ffb44d", far / RADIUS)
    hill = np.maximum(0.34 - 0.7 * np.abs(x + 0.62), 0.2 - 0.45 * np.abs(x - 0.86))
    hills = gradient("#6a2f7d #2a1650", above / 0.34)
    depth = (HORIZON - y) / (1.0 + HORIZON)
    sea = gradient("#c76b8f #4a5fb8 #1d4f9e #0c2a63 #071a40", depth)
    glitter = gradient("#ffe9a8 #ffb066 #d96a7a", depth)
    wave = np.abs((7.0 * depth + 0.35 * x * x) % 1.0 - 0.5)  # stripes that the light breaks into
    lit = (np.abs(x - SUN[0]) < (0.1 + 0.5 * depth) * (1.0 - 1.2 * wave)) & (wave < 0.38)
    for where, shade in (
        (far < RADIUS, sun),
        (above < hill, hills),
        (y < HORIZON, sea),
        ((y < HORIZON) & lit, glitter),
    ):
        colors = np.where(where[:, None], shade, colors)
    return colors.astype(np.uint8)


recipe = Recipe("stir", lambda: make(SKETCHED), whole=make, count=8492)
