"""Two galaxies of 50 000 stars each, which pass through each other, draw out tails and fall together.

Every star has mass, so a tree sums them. Each galaxy is a disc with two arms around a heavy core, on circles.
"""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe, chance
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

COUNT, SKETCHED = 100_000, 900
STRENGTH, SOFTENING = 0.31, 0.08
STARS_SHARE = 0.5  # mass of all stars of a galaxy, as a share of its core's
LEANS = ((0.24, 0.1), (-0.4, 0.6))  # the tangents of half the angles by which the discs are turned about x, then z
APART, PASSING = np.array([2.3, 0.9, 0.3]), np.array([-0.26, 0.3, 0.0])


def make(count: int = COUNT) -> Scene:
    many = count > SKETCHED
    (far, place, speed), (far2, place2, speed2) = (disc(count // 2, seed, *LEANS[seed]) for seed in (0, 1))
    mass = np.where(np.arange(count // 2) == 0, 1.0, STARS_SHARE / (count // 2 - 1))
    return make_scene(
        np.vstack([place - 0.5 * APART, place2 + 0.5 * APART]),
        np.vstack([speed - 0.5 * PASSING, speed2 + 0.5 * PASSING]),
        np.r_[mass, mass],
        forces=[force("gravity", strength=STRENGTH, softening=SOFTENING, sum="tree" if many else "exact")],
        steps_per_frame=1 if many else 4,
        scheme="leapfrog",
        name="Two galaxies",
        radius=np.where(np.r_[far, far2] > 0.0, 0.004 if many else 0.012, 0.05),
        color=np.vstack([gradient("#ffe9c4 #8fb4ff #3d5cff", far), gradient("#fff0d0 #ff9a6b #ff3f7d", far2)]),
        look=replace(NIGHT, exposure=0.3 if many else 0.8, view=View(yaw=10.0, pitch=52.0, distance=12.5)),
        note="A hundred thousand stars, each of which draws all others, meet in two galaxies.",
    )


def disc(count: int, seed: int, lean: float, turn: float) -> tuple[Floats, Floats, Floats]:
    """Return how far out each star is, 0 to 1, its place and its speed; the core is first."""
    u, v, x, y, z = chance(seed, 5, count)
    root = np.sqrt(0.5 * (u + 1.0))
    far = np.where(np.arange(count) == 0, 0.0, np.sqrt(root * 0.5 * (v + 1.0)))
    size = np.maximum(np.sqrt(x * x + y * y), 1e-9)
    radius, c, s = np.where(far > 0.0, 0.1 + far, 0.0), x / size, y / size
    c, s = turned(c, s, 0.25 * c * s)  # toward two arms, which are wound up the more, the farther out
    c, s = turned(c, s, -1.4 * far)
    well = radius * radius + SOFTENING * SOFTENING
    along = radius * np.sqrt(STRENGTH * (1.0 + STARS_SHARE * far * far) / (well * np.sqrt(well)))
    flat, height = 0.0 * far, np.where(far > 0.0, 0.05 * z * (1.2 - far), 0.0)
    return far, tilted(radius * c, radius * s, height, lean, turn), tilted(-along * s, along * c, flat, lean, turn)


def turned(x: Floats, y: Floats, t: Floats | float) -> tuple[Floats, Floats]:
    """Turn (x, y) by the angle of whose half t is the tangent: no sine, so the same bits everywhere."""
    c, s = (1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t)
    return c * x - s * y, s * x + c * y


def tilted(x: Floats, y: Floats, z: Floats, lean: float, turn: float) -> Floats:
    """Return float64[n, 3], vectors that are turned about x and then about z."""
    y, z = turned(y, z, lean)
    x, y = turned(x, y, turn)
    return np.stack([x, y, z], axis=1)


recipe = Recipe("two-galaxies", lambda: make(SKETCHED), whole=make, count=100_000)
