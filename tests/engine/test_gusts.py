"""A gusty wind takes bodies along as drag does, toward a wind that swirls, changes, and comes again on the way back."""

import numpy as np
import pytest

import revanim as ra

PLACES = 30.0 * np.random.default_rng(4).normal(size=(600, 3))


def blown(frame: int, *moves: ra.Part, place: np.ndarray = PLACES) -> ra.Playhead:
    """Return a playhead at a frame of bodies that begin at rest."""
    playhead = ra.Playhead(ra.make_scene(place, 0 * place, 1.0, moves=moves, scheme="leapfrog"))
    playhead.seek(frame)
    return playhead


@pytest.mark.parametrize("strength", [0.5, 3.0])
def test_what_is_slowed_at_once_is_as_fast_as_the_wind(strength: float) -> None:
    gusts = ra.move("gusts", rate=1e3, wind=(1.0, 0.0, -2.0), strength=strength, size=5.0, speed=0.0)
    found = blown(2, gusts).velocity - (1.0, 0.0, -2.0)
    assert np.sqrt((found**2).sum(axis=1).mean()) == pytest.approx(strength, rel=0.06)
    np.testing.assert_allclose(found.mean(axis=0), 0.0, atol=0.15 * strength)


def test_without_swirls_it_is_drag_to_the_bit() -> None:
    air = {"rate": 2.0, "quadratic": 0.3, "wind": (1.0, 0.0, -2.0)}
    one, other = blown(30, ra.move("drag", **air)), blown(30, ra.move("gusts", strength=0.0, **air))
    np.testing.assert_array_equal(one.state, other.state)


def test_swirls_pass_and_another_seed_gives_others() -> None:
    def speeds(frame: int, **given: float) -> np.ndarray:
        held = ra.make_scene(
            PLACES, 0 * PLACES, 1.0, moves=[ra.move("gusts", rate=1e3, strength=1e-3, **given)],
            scheme="leapfrog", steps_per_frame=1,
        )  # fmt: skip
        playhead = ra.Playhead(held)
        playhead.seek(frame)
        return playhead.velocity

    def alike(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])

    assert alike(speeds(2), speeds(3)) > 0.9
    assert abs(alike(speeds(2), speeds(200))) < 0.1
    assert alike(speeds(2, speed=0.0), speeds(200, speed=0.0)) > 0.99
    assert abs(alike(speeds(2), speeds(2, seed=2))) < 0.1
