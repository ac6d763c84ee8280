"""Fluids that run backward: vortex pairs that exchange partners, patches that merge, and smoke rings that leapfrog."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import flow
from revanim.scene.scene import Part, Scene, View

WARM, COOL = "#ff3d5c #ffb347 #fff0c9", "#5b4dff #39b8ff #dff6ff"  # from the rim of the smoke to its middle
SHINE = replace(NIGHT, exposure=0.16, halo=0.6)


def make_dipoles() -> Scene:
    oval, strength = np.array([0.62, 0.81]), 2.36  # half as long and wide as what a pair carries along
    pair, smoke = np.array([[0.0, 0.35, 0.0], [0.0, -0.35, 0.0]]), lattice(oval, 11 / 512)
    middles = np.array([[-3.0, 0.0, 0.0], [3.0, 0.125, 0.0]])
    circulation = np.r_[strength, -strength, -strength, strength, np.zeros(2 * len(smoke))]
    whirls = flow("vortices", circulation=circulation)
    scene = fluid(middles, pair, smoke, np.ones(2), inward(smoke, oval), whirls, True)
    return replace(
        scene,
        name="Dipoles",
        note="Two pairs of vortices meet, exchange partners, and carry their smoke away.",
        look=replace(SHINE, view=View(distance=9.6, flat=True)),
    )


def make_spiral() -> Scene:
    count, middles = 88, np.array([[-0.85, 0.0, 0.0], [0.85, 0.0, 0.0]])
    number = np.arange(count)
    out, angle = 0.6 * np.sqrt((number + 0.5) / count), np.pi * (3 - np.sqrt(5)) * number  # as in a sunflower
    patch, smoke = np.column_stack([out * np.cos(angle), out * np.sin(angle), 0 * out]), lattice([0.75] * 2, 3 / 128)
    circulation = np.r_[np.full(2 * count, 11.2 / (2 * count)), np.zeros(2 * len(smoke))]
    whirls = flow("vortices", circulation=circulation, core=0.14)
    scene = fluid(middles, patch, smoke, inward(patch, 0.75), inward(smoke, 0.75), whirls, True)
    return replace(
        scene,
        name="Spiral",
        note="Two whirls come too near each other, and wind up into one.",
        look=replace(SHINE, view=View(distance=7.2, flat=True)),
    )


def make_rings() -> Scene:
    random, count, ink = np.random.default_rng(1858), 64, 2400  # Helmholtz saw that they do so in 1858
    number, starts = np.arange(count), np.array([[-4.2, 0.0, 0.0], [-3.4, 0.0, 0.0]])
    links = np.column_stack([number, np.roll(number, -1)])
    thick, turn = 0.22 * np.sqrt(random.random(ink)), random.uniform(0, 2 * np.pi, ink)
    ring = around(np.ones(count), np.zeros(count), 2 * np.pi * number / count)
    smoke = around(1.0 + thick * np.cos(turn), thick * np.sin(turn), random.uniform(0, 2 * np.pi, ink))
    tubes = flow("filaments", links=np.concatenate([links, links + count]), circulation=2.0)
    scene = fluid(starts, ring, np.round(512 * smoke) / 512, np.ones(count), 1.0 - thick / 0.22, tubes, False)
    return replace(
        scene,
        name="Smoke rings",
        note="Two smoke rings leapfrog: each in turn shrinks and slips through the other.",
        look=replace(SHINE, exposure=0.3, view=View(yaw=24.0, pitch=14.0, distance=9.0)),
        scheme="verlet",
    )


def fluid(
    middles: Floats, stir: Floats, smoke: Floats, stir_shine: Floats, smoke_shine: Floats, carrier: Part, planar: bool
) -> Scene:
    """Return a scene of two whirls of different colours: the vortices of both, and then the smoke of both.

    Places are about the middle of each, float64[n, 3]; what shines, from 0 to 1, has the brighter of its colours.
    """
    place = np.concatenate([middle + places for places in (stir, smoke) for middle in middles])
    colors = [gradient(stops, shine) for shine in (stir_shine, smoke_shine) for stops in (WARM, COOL)]
    return make_scene(
        place,
        0 * place,
        0.0,
        flows=[carrier],
        steps_per_frame=2 if planar else 4,
        planar=planar,
        radius=0.012,
        color=np.concatenate(colors),
    )


def lattice(half: ArrayLike, step: float) -> Floats:
    """Return a lattice of places in an ellipse with these half axes, float64[n, 3]."""
    x, y = np.meshgrid(*(step * np.arange(-np.ceil(axis / step), np.ceil(axis / step) + 1) for axis in np.array(half)))
    places = np.column_stack([x.ravel(), y.ravel(), 0 * x.ravel()])
    return places[inward(places, half) > 0.0]


def inward(places: Floats, half: ArrayLike) -> Floats:
    """Return how far places lie inside an ellipse: 1 in its middle, 0 at its rim."""
    return np.asarray(1.0 - np.sqrt(((places[:, :2] / np.asarray(half)) ** 2).sum(axis=1)))


def around(radius: Floats, along: Floats, angle: Floats) -> Floats:
    """Return places around the x axis, float64[n, 3]."""
    return np.column_stack([along, radius * np.cos(angle), radius * np.sin(angle)])


dipoles = Recipe("dipoles", make_dipoles)
spiral = Recipe("spiral", make_spiral)
rings = Recipe("smoke-rings", make_rings)
