"""The grids are powers of two, as fine as the extent of a scene allows."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.engine.grid import RANGE_BITS, Grid, fit_grid, to_counts, to_units

EXTENTS, RATES = st.floats(1e-200, 1e200), st.floats(0.01, 10_000)


@given(extent=EXTENTS, rate=RATES)
def test_the_range_is_a_thousand_times_the_extent(extent: float, rate: float) -> None:
    grid = fit_grid(extent, rate)
    assert 1024 * max(extent, 1e-9) <= grid.length_range <= 2048 * max(extent, 1e-9)
    assert grid.length_range / grid.length_unit == grid.speed_range / grid.speed_unit == 2.0**RANGE_BITS


@given(extent=EXTENTS, rate=RATES)
def test_a_body_may_cross_the_range_in_a_second_or_in_a_longer_frame(extent: float, rate: float) -> None:
    grid = fit_grid(extent, rate)
    assert 0.7 * min(rate, 1.0) <= grid.speed_range / grid.length_range <= 1.5 * min(rate, 1.0)
    assert grid.speed_unit <= grid.length_unit


@given(extent=EXTENTS, rate=RATES, times=st.floats(0.0, 2000.0))
def test_fast_bodies_get_a_grid_that_holds_them_with_room_to_spare(extent: float, rate: float, times: float) -> None:
    fastest = times * max(extent, 1e-9) * min(rate, 1.0)
    grid, slow = fit_grid(extent, rate, fastest), fit_grid(extent, rate)
    most = 0.7 * rate * grid.length_range  # in a frame
    assert grid.speed_range >= min(32 * fastest, most)
    assert grid.speed_range <= max(64 * fastest, slow.speed_range)


@given(st.integers(-1000, 900), st.integers(-1000, 900))
def test_a_count_is_a_power_of_two(length: int, speed: int) -> None:
    grid = Grid(length, speed)
    assert log2(grid.length_unit) == length
    assert log2(grid.speed_unit) == speed


@given(st.integers(-(2**53), 2**53), st.integers(-200, 200))
def test_counts_below_two_to_the_53_come_back_exactly(count: int, exponent: int) -> None:
    counts = np.array([count])
    assert (to_counts(to_units(counts, 2.0**exponent), 2.0**exponent) == counts).all()


@pytest.mark.parametrize("value", [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999999999999994])
def test_values_between_two_counts_go_to_the_even_one(value: float) -> None:
    assert to_counts(np.array([value]), 1.0)[0] == round(value)


def test_a_value_that_a_grid_can_hold_is_kept_exactly() -> None:
    place, speed = [[0.5, -0.25, 1.0]], [[3.0, 0.125, -7.0]]
    playhead = ra.Playhead(ra.make_scene(place, speed, 1.0))
    assert playhead.position.tolist() == place
    assert playhead.velocity.tolist() == speed


@pytest.mark.parametrize("extent", [1e-6, 1.0, 3.7, 1e12])
def test_resolution_and_range_grow_with_the_scene(extent: float) -> None:
    scene = ra.make_scene([[extent, 0, 0]], [[0, 0, 0]], 1.0)
    assert scene.bodies.grid == fit_grid(extent, 24)
    assert scene.bodies.position[0, 0] == pytest.approx(extent, rel=2**-51)
