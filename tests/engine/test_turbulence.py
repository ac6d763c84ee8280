"""Turbulence pushes as hard as it says, has no sources, and changes with the time that a step has."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import acceleration
from revanim.engine.noise import drawn, field_slopes
from revanim.scene.build import build_system

RANDOM = np.random.default_rng(3)
SPREAD = 50.0 * RANDOM.normal(size=(4000, 3))


def pushes(place: np.ndarray, frame: int = 1, **values: object) -> np.ndarray:
    """Return float64[n, 3], what it does to bodies at some places when a frame begins."""
    scene = ra.make_scene(place, np.zeros_like(place), 1.0, forces=[ra.force("turbulence", **values)])
    return acceleration(build_system(scene), scene.bodies.state, frame)


@pytest.mark.parametrize(("strength", "size"), [(1.0, 1.0), (7.0, 0.2), (0.3, 4.0)])
def test_it_pushes_as_hard_as_it_says_in_every_direction(strength: float, size: float) -> None:
    found = pushes(SPREAD, strength=strength, size=size)
    assert np.sqrt((found**2).sum(axis=1).mean()) == pytest.approx(strength, rel=0.03)
    np.testing.assert_allclose(found.std(axis=0), strength / np.sqrt(3), rtol=0.06)
    np.testing.assert_allclose(found.mean(axis=0), 0.0, atol=0.05 * strength)


def test_as_much_flows_in_anywhere_as_out() -> None:
    step, inward = 1e-5, np.zeros(200)
    for axis in np.eye(3):
        ahead, behind = (pushes(SPREAD[:200] + way * step * axis) for way in (1, -1))
        inward += (ahead - behind) @ axis / (2 * step)
    np.testing.assert_allclose(inward, 0.0, atol=1e-8)


def test_swirls_are_as_large_as_their_size() -> None:
    near, far = (pushes(SPREAD + shift, size=2.0) for shift in (0.1, 6.0))
    here = pushes(SPREAD, size=2.0)
    assert np.corrcoef(here.ravel(), near.ravel())[0, 1] > 0.95
    assert abs(np.corrcoef(here.ravel(), far.ravel())[0, 1]) < 0.05


def test_it_changes_with_time_unless_its_speed_is_none() -> None:
    now, soon, late = (pushes(SPREAD, frame, size=1.0, speed=0.5) for frame in (1, 2, 240))
    assert 0.97 < np.corrcoef(now.ravel(), soon.ravel())[0, 1] < 1.0
    assert abs(np.corrcoef(now.ravel(), late.ravel())[0, 1]) < 0.05
    assert (pushes(SPREAD, 1, speed=0.0) == pushes(SPREAD, 240, speed=0.0)).all()


def test_another_seed_gives_other_swirls() -> None:
    one, other = (pushes(SPREAD, seed=seed) for seed in (1, 2))
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.05


def test_each_body_may_be_pushed_by_a_strength_of_its_own() -> None:
    strength = RANDOM.uniform(size=len(SPREAD))
    np.testing.assert_allclose(pushes(SPREAD, strength=strength), strength[:, None] * pushes(SPREAD), atol=1e-12)


def test_its_time_is_that_of_the_frames_however_they_are_cut_into_steps() -> None:
    ends = []
    for fps, steps in ((24, 4), (24, 32), (48, 8)):
        scene = ra.make_scene(
            SPREAD[:20], np.zeros((20, 3)), 1.0, forces=[ra.force("turbulence", speed=2.0)], fps=fps, home=0,
            frames=(0, 96), steps_per_frame=steps,
        )  # fmt: skip
        playhead = ra.Playhead(scene)
        playhead.seek(2 * fps)
        ends.append(playhead.position)
    np.testing.assert_allclose(ends[0], ends[1], atol=2e-3)
    np.testing.assert_allclose(ends[2], ends[1], atol=2e-3)
    assert np.abs(ends[0] - SPREAD[:20]).max() > 0.5


def test_it_is_smooth_at_the_edges_of_cells_and_none_beyond_what_can_be_told_apart() -> None:
    for axis in range(3):
        at = np.array([0.3, 0.6, 0.2])
        at[axis] = -4.0
        below, above = (field_slopes(*(at + way * 1e-9 * np.eye(3)[axis]), 5) for way in (-1, 1))
        np.testing.assert_allclose(below, above, atol=1e-7)
    assert not any(field_slopes(0.0, 1e30, 0.0, 1))


def test_what_is_drawn_stays_what_it_is() -> None:
    assert drawn(0, 0, 0, 0) == (-1.0, -1.0, -1.0)
    assert np.array(drawn(-3, 7, 2**40, 12)).tobytes().hex() == "00000000a06fe7bf00000000ecf4ef3f00000000b4acd13f"
    many = np.array([drawn(i, 1, -2, 3) for i in range(20_000)])
    np.testing.assert_allclose(many.mean(axis=0), 0.0, atol=0.015)
    np.testing.assert_allclose(np.cov(many.T), np.eye(3) / 3, atol=0.01)
