"""A state, and where in time it stands."""

import hashlib

import numpy as np

from revanim.engine.grid import Counts, to_units
from revanim.engine.halt import HALTED, Halted
from revanim.engine.motion import DONE, LOST_PLACE, LOST_SPEED, NOT_FINITE, REFUSED, walk
from revanim.engine.parameter import Floats
from revanim.engine.system import System, potential
from revanim.error import RevanimError
from revanim.sentence import Sentence

FARTHEST_FRAME = 10_000_000  # from 0, either way

TROUBLE = {
    LOST_PLACE: Sentence("leaves the range of places (±{places:.6g} along each axis)"),
    LOST_SPEED: Sentence("becomes faster than the range of speeds (±{speeds:.6g} along each axis)"),
    NOT_FINITE: Sentence("meets a force that is infinite or beyond the range of speeds"),
    REFUSED: Sentence("is taken out of range by a move"),
}


def digest(state: Counts) -> str:
    """Return the sha256 of the integers of a state."""
    return hashlib.sha256(state.astype("<i8").tobytes()).hexdigest()


def check_reach(frame: int) -> None:
    """Refuse a frame that is too far away to be meant."""
    if abs(frame) > FARTHEST_FRAME:
        raise RevanimError("Frames may lie between {first} and {last}.", first=-FARTHEST_FRAME, last=FARTHEST_FRAME)


class Playhead:
    """One state that walks through time, any number of sub-steps either way, exactly.

    It stands at sub-step `now`, of which a frame has `steps_per_frame`. One thread at a time may use it; the walk
    itself runs without the interpreter's lock.
    """

    def __init__(self, system: System, state: Counts, frame: int) -> None:
        self.system = system
        self.now = frame * system.steps_per_frame
        self.live = np.array(state, np.int64, order="C")  # for the walks of this room; others take `state`
        self.words = np.zeros((len(system.move_items), system.m.size, 0), np.uint32)  # the tapes, none so far
        self.slot = system.slot.copy()  # a walk writes into it where curves stand
        self._theta = np.empty_like(system.theta)
        self.x = np.empty((3, system.m.size))
        self.a = np.empty((3, system.m.size))

    @property
    def theta(self) -> Floats:
        """The parameters for a walk, which writes into them where they have keys: others may use the system too."""
        if not self.system.keyed:
            return self.system.theta
        self._theta[:] = self.system.theta
        return self._theta

    @property
    def frame(self) -> int:
        """The frame it stands at, or has last passed onward."""
        return self.now // self.system.steps_per_frame

    @property
    def state(self) -> Counts:
        """int64[lanes, n], a copy: place, speed, then the lanes of the moves."""
        return self.live.copy()

    @property
    def position(self) -> Floats:
        """float64[n, 3], a copy, in scene units."""
        return np.ascontiguousarray(to_units(self.live[:3], self.system.grid.length_unit).T)

    @property
    def velocity(self) -> Floats:
        """float64[n, 3], a copy, in scene units per second."""
        return np.ascontiguousarray(to_units(self.live[3:6], self.system.grid.speed_unit).T)

    def seek(self, frame: int) -> None:
        """Walk to a frame, onward or back, also outside the scene's range.

        Raises RevanimError where a body cannot go on; the playhead then stands at the last step that could be done.
        """
        self.step(int(frame) * self.system.steps_per_frame - self.now)

    def try_frame(self, frame: int) -> None:
        """Walk to a frame; raises as `seek` does, or Halted, and then stands where it stood before."""
        kept = self.now, self.live.copy(), self.words.copy()
        try:
            self.seek(frame)
        except (RevanimError, Halted):
            self.now, self.live, self.words = kept
            raise

    def step(self, count: int) -> None:
        """Walk `count` sub-steps, back when negative; raises as `seek` does, and Halted where the system is halted."""
        s = self.system
        check_reach((self.now + int(count)) // s.steps_per_frame)
        done, why, body = walk(
            self.live, self.words, self.x, self.a, self.now, int(count),
            s.steps_per_frame, s.codes, s.scales, s.units,
            s.m, s.free, self.theta, self.slot, s.who, s.curves,
            s.forces, s.moves, s.lanes, s.wide, s.heavy, s.signal,
        )  # fmt: skip
        self.now += done
        if s.signal[HALTED]:
            raise Halted
        if why != DONE:
            trouble = TROUBLE[why].with_values(places=s.grid.length_range, speeds=s.grid.speed_range)
            side = Sentence("after") if count > 0 else Sentence("before")
            raise RevanimError(
                "Body {body} {trouble} {side} frame {frame:g}; the walk stops there.",
                body=body,
                trouble=trouble,
                side=side,
                frame=self.now / s.steps_per_frame,
            )

    def digest(self) -> str:
        """Return the sha256 of the integers: equal digests mean equal bits."""
        return digest(self.live)

    def energy(self) -> float:
        """Return kinetic plus potential energy, mass length² / s²."""
        kinetic, stored = self.energies()
        return kinetic + stored

    def energies(self) -> tuple[float, float]:
        """Return the kinetic and the potential energy, mass length² / s²."""
        speed = to_units(self.live[3:6], self.system.grid.speed_unit)
        return float(0.5 * np.sum(self.system.m * speed * speed)), potential(self.system, self.live, self.frame)
