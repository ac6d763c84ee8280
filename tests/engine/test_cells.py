"""Cells find the pairs that touch: all of them, once, in an order that places alone decide."""

import numpy as np
import pytest

from revanim.engine.cells import touching
from revanim.engine.parameter import Floats


def by_hand(x: Floats, radius: Floats) -> set[tuple[int, int]]:
    """Return all pairs that overlap."""
    apart = np.linalg.norm(x[:, :, None] - x[:, None], axis=0)
    near = apart < radius[:, None] + radius
    return {(i, j) for i, j in zip(*np.nonzero(near), strict=True) if i < j}


def found(x: Floats, radius: Floats) -> list[tuple[int, int]]:
    """Return what the cells find, the lower body first."""
    return [(min(i, j), max(i, j)) for i, j in touching(np.ascontiguousarray(x), radius, False).tolist()]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50, 700])
@pytest.mark.parametrize("spread", [0.0, 1.0, 30.0])
def test_every_pair_that_overlaps_is_found_once(count: int, spread: float) -> None:
    random = np.random.default_rng(count)
    x = spread * random.normal(size=(3, count)) * np.array([[1.0], [1.0], [0.1]])
    radius = random.uniform(0.0, 0.3, count)
    pairs = found(x, radius)
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == by_hand(x, radius)


def test_a_plane_of_bodies_and_some_very_far_away_are_no_trouble() -> None:
    random = np.random.default_rng(0)
    x = random.uniform(0.0, 3.0, (3, 200))
    x[2] = 0.0
    x[0, :3] = 1e12, -1e12, 1e9
    radius = np.full(200, 0.1)
    assert set(found(x, radius)) == by_hand(x, radius)


def test_bodies_that_touch_as_near_as_can_be_told_are_found_and_others_are_not() -> None:
    x = np.array([[0.0, 0.2, 0.4 + 1e-12], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert found(x, np.array([0.1 + 1e-12, 0.1, 0.1])) == [(0, 1)]


def test_without_a_radius_nothing_touches() -> None:
    assert not found(np.zeros((3, 5)), np.zeros(5))


def test_the_order_is_that_of_the_cells_and_in_them_of_the_bodies() -> None:
    x = np.array([[0.05, 0.02, 0.31, 0.0], [0.0, 0.0, 0.0, 0.9], [0.0, 0.01, 0.0, 0.0]])
    assert touching(x, np.full(4, 0.2), False).tolist() == [[0, 1], [0, 2], [1, 2]]
