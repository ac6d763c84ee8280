"""Loops: a keyframe that asks for the state of an earlier frame, so that the motion between can be played round."""

import numpy as np

from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.edits.keyframes import add_keyframe, set_keyframes
from revanim.scene.edits.targets import counted_axes
from revanim.scene.given import whole
from revanim.scene.parts.carried import carried
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import Sentence


def add_loop(scene: Scene, first: int, last: int, passed: Passed = silent) -> Scene:
    """Ask that all bodies that can move are, at the last frame, where and as fast as they are at the first one now.

    It is a keyframe like others; what flows carry is asked for its place in one of its own. Solve it with pushes
    between the two frames alone, by `solve(scene, between=...)`, so that what it asks for stays what happens at the
    first frame. Home must stand at or before that. A loop that ended there before is replaced.
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
    swept = carried(scene)
    place, speed = playhead.position, playhead.velocity
    for who, fast in ((np.flatnonzero(swept), False), (np.flatnonzero(~scene.bodies.pinned & ~swept), True)):
        kept = [key for key in scene.keyframes if not (key.frame == other and _asks_for_states(key, who, fast))]
        scene = set_keyframes(scene, kept)
        if who.size:
            velocity = speed[who] if fast else None
            axes = counted_axes(scene)
            scene = add_keyframe(scene, other, who, position=place[who], velocity=velocity, axes=axes)
    return scene


def _asks_for_states(key: Keyframe, bodies: Index, fast: bool) -> bool:
    """Whether a keyframe asks for places of just these bodies, and for their speeds where they have some."""
    return key.position is not None and (key.velocity is not None) == fast and np.array_equal(key.bodies, bodies)
