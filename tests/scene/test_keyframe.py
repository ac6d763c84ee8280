"""What a keyframe may ask for, whether it is new, changed or moved."""

from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.scene.file import encode

PLACES = np.array([[1.0, 0.0, 0.0], [2.0, 0.0, 0.0]])
NAIL = {"nail": True, "tolerance": 1e-3}


@pytest.fixture
def free() -> ra.Scene:
    """Three bodies that nothing asks anything of."""
    return ra.make_scene(np.eye(3), np.zeros((3, 3)), np.ones(3))


@pytest.fixture
def scene(free: ra.Scene) -> ra.Scene:
    """Three bodies, and a pose for two of them at frame 10."""
    return ra.edits.add_keyframe(free, 10, [0, 1], position=PLACES)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a body that does not exist": ({"bodies": [0, 3]}, "names body 3; there are bodies 0 to 2"),
    "a body that is named twice": ({"bodies": [1, 1]}, "names a body twice"),
    "half a body": ({"bodies": [0, 0.5]}, "must be whole numbers"),
    "a place that is no number": ({"position": [[np.nan, 0, 0], [1, 0, 0]]}, "no finite numbers, of body 0"),
    "places in words": ({"position": "here"}, "must be numbers"),
    "too few places": ({"position": PLACES[:1]}, "2 rows of 3 are needed"),
    "a velocity that is no number": ({"velocity": np.full((2, 3), np.inf)}, "no finite numbers, of body 0"),
    "nothing to hit": ({"position": None}, "asks for nothing"),
    "no axis": ({"axes": (False, False, False)}, "along no axis"),
    "two axes": ({"axes": (True, True)}, "must be 3 values"),
    "a weight that is no number": ({"weight": np.nan}, "must be a finite number"),
    "a weight below 0": ({"weights": [1.0, -1.0]}, "weight that is not a finite number from 0 up"),
    "weights for others": ({"weights": [1.0]}, "1 weights for 2 bodies"),
    "colours for others": ({"color": [[1, 2, 3]]}, r"colours of the shape \(1, 3\); 2 rows of 3 are needed"),
    "a colour brighter than white": ({"color": [[1, 2, 300]] * 2}, "must be numbers from 0 to 255"),
    "no tolerance": ({"tolerance": 0.0}, "must be a positive number"),
    "a tolerance that is no number": ({"tolerance": np.nan}, "must be a finite number"),
    "a nail in words": ({"nail": "yes"}, "must be True or False"),
    "home": ({"frame": 1}, "must come after the home frame 1"),
    "a frame before home": ({"frame": -3}, "must come after the home frame 1"),
    "a frame between frames": ({"frame": 9.5}, "must be a whole number"),
    "a window that begins at home": ({"window": (1, 12)}, "must come after the home frame 1"),
    "a window elsewhere": ({"window": (20, 30)}, "lies outside its window"),
    "a window with one end": ({"window": 12}, "must be 2 values"),
    "two bodies for one target": ({"shape": True, "assignment": [0, 0]}, "a target of its own"),
    "a field that is not there": ({"speed": 1.0}, "There is no 'speed' in the keyframe; there are frame, "),
}


@pytest.mark.parametrize("name", BAD)
def test_a_keyframe_is_not_changed_into(name: str, scene: ra.Scene) -> None:
    changes, sentence = BAD[name]
    before = encode(scene, b"")
    with pytest.raises(ra.RevanimError, match=sentence):
        ra.edits.replace_keyframe(scene, 0, **changes)
    assert encode(scene, b"") == before


@pytest.mark.parametrize("frame", [1, 0, -8])
def test_a_keyframe_is_not_moved_before_home(frame: int, scene: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="must come after the home frame 1"):
        ra.edits.move_keyframe(scene, 0, frame)


def test_the_window_of_a_keyframe_does_not_move_before_home(scene: ra.Scene) -> None:
    wide = ra.edits.replace_keyframe(scene, 0, window=(6, 14))
    assert ra.edits.move_keyframe(wide, 0, 6).keyframes[0].window == (2, 10)
    with pytest.raises(ra.RevanimError, match="A keyframe at frame 1 cannot be hit"):
        ra.edits.move_keyframe(wide, 0, 5)


