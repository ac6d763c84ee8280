"""Bending only some frames: what lies before keeps its bits, and what lies after is met again."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra

Make = Callable[..., Any]
FIRST, LAST = 9, 57


@pytest.fixture
def swarm() -> ra.Scene:
    """A moving cloud with a key inside the frames that are bent, and one after them."""
    random = np.random.default_rng(4)
    place, speed = random.normal(size=(8, 3)), 0.3 * random.normal(size=(8, 3))
    gravity = ra.force("gravity", softening=0.3)
    scene = ra.make_scene(place, speed, 1 / 8, [gravity], steps_per_frame=4, scheme="verlet", frames=(1, 90))
    playhead = ra.Playhead(scene)
    playhead.seek(33)
    aim = playhead.position[:2] + np.array([[0.3, 0.0, 0.1], [0.0, -0.2, 0.0]])
    scene = ra.edits.add_keyframe(scene, 33, [0, 1], position=aim)
    return ra.edits.add_keyframe(scene, 80, [2], position=[[0.0, 0.0, 0.0]])


def last(progress: Any) -> ra.Progress:
    *_, end = progress
    return end


def states(scene: ra.Scene, *frames: int) -> list[np.ndarray]:
    playhead, found = ra.Playhead(scene), []
    for frame in frames:
        playhead.seek(frame)
        found.append(playhead.state)
    return found


def test_before_the_first_frame_no_bit_differs_and_at_the_last_hardly_any(swarm: ra.Scene) -> None:
    bent = last(ra.solve(swarm, between=(FIRST, LAST)))
    assert bent.misses[0] < 1e-9
    frames = (-20, 1, 5, FIRST)
    assert all(map(np.array_equal, states(swarm, *frames), states(bent.scene, *frames)))
    (before,), (after,) = states(swarm, LAST), states(bent.scene, LAST)
    grid = swarm.bodies.grid
    assert np.abs(before[:3] - after[:3]).max() * grid.length_unit < 1e-12
    assert np.abs(before[3:6] - after[3:6]).max() * grid.speed_unit < 1e-11
    assert (bent.scene.bodies.state == swarm.bodies.state).all()


def test_the_motion_does_change_in_between_and_says_how_near_it_comes(swarm: ra.Scene) -> None:
    bent = last(ra.solve(swarm, between=(FIRST, LAST)))
    (before,), (after,) = states(swarm, 33), states(bent.scene, 33)
    assert not np.array_equal(before, after)
    assert str(bent.seam).startswith(f"Before frame {FIRST}, 0 bits differ; at frame {LAST} each body is within ")


def test_keyframes_outside_stay_and_are_missed_as_before(swarm: ra.Scene) -> None:
    bent = last(ra.solve(swarm, between=(FIRST, LAST)))
    assert [key.frame for key in bent.scene.keyframes] == [33, 80]
    objective = ra.Objective(swarm)
    assert bent.misses[1] == pytest.approx(objective.misses(objective.start)[1], rel=1e-6)
    assert len(bent.orders) == 2


def test_bending_the_same_frames_again_replaces_the_pushes(swarm: ra.Scene) -> None:
    once = last(ra.solve(swarm, between=(FIRST, LAST))).scene
    moved = ra.edits.replace_keyframe(once, 0, position=once.keyframes[0].position + 0.1)
    twice = last(ra.solve(moved, between=(FIRST, LAST)))
    assert [part.kind for part in twice.scene.forces] == ["gravity", "nudge"]
    assert twice.misses[0] < 1e-9


def test_what_ends_with_the_frames_goes_where_its_key_says(swarm: ra.Scene) -> None:
    scene = ra.edits.add_keyframe(swarm, LAST, [3], position=[[1.0, 1.0, 1.0]])
    bent = last(ra.solve(scene, between=(FIRST, LAST)))
    assert max(bent.misses[:2]) < 1e-9


def test_a_chain_is_bent_and_comes_back(chain: Make) -> None:
    scene, target = chain(spin=1.0)
    scene = ra.edits.add_keyframe(scene, 17, [2], position=target[-1:] * [0.9, 1.0, 1.0])
    bent = last(ra.solve(scene, between=(5, 33), iterations=40))
    assert bent.misses[0] < 1e-6
    (before,), (after,) = states(scene, 33), states(bent.scene, 33)
    grid = scene.bodies.grid
    assert np.abs(before[:3] - after[:3]).max() * grid.length_unit < 1e-5
    assert np.abs(before[3:6] - after[3:6]).max() * grid.speed_unit < 1e-4


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "before home": ({"between": (0, 50)}, "must begin at the home frame 1 or later"),
    "the wrong way round": ({"between": (50, 40)}, "cannot be bent"),
    "no key inside": ({"between": (40, 70)}, "There is no keyframe after frame 40 and up to frame 70"),
    "a launch": ({"between": (9, 57), "controls": ["velocity"]}, "only pushes may change"),
    "no frames": ({"between": ("a", "b")}, "must be a whole number"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_bent_is_refused(name: str, swarm: ra.Scene) -> None:
    given, sentence = REFUSED[name]
    with pytest.raises(ra.RevanimError, match=sentence):
        last(ra.solve(swarm, **given))


def test_a_hold_beyond_the_frames_is_refused(swarm: ra.Scene) -> None:
    scene = ra.edits.replace_keyframe(swarm, 0, hold=40)
    with pytest.raises(ra.RevanimError, match="holds to frame 73, beyond the frames that may be bent"):
        last(ra.solve(scene, between=(FIRST, LAST)))


def test_a_loop_is_closed(swarm: ra.Scene) -> None:
    scene = ra.edits.add_loop(ra.edits.set_keyframes(swarm, ()), FIRST, LAST)
    (key,) = scene.keyframes
    assert (key.frame, key.bodies.size) == (LAST, 8)
    closed = last(ra.solve(scene, between=(FIRST, LAST)))
    assert closed.miss < 1e-11
    start, end = states(closed.scene, FIRST, LAST)
    assert np.array_equal(start, states(swarm, FIRST)[0])
    assert np.abs(start - end).max() < 1e5  # counts: 2^52 lie within the extent


def test_a_loop_from_home_is_closed_too(swarm: ra.Scene) -> None:
    scene = ra.edits.add_loop(ra.edits.set_keyframes(swarm, ()), 1, 49)
    assert last(ra.solve(scene, between=(1, 49))).miss < 1e-11


def test_a_second_loop_to_the_same_frame_replaces_the_first(swarm: ra.Scene) -> None:
    scene = ra.edits.add_loop(ra.edits.add_loop(swarm, 5, LAST), FIRST, LAST)
    assert [key.frame for key in scene.keyframes] == [33, LAST, 80]


@pytest.mark.parametrize(("first", "last_"), [(0, 50), (50, 50), (60, 50)])
def test_a_loop_that_cannot_be_is_refused(first: int, last_: int, swarm: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="A loop from frame"):
        ra.edits.add_loop(swarm, first, last_)
