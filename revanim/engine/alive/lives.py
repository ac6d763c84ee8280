"""From which frame to which each body takes part: before and after, it is not walked, and nobody feels it.

Who takes part depends on the number of the frame alone, so the way back lets the same bodies in that the way there let
out. A body that is not yet born, or has ended, keeps its state bit for bit until the walk comes to its time.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Flags

EVER = 2**62  # steps: more than anybody walks


@dataclass(frozen=True, eq=False)
class Grip:
    """What holds some pinned bodies, int64[k], from some frames on, and lets them go from others on.

    frames is int64[f], ascending, and holds, bool[f], says what begins at each; before the first it is as from there.
    `change` is which row of a system's `curves` tells how quickly its path changes; -1 where it has no keys.
    """

    who: Counts
    frames: Counts
    holds: Flags
    change: int = -1

    def holds_at(self, frame: int) -> bool:
        """Tell whether it holds them in the steps that follow a frame."""
        return bool(self.holds[max(int(np.searchsorted(self.frames, frame, "right")) - 1, 0)])


@dataclass(frozen=True, eq=False)
class Lives:
    """The first and the last frame of each body, int64[n] each; in both it takes part. Grips hold some of them."""

    born: Counts
    dies: Counts
    grips: tuple[Grip, ...] = ()

    @cached_property
    def turns(self) -> Counts:
        """The frames, in their order, at which others take part than in the frame before, or others are held."""
        return np.unique(np.concatenate([self.born, self.dies + 1, *(grip.frames for grip in self.grips)]))

    def gripped(self, frame: int) -> tuple[Counts, Counts]:
        """Return whom grips hold in the steps that follow a frame, and whom they have let go, int64[k] each."""
        nobody = np.zeros(0, np.int64)
        if not self.grips:
            return nobody, nobody
        held = np.concatenate([nobody, *(grip.who for grip in self.grips if grip.holds_at(frame))])
        return held, np.setdiff1d(np.concatenate([grip.who for grip in self.grips]), held)

    def alive(self, frame: int) -> Flags:
        """Return bool[n], who takes part in the steps that follow a frame."""
        return (self.born <= frame) & (frame <= self.dies)

    def chapter(self, frame: int) -> int:
        """Return a number for the frames around one in which the same bodies take part."""
        return int(np.searchsorted(self.turns, frame, "right"))

    def stretch(self, step: int, way: int, steps_per_frame: int) -> int:
        """Return for how many steps on (way 1) or back (-1) from the beginning of a step the same bodies take part."""
        chapter = self.chapter((step if way > 0 else step - 1) // steps_per_frame)
        if way > 0:
            return EVER if chapter == self.turns.size else int(self.turns[chapter]) * steps_per_frame - step
        return EVER if chapter == 0 else step - int(self.turns[chapter - 1]) * steps_per_frame
