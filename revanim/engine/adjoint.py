"""The same walk back, with the gradient.

Each stage is undone exactly, and the adjoint variables are carried along: u for the places, w for the speeds. For a
cost J of the state after a stage, the gradient with respect to the state before it is (Stam 2022, eq. 16)

    drift  x += c v       undone: x -= c v       and w += c u
    kick   v += c a(x)    undone: v -= c a(x)    and u += c (da/dx)' w, the like for masses and parameters

so the adjoint of position Verlet is velocity Verlet for u and w, and no state is stored. A move undoes itself and does
the like for its own lanes, and so do flows for the leads (carrying/twins.py). Rounding counts as the identity. Lay this
file beside motion.py: line by line it is the same loop.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from revanim.engine.alive.letting import give_speeds_back, turn_speeds
from revanim.engine.alive.living import living
from revanim.engine.carrying.twins import carry_back, seconds_of, turn_leads_back
from revanim.engine.code.function_list import list_type, move_pull_list, no_move_pull, pull_list
from revanim.engine.code.kernel import Kernel, kernel
from revanim.engine.flow import FlowKernels
from revanim.engine.force import PULL, no_pull
from revanim.engine.grid import Counts
from revanim.engine.halt import DROPPED, HALTED, Halted
from revanim.engine.keyed import give_back, give_change_back
from revanim.engine.motion import CHANGE, DRIFT, KEYED, KICK, MOVES, any_keyed, drift, kick, set_rows, show
from revanim.engine.move import MOVE_PULL, MoveKernels
from revanim.engine.parameter import Flags, Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import Item
from revanim.engine.tape import Words, is_full
from revanim.error import RevanimError


def walk_back_signature() -> Any:
    """Return the numba signature of `walk_back`."""
    from numba.core import types

    whole, counts, table = types.int64, types.int64[::1], types.int64[:, ::1]
    floats, plane = types.float64[::1], types.float64[:, ::1]
    return types.void(
        table, types.uint32[:, :, ::1], plane, plane, whole, whole,
        whole, counts, floats, floats,
        floats, plane, floats, types.int64[:, :, ::1], counts, table,
        list_type(PULL), list_type(MOVE_PULL), counts, counts, counts, types.boolean[::1], counts,
        list_type(PULL), counts, plane, counts, plane, plane, plane, floats, floats,
    )  # fmt: skip


@kernel("void(float64[::1], float64[::1], int64[:,::1], int64, int64)")
def return_rows(theta: Floats, gtheta: Floats, curves: Counts, step: int, steps_per_frame: int) -> None:
    """Hand what the parameters with keys have collected in a step on to the values of the keys: `set_rows` undone."""
    for c in range(curves.shape[0]):
        if curves[c, 6] == KEYED:
            middle = (step + 0.5) / steps_per_frame
            give_back(theta, gtheta, curves[c, 2], curves[c, 3], curves[c, 4], curves[c, 5], curves[c, 7], middle)
        elif curves[c, 6] == CHANGE:
            begin, end = step / steps_per_frame, (step + 1) / steps_per_frame
            give_change_back(
                theta, gtheta, curves[c, 2], curves[c, 3], curves[c, 4], curves[c, 5], curves[c, 7], begin, end
            )


def pull_all_signature() -> Any:
    """Return the numba signature of `pull_all`."""
    from numba.core import types

    counts, floats, plane = types.int64[::1], types.float64[::1], types.float64[:, ::1]
    return types.void(
        list_type(PULL), plane, floats, floats, types.int64[:, :, ::1], counts, types.boolean[::1], types.float64,
        floats, floats, plane, plane, plane, floats, floats,
    )  # fmt: skip


@kernel(pull_all_signature)
def pull_all(
    pulls: Any, x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, wide: Flags, c: float,
    free: Floats, w: Floats, cw: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Fill a with the accelerations, and gx with the derivatives for all places of the sum of c w a."""
    a_, gx_, cw_ = a.reshape(a.size), gx.reshape(a.size), cw.reshape(a.size)
    for i in range(a.size):
        a_[i] = 0.0
        gx_[i] = 0.0
        cw_[i] = c * free[i] * w[i]
    for f in range(wide.size):
        pulls[f](x, m, theta, slot, who, f, wide[f], cw, a, gx, gm, gtheta)


