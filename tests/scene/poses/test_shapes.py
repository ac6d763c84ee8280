"""Rings, discs and grids: shapes that need no source."""

import numpy as np
import pytest

from revanim.scene.pose import make_pose


def test_a_ring_has_its_points_at_equal_distances() -> None:
    place = make_pose("ring", 12, size=2.0).position
    assert np.linalg.norm(place, axis=1) == pytest.approx(np.ones(12), abs=1e-12)
    steps = np.linalg.norm(np.diff(place, axis=0, append=place[:1]), axis=1)
    assert steps == pytest.approx(np.full(12, steps[0]), abs=1e-12)


def test_a_disc_gives_each_point_the_same_room() -> None:
    far = np.linalg.norm(make_pose("disc", 400, size=2.0).position, axis=1)
    assert np.count_nonzero(far < np.sqrt(0.5)) == pytest.approx(200, abs=2)


@pytest.mark.parametrize(("lattice", "neighbours"), [("square", 4), ("triangles", 6), ("cube", 6)])
def test_a_grid_has_equal_neighbours(lattice: str, neighbours: int) -> None:
    place = make_pose("grid", 343, lattice=lattice).position
    away = np.linalg.norm(place[:, None] - place, axis=2)
    nearest = away[away > 1e-9].min()
    assert np.count_nonzero((away > 1e-9) & (away < 1.01 * nearest), axis=1).max() == neighbours


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 26, 27, 28])
def test_a_cube_is_as_small_as_can_be(count: int) -> None:
    place = make_pose("grid", count, lattice="cube", size=1.0).position
    assert len(np.unique(place, axis=0)) == count
