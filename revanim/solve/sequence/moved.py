"""What moves do to speeds along a way, as losses and turns are, and how that changes with the way: a call for each.

A move is a map of the whole state: so it is let act, for half a step as a walk does, on bodies that are at a place of
the way and as fast as it is there. What follows drifts or kicks, as walls do, is left out: it is sudden.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from revanim.engine.adjoint import Adjoint
from revanim.engine.code.function_list import list_type
from revanim.engine.code.kernel import kernel
from revanim.engine.code.rounding import to_count
from revanim.engine.grid import Counts
from revanim.engine.halt import HALTED, Halted
from revanim.engine.motion import MOVES, set_rows
from revanim.engine.move import MOVE, MOVE_PULL
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import System
from revanim.engine.tape import ROOM, TAPE, Words

FIRST_LANE = 6  # after places and speeds


@dataclass(frozen=True, eq=False)
class Moments:
    """Bodies at some moments: float64[t, n, 3] places and speeds, and int64[t, l, n], their lanes beyond these."""

    places: Floats
    speeds: Floats
    lanes: Counts

    def part(self, some: Counts) -> Self:
        """Return some of them."""
        return type(self)(self.places[some], self.speeds[some], self.lanes[some])


def has_losses(system: System) -> bool:
    """Whether there are moves in the outer halves of a step."""
    return bool((system.codes >= MOVES).any())


def lanes_of(playhead: Playhead) -> Counts:
    """Return int64[l, n], a copy of the lanes beyond places and speeds, as they are where nothing was erased."""
    lanes, system = playhead.live[FIRST_LANE:].copy(), playhead.system
    for lane in system.lanes[system.taped] - FIRST_LANE:
        lanes[lane : lane + len(TAPE)] = 0
    return lanes


@kernel("void(int64[:,::1], float64[:,::1], float64[:,::1], int64[:,::1], float64[::1])")
def stand_at(state: Counts, place: Floats, speed: Floats, lanes: Counts, units: Floats) -> None:
    """Let a state be that of bodies at some moment."""
    for c in range(3):
        for i in range(state.shape[1]):
            state[c, i] = to_count(place[c, i] / units[0])
            state[3 + c, i] = to_count(speed[c, i] / units[1])
    for lane in range(lanes.shape[0]):
        for i in range(state.shape[1]):
            state[FIRST_LANE + lane, i] = lanes[lane, i]


@kernel("int64(int64[::1])")
def outer(codes: Counts) -> int:
    """Return how many stages are those of moves in the first half."""
    count = 0
    while count < codes.size and codes[count] >= MOVES:
        count += 1
    return count


def move_along_signature() -> Any:
    """Return the numba signature of `move_along`."""
    from numba.core import types

    whole, counts, floats, plane = types.int64, types.int64[::1], types.float64[::1], types.float64[:, ::1]
    many, lanes = types.float64[:, :, ::1], types.int64[:, :, ::1]
    return types.void(
        many, many, lanes, types.uint32[:, :, ::1], many, counts, whole, counts, floats, floats,
        floats, plane, floats, lanes, counts, types.int64[:, ::1], list_type(MOVE), counts, counts,
    )  # fmt: skip


@kernel(move_along_signature)
def move_along(
    places: Floats, speeds: Floats, inner: Counts, words: Words, a: Floats, steps: Counts, steps_per_frame: int,
    codes: Counts, scales: Floats, units: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    curves: Counts, moves: Any, lanes: Counts, signal: Counts,
) -> None:  # fmt: skip
    """Add to a, float64[t, 3, n], by how much moves change speeds a second at places and speeds, float64[t, 3, n].

    inner is int64[t, l, n], the lanes there; words is scratch. The other arguments are those of `walk`.
    """
    state, unpushed = np.empty((FIRST_LANE + inner.shape[1], m.size), np.int64), np.zeros((3, m.size))
    for t in range(steps.size):
        if signal[HALTED] != 0:
            return
        set_rows(slot, theta, curves, steps[t], steps_per_frame)
        stand_at(state, places[t], speeds[t], inner[t], units)
        for stage in range(outer(codes)):
            move = codes[stage] - MOVES
            moves[move](
                state, words[move], unpushed, m, free, theta, slot, who, slot.shape[0] - lanes.size + move,
                lanes[move], units, scales[stage], 2 * steps[t], 1,
            )  # fmt: skip
        for c in range(3):
            for i in range(m.size):
                change = state[3 + c, i] - to_count(speeds[t, c, i] / units[1])
                a[t, c, i] += free[c, i] * (change * units[1] / scales[0])


def pull_along_signature() -> Any:
    """Return the numba signature of `pull_along`."""
    from numba.core import types

    one = move_along_signature()
    many = types.float64[:, :, ::1]
    return types.void(many, *one.args[:4], many, *one.args[4:17], list_type(MOVE_PULL), *one.args[17:])


@kernel(pull_along_signature)
def pull_along(
    weights: Floats, places: Floats, speeds: Floats, inner: Counts, words: Words, by_place: Floats, by_speed: Floats,
    steps: Counts, steps_per_frame: int, codes: Counts, scales: Floats, units: Floats, m: Floats, free: Floats,
    theta: Floats, slot: Counts, who: Counts, curves: Counts, moves: Any, pulls: Any, lanes: Counts, signal: Counts,
) -> None:  # fmt: skip
    """Add the derivatives of the sum of weights * what `move_along` finds for places and speeds, float64[t, 3, n].

    The moves act once more, and are undone with the gradient, the last one first.
    """
    state, unpushed = np.empty((FIRST_LANE + inner.shape[1], m.size), np.int64), np.zeros((3, m.size))
    adj, gm, gtheta = np.empty(state.shape), np.zeros(0), np.zeros(theta.size)
    count = outer(codes)
    for t in range(steps.size):
        if signal[HALTED] != 0:
            return
        set_rows(slot, theta, curves, steps[t], steps_per_frame)
        stand_at(state, places[t], speeds[t], inner[t], units)
        adj[:] = 0.0
        for c in range(3):
            for i in range(m.size):
                adj[3 + c, i] = free[c, i] * weights[t, c, i]
        for turn in range(2 * count):
            stage = turn if turn < count else 2 * count - 1 - turn
            move = codes[stage] - MOVES
            f, lane, h, tick = slot.shape[0] - lanes.size + move, lanes[move], scales[stage], 2 * steps[t]
            if turn < count:
                moves[move](state, words[move], unpushed, m, free, theta, slot, who, f, lane, units, h, tick, 1)
            else:
                pulls[move](state, words[move], unpushed, m, free, theta, slot, who, f, lane, units, h, tick, adj, gm,
                            gtheta)  # fmt: skip
        for c in range(3):
            for i in range(m.size):
                by_place[t, c, i] += adj[c, i] / scales[0]
                by_speed[t, c, i] += (adj[3 + c, i] - free[c, i] * weights[t, c, i]) / scales[0]


def changes(system: System, at: Moments, frames: Counts) -> Floats:
    """Return float64[t, n, 3], by how much moves change speeds a second, as frames begin; raises Halted."""
    places, speeds = _rows(at.places), _rows(at.speeds)
    a, steps, (theta, slot) = np.zeros_like(places), frames * system.steps_per_frame, _parameters(system)
    move_along(
        places, speeds, at.lanes, _tapes(system), a, steps, system.steps_per_frame,
        system.codes, system.scales, system.units, system.m, system.free, theta, slot, system.who,
        system.curves, system.moves, system.lanes, system.signal,
    )  # fmt: skip
    _check(system)
    return a.swapaxes(1, 2)


def changes_pulled(adjoint: Adjoint, at: Moments, frames: Counts, weights: Floats) -> tuple[Floats, Floats]:
    """Return float64[t, n, 3] each, the derivatives of the sum of weights * `changes` for places and speeds."""
    system, places, speeds = adjoint.playhead.system, _rows(at.places), _rows(at.speeds)
    (theta, slot), steps = _parameters(system), frames * system.steps_per_frame
    by_place, by_speed = np.zeros_like(places), np.zeros_like(places)
    pull_along(
        _rows(weights), places, speeds, at.lanes, _tapes(system), by_place, by_speed, steps, system.steps_per_frame,
        system.codes, system.scales, system.units, system.m, system.free, theta, slot, system.who,
        system.curves, system.moves, adjoint.move_pulls, system.lanes, system.signal,
    )  # fmt: skip
    _check(system)
    return by_place.swapaxes(1, 2), by_speed.swapaxes(1, 2)


def _rows(vectors: Floats) -> Floats:
    """Return float64[t, 3, n] of float64[t, n, 3]."""
    return np.ascontiguousarray(vectors.swapaxes(1, 2))


def _parameters(system: System) -> tuple[Floats, Counts]:
    """Return copies of `theta` and `slot`, to be written into."""
    return system.theta.copy() if system.keyed else system.theta, system.slot.copy()


def _tapes(system: System) -> Words:
    """Return uint32[moves, n, c], empty tapes."""
    return np.zeros((len(system.move_items), system.m.size, ROOM + 1), np.uint32)


def _check(system: System) -> None:
    if system.signal[HALTED]:
        raise Halted
