"""The same walk back, with the gradient.

Each stage is undone exactly, and the adjoint variables are carried along: u for the places, w for the speeds. For a
cost J of the state after a stage, the gradient with respect to the state before it is (Stam 2022, eq. 16)

    drift  x += c v       undone: x -= c v       and w += c u
    kick   v += c a(x)    undone: v -= c a(x)    and u += c (da/dx)' w, the like for masses and parameters

so the adjoint of position Verlet is velocity Verlet for u and w, and no state is stored. A move undoes itself and does
the like for its own lanes. Rounding counts as the identity. Lay this file beside motion.py: line by line it is the same
loop.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from revanim.engine.code.function_list import list_type, move_pull_list, no_move_pull, pull_list
from revanim.engine.code.kernel import Kernel, kernel
from revanim.engine.force import PULL
from revanim.engine.grid import Counts
from revanim.engine.halt import DROPPED, HALTED, Halted
from revanim.engine.keyed import give_back
from revanim.engine.motion import DRIFT, KEYED, KICK, MOVES, Flags, any_keyed, set_rows
from revanim.engine.move import MOVE_PULL, MoveKernels, Words
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.rounding import to_count, to_float
from revanim.engine.system import Item
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
        list_type(PULL), list_type(MOVE_PULL), counts, types.boolean[::1], counts,
        plane, plane, plane, floats, floats,
    )  # fmt: skip


@kernel("void(float64[::1], float64[::1], int64[:,::1], int64, int64)")
def return_rows(theta: Floats, gtheta: Floats, curves: Counts, step: int, steps_per_frame: int) -> None:
    """Hand what the parameters with keys have collected in a step on to the values of the keys: `set_rows` undone."""
    for c in range(curves.shape[0]):
        if curves[c, 6] == KEYED:
            middle = (step + 0.5) / steps_per_frame
            give_back(theta, gtheta, curves[c, 2], curves[c, 3], curves[c, 4], curves[c, 5], curves[c, 7], middle)


@kernel(walk_back_signature)
def walk_back(
    state: Counts, words: Words, x: Floats, a: Floats, step: int, count: int,
    steps_per_frame: int, codes: Counts, scales: Floats, units: Floats,
    m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts, curves: Counts,
    pulls: Any, move_pulls: Any, lanes: Counts, wide: Flags, signal: Counts,
    adj: Floats, cw: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo `count` steps from `step` and carry the gradient along.

    adj, float64[6 + l, n], holds u, w and what belongs to the lanes, row by row as the state, and goes back with it.
    gm and gtheta collect the gradient for masses and parameters; x, a, cw and gx are scratch. The other arguments are
    those of `walk`. Where it is halted by `signal`, what it leaves is worth nothing.
    """
    n3 = 3 * m.size
    place, speed = state.reshape(state.size)[:n3], state.reshape(state.size)[n3 : 2 * n3]
    x_, a_, free_ = x.reshape(n3), a.reshape(n3), free.reshape(n3)
    u_, w_ = adj.reshape(adj.size)[:n3], adj.reshape(adj.size)[n3 : 2 * n3]
    cw_, gx_ = cw.reshape(n3), gx.reshape(n3)
    force_count = slot.shape[0] - lanes.size
    unpushed = np.zeros((3, m.size if lanes.size > 0 else 0))
    to_drift, to_kick = units[1] / units[0], 1.0 / units[1]  # what `scales` has beyond the seconds of a stage
    frame, fresh = -(2**62), False
    keyed, last = any_keyed(curves), codes.size - 1
    for i in range(n3):
        x_[i] = place[i] * units[0]
    for now in range(step - 1, step - 1 - count, -1):
        if keyed or now // steps_per_frame != frame:
            frame, fresh = now // steps_per_frame, fresh and curves.size == 0
            set_rows(slot, theta, curves, now, steps_per_frame)
        if signal[HALTED] != 0:
            return
        for stage in range(codes.size):
            if signal[DROPPED] != 0:
                return
            code, scale = codes[stage], scales[stage]
            if code == DRIFT:
                c = scale / to_drift
                for i in range(n3):
                    new = place[i] - to_count(to_float(speed[i]) * scale)
                    place[i] = new
                    x_[i] = to_float(new) * units[0]
                    w_[i] += c * u_[i]
                fresh = False
            elif code == KICK:
                if not fresh:
                    # The kick that ends the step before acts at the same place: one pull serves both, unless a
                    # curve changes in between.
                    alike = curves.size == 0 or (not keyed and (now - 1) // steps_per_frame == frame)
                    c = scale / to_kick
                    if stage == last and now > step - count and alike:
                        c += scales[0] / to_kick if codes[0] == KICK else 0.0
                    for i in range(n3):
                        a_[i] = 0.0
                        gx_[i] = 0.0
                        cw_[i] = c * free_[i] * w_[i]
                    for f in range(force_count):
                        pulls[f](x, m, theta, slot, who, f, wide[f], cw, a, gx, gm, gtheta)
                    for i in range(n3):
                        u_[i] += gx_[i]
                    fresh = True
                for i in range(n3):
                    speed[i] -= to_count(a_[i] * free_[i] * scale)
            else:
                move, tick = code - MOVES, 2 * now + (2 * stage < codes.size)
                move_pulls[move](
                    state, words[move], unpushed, m, free, theta, slot, who,
                    force_count + move, lanes[move], units, scale, tick, adj, gm, gtheta,
                )  # fmt: skip
                for i in range(n3):
                    x_[i] = place[i] * units[0]
                fresh = False
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


def _pull_of(item: Item[MoveKernels]) -> Kernel:
    pull = item.kind.kernels.pull if item.who.size else no_move_pull
    if pull is None:
        raise RevanimError("The move {name} has no gradient, so a scene with it cannot be solved.", name=item.kind.name)
    return pull


class Adjoint:
    """A playhead's way back to home with the gradient: add to u and w what the cost says where it stands, then `back`.

    Raises RevanimError where the scene has a move without a gradient.
    """

    def __init__(self, playhead: Playhead, *, masses: bool = False) -> None:
        system = playhead.system
        self.playhead = playhead
        self.pulls = pull_list([item.kind.kernels.among(item.who.size)[1] for item in system.force_items])
        self.move_pulls = move_pull_list([_pull_of(item) for item in system.move_items])
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
        s, p = self.playhead.system, self.playhead
        before = p.live.copy(), p.words.copy()
        count = p.now - frame * s.steps_per_frame
        if count < 0:
            raise ValueError(f"frame {frame} is not before the playhead")
        walk_back(
            p.live, p.words, p.x, p.a, p.now, count,
            s.steps_per_frame, s.codes, s.scales, s.units,
            s.m, s.free, p.theta, p.slot, s.who, s.curves,
            self.pulls, self.move_pulls, s.lanes, s.wide, s.signal,
            self.adj, self.cw, self.gx, self.gm, self.gtheta,
        )  # fmt: skip
        if s.signal[HALTED]:
            p.live[:], p.words[:] = before
            raise Halted
        p.now -= count

    @property
    def gradient(self) -> Gradient:
        """What has been carried back so far; bodies that cannot move have none."""
        system = self.playhead.system
        place, speed = (system.free * self.u).T, (system.free * self.w).T
        return Gradient(place, speed, self.gm.copy(), self.gtheta.copy(), system.layout)
