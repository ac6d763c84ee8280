"""At which frame the scene stands, and its bodies can be edited."""

from dataclasses import replace

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.playhead import Stand
from revanim.engine.tape import Words
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.check import check
from revanim.scene.driven import has_tapes
from revanim.scene.given import on_tapes, sealed, whole
from revanim.scene.scene import Scene
from revanim.sentence import Sentence


def stand_at(scene: Scene, frame: int) -> Scene:
    """Let the scene stand at another frame, where its bodies can be edited; its motion stays the same, bit for bit.

    Raises RevanimError where the bodies cannot get there.
    """
    stand = _walked(scene, whole(frame, "The frame"))
    return rehome(scene, stand.state, frame, stand.tapes)


def rehome(scene: Scene, state: Counts, frame: int, tapes: Words | None = None) -> Scene:
    """Let the scene stand at another frame: `state` is what a playhead of this scene holds there, bit for bit.

    So are `tapes`, where moves erase something; without them the scene is walked there. The motion stays the same; what
    changes is the frame at which the bodies can be edited.
    """
    if np.asarray(state).dtype.kind != "i":
        raise RevanimError("A state is the integers that a playhead holds.")
    held, home = sealed(np.array(state, np.int64)), whole(frame, Sentence("home"))
    if tapes is None and has_tapes(scene):
        stand = _walked(scene, home)
        if not np.array_equal(stand.state, held):
            raise RevanimError("Where moves erase something, a state needs the tapes that a playhead holds with it.")
        tapes = stand.tapes
    bodies = replace(scene.bodies, state=held, tapes=None if tapes is None else on_tapes(tapes))
    return check(replace(scene, bodies=bodies, timing=replace(scene.timing, home=home)))


def _walked(scene: Scene, frame: int) -> Stand:
    playhead = make_playhead(scene)
    playhead.seek(frame)
    return playhead.stand
