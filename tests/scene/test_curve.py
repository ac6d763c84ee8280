import numpy as np
import pytest

import revanim as ra
from revanim.scene.curve import flat, frames, paced, reaching, row_at, value_at, with_value, without_rows

STEPS = ra.Curve(10, 5, np.array([1.0, 2.0, 3.0]))


def test_a_flat_curve_covers_its_range_with_a_handful_of_rows() -> None:
    curve = flat(np.array([1.0, 2.0, 3.0]), 1, 240)
    assert curve.first == 1
    assert 1 <= row_at(curve, 240) + 1 == len(curve.values) <= 20
    assert (curve.values == [1, 2, 3]).all()


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
        same = [other for other in range(10, 25) if row_at(curve, other) != row_at(curve, frame)]
        assert [value_at(curve, other) for other in same] == [value_at(STEPS, other) for other in same]


def test_a_curve_that_ends_in_nothing_goes_on_with_nothing() -> None:
    assert reaching(STEPS, 33, "zero").values.tolist() == [1, 2, 3, 0, 0]
    assert reaching(STEPS, 4, "hold").values.tolist() == [1, 1, 1, 2, 3]


def test_rows_taken_from_an_end_shorten_the_curve_and_others_hold_on() -> None:
    shorter = without_rows(STEPS, {0})
    assert (shorter.first, shorter.values.tolist()) == (15, [2, 3])
    assert without_rows(STEPS, {1}).values.tolist() == [1, 1, 3]
    with pytest.raises(ra.RevanimError, match="one point"):
        without_rows(STEPS, {0, 1, 2})


def test_a_finer_pace_keeps_every_value_and_a_coarser_one_those_at_its_frames() -> None:
    fine = paced(STEPS, 1)
    assert [value_at(fine, frame) for frame in range(5, 30)] == [value_at(STEPS, frame) for frame in range(5, 30)]
    coarse = paced(STEPS, 10)
    assert frames(coarse).tolist() == [10, 20]
    assert coarse.values.tolist() == [1, 3]


def test_a_curve_of_too_many_rows_is_refused() -> None:
    with pytest.raises(ra.RevanimError, match="too far"):
        with_value(ra.Curve(0, 1, np.zeros(1)), 9_000_000, np.array(1.0))


def test_a_point_holds_for_one_frame_at_least() -> None:
    with pytest.raises(ra.RevanimError, match="one frame at least"):
        paced(STEPS, 0)
