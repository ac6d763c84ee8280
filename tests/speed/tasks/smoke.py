"""Smoke that shall become a letter: a disc of it among vortices that stand still at first."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from tasks.task import Task

AREA, STIRRERS = 4.0, 60  # of disc and letter alike, for a flow keeps areas
GOAL = 0.0125  # miss over size: 0.05 where the letter is 3 high
LIMITS = {500: 30.0, 4000: 120.0}  # bodies of smoke, seconds
LETTERS = "CEFHIJKLMNSTUVWXYZ"  # those without holes: a flow cannot tear a disc open
CELLS = 64  # of a grid in which a letter is looked up, along its longer side


def smoke(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield letters of few bodies, and one of many."""
    for count in (500,) if small else (500, 500, 500, 500, 500, 500, 4000):
        glyph, seed = str(random.choice(list(LETTERS))), int(random.integers(2**32))
        make = partial(letter, glyph, count, STIRRERS, seed)
        share = 0.8 if count == 500 else 1.0
        yield Task(f"{count} bodies of smoke", make, GOAL, LIMITS[count], share, sort=glyph)


def letter(glyph: str, count: int, stirrers: int, seed: int) -> ra.Scene:
    """Return a disc of smoke among vortices at rest, which shall be a letter of the same area after two seconds."""
    random = np.random.default_rng(seed)
    disc = lattice(lambda x, y: x * x + y * y < AREA / np.pi, count)
    side = int(np.sqrt(stirrers * 5 / 3))
    across, up = np.linspace(-1.9, 1.9, side), np.linspace(-1.6, 1.6, -(-stirrers // side))
    stir = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)[:stirrers]
    stir = np.column_stack([stir + 0.05 * random.normal(size=(stirrers, 2)), np.zeros(stirrers)])
    place = np.concatenate([stir, disc])
    circulation = np.r_[0.02 * random.normal(size=stirrers), np.zeros(count)]
    flow = ra.flow("vortices", circulation=circulation, core=0.3)
    scene = ra.make_scene(
        place, 0 * place, 1.0, flows=[flow], planar=True, fps=24, steps_per_frame=2, frames=(1, 49), scheme="verlet"
    )
    target, who = lattice(within(glyph), count), range(stirrers, stirrers + count)
    return ra.edits.add_keyframe(scene, frame=49, bodies=who, position=target, shape=True)


def within(glyph: str) -> Callable[[Floats, Floats], Floats]:
    """Return whether places are in a letter of the area, its middle at the origin."""
    place = ra.pose("text", 10_000, source=glyph).position[:, :2]
    low, sides = place.min(axis=0), np.ptp(place, axis=0)
    cell, inked = sides.max() / (CELLS - 1), np.zeros((CELLS, CELLS), bool)
    inked[*((place - low) / cell).astype(int).T] = True
    larger = np.sqrt(AREA / (inked.sum() * cell**2))

    def inside(x: Floats, y: Floats) -> Floats:
        i, j = (np.floor((v / larger + side / 2) / cell).astype(int) for v, side in zip((x, y), sides, strict=True))
        fits = (i >= 0) & (j >= 0) & (i < CELLS) & (j < CELLS)
        return fits & inked[np.clip(i, 0, CELLS - 1), np.clip(j, 0, CELLS - 1)]

    return inside


def lattice(inside: Callable[[Floats, Floats], Floats], count: int) -> Floats:
    """Return so many points inside a shape, float64[count, 3], on as wide a square lattice as holds them."""
    low, high = 0.01, 1.0
    for _ in range(60):
        step = (low + high) / 2
        x, y = np.meshgrid(*2 * [np.arange(-4, 4, step) + step / 2])
        found = inside(x, y)
        low, high = (step, high) if found.sum() >= count else (low, step)
        if found.sum() >= count:
            best = np.column_stack([x[found], y[found], 0 * x[found]])
    spare = np.linspace(0, len(best), len(best) - count, endpoint=False).astype(int)
    return np.delete(best, spare, axis=0)
