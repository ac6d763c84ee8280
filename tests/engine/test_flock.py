"""What a flock does: keeps apart, stays together, and turns to fly one way."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats

COUNT = 40


def heed(distance: Floats, reach: Floats) -> Floats:
    """Return how much bodies heed each other."""
    return np.maximum(0.0, 1.0 - (distance / reach) ** 2) ** 2


def test_bodies_push_apart_what_is_too_near_and_draw_what_they_see() -> None:
    random = np.random.default_rng(3)
    place, mass = random.random((COUNT, 3)), random.uniform(0.5, 2.0, COUNT)
    room, sight = random.uniform(0.05, 0.2, COUNT), random.uniform(0.1, 0.4, COUNT)
    flock = ra.force("flock", separation=5.0, space=room, cohesion=2.0, sight=sight)
    scene = ra.make_scene(place, np.zeros((COUNT, 3)), mass, forces=[flock], scheme="leapfrog", fps=1000)
    playhead = ra.Playhead(scene)
    before = playhead.position
    to = before[None] - before[:, None]
    far = np.linalg.norm(to, axis=2)
    pull = 2.0 * heed(far, sight[:, None] + sight) - 5.0 * heed(far, room[:, None] + room)
    expected = np.einsum("ij,ijc->ic", pull, to) / mass[:, None]
    playhead.step(1)
    np.testing.assert_allclose(playhead.velocity * 8000, expected, rtol=1e-4, atol=1e-5)


def crowd(damping: float) -> ra.Scene:
    """Return bodies at about one place that fly anywhere and see each other."""
    random = np.random.default_rng(5)
    place, velocity = random.uniform(-0.05, 0.05, (2, COUNT, 3))
    align = ra.move("alignment", strength=1.0, sight=1.0, damping=damping)
    return ra.make_scene(place, 0.2 * velocity, 1.0, moves=[align], scheme="leapfrog")


def heading(playhead: ra.Playhead) -> float:
    """Return 1 where all bodies fly the same way, and about 0 where they fly anywhere."""
    velocity = playhead.velocity
    return float(np.linalg.norm(np.mean(velocity / np.linalg.norm(velocity, axis=1, keepdims=True), axis=0)))


@pytest.mark.parametrize("damping", [0.0, 2.0])
def test_alignment_makes_no_body_slower_or_faster(damping: float) -> None:
    playhead = ra.Playhead(crowd(damping))
    before = np.linalg.norm(playhead.velocity, axis=1)
    playhead.seek(97)
    np.testing.assert_allclose(np.linalg.norm(playhead.velocity, axis=1), before, rtol=1e-8)


def test_a_damped_flock_comes_to_fly_one_way_and_pays_for_that_in_bits() -> None:
    playhead = ra.Playhead(crowd(4.0))
    home, scattered = playhead.digest(), heading(playhead)
    playhead.seek(145)
    assert scattered < 0.4
    assert heading(playhead) > 0.99
    assert playhead.erased.min() > 10
    playhead.seek(1)
    assert playhead.digest() == home
    assert not playhead.erased.any()


def test_without_damping_nothing_is_erased_and_the_spins_keep_their_sum() -> None:
    playhead = ra.Playhead(crowd(0.0))
    playhead.seek(97)
    assert not playhead.erased.any()
    spins = playhead.state[9:12].astype(np.float64)
    assert np.abs(spins.sum(axis=1)).max() < 1e-9 * np.abs(spins).max()


def test_two_bodies_swing_about_their_common_heading_like_a_pendulum() -> None:
    angle, alignment = 0.01, 8.0
    velocity = 1e-3 * np.array([[np.cos(angle), np.sin(angle), 0], [np.cos(angle), -np.sin(angle), 0]])
    align = ra.move("alignment", strength=alignment, sight=10.0, damping=0.0)
    scene = ra.make_scene([[0, 0, 0], [0, 0, 0.1]], velocity, 1.0, moves=[align], frames=(0, 240), home=0)
    playhead = ra.Playhead(scene)
    swings = []
    for frame in range(0, 73, 8):
        playhead.seek(frame)
        swings.append(np.arctan2(playhead.velocity[0, 1], playhead.velocity[0, 0]))
    time = np.arange(0, 73, 8) / 24  # the angle between both obeys b'' = -2 k sin b
    np.testing.assert_allclose(swings, angle * np.cos(np.sqrt(2 * alignment) * time), atol=2e-5)


def test_a_planar_flock_stays_in_its_plane() -> None:
    playhead = ra.Playhead(ra.edits.set_planar(crowd(1.0), True))
    playhead.seek(49)
    assert not playhead.state[[2, 5, 9, 10]].any()
