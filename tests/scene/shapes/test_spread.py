import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revanim.engine.parameter import Floats
from revanim.scene.shapes.spread import pick, rows_for, spread, stipple


def square(count: int) -> Floats:
    """Return a fine lattice over the unit square, float64[m, 3]: enough for so many points."""
    side = (np.arange(round(rows_for(count) ** 0.5)) + 0.5) / round(rows_for(count) ** 0.5)
    x, y = np.meshgrid(side, side)
    return np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1)


def nearest_distances(points: Floats) -> Floats:
    """Return how far the nearest other point is from each, float64[n]."""
    away = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(away, np.inf)
    return away.min(axis=1)


def test_points_in_a_square_keep_as_far_apart_as_they_can() -> None:
    cloud = square(400)
    nearest = nearest_distances(cloud[spread(cloud, np.ones(len(cloud)), 400)])
    densest = (2 / 3**0.5 / 400) ** 0.5  # of a honeycomb, the most there can be
    assert nearest.min() > 0.6 * densest
    assert nearest.mean() > 0.8 * densest


def test_where_rows_weigh_more_points_lie_denser() -> None:
    cloud = square(1000)
    weight = 1 + 3 * (cloud[:, 0] > 0.5)
    right = (cloud[spread(cloud, weight, 1000), 0] > 0.5).sum()
    assert right == pytest.approx(800, abs=20)


def test_a_picture_gives_points_in_proportion_to_its_tones() -> None:
    tone = np.repeat(np.array([0.0, 0.1, 0.3, 0.6]), 30)[None].repeat(60, axis=0)
    across = stipple(tone, 1000)[:, 0]
    bands = np.histogram(across, bins=[0, 30, 60, 90, 120])[0]
    assert bands == pytest.approx([0, 100, 300, 600], abs=25)


def test_one_bright_cell_of_a_picture_holds_many_different_points() -> None:
    tone = np.zeros((50, 50))
    tone[20, 30] = 1.0
    points = stipple(tone, 500)
    assert len(np.unique(points, axis=0)) == 500
    assert ((points >= (30, 20)) & (points <= (31, 21))).all()


def test_fewer_rows_than_points_are_taken_equally_often() -> None:
    assert spread(np.zeros((3, 3)), np.ones(3), 7).tolist() == [0, 0, 0, 1, 1, 2, 2]


def test_as_many_rows_as_points_are_all_taken_in_their_order() -> None:
    cloud = np.random.default_rng(1).normal(size=(20, 2))
    assert pick(cloud, 20).tolist() == list(range(20))


def test_a_long_list_is_thinned_evenly_and_in_its_order() -> None:
    cloud = square(4000)[:, :2]
    rows = pick(cloud, 100)
    assert (np.diff(rows) > 0).all()
    assert nearest_distances(cloud[rows]).min() > 0.05


def test_one_stray_row_far_away_does_not_spoil_the_rest() -> None:
    cloud = square(200)
    cloud[0] = 1e9
    points = cloud[spread(cloud, np.ones(len(cloud)), 200)]
    near = points[points[:, 0] < 2]
    assert len(near) >= 199
    assert nearest_distances(near).min() > 0.03


@given(
    st.lists(st.tuples(*3 * [st.sampled_from([0.0, 1.0, 1.5, -2.0, 1e6])]), min_size=1, max_size=60),
    st.integers(1, 80),
    st.randoms(use_true_random=False),
)
def test_whatever_the_cloud_no_row_is_taken_twice_before_each_is_once(
    rows: list[tuple[float, float, float]], count: int, random: st.DataObject
) -> None:
    weight = np.array([random.choice([1e-6, 1.0, 1e6]) for _ in rows])
    taken = spread(np.array(rows), weight, count)
    assert len(taken) == count
    assert len(np.unique(taken)) == min(count, len(rows))
    assert ((taken >= 0) & (taken < len(rows))).all()


def test_progress_grows_to_all_of_it() -> None:
    parts: list[float] = []
    cloud = square(300)
    spread(cloud, np.ones(len(cloud)), 300, parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == pytest.approx(1.0)
    assert len(parts) > 20
