"""Random kicks, as from the molecules of a warm medium: dv = s dW along each axis, with Brownian motion W.

In half a step h a body gets the speed s sqrt(h) z, where z is the sum of three numbers from -1 to 1 and has the
variance 1. So after a time t speeds have spread by s sqrt(t), however short the steps are. The numbers are drawn anew
from the seed, the half of the step, the body and the axis (noise.py): the way back takes off what the way there put on,
and nothing is kept or erased. Together with drag bodies come to the temperature m s² / (2 rate) (Langevin 1908).
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import ADDED, BEYOND, Counts
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.noise import drawn
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import Words

STRENGTH, SEED = 1, 2


@kernel("float64(float64, float64, int64, int64, int64)")
def kick_of(seed: float, h: float, tick: int, i: int, c: int) -> float:
    """Return the kick of a body along an axis for a strength of 1."""
    one, two, three = drawn(tick, i, c, np.int64(np.rint(seed)))
    return float(np.sqrt(h) * (one + two + three))


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    begin, lost = slot[f, 0, 0], -1
    for k in range(begin, slot[f, 0, 1]):
        i, strength = who[k], theta[slot[f, STRENGTH, 0] + slot[f, STRENGTH, 1] * (k - begin)]
        for c in range(3):
            push = free[c, i] * strength / units[1] * kick_of(theta[slot[f, SEED, 0]], h, tick, i, c)
            fits = abs(push) < ADDED
            state[3 + c, i] += way * np.int64(np.rint(push if fits else 0.0))
            lost = lost if fits and abs(state[3 + c, i]) < BEYOND else i
    return int(lost)


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin = slot[f, 0, 0]
    for k in range(begin, slot[f, 0, 1]):
        i, strength = who[k], slot[f, STRENGTH, 0] + slot[f, STRENGTH, 1] * (k - begin)
        for c in range(3):
            gtheta[strength] += adj[3 + c, i] * free[c, i] * kick_of(theta[slot[f, SEED, 0]], h, tick, i, c)
    move(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1)


kick = MoveKind(
    name="kick",
    help="Kicks bodies at random, as the molecules of a warm medium do.",
    title="Random kicks",
    words="brownian motion noise jitter shake diffusion random walk tremble",
    order=45,
    parameters=(
        Parameter(
            "strength", 1.0, "length/s^1.5", 0.0, 1e9,
            "How fast a body at rest is after a second, along each axis, on average.", per="body",
        ),
        Parameter("seed", 1.0, "", 0.0, 1e9, "Another number gives other kicks.", whole=True, graded=False),
    ),
    kernels=MoveKernels(move, pull, rows={"strength": STRENGTH, "seed": SEED}),
    alike_everywhere=True,
)  # fmt: skip
