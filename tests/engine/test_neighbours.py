"""Forces between neighbours that cells find are those of all pairs, to rounding."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import acceleration, potential
from revanim.engine.system import System
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


def pulled(system: System, place: Any, w: Any) -> Any:
    """Return the derivatives of the sum of w * accelerations for all places, float64[3, n]."""
    x, a, gx, gtheta = np.ascontiguousarray(place.T), *np.zeros((2, *place.T.shape)), np.zeros_like(system.theta)
    for f, push in enumerate(system.pushes):
        theta, slot, who, wide = system.theta, system.slot, system.who, system.wide[f]
        push.pull(x, system.m, theta, slot, who, f, wide, np.ascontiguousarray(w.T), a, gx, np.zeros(0), gtheta)
    return gx


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("kind", ["a cube", "a plane", "a line", "one far away", "two", "one"])
def test_neighbours_push_as_all_pairs_do(kind: str, alike: bool) -> None:
    place = crowd(kind)
    radius = 0.07 if alike else np.random.default_rng(6).uniform(0.0, 0.12, len(place))
    (exact, state), (cells, _) = (system_of(place, radius, how) for how in ("exact", "cells"))
    w = np.random.default_rng(7).normal(size=(len(place), 3))
    pairs = [
        (acceleration(exact, state, 1), acceleration(cells, state, 1)),
        (pulled(exact, place, w), pulled(cells, place, w)),
        (potential(exact, state, 1), potential(cells, state, 1)),
    ]
    for one, other in pairs:
        np.testing.assert_allclose(other, one, rtol=1e-11, atol=1e-12 * np.abs(one).max(initial=1e-300))


def atoms(place: Any, **values: Any) -> tuple[System, Any]:
    scene = ra.make_scene(place, 0 * place, 1.0, forces=[ra.force("lennard_jones", depth=2.0, size=0.5, **values)])
    return build_system(scene), scene.bodies.state


def test_atoms_beyond_their_reach_let_each_other_be_and_nothing_jumps_there() -> None:
    def pair(apart: float, **values: Any) -> tuple[float, float]:
        system, state = atoms(np.array([[0.0, 0, 0], [apart, 0, 0]]), **values)
        return float(acceleration(system, state, 1)[0, 0]), potential(system, state, 1)

    assert pair(1.2, reach=1.2) == pair(2.0, reach=1.2) == (0.0, 0.0)
    force, energy = pair(1.2 - 1e-6, reach=1.2)
    assert abs(force) < 1e-4
    assert abs(energy) < 1e-9
    whole, at_reach, near = pair(0.6)[0], pair(1.2)[0], pair(0.6, reach=1.2)[0]
    assert near == pytest.approx(whole - at_reach, rel=1e-12)
    rise = (pair(0.6 + 1e-6, reach=1.2)[1] - pair(0.6 - 1e-6, reach=1.2)[1]) / 2e-6
    assert near == pytest.approx(rise, rel=1e-7)


def test_atoms_with_a_wide_reach_do_almost_as_without() -> None:
    place = 0.5 * np.stack(np.meshgrid(*[np.arange(4.0)] * 3), axis=-1).reshape(-1, 3)
    (far, state), (near, _) = atoms(place), atoms(place, reach=20.0)
    np.testing.assert_allclose(acceleration(near, state, 1), acceleration(far, state, 1), rtol=1e-6, atol=1e-5)
    assert potential(near, state, 1) == pytest.approx(potential(far, state, 1), rel=1e-5)


def test_what_neighbours_cost_grows_with_the_bodies() -> None:
    place = crowd("a cube")
    exact, cells = (system_of(place, 0.07, how)[0].pushes[0] for how in ("exact", "cells"))
    assert cells.pairs(np.ones(100_000)) == 2 * cells.pairs(np.ones(50_000))
    assert exact.pairs(np.ones(100_000)) == 4 * exact.pairs(np.ones(50_000))
