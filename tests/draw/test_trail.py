from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.draw.strip import Strip
from revanim.draw.trail import Trail
from revanim.error import RevanimError
from revanim.scene.build import make_playhead


def trail_of(scene: ra.Scene, length: int) -> Trail:
    """Return a trail of this length, at home."""
    return Trail(make_playhead(scene), length)


def walked(scene: ra.Scene, first: int, last: int) -> np.ndarray:
    """Return the positions from one frame to another, by a playhead of its own."""
    playhead, rows = make_playhead(scene), []
    for frame in range(first, last + 1):
        playhead.seek(frame)
        rows.append(playhead.position)
    return np.stack(rows)


@pytest.mark.parametrize("path", [[1] * 9, [-1] * 9, [1] * 6 + [-1] * 11 + [1] * 3, [-1, 1] * 5])
def test_a_trail_is_what_a_walk_through_its_frames_shows(scene: ra.Scene, path: list[int]) -> None:
    trail = trail_of(scene, 5)
    for direction in path:
        trail.step(direction)
    while not trail.settled:
        trail.settle()
    shot = trail.shot(scene)
    assert shot.frame == 20 + sum(path)
    assert np.array_equal(shot.trail, walked(scene, shot.frame - 5, shot.frame))
    assert np.array_equal(shot.position, shot.trail[-1])


def test_no_more_positions_are_kept_than_are_drawn(scene: ra.Scene) -> None:
    trail = trail_of(scene, 4)
    for _ in range(40):
        trail.step(1)
        assert len(trail._positions) <= 5 + 1


def test_a_trail_grows_and_shrinks_where_it_stands(scene: ra.Scene) -> None:
    trail = trail_of(scene, 0)
    for _ in range(7):
        trail.step(-1)
    assert trail.shot(scene).trail is None
    for length in (6, 2):
        trail.set_length(length)
        while not trail.settled:
            trail.settle()
        assert np.array_equal(trail.shot(scene).trail, walked(scene, 13 - length, 13))
    trail.set_length(0)
    assert trail.shot(scene).trail is None
    assert np.array_equal(trail.shot(scene).position, walked(scene, 13, 13)[0])


def test_a_trail_without_length_walks_exactly_too(scene: ra.Scene) -> None:
    trail = trail_of(scene, 0)
    for direction in [1, 1, 1, -1, -1, -1, -1, 1]:
        trail.step(direction)
    assert np.array_equal(trail.head.state, scene.bodies.state)


def flight() -> ra.Scene:
    """A body that comes from beyond the range of places and leaves it again."""
    push = ra.force("uniform", acceleration=(1e4, 0, 0))
    return ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,))


def test_a_trail_begins_where_the_motion_does() -> None:
    scene = flight()
    trail = trail_of(scene, 1000)
    for _ in range(2000):
        trail.settle()
    assert trail.settled
    first = trail.tail.frame
    assert first > 1 - 1000
    assert np.array_equal(trail.shot(scene).trail, walked(scene, first, 1))


def test_a_head_that_cannot_go_on_stands_on_the_last_whole_frame() -> None:
    scene = flight()
    trail = trail_of(scene, 3)
    with pytest.raises(RevanimError, match="frame"):
        list(map(trail.step, [1] * 2000))
    shot = trail.shot(scene)
    assert np.array_equal(shot.position, walked(scene, shot.frame, shot.frame)[0])
    trail.step(-1)
    assert trail.frame == shot.frame - 1


def test_a_film_shows_the_same_frames_around_wherever_it_goes(scene: ra.Scene) -> None:
    look = replace(scene.look, trail=5, ahead=3, skins=1, spacing=4)
    strip, playhead = Strip(replace(scene, look=look)), make_playhead(scene)
    for frame in (20, 21, 23, 40, 39, 35, 22, 60):
        playhead.seek(frame)
        shot = strip.shot(playhead)
        assert np.array_equal(shot.trail, walked(scene, frame - 5, frame))
        assert np.array_equal(shot.ahead, walked(scene, frame, frame + 3))
        assert [skin.offset for skin in shot.skins] == [-4, 4]


def test_a_film_between_two_frames_shows_the_whole_frames_behind_it(scene: ra.Scene) -> None:
    strip, playhead = Strip(replace(scene, look=replace(scene.look, trail=3, ahead=2))), make_playhead(scene)
    playhead.step(3)
    shot = strip.shot(playhead)
    assert np.array_equal(shot.trail[:-1], walked(scene, 18, 20))
    assert np.array_equal(shot.trail[-1], playhead.position)
    assert np.array_equal(shot.ahead[1:], walked(scene, 21, 22))


def test_the_frames_around_end_where_the_motion_does() -> None:
    scene = flight()
    trail = trail_of(scene, 0)
    with pytest.raises(RevanimError):
        list(map(trail.step, [1] * 2000))
    last = trail.frame
    strip, playhead = Strip(replace(scene, look=replace(scene.look, trail=4, ahead=10))), make_playhead(scene)
    for frame in (last - 2, last, last - 1):
        playhead.seek(frame)
        shot = strip.shot(playhead)
        assert np.array_equal(shot.ahead, walked(scene, frame, last))
        assert np.array_equal(shot.trail, walked(scene, frame - 4, frame))


def test_a_trail_at_the_end_of_the_motion_stays_whole_however_often_it_is_asked_to_go_on() -> None:
    look = ra.Look(trail=5)
    scene = ra.make_scene([[1, 0, 0], [0, 0, 0]], [[-20000, 0, 0], [0, 0, 0]], 1.0, frames=(-10, 60), look=look)
    trail = trail_of(scene, 5)
    refused = 0
    for frame in (-5, 0) * 12:
        while trail.frame != frame:
            try:
                trail.step(1 if frame > trail.frame else -1)
            except RevanimError:
                refused += 1
                break
        shot = trail.shot(scene)
        assert np.array_equal(shot.trail, walked(scene, trail.first, trail.frame))
    assert refused
