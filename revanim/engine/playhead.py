"""A state, and where in time it stands."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from revanim.engine.alive.acting import carrying, flowing, potential
from revanim.engine.alive.letting import turn_speeds
from revanim.engine.alive.lives import EVER
from revanim.engine.alive.living import Living, living
from revanim.engine.grid import Counts, to_units
from revanim.engine.halt import HALTED, STAGES, Halted
from revanim.engine.motion import DONE, FULL, LOST_PLACE, LOST_SPEED, NOT_FINITE, REFUSED, walk, walk_by
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.engine.tape import LARGEST, WORD, Words, rolled, unrolled
from revanim.error import RevanimError
from revanim.sentence import Sentence

FARTHEST_FRAME = 10_000_000  # from 0, either way
AT_ONCE = 4096  # sub-steps of a scene with tapes that are walked in one call
ANEW = 64  # sub-steps beyond those of the last call that are walked anew, at the most, where a tape was full

TROUBLE = {
    LOST_PLACE: Sentence("leaves the range of places (±{places:.6g} along each axis)"),
    LOST_SPEED: Sentence("becomes faster than the range of speeds (±{speeds:.6g} along each axis)"),
    NOT_FINITE: Sentence("meets a force that is infinite or beyond the range of speeds"),
    REFUSED: Sentence("is taken out of range by a move or a flow"),
}


def digest(state: Counts, tapes: Words | None = None) -> str:
    """Return the sha256 of the integers of a state, and of what is on the tapes of its moves."""
    written = b"" if tapes is None else tapes.astype("<u4").tobytes()
    return hashlib.sha256(state.astype("<i8").tobytes() + written).hexdigest()


def check_reach(frame: int) -> None:
    """Refuse a frame that is too far away to be meant."""
    if abs(frame) > FARTHEST_FRAME:
        raise RevanimError("Frames may lie between {first} and {last}.", first=-FARTHEST_FRAME, last=FARTHEST_FRAME)


@dataclass(frozen=True, eq=False)
class Stand:
    """All that a playhead holds, bit for bit: int64[lanes, n], what is on the tapes (uint32[moves, n, c]), and when."""

    state: Counts
    tapes: Words
    now: int

    def is_as(self, other: "Stand") -> bool:
        """Tell whether every bit of state and tapes is the same."""
        return np.array_equal(self.state, other.state) and np.array_equal(self.tapes, other.tapes)

    def compare(self, other: "Stand") -> tuple[int, int]:
        """Return of how many bits state and tapes are made, and how many of them are others."""
        count = max(self.tapes.shape[2], other.tapes.shape[2])
        one, two = (np.pad(each.tapes, ((0, 0), (0, 0), (count - each.tapes.shape[2], 0))) for each in (self, other))
        different = np.bitwise_count(self.state ^ other.state).sum() + np.bitwise_count(one ^ two).sum()
        return 64 * self.state.size + 32 * one.size, int(different)


class Playhead:
    """One state that walks through time, any number of sub-steps either way, exactly.

    It stands at sub-step `now`, of which a frame has `steps_per_frame`. `tapes`, uint32[moves, n, c], is what moves
    have erased before (tape.py), by default nothing. One thread at a time may use it; the walk itself runs without the
    interpreter's lock.
    """

    def __init__(self, system: System, state: Counts, frame: int, tapes: Words | None = None) -> None:
        self.system = system
        self.slot = system.slot.copy()  # a walk writes into it where curves stand
        self._theta = np.empty_like(system.theta)
        self.x = np.empty((3, system.m.size))
        self.a = np.zeros((3, system.m.size))
        self.live = np.array(state, np.int64, order="C")  # for the walks of this room; others take `state`
        nothing = np.zeros((len(system.move_items), system.m.size, 0), np.uint32)
        self.words = self._rolled(nothing if tapes is None else tapes)
        self.now = frame * system.steps_per_frame
        self._begun: tuple[int, Counts, Words] | None = None  # where the walk has lately been, to begin anew there
        self._until = self.now  # where it has come to since

    def _rolled(self, tapes: Words, room: int = 0) -> Words:
        return rolled(tapes, self._tops, room) if self.system.taped.size and self.system.m.size else tapes

    @property
    def _tops(self) -> Counts:
        """int64[moves, n], how many whole words are on each tape."""
        tops = np.zeros((len(self.system.move_items), self.system.m.size), np.int64)
        taped = self.system.taped
        tops[taped] = self.live[self.system.lanes[taped]] >> WORD
        return tops

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
        """int64[lanes, n], a copy: place, speed, the lead where there are flows, then the lanes of the moves."""
        return self.live.copy()

    @property
    def tapes(self) -> Words:
        """uint32[moves, n, c], a copy: what is on the tapes before their newest bits, oldest first."""
        return unrolled(self.words, self._tops)

    @property
    def erased(self) -> Floats:
        """float64[n], the bits on all tapes of each body: what moves have erased since home."""
        return np.asarray(self.live[self.system.lanes[self.system.taped]].sum(axis=0), np.float64)

    @property
    def stand(self) -> Stand:
        """All that it holds, a copy."""
        return Stand(self.state, self.tapes, self.now)

    def return_to(self, stand: Stand) -> None:
        """Stand there again; state and tapes are copied."""
        self.live, self.now, self._begun = stand.state.copy(), stand.now, None
        self.words = self._rolled(stand.tapes)

    def twin(self) -> "Playhead":
        """Return another playhead that stands here."""
        twin = Playhead(self.system, self.live, 0, self.tapes)
        twin.now = self.now
        return twin

    @property
    def position(self) -> Floats:
        """float64[n, 3], a copy, in scene units."""
        return np.ascontiguousarray(to_units(self.live[:3], self.system.grid.length_unit).T)

    @property
    def velocity(self) -> Floats:
        """float64[n, 3], a copy, in scene units per second; that of a body that is carried is that of the fluid."""
        speed = to_units(self.live[3:6], self.system.grid.speed_unit).T
        return np.ascontiguousarray(speed + carrying(self.system, self.live, self.frame))

    def seek(self, frame: int) -> None:
        """Walk to a frame, onward or back, also outside the scene's range.

        Raises RevanimError where a body cannot go on; the playhead then stands at the last step that could be done.
        """
        self.step(int(frame) * self.system.steps_per_frame - self.now)

    def try_frame(self, frame: int) -> None:
        """Walk to a frame; raises as `step` does, and then stands where it stood before."""
        with self._returning():
            self.seek(frame)

    def try_way(self, moments: Sequence[int]) -> Floats:
        """Walk by moments as `way` does; where that raises it stands where it stood before."""
        with self._returning():
            return self.way(moments)

    @contextmanager
    def _returning(self) -> Iterator[None]:
        kept = self.now, self.live.copy(), self.words.copy()
        try:
            yield
        except (RevanimError, Halted):
            (self.now, self.live, self.words), self._begun = kept, None
            raise

    def step(self, count: int) -> None:
        """Walk `count` sub-steps, back when negative; raises as `seek` does, and Halted where the system is halted."""
        goal, most = self.now + int(count), AT_ONCE if self.system.taped.size else EVER
        check_reach(goal // self.system.steps_per_frame)
        ended = False
        while not ended:  # at least once, so that who stands at its goal hears of a halt
            way = 1 if goal > self.now else -1
            ahead = min(abs(goal - self.now), self.stretch(way), most)
            self._check(*self._walk(way * ahead), way)
            ended = self.now == goal

    def stretch(self, way: int) -> int:
        """Return for how many sub-steps on (way 1) or back (-1) the same bodies take part."""
        lives = self.system.lives
        return EVER if lives is None else lives.stretch(self.now, way, self.system.steps_per_frame)

    def of_those(self, some: Living) -> "Playhead":
        """Return a playhead of those alive, with copies of what this one holds of them."""
        those = Playhead(some.system, self.live[:, some.who], 0)
        those.words, those.now = np.ascontiguousarray(self.words[:, some.who]), self.now
        those.live[3:6, some.held] = 0
        return those

    def take_back(self, those: "Playhead", some: Living) -> None:
        """Hold what that playhead holds, and stand where it stands."""
        if those.words.shape[2] > self.words.shape[2]:
            self.lengthen()
        held = some.who[some.held]
        kept = self.live[3:6, held]
        self.live[:, some.who], self.words[:, some.who], self.now = those.live, those.words, those.now
        self.live[3:6, held] += kept

    def way(self, moments: Sequence[int]) -> Floats:
        """Walk by moments, in sub-steps from frame 0 on, and return float64[moments, n, 3], where the bodies are then.

        All in one call of a kernel, unless there are tapes, which may have to be lengthened on the way, or others take
        part then. Raises as `step` does.
        """
        places = np.empty((len(moments), *self.live[:3].shape))
        if self.system.taped.size or self.system.lives is not None:
            for place, moment in zip(places, moments, strict=True):
                self.step(moment - self.now)
                place[:] = to_units(self.live[:3], self.system.grid.length_unit)
        elif len(moments):
            check_reach(max(moments, key=abs) // self.system.steps_per_frame)
            stops = np.array(moments, np.int64) - self.now
            done, why, body = walk_by(places.reshape(len(moments), -1), stops, *self._here, *self._driven)
            self.now += done
            self._check(why, body, 1 if stops[-1] > 0 else -1)
        return places.swapaxes(1, 2)

    def _check(self, why: int, body: int, way: int) -> None:
        """Raise what has ended a walk too early."""
        if self.system.signal[HALTED]:
            raise Halted
        if why not in (DONE, FULL):
            raise self._trouble(why, body, way)

    @property
    def _here(self) -> tuple[Any, ...]:
        """Where a walk begins."""
        return self.live, self.words, self.x, self.a, self.now

    @property
    def _driven(self) -> tuple[Any, ...]:
        """What drives it."""
        s = self.system
        return (
            s.steps_per_frame, s.codes, s.scales, s.units,
            s.m, s.free, self.theta, self.slot, s.who, s.curves,
            s.forces, s.moves, s.drifted, s.kicked, s.lanes, s.wide, s.shared, s.heavy,
            s.signal, s.flows, s.streams, s.carried, s.sense,
        )  # fmt: skip

    def _walk(self, count: int) -> tuple[int, int]:
        """Walk some steps in which the same bodies take part, and return why that ended, and at whom."""
        if self.system.lives is None:
            return self._walk_all(count)
        some = living(self.system, (self.now if count > 0 else self.now - 1) // self.system.steps_per_frame)
        start, way = self.now, 1 if count > 0 else -1
        turn_speeds(self.system, self.live, start, way, departs=True)
        those, before = self.of_those(some), some.system.signal[STAGES]
        why, body = those._walk_all(count)
        self.take_back(those, some)
        back = self.now == start  # nothing was done: what was turned is turned back
        turn_speeds(self.system, self.live, self.now, -way if back else way, departs=False)
        self.system.signal[STAGES] += some.system.signal[STAGES] - before
        those._check(DONE, body, 1)
        return why, int(some.who[body]) if body >= 0 else body

    def _walk_all(self, count: int) -> tuple[int, int]:
        """Walk all bodies, and return why that ended, and at whom.

        Where a tape is full it gets longer, and the playhead stands where it has lately been. Tapes may take far more
        room than the bodies, so that is kept for more than one frame.
        """
        if self.system.taped.size and not self._is_near():
            self._begun = self.now, self.live.copy(), self.words.copy()
        done, why, body = walk(*self._here, count, *self._driven)
        if why == FULL and self._begun:
            (self.now, self.live, self.words), self._begun = self._begun, None
            self.lengthen()
        else:
            self.now += done
        self._until = self.now
        return why, body

    def _is_near(self) -> bool:
        """Whether it has come here from where it last began, on a short way."""
        return self._begun is not None and self.now == self._until and abs(self.now - self._begun[0]) < ANEW

    def lengthen(self) -> None:
        """Let the tapes have room for twice as much."""
        if 2 * self.words.size > LARGEST:
            raise RevanimError("What the bodies have lost does not fit into memory any more; the walk stops there.")
        self.words = self._rolled(unrolled(self.words, self._tops), 2 * (self.words.shape[2] - 1))

    def _trouble(self, why: int, body: int, way: int) -> RevanimError:
        grid = self.system.grid
        return RevanimError(
            "Body {body} {trouble} {side} frame {frame:g}; the walk stops there.",
            body=body,
            trouble=TROUBLE[why].with_values(places=grid.length_range, speeds=grid.speed_range),
            side=Sentence("after") if way > 0 else Sentence("before"),
            frame=self.now / self.system.steps_per_frame,
        )

    def digest(self) -> str:
        """Return the sha256 of the integers: equal digests mean equal bits."""
        return digest(self.live, self.tapes)

    def energy(self) -> float:
        """Return kinetic plus potential energy, mass length² / s², and that of fluids of density 1."""
        kinetic, stored = self.energies()
        return kinetic + stored

    def energies(self) -> tuple[float, float]:
        """Return the kinetic energy, of bodies and of fluids of density 1, and the potential one, mass length² / s²."""
        speed, lives = to_units(self.live[3:6], self.system.grid.speed_unit), self.system.lives
        mass = self.system.m if lives is None else self.system.m * lives.alive(self.frame)
        kinetic = float(0.5 * np.sum(mass * speed * speed))
        kinetic += flowing(self.system, self.live, self.frame) if self.system.flow_items else 0.0
        return kinetic, potential(self.system, self.live, self.frame)
