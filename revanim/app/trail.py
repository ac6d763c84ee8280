"""The stretch of motion on the screen: the bodies now, and where they were in the frames before.

Nothing is kept beyond what is drawn. The stretch lies between two playheads: `head` stands at the frame that is
shown, `tail` at the end of the trails; a frame on or back moves each of them by one.
"""

from collections import deque

import numpy as np

from revanim.draw.picture import Shot
from revanim.engine.playhead import Playhead
from revanim.engine.system import System
from revanim.error import RevanimError
from revanim.scene.scene import Scene


class Trail:
    """A playhead with `length` frames of trail behind it; it begins at home and walks one frame at a time."""

    def __init__(self, system: System, scene: Scene) -> None:
        self.head = Playhead(system, scene.bodies.state, scene.timing.home)
        self.tail = self.head
        self.length = 0
        self._positions = deque([self.head.position])  # of the frames from tail to head
        self._start: int | None = None  # the first frame that the tail can reach, once it is known
        self._home_energy = self.head.energy()
        self.set_length(scene.look.trail)

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

    def shot(self, scene: Scene) -> Shot:
        """Return what there is to paint."""
        energy, timing = self.head.energy(), scene.timing
        return Shot(
            frame=self.frame,
            seconds=(self.frame - timing.first) / timing.fps,
            position=self._positions[-1],
            velocity=self.head.velocity,
            trail=np.stack(self._positions) if self.length else None,
            energy=energy,
            drift=(energy - self._home_energy) / (abs(self._home_energy) or 1.0),
            state=self.head.state,
        )