@pytest.mark.parametrize("index", [-1, 1])
def test_a_keyframe_that_is_not_there_is_told(index: int, scene: ra.Scene) -> None:
    for edit in (
        lambda: ra.edits.move_keyframe(scene, index, 12),
        lambda: ra.edits.replace_keyframe(scene, index, weight=2.0),
        lambda: ra.edits.remove_keyframe(scene, index),
    ):
        with pytest.raises(ra.RevanimError, match=f"There is no keyframe {index}; the scene has 1"):
            edit()


def test_what_is_changed_is_frozen_and_the_rest_stays(scene: ra.Scene) -> None:
    given = np.array([3.0, 4.0])
    key = ra.edits.replace_keyframe(scene, 0, weights=given, nail=True).keyframes[0]
    given[:] = 0.0
    assert key.weights.tolist() == [3.0, 4.0]
    assert not key.weights.flags.writeable
    assert key.nail
    assert np.array_equal(key.position, PLACES)
    assert key.frame == 10


def test_a_nail_is_not_moved_onto_one_that_wants_the_body_elsewhere(scene: ra.Scene) -> None:
    nailed = ra.edits.replace_keyframe(scene, 0, **NAIL)
    other = ra.edits.add_keyframe(nailed, 20, [1], position=[[2.0, 0.5, 0.0]], **NAIL)
    with pytest.raises(ra.RevanimError, match=r"body 1 at two places at frame 10, 0\.5 apart"):
        ra.edits.move_keyframe(other, 1, 10)
    with pytest.raises(ra.RevanimError, match="body 1 at two places at frame 20"):
        ra.edits.replace_keyframe(other, 0, frame=20)
    assert len(ra.edits.move_keyframe(other, 1, 11).keyframes) == 2


def test_nails_may_differ_along_an_axis_that_only_one_of_them_counts(scene: ra.Scene) -> None:
    across = ra.edits.replace_keyframe(scene, 0, axes=(True, False, False), **NAIL)
    ra.edits.add_keyframe(across, 10, [1], position=[[9.0, 0.5, 0.0]], axes=(False, True, True), **NAIL)
    with pytest.raises(ra.RevanimError, match="two places"):
        ra.edits.add_keyframe(across, 10, [1], position=[[9.0, 0.5, 0.0]], axes=(True, True, False), **NAIL)


def test_two_nails_with_two_velocities_are_refused(free: ra.Scene) -> None:
    still = ra.edits.add_keyframe(free, 10, [2], velocity=[[0.0, 0.0, 0.0]], **NAIL)
    ra.edits.add_keyframe(still, 10, [2], position=[[0.0, 0.0, 0.0]], **NAIL)
    with pytest.raises(ra.RevanimError, match="body 2 with two velocities at frame 10"):
        ra.edits.add_keyframe(still, 10, [2], velocity=[[1.0, 0.0, 0.0]], **NAIL)


def test_a_shape_contradicts_a_nail_once_its_assignment_is_pinned(scene: ra.Scene) -> None:
    nailed = ra.edits.replace_keyframe(scene, 0, **NAIL)
    shape = ra.edits.add_keyframe(nailed, 10, [0, 1], position=PLACES[::-1], shape=True, **NAIL)
    ra.edits.replace_keyframe(shape, 1, assignment=[1, 0])
    with pytest.raises(ra.RevanimError, match="at two places"):
        ra.edits.replace_keyframe(shape, 1, assignment=[0, 1])


def test_nails_whose_time_is_open_can_still_part(scene: ra.Scene) -> None:
    nailed = ra.edits.replace_keyframe(scene, 0, **NAIL)
    ra.edits.add_keyframe(nailed, 10, [1], position=[[9.0, 0.0, 0.0]], window=(8, 12), **NAIL)


def test_a_nailed_shape_whose_targets_are_pinned_contradicts_like_any_other(free: ra.Scene) -> None:
    shape = ra.edits.add_keyframe(free, 10, [0, 1], position=PLACES, shape=True, assignment=[1, 0], **NAIL)
    ra.edits.add_keyframe(shape, 10, [1], position=PLACES[:1], **NAIL)  # where the pinned target of body 1 is
    with pytest.raises(ra.RevanimError, match="body 1 at two places at frame 10, 1 apart"):
        ra.edits.add_keyframe(shape, 10, [1], position=PLACES[1:], **NAIL)
    loose = ra.edits.replace_keyframe(shape, 0, assignment=None)
    assert len(ra.edits.add_keyframe(loose, 10, [1], position=PLACES[1:], **NAIL).keyframes) == 2


