"""Random kicks spread the speeds as Brownian motion does, by chance that is the same on the way back."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.build import make_playhead

COUNT = 3000


def kicked(*moves: ra.Part, **given: object) -> ra.Playhead:
    """Return a playhead with bodies at rest, one second after home."""
    rest = np.zeros((COUNT, 3))
    playhead = make_playhead(ra.make_scene(rest, rest, 1.0, moves=moves, scheme="leapfrog", **given))
    playhead.seek(25)
    return playhead


@pytest.mark.parametrize("steps", [1, 16])
def test_after_a_second_bodies_are_as_fast_as_its_strength(steps: int) -> None:
    velocity = kicked(ra.move("kick", strength=0.7), steps_per_frame=steps).velocity
    np.testing.assert_allclose(np.cov(velocity.T), 0.49 * np.eye(3), atol=0.04)
    np.testing.assert_allclose(velocity.mean(axis=0), 0.0, atol=0.05)


def test_the_kicks_of_a_body_are_independent_and_nearly_normal() -> None:
    playhead, found = kicked(ra.move("kick"), steps_per_frame=1), []
    for _ in range(4):
        before = playhead.velocity
        playhead.step(1)
        found.append((playhead.velocity - before)[:, 0] * np.sqrt(24))
    np.testing.assert_allclose(np.cov(found), np.eye(4), atol=0.1)
    assert np.mean(np.array(found) ** 4) == pytest.approx(3.0, abs=0.4)  # of a normal one 3, of these 2.8


def test_another_seed_gives_other_kicks_and_nothing_is_erased() -> None:
    one, other = (kicked(ra.move("kick", seed=seed)) for seed in (1, 2))
    assert abs(np.corrcoef(one.velocity.ravel(), other.velocity.ravel())[0, 1]) < 0.05
    assert not one.erased.any()


def test_with_drag_bodies_come_to_a_temperature() -> None:
    moves = ra.move("kick", strength=2.0), ra.move("drag", rate=4.0)
    playhead = kicked(*moves, steps_per_frame=8)
    assert playhead.velocity.var() == pytest.approx(2.0**2 / (2 * 4.0), rel=0.05)


def test_in_a_plane_it_kicks_along_it_and_pinned_bodies_not_at_all() -> None:
    pinned = np.arange(COUNT) % 2 == 0
    velocity = kicked(ra.move("kick"), planar=True, pinned=pinned).velocity
    assert not velocity[pinned].any()
    assert not velocity[:, 2].any()
    assert velocity[~pinned, :2].all()


def test_kicks_out_of_range_are_refused() -> None:
    with pytest.raises(ra.RevanimError, match="is taken out of range by a move or a flow after frame 1"):
        kicked(ra.move("kick", strength=1e9))
