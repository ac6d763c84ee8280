"""Two disc galaxies that meet, and draw tails and bridges out of each other (Toomre and Toomre 1972).

Heavy cores hold the stars. A third of the stars has mass too, so that the galaxies also brake each other; gravity costs
only as many sources as have mass.
"""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

STRENGTH, SOFTENING = 0.31, 0.12
STARS_SHARE = 0.2  # mass of all stars, as a share of their core's
BLUE, ROSE = 1200, 800  # bodies in each


def make() -> Scene:
    random = np.random.default_rng(1972)
    far, position, velocity = disc(BLUE, 1.0, 1.05, random)
    far2, position2, velocity2 = disc(ROSE, 0.7, 0.8, random)
    lean, lean2 = turned(25.0, 0.0), turned(-40.0, 60.0)
    mass, mass2 = masses(BLUE, 1.0), masses(ROSE, 0.7)
    share = mass2.sum() / (mass.sum() + mass2.sum())  # the centre of mass rests at the origin
    apart, passing = np.array([2.3, 0.9, 0.3]), np.array([-0.22, 0.28, 0.0])
    return make_scene(
        np.vstack([position @ lean - share * apart, position2 @ lean2 + (1 - share) * apart]),
        np.vstack([velocity @ lean - share * passing, velocity2 @ lean2 + (1 - share) * passing]),
        np.r_[mass, mass2],
        forces=[force("gravity", strength=STRENGTH, softening=SOFTENING)],
        steps_per_frame=4,
        scheme="leapfrog",
        name="Galaxy collision",
        radius=np.where(np.r_[far, far2] > 0, 0.01, 0.08),
        color=np.vstack([gradient("#ffe9c4 #8fb4ff #3d5cff", far), gradient("#fff0d0 #ff9a6b #ff3f7d", far2)]),
        look=replace(NIGHT, exposure=0.7, view=View(target=(0.0, -0.15, 0.0), yaw=10.0, pitch=52.0, distance=8.8)),
        note="Two galaxies of two thousand stars meet, and fling out tails of light.",
    )


def disc(count: int, core: float, size: float, random: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Return how far out each star is, 0 to 1, its place and its speed: circles with two arms, around a core first."""
    far = np.r_[0.0, random.uniform(0.001, 1.0, count - 1) ** 0.75]
    radius = np.where(far > 0, size * (0.12 + 0.88 * far), 0.0)
    angle = random.uniform(0.0, 2 * np.pi, count)
    angle += 0.42 * np.sin(2 * angle) - 3.2 * far + random.normal(0.0, 0.1, count)
    height = np.where(far > 0, 0.03 * size * random.normal(0.0, 1.0, count), 0.0)
    attraction = STRENGTH * core * (1 + STARS_SHARE * far) / (radius**2 + SOFTENING**2) ** 1.5
    speed = radius * np.sqrt(attraction)
    out = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    along = np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)
    return far, radius[:, None] * out + np.outer(height, (0, 0, 1)), speed[:, None] * along


def masses(count: int, core: float) -> Floats:
    """Return the mass of a core and its stars."""
    star = np.arange(count)
    return np.where(star == 0, core, np.where(star % 3 == 1, 3 * core * STARS_SHARE / count, 0.0))


def turned(lean: float, turn: float) -> Floats:
    """Return the matrix, for rows times matrix, that leans a disc about x and then turns it about z, in degrees."""
    (c1, c2), (s1, s2) = np.cos(np.radians([lean, turn])), np.sin(np.radians([lean, turn]))
    return np.array([[c2, s2, 0], [-c1 * s2, c1 * c2, s1], [s1 * s2, -s1 * c2, c1]])


recipe = Recipe("galaxy-collision", make)