def pull_back_signature() -> Any:
    """Return the numba signature of `pull_back`."""
    from numba.core import types

    whole, counts, floats, plane = types.int64, types.int64[::1], types.float64[::1], types.float64[:, ::1]
    return types.void(
        list_type(MOVE_PULL), counts, whole, types.int64[:, ::1], types.uint32[:, :, ::1], plane, floats, plane,
        floats, types.int64[:, :, ::1], counts, counts, floats, types.float64, whole, plane, floats, floats,
    )  # fmt: skip


@kernel(pull_back_signature)
def pull_back(
    pulls: Any, which: Counts, offset: int, state: Counts, words: Words, a: Floats, m: Floats, free: Floats,
    theta: Floats, slot: Counts, who: Counts, lanes: Counts, units: Floats, h: float, tick: int,
    adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo the moves that follow a drift or a kick, the last first, and carry the gradient along."""
    for turn in range(which.size - 1, -1, -1):
        move = which[turn]
        pulls[offset + move](
            state, words[move], a, m, free, theta, slot, who,
            slot.shape[0] - lanes.size + move, lanes[move], units, h, tick, adj, gm, gtheta,
        )  # fmt: skip


@kernel(walk_back_signature)
def walk_back(
    state: Counts, words: Words, x: Floats, a: Floats, step: int, count: int,
    steps_per_frame: int, codes: Counts, scales: Floats, units: Floats,
    m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts, curves: Counts,
    pulls: Any, move_pulls: Any, drifted: Counts, kicked: Counts, lanes: Counts, wide: Flags, signal: Counts,
    flow_pulls: Any, streams: Counts, carried: Floats, sense: Counts,
    adj: Floats, cw: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo `count` steps from `step` and carry the gradient along.

    adj, float64[6 + l, n], holds u, w and what belongs to the lanes, row by row as the state, and goes back with it.
    gm and gtheta collect the gradient for masses and parameters; x, a, cw and gx are scratch. The other arguments are
    those of `walk`. Where it is halted by `signal`, what it leaves is worth nothing.
    """
    n3 = 3 * m.size
    place, speed = state.reshape(state.size)[:n3], state.reshape(state.size)[n3 : 2 * n3]
    x_, a_, free_, carried_ = x.reshape(n3), a.reshape(n3), free.reshape(n3), carried.reshape(n3)
    lead, b_ = state.reshape(state.size)[2 * n3 : 3 * n3], adj.reshape(adj.size)[2 * n3 : 3 * n3]
    y, flow = np.empty_like(x), np.empty_like(x)
    u_, w_, gx_ = adj.reshape(adj.size)[:n3], adj.reshape(adj.size)[n3 : 2 * n3], gx.reshape(n3)
    order, unpushed = np.arange(lanes.size), np.zeros((3, m.size if lanes.size > 0 else 0))
    frame, fresh = -(2**62), False
    keyed, last = any_keyed(curves), codes.size - 1
    show(place, x_, units[0])
    for now in range(step - 1, step - 1 - count, -1):
        if keyed or now // steps_per_frame != frame:
            frame, fresh = now // steps_per_frame, fresh and curves.size == 0
            set_rows(slot, theta, curves, now, steps_per_frame)
        if signal[HALTED] != 0:
            return
        if streams.size > 0:
            turn_leads_back(state, x, sense, carried, units[0], now, adj)
            fresh = False
        for stage in range(codes.size):
            if signal[DROPPED] != 0:
                return
            code, scale = codes[stage], scales[stage]
            tick = 2 * now + (2 * stage < codes.size)
            c = scale if code >= MOVES else seconds_of(code == DRIFT, scale, units)
            if code == DRIFT:
                if drifted.size > 0:
                    pull_back(move_pulls, drifted, lanes.size, state, words, a, m, free, theta, slot, who, lanes, units,
                              c, tick, adj, gm, gtheta)  # fmt: skip
                drift(place, speed, x_, -scale, units[0])
                for i in range(n3):
                    w_[i] += c * u_[i]
                fresh = False
            elif code == KICK:
                if kicked.size > 0:  # they ask for the accelerations, and change what these are pulled with
                    if not fresh:
                        pull_all(pulls, x, m, theta, slot, who, wide, 0.0, free_, w_, cw, a, gx, gm, gtheta)
                    pull_back(move_pulls, kicked, 2 * lanes.size, state, words, a, m, free, theta, slot, who, lanes,
                              units, c, tick, adj, gm, gtheta)  # fmt: skip
                if kicked.size > 0 or not fresh:
                    # The kick that ends the step before acts at the same place: one pull serves both, unless a
                    # curve changes in between, or a move acts there.
                    alike = curves.size == 0 or (not keyed and (now - 1) // steps_per_frame == frame)
                    if stage == last and now > step - count and alike and kicked.size == 0 and streams.size == 0:
                        c += seconds_of(False, scales[0], units) if codes[0] == KICK else 0.0
                    pull_all(pulls, x, m, theta, slot, who, wide, c, free_, w_, cw, a, gx, gm, gtheta)
                    for i in range(n3):
                        u_[i] += gx_[i]
                    fresh = True
                kick(speed, a_, free_, -scale)
            else:
                pull_back(move_pulls, order[code - MOVES : code - MOVES + 1], 0, state, words, unpushed, m, free, theta,
                          slot, who, lanes, units, c, tick, adj, gm, gtheta)  # fmt: skip
                show(place, x_, units[0])
                fresh = False
            if streams.size > 0 and code < MOVES:
                carry_back(flow_pulls, streams, code == DRIFT, place, lead, x, y, flow, carried_, m, theta, slot, who,
                           wide, scale, units, u_, b_, cw, gx, gm, gtheta)  # fmt: skip
        if keyed:
            return_rows(theta, gtheta, curves, now, steps_per_frame)


@dataclass(frozen=True, eq=False)
class Gradient:
    """The gradient of a cost with respect to the state at home, the masses and the parameters.

    position and velocity are float64[n, 3], mass float64[n] (empty unless asked for), theta float64[t] as laid out in
    `System.theta`.
    """

    position: Floats
    velocity: Floats
    mass: Floats
    theta: Floats
    layout: Mapping[tuple[int, str], slice]

    def parameter(self, item: int, name: str) -> Floats:
        """Return the gradient for one parameter of an item of the system (for a curve: all its rows), flattened."""
        return self.theta[self.layout[item, name]]


def _pulls_of(item: Item[MoveKernels]) -> list[Kernel]:
    """Return the pulls of a move in the outer halves, after drifts and after kicks."""
    kernels = item.kind.kernels
    both = zip(kernels.acts, kernels.pulls, strict=True)
    pulls = [pull if act and item.who.size else no_move_pull for act, pull in both]
    if None in pulls:
        raise RevanimError("The move {name} has no gradient, so a scene with it cannot be solved.", name=item.kind.name)
    return [pull for pull in pulls if pull]


def _pull_of(item: Item[FlowKernels]) -> Kernel:
    return item.kind.kernels.pull if item.who.size else no_pull


class Adjoint:
    """A playhead's way back to home with the gradient: add to u and w what the cost says where it stands, then `back`.

    Raises RevanimError where the scene has a move without a gradient.
    """

    def __init__(self, playhead: Playhead, *, masses: bool = False) -> None:
        system = playhead.system
        self.playhead = playhead
        self.pulls = pull_list([push.pull for push in system.pushes])
        self.flow_pulls = pull_list([_pull_of(item) for item in system.flow_items])
        by_move = [_pulls_of(item) for item in system.move_items]
        self.move_pulls = move_pull_list([pulls[place] for place in range(3) for pulls in by_move])
        self.adj = np.zeros(playhead.live.shape)
        self.u, self.w = self.adj[:3], self.adj[3:6]  # dJ/dx and dJ/dv
        self.cw, self.gx = (np.zeros((3, system.m.size)) for _ in range(2))
        self.gm, self.gtheta = np.zeros(system.m.size if masses else 0), np.zeros_like(system.theta)

    def clear(self) -> None:
        """Forget what was added."""
        for array in (self.adj, self.gm, self.gtheta):
            array.fill(0.0)

    def back(self, frame: int) -> None:
        """Walk the playhead back to an earlier frame, and the gradient with it.

        Raises Halted; the playhead then stands where it stood, and what was carried is to be cleared.
        """
        count = self.playhead.now - frame * self.playhead.system.steps_per_frame
        if count < 0:
            raise ValueError(f"frame {frame} is not before the playhead")
        while count:
            some = min(count, self.playhead.stretch(-1))
            while not self._walk_back(some):
                self.playhead.lengthen()
            self.playhead.now -= some
            count -= some

    def _walk_back(self, count: int) -> bool:
        """Walk back some steps in which the same bodies take part, or return that a tape was full."""
        play = self.playhead
        if play.system.lives is None:
            return self._walk_all_back(count)
        some = living(play.system, (play.now - 1) // play.system.steps_per_frame)
        turn_speeds(play.system, play.live, play.now, -1, departs=True)
        those = Adjoint(play.of_those(some), masses=self.gm.size > 0)
        those.adj[:] = self.adj[:, some.who]
        if not those._walk_all_back(count):
            turn_speeds(play.system, play.live, play.now, 1, departs=False)
            return False
        give_speeds_back(play.system, play.now, self.w, self.gtheta, departs=True)
        play.take_back(those.playhead, some)
        held = some.who[some.held]
        kept = self.w[:, held]
        self.adj[:, some.who] = those.adj
        self.w[:, held] = kept
        if self.gm.size:
            self.gm[some.who] += those.gm
        self.gtheta[some.there] += those.gtheta[some.here]
        turn_speeds(play.system, play.live, play.now - count, -1, departs=False)
        give_speeds_back(play.system, play.now - count, self.w, self.gtheta, departs=False)
        return True

    def _walk_all_back(self, count: int) -> bool:
        """Walk all bodies back so many steps, or return that a tape was full; nothing has changed then."""
        s, p = self.playhead.system, self.playhead
        carrying = (self.adj, self.gm, self.gtheta)
        kept, carried = (p.live.copy(), p.words.copy()), [each.copy() for each in carrying if s.taped.size]
        walk_back(
            p.live, p.words, p.x, p.a, p.now, count,
            s.steps_per_frame, s.codes, s.scales, s.units,
            s.m, s.free, p.theta, p.slot, s.who, s.curves,
            self.pulls, self.move_pulls, s.drifted, s.kicked, s.lanes, s.wide, s.signal,
            self.flow_pulls, s.streams, s.carried, s.sense, self.adj, self.cw, self.gx, self.gm, self.gtheta,
        )  # fmt: skip
        full = is_full(p.words)
        if s.signal[HALTED] or full:
            p.live[:], p.words[:] = kept
        if s.signal[HALTED]:
            raise Halted
        for each, before in zip(carrying, carried if full else (), strict=False):
            each[:] = before
        return not full

    @property
    def gradient(self) -> Gradient:
        """What has been carried back so far; bodies that cannot move have none."""
        system = self.playhead.system
        place, speed = (system.loose * self.u).T, (system.free * self.w).T
        return Gradient(place, speed, self.gm.copy(), self.gtheta.copy(), system.layout)
