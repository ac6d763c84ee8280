"""What acts along links among bodies: one after the other, in a ring, each with each, or with those nearest to it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.edits.bodies import existing
from revanim.scene.edits.parts import add_part, part_at, replace_part
from revanim.scene.given import frozen
from revanim.scene.part import MAKERS, installed, kind_of
from revanim.scene.scene import Index, Part, Scene
from revanim.scene.values import act_along
from revanim.sentence import N_

NEAREST = 6  # neighbours
MOST = 200_000  # links


def chain(bodies: Index, place: Floats) -> Index:
    """Link the bodies in the order of their numbers."""
    return np.array([*pairwise(bodies)], np.int64).reshape(-1, 2)


def ring(bodies: Index, place: Floats) -> Index:
    """Link the bodies in the order of their numbers, and the last with the first."""
    return np.array([*pairwise([*bodies, bodies[0]])][: None if bodies.size > 2 else 1], np.int64).reshape(-1, 2)


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
    N_("In a ring"): ring,
    N_("All pairs"): pairs,
    N_("Nearest neighbours"): nearest,
}


def add_links(
    scene: Scene, name: str, bodies: ArrayLike, way: str = "In a chain", place: Floats | None = None
) -> Scene:
    """Add a force or a flow along links among some bodies, made in one of WAYS.

    They are as long as they lie in the scene, or where `place`, float64[n, 3], has the bodies.
    """
    links, where = _links(scene, bodies, way, place)
    kind = installed(name)
    return add_part(scene, _as_long(MAKERS[kind.role if kind else "force"](name, links=links), where))


def link_bodies(
    scene: Scene, index: int, bodies: ArrayLike, way: str = "In a chain", place: Floats | None = None
) -> Scene:
    """Let the force at an index act along the links among some bodies; `way` and `place` as for `add_links`."""
    links, where = _links(scene, bodies, way, place)
    part = act_along(part_at(scene, "forces", index), links)
    return replace_part(scene, "forces", index, _as_long(part, where))


def _links(scene: Scene, bodies: ArrayLike, way: str, place: Floats | None) -> tuple[Index, Floats]:
    who, where = existing(scene, bodies), scene.bodies.position if place is None else place
    return links_among(who, where[who], way), where


def _as_long(part: Part, place: Floats) -> Part:
    """Return a force whose links are as long as they are drawn among bodies at float64[n, 3]."""
    assert part.links is not None
    ends = place[part.links]
    length = frozen(np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1), part.kind)
    drawn = {p.name: length for p in kind_of(part).parameters if p.default == "drawn"}
    return replace(part, values={**part.values, **drawn})


def links_among(bodies: Index, place: Floats, way: str) -> Index:
    """Return the links among some bodies, int64[k, 2]; `place` is float64[k, 3], `way` is one of WAYS."""
    if bodies.size < 2:
        raise RevanimError("Links need two bodies at least; select more.")
    if way not in WAYS:
        raise RevanimError(
            "There is no way to link called {name!r}; there are {names}.", name=way, names=", ".join(WAYS)
        )
    return WAYS[way](bodies, place)
