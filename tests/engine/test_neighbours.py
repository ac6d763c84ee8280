"""Forces between neighbours that cells find are those of all pairs, to rounding."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.system import System, acceleration, potential, pulled
from revanim.scene.build import build_system


def crowd(kind: str) -> Any:
    """Return places of bodies that overlap in some way, float64[n, 3]."""
    place = np.random.default_rng(5).random((400, 3))
    kinds: dict[str, Callable[[], Any]] = {
        "a cube": lambda: place,
        "a plane": lambda: place * (1, 1, 0),
        "a line": lambda: place * (0, 0, 1),
        "one far away": lambda: np.concatenate([place, [[1e6, 0, 0]]]),
        "two": lambda: place[0] + np.outer([0.0, 0.01], [1, 0, 0]),
        "one": lambda: place[:1],
    }
    return kinds[kind]()


def system_of(place: Any, radius: Any, how: str) -> tuple[System, Any]:
    force = ra.force("repulsion", radius=radius, sum=how)
    scene = ra.make_scene(place, 0 * place, np.linspace(1, 2, len(place)), forces=[force])
    return build_system(scene), scene.bodies.state


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("kind", ["a cube", "a plane", "a line", "one far away", "two", "one"])
def test_neighbours_push_as_all_pairs_do(kind: str, alike: bool) -> None:
    place = crowd(kind)
    radius = 0.07 if alike else np.random.default_rng(6).uniform(0.0, 0.12, len(place))
    (exact, state), (cells, _) = (system_of(place, radius, how) for how in ("exact", "cells"))
    w = np.random.default_rng(7).normal(size=(len(place), 3))
    pairs = [
        (acceleration(exact, state, 1), acceleration(cells, state, 1)),
        (pulled(exact, state, 1, w), pulled(cells, state, 1, w)),
        (potential(exact, state, 1), potential(cells, state, 1)),
    ]
    for one, other in pairs:
        np.testing.assert_allclose(other, one, rtol=1e-11, atol=1e-12 * np.abs(one).max(initial=1e-300))


def test_what_neighbours_cost_grows_with_the_bodies() -> None:
    place = crowd("a cube")
    exact, cells = (system_of(place, 0.07, how)[0].pushes[0] for how in ("exact", "cells"))
    assert cells.pairs(np.ones(100_000)) == 2 * cells.pairs(np.ones(50_000))
    assert exact.pairs(np.ones(100_000)) == 4 * exact.pairs(np.ones(50_000))
