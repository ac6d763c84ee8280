"""A stretch of motion on the screen: the bodies at one frame, and where they were in the frames before.

Nothing is kept beyond what is drawn. The stretch lies between two playheads: `head` stands at the frame that is
shown, `tail` at the end of the trails. On the screen a frame on or back moves each of them by one, so that a hand may
turn back at any time; a film goes on in one direction, and its tail stays where it is until it is needed.
"""

from collections import deque
from dataclasses import replace

import numpy as np

from revanim.draw.shot import Shot
from revanim.engine.alive.acting import acceleration
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.scene import Look, Scene
from revanim.sentence import Sentence

MOST_PLACES = 2_500_000  # of all bodies in all frames of what is drawn behind or before them: 60 MB


def drawn(scene: Scene) -> Look:
    """Return the look of a scene with no longer trails, and no more onion skins, than there is room for."""
    look, most = scene.look, max(1, MOST_PLACES // max(1, scene.bodies.count))
    if max(look.trail, look.ahead, look.skins) <= most:
        return look
    return replace(look, trail=min(look.trail, most), ahead=min(look.ahead, most), skins=min(look.skins, most))


def cut_short(scene: Scene) -> list[Sentence]:
    """Return what there is to say where trails or onion skins are fewer frames than the look asks for."""
    look = drawn(scene)
    if look is scene.look:
        return []
    frames, count = max(look.trail, look.ahead, look.skins), scene.bodies.count
    cut = Sentence("For {count} bodies, trails and onion skins end after {frames} frames.", count=count, frames=frames)
    return [cut]


class Trail:
    """A playhead with `length` frames of trail behind it; it walks one frame at a time from where it stands.

    With `follows` the tail walks along.
    """

    def __init__(self, playhead: Playhead, length: int, follows: bool = True) -> None:
        self.head = playhead
        self.tail = self.head
        self.length = 0
        self._follows = follows
        self._positions = deque([self.head.position])  # of the frames from the first to the head's
        self._start: int | None = None  # the first frame that the tail can reach, once it is known
        self.set_length(length)

    @property
    def frame(self) -> int:
        """The frame that is shown."""
        return self.head.frame

    @property
    def first(self) -> int:
        """The frame at which the trail ends."""
        return self.frame - len(self._positions) + 1

    @property
    def settled(self) -> bool:
        """Whether the trail has its full length."""
        return self.first == self._wanted_first

    @property
    def _wanted_first(self) -> int:
        wanted = self.frame - self.length
        return wanted if self._start is None else max(wanted, min(self._start, self.frame))

    def set_length(self, length: int) -> None:
        """Set how many frames of trail are drawn; with 0 only the head walks."""
        if bool(length) != bool(self.length):
            self.tail = self.head.twin() if length else self.head
            self._positions = deque([self.head.position])
        self.length = length

    def step(self, direction: int) -> None:
        """Walk one frame on (+1) or back (-1); raise `RevanimError` where the motion cannot go on, or `Halted`.

        The stretch then lies where it lay, or has become longer.
        """
        if self.length and direction < 0 and self.first == self.frame:
            self.tail.try_frame(self.frame - 1)
            self._positions.appendleft(self.tail.position)
        self.head.try_frame(self.frame + direction)
        if not self.length:
            self._positions[0] = self.head.position
        elif direction > 0:
            self._positions.append(self.head.position)
        else:
            self._positions.pop()
        self.settle()

    def settle(self) -> None:
        """Bring the end of the trail at most one frame nearer to where it belongs."""
        if self.first < self._wanted_first:
            if self._follows:
                self.tail.try_frame(self.first + 1)
            self._positions.popleft()
        elif self.first > self._wanted_first:
            self._reach_back()

    def _reach_back(self) -> None:
        here = self.first
        if abs(self.tail.frame - here) > len(self._positions):  # it has been left behind
            self.tail = self.head.twin()
        try:
            self.tail.try_frame(here - 1)
        except RevanimError:
            self._start = here  # the trail begins where the motion does
        else:
            self._positions.appendleft(self.tail.position)

    @property
    def way(self) -> Floats:
        """float64[k, n, 3], the places of the bodies from the end of the trail to the head."""
        return np.stack(self._positions)

    def shot(self, scene: Scene) -> Shot:
        """Return what there is to paint."""
        return replace(shot_at(self.head, scene), trail=self.way if self.length else None)


def shot_at(playhead: Playhead, scene: Scene) -> Shot:
    """Return what there is to paint where a playhead stands, without the frames around."""
    frame, timing = playhead.frame, scene.timing
    return Shot(
        frame=frame,
        seconds=playhead.now / (timing.steps_per_frame * timing.fps),
        position=playhead.position,
        velocity=playhead.velocity,
        acceleration=acceleration(playhead.system, playhead.live, frame) if scene.look.accelerations else None,
        erased=playhead.erased if playhead.system.taped.size else None,
    )
