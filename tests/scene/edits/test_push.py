"""A push over one frame adds to speeds, and leaves what was before as it was."""

import numpy as np
import pytest

import revanim as ra


@pytest.fixture
def slowed(scene: ra.Scene) -> ra.Scene:
    """Five bodies that fall around each other, slowed down, at home in frame 20."""
    return ra.edits.set_moves(scene, [ra.move("drag", rate=0.5)])


def digests(scene: ra.Scene, frames: range) -> list[str]:
    play, found = ra.Playhead(scene), []
    for frame in frames:
        play.seek(frame)
        found.append(play.digest())
    return found


def test_speeds_grow_by_what_is_asked_and_the_past_stays_bit_for_bit(slowed: ra.Scene) -> None:
    by = np.array([[0.0, 0.0, 2.0], [1.0, 0.0, 0.0]])
    pushed = ra.edits.push_at(slowed, 40, [3, 1], by)
    assert digests(pushed, range(1, 41)) == digests(slowed, range(1, 41))
    assert len(ra.edits.push_at(pushed, 40, [1, 3], by).forces) == len(pushed.forces)
    before, after = ra.Playhead(slowed), ra.Playhead(pushed)
    before.seek(41), after.seek(41)
    gained = after.velocity - before.velocity
    np.testing.assert_allclose(gained[[3, 1]], by, atol=0.05)  # what drag and the others take of it in a frame
    assert np.abs(gained[[0, 2, 4]]).max() < 0.01


def test_who_is_not_there_is_refused(slowed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="7 is not among them"):
        ra.edits.push_at(slowed, 40, [7], (1.0, 0.0, 0.0))
    with pytest.raises(ra.RevanimError, match="three numbers"):
        ra.edits.push_at(slowed, 40, [1], np.zeros((2, 3)))
