import numpy as np
import pytest

import revanim as ra
from revanim.scene.edits.targets import move_shape, pose_at, set_shape, set_targets


@pytest.fixture
def three() -> ra.Scene:
    place = np.arange(9.0).reshape(3, 3)
    return ra.make_scene(place, 0 * place, np.ones(3))


def places(*rows: float) -> np.ndarray:
    return np.array([[row, 0.0, 0.0] for row in rows])


def test_targets_at_one_frame_join_one_keyframe(three) -> None:
    scene = set_targets(three, 10, np.array([0]), places(1.0))
    scene = set_targets(scene, 10, np.array([2, 1]), places(3.0, 2.0))
    (key,) = scene.keyframes
    assert key.bodies.tolist() == [0, 2, 1]
    assert key.position[:, 0].tolist() == [1.0, 3.0, 2.0]


def test_a_target_that_is_set_again_moves_and_keeps_its_weight(three) -> None:
    key = ra.keyframe(10, [0, 1], places(1.0, 2.0), weights=[5.0, 7.0])
    scene = set_targets(ra.edits.set_keyframes(three, [key]), 10, np.array([0, 2]), places(9.0, 8.0))
    (key,) = scene.keyframes
    targets = dict(zip(key.bodies.tolist(), key.position[:, 0].tolist(), strict=True))
    weights = dict(zip(key.bodies.tolist(), key.weights.tolist(), strict=True))
    assert targets == {0: 9.0, 1: 2.0, 2: 8.0}
    assert weights == {0: 5.0, 1: 7.0, 2: 1.0}


def test_a_pose_stands_beside_a_shape_at_the_same_frame(three) -> None:
    scene = set_shape(three, 10, np.arange(3), places(1.0, 2.0, 3.0))
    scene = set_targets(scene, 10, np.array([1]), places(4.0))
    assert sorted(key.shape for key in scene.keyframes) == [False, True]
    assert not scene.keyframes[pose_at(scene, 10)].shape


def test_a_shape_moves_as_a_whole(three) -> None:
    scene = move_shape(set_shape(three, 10, np.arange(3), places(1.0, 2.0, 3.0)), 0, np.array([0.0, 1.0, 0.0]))
    assert scene.keyframes[0].position[:, 1].tolist() == [1.0, 1.0, 1.0]


def test_a_planar_scene_has_no_height_to_miss() -> None:
    flat = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], planar=True)
    assert set_targets(flat, 10, np.array([0]), places(1.0)).keyframes[0].axes == (True, True, False)


def test_a_target_at_home_is_refused(three) -> None:
    with pytest.raises(ra.RevanimError, match="after the home frame 1"):
        set_targets(three, 1, np.array([0]), places(1.0))
