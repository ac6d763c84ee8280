"""The frames of a file, walked one after the other: nothing is kept, so length costs no memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from revanim.draw.shot import Shot
from revanim.draw.strip import Strip
from revanim.engine.playhead import Playhead
from revanim.scene.build import make_playhead
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene

FORWARD, REVERSE, PING_PONG, LOOP = ORDERS = ("forward", "reverse", "ping-pong", "loop")


@dataclass(frozen=True)
class Moment:
    """A picture of a film: the number that its frame has in the file, and when in the motion it is."""

    index: int  # 0, 1, 2, ...
    number: int
    step: int  # frame f of the scene begins at sub-step f * steps_per_frame
    pace: float  # how fast the motion passes, negative on the way back


@dataclass(frozen=True)
class Film:
    """Which frames of a scene make a file, and how fast the motion passes in it.

    Forward and at speed 1 the number of a picture is that of the frame it shows. In reverse a film shows the same
    pictures from the last to the first. In ping-pong it goes there and back again, and shows neither end twice. As a
    loop it leaves out the last picture, where its motion is that of the first again. `passed` hears which part is done,
    and may raise to end the work. With the address of a Dask scheduler, pictures are painted there in so many pieces,
    of which each has some of the indices.
    """

    scene: Scene
    first: int
    last: int
    every: int = 1
    speed: float = 1.0
    order: str = FORWARD  # one of ORDERS
    passed: Passed = silent
    scheduler: str = ""
    pieces: int = 0  # 0: one for each worker
    indices: range | None = None  # None: all of them

    @property
    def fps(self) -> float:
        """Pictures a second: as many as make the motion last as long as in the scene, at speed 1."""
        return self.scene.timing.fps / self.every

    @property
    def count(self) -> int:
        """How many pictures the file has."""
        onward = self._onward
        return max({PING_PONG: 2 * onward - 2, LOOP: onward - 1}.get(self.order, onward), 1)

    @property
    def _onward(self) -> int:
        return int((self.last - self.first) / (self.every * self.speed) + 1e-9) + 1

    @property
    def moments(self) -> Iterator[Moment]:
        """Every picture of the file, or of this piece of it, in their order."""
        return map(self.moment, self._indices)

    @property
    def _indices(self) -> range:
        return range(self.count) if self.indices is None else self.indices

    def moment(self, index: int) -> Moment:
        """Return one picture of the file."""
        last = self._onward - 1
        back = self.order == REVERSE or index > last
        turn = (last if self.order == REVERSE else 2 * last) - index if back else index
        step = round((self.first + turn * self.every * self.speed) * self.scene.timing.steps_per_frame)
        return Moment(index, self.first + index * self.every, step, -self.speed if back else self.speed)

    @property
    def numbers(self) -> tuple[int, int]:
        """The numbers of the first and the last picture."""
        return self.first, self.first + (self.count - 1) * self.every

    def part(self, turn: int, turns: int) -> "Film":
        """Return the same film as one of several walks through it: its progress counts as a share of them all."""
        return replace(self, passed=lambda part: self.passed((turn + part) / turns))

    def walk(self) -> Iterator[tuple[Moment, Playhead]]:
        """Yield a playhead at each moment; raises RevanimError where the motion cannot go on."""
        playhead = make_playhead(self.scene)
        for done, moment in enumerate(self.moments, start=1):
            self._approach(playhead, moment.step)
            yield moment, playhead
            self.passed(done / len(self._indices))

    def shots(self, shutter: float = 0.0, samples: int = 1) -> Iterator[tuple[Moment, list[Shot]]]:
        """Yield what there is to paint at each moment: one shot, or up to `samples` while the shutter is open.

        It is open for a part of the time from one picture to the next, the moment in the middle. The shots of a
        blurred picture lie whole sub-steps apart; where there are fewer of these, there are fewer shots.
        """
        strip, stride = Strip(self.scene), self.every * self.speed * self.scene.timing.steps_per_frame
        offsets = _spread(shutter * stride, samples)
        for moment, playhead in self.walk():
            shots = []
            for offset in offsets:
                playhead.step(moment.step + offset - playhead.now)
                shots.append(strip.shot(playhead))
            yield moment, shots

    def _approach(self, playhead: Playhead, step: int) -> None:
        """Walk to a sub-step a frame at a time, so that a long way to the first frame can be cancelled."""
        stride = playhead.system.steps_per_frame
        while abs(step - playhead.now) > stride:
            playhead.step(stride if step > playhead.now else -stride)
            self.passed(0.0)
        playhead.step(step - playhead.now)


def _spread(width: float, samples: int) -> list[int]:
    """Return whole sub-steps, evenly spread over a width around 0, each once."""
    if samples == 1:
        return [0]
    return sorted({round(width * (index / (samples - 1) - 0.5)) for index in range(samples)})
