"""Fluids that roll up: a jet that curls, and a smoke ring that comes down onto the floor and widens there."""

from dataclasses import replace
from functools import partial

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe, chance
from revanim.scene.gallery.flowing.fluids import COOL, SHINE, WARM
from revanim.scene.looks.gradient import gradient
from revanim.scene.make import make_scene
from revanim.scene.part import flow
from revanim.scene.scene import Scene, View

SHEET, LONG, HALF = 150, 14.0, 0.35  # vortices on each side of the jet, how long it is, and how wide from its middle
NODES, LINE = 128, 0.22  # of the ring, and the radius of the smoke around its line


def make_jet(step: float = 3 / 64) -> Scene:
    """Return the scene with smoke on a lattice with this step."""
    along = LONG * (np.arange(SHEET) / (SHEET - 1) - 0.5)
    edges = [np.column_stack([along, waves(along) + side * HALF, 0 * along]) for side in (1.0, -1.0)]
    x, y = (side.ravel() for side in np.meshgrid(np.arange(-7.0, 7.0, step), np.arange(-0.7, 0.7, step) + step / 2))
    count = x.size
    smoke = np.column_stack([x, y + waves(x), 0 * x])
    place = np.concatenate([*edges, smoke]) - (2.0, 0.0, 0.0)
    strength = 11.2 / SHEET
    circulation = np.r_[np.full(SHEET, -strength), np.full(SHEET, strength), np.zeros(count)]
    inside, depth = np.abs(y) < HALF, np.abs(np.abs(y) / HALF - 1.0)
    smoked = np.where(inside[:, None], gradient(WARM, depth), gradient(COOL, 0.8 - 0.8 * depth))
    return make_scene(
        place,
        0 * place,
        0.0,
        flows=[flow("vortices", circulation=circulation, core=0.12)],
        steps_per_frame=1,
        scheme="verlet",
        planar=True,
        name="Jet",
        radius=np.r_[np.full(2 * SHEET, 0.008), np.full(count, step / 4)],
        color=np.concatenate([np.full((2 * SHEET, 3), 255), smoked]),
        look=replace(SHINE, exposure=0.3, view=View(distance=10.5, flat=True)),
        note="A jet rushes through still fluid, and its edges curl up into a street of whirls.",
    )


def waves(x: Floats) -> Floats:
    """Return how far a jet is out of its line: two waves of parabolas, since a sine has other bits elsewhere."""
    return 0.05 * wave(x / 2.33) + 0.02 * wave(x / 3.5 + 0.16)


def wave(turns: Floats) -> Floats:
    """Return what rises and falls once a turn, between -1 and 1."""
    rest = turns - np.floor(turns)
    half = 2.0 * rest - np.floor(2.0 * rest)
    return np.where(rest < 0.5, 4.0, -4.0) * half * (1.0 - half)


def make_splash(count: int = 6000) -> Scene:
    """Return the scene with so many bodies of smoke."""
    number, down = np.arange(NODES), np.array([0.0, 0.0, 1.6])
    ring = circle(NODES)
    way, across, up = chance(4, 2, count), *chance(5, 2, count)
    out = way / np.sqrt((way * way).sum(axis=0))
    far = np.sqrt(across * across + up * up)
    shrunk = np.where(far > 1.0, 1.0 / np.maximum(far, 1e-9), 1.0) * LINE
    smoke = np.column_stack([*(out * (0.8 + across * shrunk)), up * shrunk])
    place = np.concatenate([np.column_stack([0.8 * ring, 0 * number]), smoke]) + down
    links = np.column_stack([(number + 1) % NODES, number])  # this way around it travels down
    shine = 1.0 - np.minimum(far, 1.0)
    smoked = np.where((out[0] < 0.0)[:, None], gradient(WARM, shine), gradient(COOL, shine))
    return make_scene(
        place,
        0 * place,
        0.0,
        flows=[flow("filaments", links=links, circulation=1.1, walls="ground")],
        steps_per_frame=2,
        scheme="verlet",
        name="Splash",
        radius=0.012 if count > 1000 else 0.03,
        color=np.concatenate([np.full((NODES, 3), 255), smoked]),
        look=replace(SHINE, exposure=0.12, grid=True, view=View(target=(0.0, 0.0, 0.6), pitch=22.0, distance=6.8)),
        note="A smoke ring comes down onto the floor, and widens as it rolls along it.",
    )


def circle(count: int) -> Floats:
    """Return places around a circle of radius 1, float64[count, 2], by halving a square again and again."""
    place = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    while len(place) < count:
        middle = place + np.roll(place, -1, axis=0)
        middle /= np.sqrt((middle * middle).sum(axis=1, keepdims=True))
        place = np.stack([place, middle], axis=1).reshape(-1, 2)
    return place


jet = Recipe("jet", partial(make_jet, 3 / 16), whole=make_jet, count=9270)
splash = Recipe("splash", partial(make_splash, 800), whole=make_splash, count=6128)
