"""A gust takes the leaves of a tree, swirls them, and lays them on the ground; in reverse the tree has them again."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.keys import keyed
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Part, Scene, View

LEAVES, RADIUS = 420, 0.045
G, RATE = 9.81, 7.0
Branch = tuple[Floats, Floats, float]  # from where to where it goes, and how thick it is
FORK = np.array((-2.05, 0.0, 1.45))  # where the trunk parts
ENDS = FORK + np.array([(-0.65, 0.2, 0.75), (0.6, 0.3, 0.85), (0.05, -0.4, 0.95)])  # of its branches
WOOD: tuple[Branch, ...] = ((FORK * (1, 1, 0), FORK, 0.1), *((FORK, end, 0.06) for end in ENDS))


def make() -> Scene:
    random = np.random.default_rng(5)
    place = crown(random)
    size, hue = random.uniform(0.7, 1.2, LEAVES), place[:, 2] - place[:, 2].min() + 0.4 * random.normal(size=LEAVES)
    calm = (0.0, 0.0, G / RATE)  # bears them up, so that they have hung on the tree before
    wind = keyed([1, 12, 50, 90, 130], [calm, (2.1, 0.2, 1.2), (1.4, -0.2, 0.5), (0.2, 0, 0.3), (0, 0, 0)])
    strength = keyed([1, 14, 80, 120], [0.0, 2.0, 1.2, 0.0])
    gusty = move("gusts", rate=RATE, wind=wind, strength=strength, size=1.3, speed=1.2, seed=4)
    return make_scene(
        place,
        0 * place,
        mass=0.001,
        forces=[force("uniform", acceleration=(0.0, 0.0, -G))],
        moves=[gusty, move("floor", restitution=0.1, friction=0.8, radius=RADIUS), *map(wood, WOOD)],
        scheme="leapfrog",
        name="Leaves",
        radius=RADIUS * size,
        color=gradient("#c8342c #ef6a2e #ffb23e #f4dc5a #a9c24a", np.clip(0.48 * hue, 0, 1)),
        look=replace(
            STUDIO,
            shadows=True,
            trail=6,
            plays=(1, 144),
            view=View((0.45, 0.0, 1.45), yaw=-8.0, pitch=10.0, distance=8.4),
        ),
        note="A gust takes the leaves of a tree; run it backward and the tree has them again.",
    )


def wood(branch: Branch) -> Part:
    """Return a piece of wood, round about a line."""
    begin, end, thick = branch
    return move("capsule", center=(begin + end) / 2, along=(end - begin) / 2, size=thick, radius=RADIUS, friction=0.1)


def crown(random: np.random.Generator) -> Floats:
    """Return the places of the leaves: balls of them about the ends of the branches, beside the wood."""
    middles = np.vstack([FORK, ENDS]) + np.array((0.0, 0.0, 0.35))
    way = random.normal(size=(2 * LEAVES, 3))
    way *= (0.85 * random.random((len(way), 1)) ** (1 / 3)) / np.linalg.norm(way, axis=1, keepdims=True)
    place = middles[np.arange(len(way)) % len(middles)] + way * (1.0, 0.9, 0.7)
    found: Floats = place[np.min([beside(place, branch) for branch in WOOD], axis=0) > RADIUS]
    return found[:LEAVES]


def beside(place: Floats, branch: Branch) -> Floats:
    """Return how far some places are from a piece of wood."""
    begin, end, thick = branch
    along = np.clip((place - begin) @ (end - begin) / np.sum((end - begin) ** 2), 0.0, 1.0)
    far: Floats = np.linalg.norm(place - begin - along[:, None] * (end - begin), axis=1)
    return far - thick


recipe = Recipe("leaves", make)
