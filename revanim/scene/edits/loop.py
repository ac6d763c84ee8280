"""Loops: a keyframe that asks for the state of an earlier frame, so that the motion between can be played round."""

import numpy as np

from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.edits.keyframes import add_keyframe, set_keyframes
from revanim.scene.edits.targets import counted_axes
from revanim.scene.given import whole
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import Sentence


def add_loop(scene: Scene, first: int, last: int, passed: Passed = silent) -> Scene:
    """Ask that all bodies that can move are, at the last frame, where and as fast as they are at the first one now.

    It is a keyframe like others. Solve it with pushes between the two frames alone, by `solve(scene, between=...)`, so
    that what it asks for stays what happens at the first frame. Home must stand at or before that. A loop that
    ended there before is replaced.
    """
    one, other = (whole(frame, Sentence("The frame of a loop")) for frame in (first, last))
    home = scene.timing.home
    if not home <= one < other:
        raise RevanimError(
            "A loop from frame {first} to {last} cannot be; it must begin at the home frame {home} or later, and end"
            " after that.",
            first=one,
            last=other,
            home=home,
        )
    playhead = make_playhead(scene)
    for frame in range(home + 1, one + 1):
        playhead.seek(frame)
        passed((frame - home) / (one - home))
    who = np.flatnonzero(~scene.bodies.pinned)
    place, speed = playhead.position[who], playhead.velocity[who]
    kept = [key for key in scene.keyframes if not (key.frame == other and _asks_for_states(key, who))]
    return add_keyframe(
        set_keyframes(scene, kept), other, who, position=place, velocity=speed, axes=counted_axes(scene)
    )


def _asks_for_states(key: Keyframe, bodies: Index) -> bool:
    """Whether a keyframe asks for places and speeds of just these bodies, as a loop does."""
    return key.position is not None and key.velocity is not None and np.array_equal(key.bodies, bodies)
