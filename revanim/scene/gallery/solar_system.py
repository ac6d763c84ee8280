"""The Sun, planets, Moon and Pluto as they stood at noon of 1 January 2000 (JPL DE421), and a belt of asteroids.

Lengths are astronomical units along the axes of the ICRF, masses are suns, and a Julian year passes in 120 frames. The
asteroids are invented, and without mass. Radii are for the eye.
"""

import csv
from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.resources import resource
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Colors, Scene, View

DAYS_PER_SECOND = 365.25 / 5
ASTEROIDS = 600
NEAREST, FARTHEST = 2.1, 3.3  # astronomical units
ECLIPTIC = np.radians(23.44)  # by which the plane of the planets leans about x

LOOKS = {  # radius in astronomical units, and colour
    "sun": (0.2, (255, 214, 140)),
    "mercury": (0.03, (190, 176, 160)),
    "venus": (0.045, (255, 205, 130)),
    "earth": (0.048, (90, 160, 255)),
    "moon": (0.014, (200, 200, 210)),
    "mars": (0.042, (255, 100, 60)),
    "jupiter": (0.12, (255, 190, 140)),
    "saturn": (0.11, (245, 220, 150)),
    "uranus": (0.15, (120, 230, 240)),
    "neptune": (0.16, (80, 120, 255)),
    "pluto": (0.12, (220, 180, 170)),
}


def make() -> Scene:
    names, attraction, position, velocity = planets()
    sun = attraction[0]
    stones, drift = asteroids(sun)
    radius, color = looks(names, stones)
    return make_scene(
        np.vstack([position, position[0] + stones]),
        np.vstack([velocity, velocity[0] + drift]) * DAYS_PER_SECOND,
        np.r_[attraction / sun, np.zeros(ASTEROIDS)],
        forces=[force("gravity", strength=sun * DAYS_PER_SECOND**2, softening=0.0)],
        name="Solar system",
        radius=radius,
        color=color,
        look=replace(NIGHT, exposure=1.2, trail=60, view=View(yaw=-165.0, pitch=38.0, distance=9.8)),
        note="Two years among the planets, from where they really stood on 1 January 2000.",
    )


def planets() -> tuple[list[str], Floats, Floats, Floats]:
    """Return names, G m float64[11], places and speeds float64[11, 3], all in astronomical units and days."""
    lines = resource("data", "solar_system_j2000.csv").read_text(encoding="utf-8").splitlines()
    name, *rows = zip(*csv.reader(line for line in lines if not line.startswith(("#", "name"))), strict=True)
    numbers = np.array(rows, np.float64)
    return list(name), numbers[0], numbers[1:4].T, numbers[4:7].T


def asteroids(attraction: float) -> tuple[Floats, Floats]:
    """Return places and speeds around the Sun, float64[ASTEROIDS, 3]: orbits that are nearly circles, nearly flat."""
    random = np.random.default_rng(1801)
    radius = random.triangular(NEAREST, 2.7, FARTHEST, ASTEROIDS)
    angle = random.uniform(0, 2 * np.pi, ASTEROIDS)
    speed = np.sqrt(attraction / radius) * random.normal(1.0, 0.03, ASTEROIDS)
    up, climb = random.normal(0.0, 0.06, (2, ASTEROIDS))
    out = np.stack([np.cos(angle), np.sin(angle), up], axis=1)
    along = np.stack([-np.sin(angle), np.cos(angle), climb], axis=1)
    c, s = np.cos(ECLIPTIC), np.sin(ECLIPTIC)
    lean = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    return radius[:, None] * out @ lean, speed[:, None] * along @ lean


def looks(names: list[str], stones: Floats) -> tuple[Floats, Colors]:
    """Return radius and colour of everything; the asteroids are warm near the Sun and cold farther out."""
    radius, color = zip(*(LOOKS[name] for name in names), strict=True)
    away = (np.linalg.norm(stones, axis=1) - NEAREST) / (FARTHEST - NEAREST)
    dust = gradient("#d98a4f #a8826a #6a80b0", away.clip(0, 1))
    return np.r_[radius, np.full(ASTEROIDS, 0.005)], np.vstack([color, dust]).astype(np.uint8)


recipe = Recipe("solar-system", make)
