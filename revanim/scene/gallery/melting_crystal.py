"""A crystal of 20 000 Lennard-Jones atoms stands on a floor, in a bath that is warmed: it melts into a puddle."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe, chance
from revanim.scene.keys import keyed
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

CELLS, SKETCHED = (20, 10, 25), (5, 4, 6)  # of four atoms each, in a face-centred cubic lattice
EDGE = 1.55  # of a cell
FACES = np.array([(0.0, 0.0, 0.0), (0.0, 0.5, 0.5), (0.5, 0.0, 0.5), (0.5, 0.5, 0.0)])
REACH = 2.2
COLD, WARM, BOUND = 0.2, 4.2, 9.0  # temperatures, and the energy that binds two atoms


def make(cells: tuple[int, int, int] = CELLS) -> Scene:
    place, height = lattice(cells), cells[2] * EDGE
    return make_scene(
        place,
        0.7 * chance(20_000, *place.shape),
        mass=1.0,
        forces=[
            force("lennard_jones", depth=BOUND, size=1.0, reach=REACH),
            force("uniform", acceleration=(0.0, 0.0, -2.4)),
            force("wall", stiffness=300.0, point=(0.0, 0.0, -0.3), normal=(0.0, 0.0, 1.0)),
        ],
        moves=[move("thermostat", temperature=keyed([1, 30, 100, 240], [COLD, 1.0, WARM, WARM]), relaxation=0.25)],
        steps_per_frame=5,
        scheme="leapfrog",
        name="Melting crystal",
        radius=0.5,
        color=gradient("#4a3aa8 #3f8fe0 #a8e6ff #ffffff", place[:, 2] / height),
        look=replace(STUDIO, view=View(target=(0.0, 0.0, 0.25 * height), yaw=28.0, pitch=20.0, distance=3.0 * height)),
        note="Twenty thousand atoms melt where they stand; run it backward and each finds its place again.",
    )


def lattice(cells: tuple[int, int, int]) -> Floats:
    """Return float64[n, 3], the atoms of so many cells along each axis, that stand in the middle of z = 0."""
    corners = np.stack(np.meshgrid(*map(np.arange, cells), indexing="ij"), axis=-1).reshape(-1, 1, 3)
    places: Floats = EDGE * ((corners + FACES).reshape(-1, 3) - 0.5 * np.array(cells) * (1, 1, 0) + (0.25, 0.25, 0.0))
    return places


recipe = Recipe("melting-crystal", lambda: make(SKETCHED), whole=make, count=20_000)
