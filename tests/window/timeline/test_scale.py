import pytest
from hypothesis import given
from hypothesis import strategies as st

from revanim.window.timeline.scale import Scale, fit, pan, round_step, tick_steps, ticks, zoom

scales = st.builds(Scale, st.floats(-1e5, 1e5), st.floats(1e-3, 80))
places = st.floats(-4000, 4000)


@given(scales, st.integers(-100_000, 100_000))
def test_a_frame_is_found_again_at_its_pixel(scale: Scale, frame: int) -> None:
    assert scale.frame(scale.x(frame)) == frame


@given(scales, st.floats(0.1, 10), places)
def test_zooming_keeps_the_frame_under_the_cursor(scale: Scale, factor: float, x: float) -> None:
    assert zoom(scale, factor, x).time(x) == pytest.approx(scale.time(x), abs=1e-6)


@given(scales, places, places)
def test_panning_moves_every_frame_alike(scale: Scale, x: float, by: float) -> None:
    assert pan(scale, by).x(scale.time(x)) == pytest.approx(x + by, abs=1e-3)


@given(st.integers(-1000, 1000), st.integers(1, 5000), st.integers(200, 4000))
def test_fitting_shows_the_first_and_the_last_frame_inside_the_margins(first: int, length: int, width: int) -> None:
    scale = fit(first, first + length, width, 20)
    assert scale.x(first) == pytest.approx(20)
    assert scale.x(first + length) == pytest.approx(width - 20)


@given(st.floats(1e-3, 80), st.floats(20, 200))
def test_labels_have_room_and_ticks_divide_them(pixels: float, room: float) -> None:
    label, tick = tick_steps(pixels, room)
    assert label * pixels >= room * 0.999
    assert label % tick == 0
    assert tick == label or tick * pixels >= room / 10


@pytest.mark.parametrize(("least", "step"), [(0.2, 1), (1, 1), (1.5, 2), (3, 5), (6, 10), (11, 20), (201, 500)])
def test_steps_are_one_two_or_five_of_a_decade(least: float, step: int) -> None:
    assert round_step(least) == step


def test_ticks_reach_beyond_both_ends_of_the_ruler() -> None:
    assert list(ticks(Scale(-3.0, 10.0), 100, 5)) == [-5, 0, 5, 10]


@given(st.floats(1e-3, 80), st.floats(20, 200), st.integers(1, 240))
def test_labels_of_seconds_stand_on_seconds_or_part_them_evenly(pixels: float, room: float, second: int) -> None:
    label, tick = tick_steps(pixels, room, second)
    assert label * pixels >= room * 0.999
    assert label % second == 0 or second % label == 0
    assert label % tick == 0
    assert tick == label or tick * pixels >= room / 10
