"""Heating is cooling undone: what the one erases the other takes back, and borrows where there is nothing."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.parameter import Curve
from revanim.scene.build import make_playhead

SPEED = np.random.default_rng(5).normal(size=(40, 3))


def cooled(rate: object, speed: np.ndarray = SPEED, **given: object) -> ra.Playhead:
    """Return bodies that fly freely, at home."""
    scene = ra.make_scene(0 * speed, speed, 1.0, moves=[ra.move("cool", rate=rate)], **given)
    return make_playhead(scene)


@pytest.mark.parametrize("rate", [0.5, -0.5, 3.0, -3.0])
def test_speeds_grow_or_fall_by_the_rate(rate: float) -> None:
    playhead = cooled(rate, steps_per_frame=32)
    playhead.seek(25)
    np.testing.assert_allclose(playhead.velocity, np.exp(-rate) * SPEED, rtol=1e-4)


@pytest.mark.parametrize("rate", [0.5, -0.5, 3.0, -3.0])
def test_the_bits_are_those_that_the_speeds_lose_or_gain(rate: float) -> None:
    playhead = cooled(rate, steps_per_frame=32)
    playhead.seek(25)
    least = 3 * rate / np.log(2)  # a body
    assert 0.6 < playhead.erased.mean() / least < 1.5  # 1.39 where it cools, half of that from a tape of zeros


def test_what_was_cooled_is_heated_again_with_the_bits_that_were_kept() -> None:
    rate = Curve(1, 24, np.array([2.0, -2.0]))
    playhead = cooled(rate, frames=(1, 240))
    playhead.seek(25)
    cold = playhead.erased
    playhead.seek(49)
    assert cold.min() > 3
    assert not playhead.erased.any()
    assert (playhead.state[3:6] == cooled(rate).state[3:6]).all()


def test_it_borrows_bits_and_gives_them_back() -> None:
    playhead = cooled(-2.0)
    home = playhead.digest()
    playhead.seek(60)
    assert playhead.erased.max() < 0
    playhead.seek(1)
    assert playhead.digest() == home


@pytest.mark.parametrize("rate", [0.7, -0.7])
def test_its_gradient_is_how_the_speeds_change_with_the_rate(rate: float) -> None:
    playhead = cooled(rate, steps_per_frame=32)
    playhead.seek(25)
    speed = playhead.velocity
    adjoint = Adjoint(playhead)
    adjoint.w += 1.0
    adjoint.back(1)
    assert adjoint.gradient.parameter(0, "rate") == pytest.approx(-speed.sum(), rel=1e-3)  # of exp(-r t) at 1 s
    np.testing.assert_allclose(adjoint.gradient.velocity, np.exp(-rate), rtol=1e-3)


@pytest.mark.parametrize("rate", [4.0, -4.0])
def test_rest_is_rest_and_free(rate: float) -> None:
    playhead = cooled(rate, 0 * SPEED)
    for frame in (100, -100):
        playhead.seek(frame)
        assert not playhead.velocity.any()
        assert not playhead.erased.any()


def test_each_body_has_its_own_rate_and_what_is_pinned_none() -> None:
    rates, pinned = np.linspace(-2, 2, len(SPEED)), np.arange(len(SPEED)) % 3 == 0
    playhead = cooled(rates, steps_per_frame=32, pinned=pinned)
    playhead.seek(25)
    grown = np.where(pinned, 0.0, np.exp(-rates))[:, None]
    np.testing.assert_allclose(playhead.velocity, grown * SPEED, rtol=1e-3)
    assert not playhead.erased[pinned].any()


def test_bodies_that_are_heated_out_of_range_are_refused() -> None:
    with pytest.raises(ra.RevanimError, match="out of range"):
        cooled(-50.0).seek(100)
