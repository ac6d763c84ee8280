"""A stretch of motion on the screen: the bodies at one frame, and where they were in the frames before.

Nothing is kept beyond what is drawn. The stretch lies between two playheads: `head` stands at the frame that is
shown, `tail` at the end of the trails; a frame on or back moves each of them by one.
"""

from collections import deque

import numpy as np

from revanim.draw.shot import Shot
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import System, acceleration
from revanim.error import RevanimError
from revanim.scene.scene import Scene


class Trail:
    """A playhead with `length` frames of trail behind it; it walks one frame at a time from where it begins."""

    def __init__(self, system: System, state: Counts, frame: int, length: int) -> None:
        self.head = Playhead(system, state, frame)
        self.tail = self.head
        self.length = 0
        self._positions = deque([self.head.position])  # of the frames from tail to head
        self._start: int | None = None  # the first frame that the tail can reach, once it is known
        self.set_length(length)

    @property
    def frame(self) -> int:
        """The frame that is shown."""
        return self.head.frame

    @property
    def settled(self) -> bool:
        """Whether the trail has its full length."""
        return self.tail.frame == self._tail_frame

    @property
    def _tail_frame(self) -> int:
        wanted = self.frame - self.length
        return wanted if self._start is None else max(wanted, min(self._start, self.frame))

    def set_length(self, length: int) -> None:
        """Draw so many frames of trail; without any there is no tail to walk."""
        if bool(length) != bool(self.length):
            self.tail = Playhead(self.head.system, self.head.state, self.frame) if length else self.head
            self._positions = deque([self.head.position])
        self.length = length

    def step(self, direction: int) -> None:
        """Walk one frame on (+1) or back (-1); raise `RevanimError` where the motion cannot go on."""
        if self.length and direction < 0 and self.tail.frame == self.frame:
            self.tail.seek(self.frame - 1)
            self._positions.appendleft(self.tail.position)
        self._lead(self.frame + direction)
        if not self.length:
            self._positions[0] = self.head.position
        elif direction > 0:
            self._positions.append(self.head.position)
        else:
            self._positions.pop()
        self.settle()

    def settle(self) -> None:
        """Bring the tail at most one frame nearer to where it belongs."""
        if self.tail.frame < self._tail_frame:
            self._positions.popleft()
            self.tail.seek(self.tail.frame + 1)
        elif self.tail.frame > self._tail_frame:
            self._reach_back()

    def _lead(self, frame: int) -> None:
        here = self.frame
        try:
            self.head.seek(frame)
        except RevanimError:
            self.head.seek(here)  # it may have stopped between two frames
            raise

    def _reach_back(self) -> None:
        here = self.tail.frame
        try:
            self.tail.seek(here - 1)
        except RevanimError:
            self.tail.seek(here)
            self._start = here  # the trail begins where the motion does
        else:
            self._positions.appendleft(self.tail.position)

    @property
    def way(self) -> Floats:
        """float64[k, n, 3], the places of the bodies from the end of the trail to the head."""
        return np.stack(self._positions)

    def shot(self, scene: Scene) -> Shot:
        """Return what there is to paint."""
        head, timing = self.head, scene.timing
        pushed = acceleration(head.system, head.live, head.frame) if scene.look.accelerations else None
        return Shot(
            frame=self.frame,
            seconds=self.frame / timing.fps,
            position=self._positions[-1],
            velocity=head.velocity,
            trail=self.way if self.length else None,
            energy=head.energy(),
            acceleration=pushed,
        )
