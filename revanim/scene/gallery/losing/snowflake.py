"""A snowflake of Lennard-Jones atoms in a bath that is warmed: its arms draw together, and melt into a drop."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.keys import keyed
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

APART = 2 ** (1 / 6)  # of neighbours at rest, for atoms of size 1
WAYS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))  # to the six neighbours in a triangular lattice
HEART, ARM = 3, 15  # atoms from the middle to the rim, and to the tips
TWIGS = {5: 2, 6: 2, 8: 5, 9: 4, 11: 3, 12: 2, 14: 1}  # how long those are that leave an arm at an atom, to both sides
COLD, WARM, BOUND = 0.02, 3.5, 9.0  # temperatures, and the energy that binds two atoms


def make() -> Scene:
    place = flake()
    distance = np.linalg.norm(place, axis=1)
    tremble = 0.05 * np.random.default_rng(3).normal(size=place.shape) * (1, 1, 0)
    return make_scene(
        place,
        tremble,
        mass=1.0,
        forces=[force("lennard_jones", depth=BOUND, size=1.0)],
        moves=[move("thermostat", temperature=keyed([1, 30, 130, 240], [COLD, 0.05, WARM, WARM]), relaxation=0.25)],
        steps_per_frame=10,
        scheme="leapfrog",
        planar=True,
        name="Snowflake",
        radius=0.5,
        color=gradient("#ffffff #bfe9ff #5fb4ff #3f6fe0 #5a48c8", distance / distance.max()),
        look=replace(STUDIO, view=View(distance=52.0, flat=True)),
        note="A snowflake is warmed and melts into a drop; run it backward and the drop grows six arms.",
    )


def flake() -> Floats:
    """Return float64[n, 3], a hexagon with six arms, and twigs on each of them."""
    middle = range(-HEART, HEART + 1)
    found = {(i, j) for i in middle for j in middle if abs(i + j) <= HEART}
    for way in range(6):
        here, left, right = (np.array(WAYS[(way + turn) % 6]) for turn in (0, 1, -1))
        for out in range(1, ARM + 1):
            twigs = [out * here + along * side for along in range(TWIGS.get(out, 0) + 1) for side in (left, right)]
            found |= {(int(i), int(j)) for i, j in twigs}
    i, j = np.array(sorted(found)).T
    return APART * np.stack([i + j / 2, j * np.sqrt(0.75), 0.0 * i], axis=1)


recipe = Recipe("snowflake", make)
