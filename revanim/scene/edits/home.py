"""At which frame the scene stands, and its bodies can be edited."""

from dataclasses import replace

import numpy as np

from revanim.engine.grid import Counts
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.check import check
from revanim.scene.given import sealed, whole
from revanim.scene.scene import Scene
from revanim.sentence import Sentence


def stand_at(scene: Scene, frame: int) -> Scene:
    """Let the scene stand at another frame, where its bodies can be edited; its motion stays the same, bit for bit.

    Raises RevanimError where the bodies cannot get there.
    """
    playhead = make_playhead(scene)
    playhead.seek(whole(frame, "The frame"))
    return rehome(scene, playhead.state, frame)


def rehome(scene: Scene, state: Counts, frame: int) -> Scene:
    """Let the scene stand at another frame: `state` is what a playhead of this scene holds there, bit for bit.

    The motion stays the same; what changes is the frame at which the bodies can be edited.
    """
    if np.asarray(state).dtype.kind != "i":
        raise RevanimError("A state is the integers that a playhead holds.")
    held = sealed(np.array(state, np.int64))
    timing = replace(scene.timing, home=whole(frame, Sentence("home")))
    return check(replace(scene, bodies=replace(scene.bodies, state=held), timing=timing))
