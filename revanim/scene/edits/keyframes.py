"""Keyframes: asking for a pose, moving and changing it, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.edits.bodies import set_bodies
from revanim.scene.given import whole
from revanim.scene.keyframe import changed, check_after_home, check_keyframe, in_order, keyframe, shifted
from revanim.scene.scene import Keyframe, Scene


def add_keyframe(scene: Scene, frame: int, bodies: ArrayLike, **fields: Any) -> Scene:
    """Ask for a pose; `fields` are those of `Keyframe` (position, velocity, weight, nail, ...)."""
    key = keyframe(frame, bodies, **fields)
    check_after_home(key, scene.timing)
    return set_keyframes(scene, (*scene.keyframes, key))


def set_keyframes(scene: Scene, keyframes: Sequence[Keyframe]) -> Scene:
    """Replace all keyframes; they are kept in the order of their frames."""
    return check(replace(scene, keyframes=tuple(sorted(map(in_order, keyframes), key=lambda key: key.frame))))


def move_keyframe(scene: Scene, index: int, frame: int) -> Scene:
    """Move a keyframe, with its window, to another frame."""
    key = _keyframe_at(scene, index)
    moved = shifted(key, whole(frame, "The frame of a keyframe") - key.frame)
    return replace_keyframe(scene, index, frame=moved.frame, window=moved.window)


def replace_keyframe(scene: Scene, index: int, **changes: Any) -> Scene:
    """Change fields of a keyframe."""
    before = _keyframe_at(scene, index)
    after = changed(before, **changes)
    check_after_home(after, scene.timing)
    return set_keyframes(scene, [after if key is before else key for key in scene.keyframes])


def remove_keyframe(scene: Scene, index: int) -> Scene:
    """Remove a keyframe."""
    gone = _keyframe_at(scene, index)
    return set_keyframes(scene, [key for key in scene.keyframes if key is not gone])


def color_by_targets(scene: Scene, index: int, assignment: ArrayLike | None = None) -> Scene:
    """Give the bodies of a keyframe the colours of their targets.

    `assignment`, int64[k], is the target of each body, where that is neither its own nor pinned.
    """
    key = _keyframe_at(scene, index)
    color = key.color
    if color is None:
        raise RevanimError(
            "The targets at frame {frame} have no colours; those of an image have some.", frame=key.frame
        )
    if assignment is not None:
        key = changed(key, assignment=assignment)
        check_keyframe(key, scene.bodies)
    order = np.arange(key.bodies.size) if key.assignment is None else key.assignment
    return set_bodies(scene, key.bodies, color=color[order])


def _keyframe_at(scene: Scene, index: int) -> Keyframe:
    if not 0 <= index < len(scene.keyframes):
        raise RevanimError(
            "There is no keyframe {number}; the scene has {count}, counted from 0.",
            number=index,
            count=len(scene.keyframes),
        )
    return scene.keyframes[index]
