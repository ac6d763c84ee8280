"""Targets one by one: places for some bodies at a frame become one keyframe there, or join the one there."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.edits.keyframes import replace_keyframe, set_keyframes
from revanim.scene.given import frozen
from revanim.scene.keyframe import check_after_home, keyframe
from revanim.scene.scene import Colors, Index, Keyframe, Scene
from revanim.sentence import Sentence


def set_targets(scene: Scene, frame: int, bodies: Index, position: Floats) -> Scene:
    """Let some bodies be at float64[k, 3] at a frame; targets that they had there before are moved."""
    index = pose_at(scene, frame)
    if index is None:
        key = keyframe(frame, bodies, position, axes=counted_axes(scene))
        check_after_home(key, scene.timing)
        return set_keyframes(scene, (*scene.keyframes, key))
    return set_keyframes(
        scene, [_joined(k, bodies, position) if i == index else k for i, k in enumerate(scene.keyframes)]
    )


def set_shape(scene: Scene, frame: int, bodies: Index, points: Floats, color: Colors | None = None) -> Scene:
    """Let some bodies fill a shape, float64[k, 3], at a frame, whichever of them goes where."""
    key = keyframe(frame, bodies, points, axes=counted_axes(scene), shape=True, color=color)
    check_after_home(key, scene.timing)
    return set_keyframes(scene, (*scene.keyframes, key))


def move_shape(scene: Scene, index: int, by: Floats) -> Scene:
    """Move all targets of a keyframe by float64[3]."""
    position = scene.keyframes[index].position
    assert position is not None
    return replace_keyframe(scene, index, position=frozen(position + by, Sentence("The positions of a keyframe")))


def pose_at(scene: Scene, frame: int) -> int | None:
    """Return which keyframe asks for a pose, body by body, at a frame."""
    there = (i for i, key in enumerate(scene.keyframes) if key.frame == frame and is_pose(key))
    return next(there, None)


def is_pose(key: Keyframe) -> bool:
    """Whether each body has a target of its own, and further ones can join."""
    return key.position is not None and key.velocity is None and not key.shape


def counted_axes(scene: Scene) -> tuple[bool, bool, bool]:
    """Return the axes along which a miss counts: a planar scene has no height to miss, and is solved faster so."""
    return (True, True, not scene.planar)


def _joined(key: Keyframe, bodies: Index, position: Floats) -> Keyframe:
    assert key.position is not None
    kept = ~np.isin(key.bodies, bodies)
    weights = key.weights
    if weights is not None:
        of = dict(zip(key.bodies.tolist(), weights.tolist(), strict=True))
        weights = frozen(
            [*weights[kept], *(of.get(int(body), 1.0) for body in bodies)], Sentence("The weights of a keyframe")
        )
    joined = np.concatenate([key.bodies[kept], bodies]), np.concatenate([key.position[kept], position])
    made = keyframe(key.frame, *joined)
    return replace(key, bodies=made.bodies, position=made.position, weights=weights, color=None)
