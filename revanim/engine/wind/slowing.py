"""Slowing down toward the speed of a wind, for each of its axes: dv/dt = -(r + s |v - w|) (v - w).

The rate r says how fast by itself, s how much faster for each unit of speed, as in a dense medium. In half a step each
axis is slowed after the others by the implicit midpoint rule (merge.py), in the mirrored half before them. A body that
is as fast as the wind stays so, and erases nothing; elsewhere 2 r h bits a half step h and axis, 1.4 times what physics
asks for, are erased. The wind may change with places and with the time of the step: slowing leaves both as they are, so
that the way back meets the same one.

What makes it a bijection is new as far as we know; related are the buffers of Maclaurin, Duvenaud and Adams 2015 and of
Zhang, Kang, Ryder and Li 2021.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.kernel import Kernel, kernel, kernel_from
from revanim.engine.grid import ADDED, BEYOND, Counts
from revanim.engine.merge import lose, regain, slopes
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import Words

RATE, QUADRATIC, WIND = 1, 2, 3
ROWS = {"rate": RATE, "quadratic": QUADRATIC, "wind": WIND}

AIR = (
    Parameter("rate", 0.5, "1/s", 0.0, 1e6, "Which part of the speed is lost in a second.", per="body"),
    Parameter("quadratic", 0.0, "1/length", 0.0, 1e9, "How much more is lost for each unit of speed.", per="body"),
    Parameter(
        "wind", (0.0, 0.0, 0.0), "length/s", -1e9, 1e9, "The speed of the medium, which it takes bodies to.",
        per="body", axes=3,
    ),
)  # fmt: skip

WHERE = "int64[:,::1], float64[::1], int64[:,:,::1], int64, int64, int64, float64"  # state, theta, slot, f, i, s, unit

# blow(..., w): writes down the speed of the wind, float64[3], at body i, number s of those that it blows on; `unit` is
# the length of a count.
BLOW = f"void({WHERE}, float64[::1])"

# blow_back(..., g, adj, gtheta): adds to a gradient (move.py) what g, float64[3], that for the wind, says of it.
BLOW_BACK = f"void({WHERE}, float64[::1], float64[:,::1], float64[::1])"

blow = blow_back = cast(Any, None)  # what the functions below leave open: `slowing_kernels` makes them for a wind


def slowing_kernels(blow: Kernel, blow_back: Kernel, rows: dict[str, int], clock: int = 0) -> MoveKernels:
    """Return what slows bodies down toward a wind."""
    return MoveKernels(
        kernel_from(slow, MOVE, blow, blow=blow),
        kernel_from(slow_pull, MOVE_PULL, blow, blow=blow, blow_back=blow_back),
        rows=rows,
        clock=clock,
    )


@kernel("boolean(float64[::1], float64)")
def blows_beyond(w: Floats, unit: float) -> bool:
    """Tell whether a wind is too fast for the grid."""
    return not max(abs(w[0]), abs(w[1]), abs(w[2])) / unit < ADDED


@kernel("float64(int64[:,::1], float64[::1], int64, int64, float64)")
def others_of(state: Counts, w: Floats, i: int, axis: int, unit: float) -> float:
    """Return the square of the speed of a body against the wind along the other axes, in counts."""
    total = 0.0
    for c in range(3):
        if c != axis:
            v = float(state[3 + c, i] - np.int64(np.rint(w[c] / unit)))
            total += v * v
    return total


def slow(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Slow bodies down."""
    begin, lost, w = slot[f, 0, 0], -1, np.empty(3)
    for k in range(begin, slot[f, 0, 1]):
        i, s = who[k], k - begin
        linear = h * theta[slot[f, RATE, 0] + slot[f, RATE, 1] * s]
        square = h * units[1] * theta[slot[f, QUADRATIC, 0] + slot[f, QUADRATIC, 1] * s]
        blow(state, theta, slot, f, i, s, units[0], w)
        if blows_beyond(w, units[1]):
            lost = i
            continue
        for j in range(3):
            c = j if (tick & 1 == 0) == (way > 0) else 2 - j
            if free[c, i] == 0.0:
                continue
            blown = np.int64(np.rint(w[c] / units[1]))
            others = others_of(state, w, i, c, units[1]) if square > 0.0 else 0.0
            v = state[3 + c, i] - blown
            if way > 0:
                v = lose(state, words, lane, i, v, linear, square, others)
            else:
                v = regain(state, words, lane, i, v, linear, square, others)
            state[3 + c, i] = v + blown
            lost = i if abs(v + blown) >= BEYOND else lost
    return int(lost)


def slow_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo it, with the gradient."""
    begin, unit, w, by_wind = slot[f, 0, 0], units[1], np.empty(3), np.empty(3)
    for k in range(begin, slot[f, 0, 1]):
        i, s = who[k], k - begin
        rate, quadratic = slot[f, RATE, 0] + slot[f, RATE, 1] * s, slot[f, QUADRATIC, 0] + slot[f, QUADRATIC, 1] * s
        linear, square = h * theta[rate], h * unit * theta[quadratic]
        blow(state, theta, slot, f, i, s, units[0], w)
        if blows_beyond(w, unit):
            continue
        by_wind[:] = 0.0
        for j in range(3):
            c = 2 - j if tick & 1 == 0 else j
            if free[c, i] == 0.0:
                continue
            blown = np.int64(np.rint(w[c] / unit))
            others = others_of(state, w, i, c, unit) if square > 0.0 else 0.0
            v = state[3 + c, i] - blown
            g, sign = adj[3 + c, i], 1.0 if v > 0 else -1.0
            kept, by_linear, by_square, by_others = slopes(abs(v), linear, square, others)
            gtheta[rate] += g * sign * unit * h * by_linear
            gtheta[quadratic] += g * sign * unit * h * unit * by_square
            by_wind[c] += g * (1.0 - kept)
            adj[3 + c, i] = g * kept
            for d in range(3):
                if d != c and square > 0.0:
                    along = state[3 + d, i] - np.int64(np.rint(w[d] / unit))
                    turned = g * sign * by_others * 2.0 * along
                    adj[3 + d, i] += turned
                    by_wind[d] -= turned
            state[3 + c, i] = regain(state, words, lane, i, v, linear, square, others) + blown
        blow_back(state, theta, slot, f, i, s, units[0], by_wind, adj, gtheta)
