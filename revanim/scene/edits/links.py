"""Which bodies to link: one after the other, each with each, or each with those nearest to it."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.scene import Index
from revanim.sentence import N_

NEAREST = 6  # neighbours
MOST = 200_000  # links


def chain(bodies: Index, place: Floats) -> Index:
    """Link the bodies in the order of their numbers."""
    return np.array([*pairwise(bodies)], np.int64).reshape(-1, 2)


def pairs(bodies: Index, place: Floats) -> Index:
    """Link each body with each other."""
    if bodies.size * (bodies.size - 1) // 2 > MOST:
        raise RevanimError(
            "{count} bodies have too many pairs; up to {most} links are made at once.", count=bodies.size, most=MOST
        )
    one, other = np.triu_indices(bodies.size, 1)
    return np.stack([bodies[one], bodies[other]], axis=1)


def nearest(bodies: Index, place: Floats) -> Index:
    """Link each body with the few that are nearest to it; a pair is linked once."""
    from scipy.spatial import cKDTree  # slow to load, and seldom needed

    near = min(NEAREST, bodies.size - 1)
    _, found = cKDTree(place).query(place, near + 1)
    ends = np.stack([np.repeat(np.arange(bodies.size), near + 1), found.ravel()], axis=1)
    once = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    return np.array(bodies[once], np.int64).reshape(-1, 2)


WAYS: dict[str, Callable[[Index, Floats], Index]] = {
    N_("In a chain"): chain,
    N_("All pairs"): pairs,
    N_("Nearest neighbours"): nearest,
}


def links_among(bodies: Index, place: Floats, way: str) -> Index:
    """Return the links among some bodies, int64[k, 2]; `place` is float64[k, 3], `way` is one of WAYS."""
    if bodies.size < 2:
        raise RevanimError("Links need two bodies at least; select more.")
    return WAYS[way](bodies, place)
