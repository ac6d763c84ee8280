"""Counts become float64, and float64 counts, as Python itself converts and rounds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revanim.engine.code.rounding import to_count, to_float

MOST = 2**62


@given(st.integers(-MOST, MOST - 1))
def test_a_count_becomes_the_nearest_float(count: int) -> None:
    assert to_float(count) == float(count)


@given(st.floats(-MOST + 512, MOST - 512))
def test_a_float_becomes_the_nearest_count(value: float) -> None:
    assert to_count(value) == int(np.rint(value))


@pytest.mark.parametrize("power", [0, 1, 31, 32, 33, 51, 52, 53, 61])
@pytest.mark.parametrize("way", [1, -1])
def test_so_it_is_beside_the_powers_of_two(power: int, way: int) -> None:
    for beside in (-1.5, -1.0, -0.5, -0.0, 0.5, 1.0, 1.5, 2.5):
        value = way * (2.0**power + beside)
        assert to_count(value) == int(np.rint(value))
        assert to_float(int(value)) == float(int(value))
