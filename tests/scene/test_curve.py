import numpy as np
import pytest

import revanim as ra
from revanim.scene.curve import mirrored, reaching, value_at, with_value

STEPS = ra.Curve(10, 5, np.array([1.0, 2.0, 3.0]))


@pytest.mark.parametrize(
    ("frame", "hold", "zero"), [(9, 1, 0), (10, 1, 1), (14, 1, 1), (15, 2, 2), (24, 3, 3), (25, 3, 0)]
)
def test_a_curve_holds_each_row_and_then_the_last_or_nothing(frame: int, hold: float, zero: float) -> None:
    assert value_at(STEPS, frame) == hold
    assert value_at(STEPS, frame, "zero") == zero


def test_a_value_beyond_the_ends_makes_the_curve_longer_and_changes_no_other_frame() -> None:
    for frame in (-3, 12, 41):
        curve = with_value(STEPS, frame, np.array(9.0))
        assert value_at(curve, frame) == 9
        same = [other for other in range(10, 25) if (other - 10) // 5 != (frame - 10) // 5]
        assert [value_at(curve, other) for other in same] == [value_at(STEPS, other) for other in same]


def test_a_curve_that_ends_in_nothing_goes_on_with_nothing() -> None:
    assert reaching(STEPS, 33, "zero").values.tolist() == [1, 2, 3, 0, 0]
    assert reaching(STEPS, 4, "hold").values.tolist() == [1, 1, 1, 2, 3]


def test_a_curve_of_too_many_rows_is_refused() -> None:
    with pytest.raises(ra.RevanimError, match="too far"):
        with_value(ra.Curve(0, 1, np.zeros(1)), 9_000_000, np.array(1.0))


@pytest.mark.parametrize("outside", ["hold", "zero"])
@pytest.mark.parametrize(("first", "every"), [(1, 1), (3, 4), (-5, 3), (20, 2)])
def test_a_mirrored_curve_goes_back_through_its_rows(outside: str, first: int, every: int) -> None:
    curve = ra.Curve(first, every, np.random.default_rng(0).normal(size=(4, 2)))
    both = mirrored(curve, 10, outside)
    for frame in range(-12, 10):
        assert np.array_equal(value_at(both, frame, outside), value_at(curve, frame, outside))
        assert np.array_equal(value_at(both, 19 - frame, outside), value_at(curve, frame, outside))