# Colours of targets.

RED_BLUE = np.array([[200, 0, 0], [0, 0, 200]], np.uint8)


@pytest.fixture
def painted(free: ra.Scene) -> ra.Scene:
    """A shape for bodies 2 and 0, whose targets have colours."""
    return ra.edits.add_keyframe(free, 10, [2, 0], position=PLACES, shape=True, color=RED_BLUE)


def test_bodies_take_the_colours_of_their_targets_and_others_keep_theirs(painted: ra.Scene) -> None:
    free = ra.edits.color_by_targets(painted, 0)
    swapped = ra.edits.color_by_targets(painted, 0, [1, 0])
    pinned = ra.edits.color_by_targets(ra.edits.replace_keyframe(painted, 0, assignment=[1, 0]), 0)
    assert np.array_equal(free.bodies.color[[2, 0]], RED_BLUE)
    assert np.array_equal(swapped.bodies.color[[0, 2]], RED_BLUE)
    assert np.array_equal(pinned.bodies.color, swapped.bodies.color)
    assert np.array_equal(free.bodies.color[1], painted.bodies.color[1])
    assert free.keyframes is painted.keyframes
    assert free.bodies.state is painted.bodies.state


def test_targets_without_colours_and_assignments_that_are_none_are_refused(scene: ra.Scene, painted: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="The targets at frame 10 have no colours"):
        ra.edits.color_by_targets(scene, 0)
    for assignment in ([0, 0], [0], [0, 2]):
        with pytest.raises(ra.RevanimError, match="a target of its own"):
            ra.edits.color_by_targets(painted, 0, assignment)


def test_targets_keep_their_colours_when_bodies_leave(painted: ra.Scene) -> None:
    kept = ra.edits.remove_bodies(painted, [1])
    assert np.array_equal(kept.keyframes[0].color, RED_BLUE)
    pinned = ra.edits.replace_keyframe(painted, 0, assignment=[1, 0])
    (key,) = ra.edits.remove_bodies(pinned, [2]).keyframes
    assert np.array_equal(key.color, RED_BLUE[:1])
    assert np.array_equal(key.position, PLACES[:1])


def test_a_hold_is_a_whole_number_of_frames_that_fits() -> None:
    scene = ra.make_scene(np.zeros((2, 3)), np.zeros((2, 3)), 1.0)
    key = {"frame": 10, "bodies": [0], "position": [[1.0, 0.0, 0.0]]}
    assert ra.edits.add_keyframe(scene, **key, hold=12).keyframes[0].end == 22
    for hold, sentence in ((-1, "allowed are 0 to 10000"), (2.5, "whole number"), (20_000, "allowed are 0 to 10000")):
        with pytest.raises(ra.RevanimError, match=sentence):
            ra.edits.add_keyframe(scene, **key, hold=hold)
    with pytest.raises(ra.RevanimError, match="holds its places"):
        ra.edits.add_keyframe(scene, **key, hold=3, velocity=[[1.0, 0.0, 0.0]])
    ra.edits.add_keyframe(scene, **key, hold=3, velocity=[[0.0, 0.0, 0.0]])


def test_nails_contradict_each_other_wherever_their_holds_meet() -> None:
    scene = ra.make_scene(np.zeros((2, 3)), np.zeros((2, 3)), 1.0)
    scene = ra.edits.add_keyframe(scene, 10, [0], position=[[1.0, 0.0, 0.0]], nail=True, hold=5)
    with pytest.raises(ra.RevanimError, match="at two places at frame 15"):
        ra.edits.add_keyframe(scene, 15, [0], position=[[2.0, 0.0, 0.0]], nail=True)
    ra.edits.add_keyframe(scene, 16, [0], position=[[2.0, 0.0, 0.0]], nail=True)


def test_a_moved_keyframe_takes_its_hold_along() -> None:
    scene = ra.make_scene(np.zeros((2, 3)), np.zeros((2, 3)), 1.0)
    scene = ra.edits.add_keyframe(scene, 10, [0], position=[[1.0, 0.0, 0.0]], hold=5)
    assert ra.edits.move_keyframe(scene, 0, 20).keyframes[0].end == 25
    assert ra.edits.replace_keyframe(scene, 0, hold=0).keyframes[0].end == 10
