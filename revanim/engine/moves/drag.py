"""Drag slows bodies down toward the speed of a wind, for each of its axes: dv/dt = -(r + s |v - w|) (v - w).

The rate r says how fast by itself, s how much faster for each unit of speed, as in a dense medium. In half a step each
axis is slowed after the others by the implicit midpoint rule (merge.py), in the mirrored half before them. A body that
is as fast as the wind stays so, and erases nothing; elsewhere 2 r h bits a half step h and axis, 1.4 times what physics
asks for, are erased.

What makes it a bijection is new as far as we know; related are the buffers of Maclaurin, Duvenaud and Adams 2015 and of
Zhang, Kang, Ryder and Li 2021.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import ADDED, BEYOND, Counts
from revanim.engine.merge import lose, regain, slopes
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE, Words

RATE, QUADRATIC, WIND = 1, 2, 3


@kernel("boolean(float64[::1], int64, float64)")
def blows_beyond(theta: Floats, wind: int, unit: float) -> bool:
    """Tell whether a wind is too fast for the grid."""
    worst = max(abs(theta[wind]), abs(theta[wind + 1]), abs(theta[wind + 2]))
    return not worst / unit < ADDED


@kernel("float64(int64[:,::1], float64[::1], int64, int64, int64, float64)")
def others_of(state: Counts, theta: Floats, wind: int, i: int, axis: int, unit: float) -> float:
    """Return the square of the speed of a body against the wind along the other axes, in counts."""
    total = 0.0
    for c in range(3):
        if c != axis:
            v = float(state[3 + c, i] - np.int64(np.rint(theta[wind + c] / unit)))
            total += v * v
    return total


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    begin, lost = slot[f, 0, 0], -1
    for k in range(begin, slot[f, 0, 1]):
        i, s = who[k], k - begin
        linear = h * theta[slot[f, RATE, 0] + slot[f, RATE, 1] * s]
        square = h * units[1] * theta[slot[f, QUADRATIC, 0] + slot[f, QUADRATIC, 1] * s]
        wind = slot[f, WIND, 0] + slot[f, WIND, 1] * s
        if blows_beyond(theta, wind, units[1]):
            lost = i
            continue
        for j in range(3):
            c = j if (tick & 1 == 0) == (way > 0) else 2 - j
            if free[c, i] == 0.0:
                continue
            blown = np.int64(np.rint(theta[wind + c] / units[1]))
            others = others_of(state, theta, wind, i, c, units[1]) if square > 0.0 else 0.0
            v = state[3 + c, i] - blown
            if way > 0:
                v = lose(state, words, lane, i, v, linear, square, others)
            else:
                v = regain(state, words, lane, i, v, linear, square, others)
            state[3 + c, i] = v + blown
            lost = i if abs(v + blown) >= BEYOND else lost
    return int(lost)


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin, unit = slot[f, 0, 0], units[1]
    for k in range(begin, slot[f, 0, 1]):
        i, s = who[k], k - begin
        rate, quadratic = slot[f, RATE, 0] + slot[f, RATE, 1] * s, slot[f, QUADRATIC, 0] + slot[f, QUADRATIC, 1] * s
        wind = slot[f, WIND, 0] + slot[f, WIND, 1] * s
        linear, square = h * theta[rate], h * unit * theta[quadratic]
        if blows_beyond(theta, wind, unit):
            continue
        for j in range(3):
            c = 2 - j if tick & 1 == 0 else j
            if free[c, i] == 0.0:
                continue
            blown = np.int64(np.rint(theta[wind + c] / unit))
            others = others_of(state, theta, wind, i, c, unit) if square > 0.0 else 0.0
            v = state[3 + c, i] - blown
            w, sign = adj[3 + c, i], 1.0 if v > 0 else -1.0
            kept, by_linear, by_square, by_others = slopes(abs(v), linear, square, others)
            gtheta[rate] += w * sign * unit * h * by_linear
            gtheta[quadratic] += w * sign * unit * h * unit * by_square
            gtheta[wind + c] += w * (1.0 - kept)
            adj[3 + c, i] = w * kept
            for d in range(3):
                if d != c and square > 0.0:
                    along = state[3 + d, i] - np.int64(np.rint(theta[wind + d] / unit))
                    turned = w * sign * by_others * 2.0 * along
                    adj[3 + d, i] += turned
                    gtheta[wind + d] -= turned
            state[3 + c, i] = regain(state, words, lane, i, v, linear, square, others) + blown


drag = MoveKind(
    name="drag",
    help="Slows bodies down, toward the speed of a wind.",
    title="Drag or wind",
    words="friction air water resistance damping viscosity breeze gust slow",
    order=42,
    parameters=(
        Parameter("rate", 0.5, "1/s", 0.0, 1e6, "Which part of the speed is lost in a second.", per="body"),
        Parameter(
            "quadratic", 0.0, "1/length", 0.0, 1e9, "How much more is lost for each unit of speed.", per="body"
        ),
        Parameter(
            "wind", (0.0, 0.0, 0.0), "length/s", -1e9, 1e9, "The speed of the medium, which it takes bodies to.",
            per="body", axes=3,
        ),
    ),
    kernels=MoveKernels(move, pull, rows={"rate": RATE, "quadratic": QUADRATIC, "wind": WIND}),
    lanes=TAPE,
    presets={
        "Air": {"rate": 0.05, "quadratic": 0.02},
        "Balloon": {"rate": 0.5, "quadratic": 1.0},
        "Feather": {"rate": 3.0, "quadratic": 0.0},
        "Water": {"rate": 0.5, "quadratic": 0.5},
        "Honey": {"rate": 10.0, "quadratic": 0.0},
    },
)  # fmt: skip
