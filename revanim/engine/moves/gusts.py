"""A gusty wind takes bodies along and slows them down against it (wind/slowing.py): a wind that is the same everywhere,
and swirls without sources, w = curl N((x - d t) / size), the curl noise of Bridson, Hourihan and Nordenstam 2007.

N are three fields of gradient noise (noise.py), each with a seed of its own, and each slides along another axis at the
speed, so that the swirls change (forces/turbulence.py). On average over space the square of their speed is that of the
strength.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.forces.turbulence import SECOND, USUAL
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind
from revanim.engine.noise import field_slopes
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE
from revanim.engine.wind.slowing import AIR, BLOW, BLOW_BACK, ROWS, WIND, slowing_kernels

STRENGTH, SIZE, SPEED, SEED, CLOCK = range(4, 9)


@kernel("void(int64[:,::1], float64[::1], int64[:,:,::1], int64, int64, int64, float64, float64[::1])")
def set_point(state: Counts, theta: Floats, slot: Counts, f: int, i: int, k: int, unit: float, p: Floats) -> None:
    """Write down where a body is in field k, float64[3], in edges of its lattice."""
    slid = theta[slot[f, SPEED, 0]] * theta[slot[f, CLOCK, 0]]
    for c in range(3):
        p[c] = (state[c, i] * unit - (slid if c == (k + 1) % 3 else 0.0)) / theta[slot[f, SIZE, 0]]


@kernel(BLOW)
def blow(state: Counts, theta: Floats, slot: Counts, f: int, i: int, s: int, unit: float, w: Floats) -> None:
    p, seed = np.empty(3), np.int64(np.rint(theta[slot[f, SEED, 0]]))
    strength = USUAL * theta[slot[f, STRENGTH, 0] + slot[f, STRENGTH, 1] * s]
    for c in range(3):
        w[c] = theta[slot[f, WIND, 0] + slot[f, WIND, 1] * s + c]
    for k in range(3):
        one, two = (k + 1) % 3, (k + 2) % 3
        set_point(state, theta, slot, f, i, k, unit, p)
        d = field_slopes(p[0], p[1], p[2], 3 * seed + k)
        w[one] += strength * d[two]
        w[two] -= strength * d[one]


@kernel(BLOW_BACK)
def blow_back(
    state: Counts, theta: Floats, slot: Counts, f: int, i: int, s: int, unit: float, g: Floats, adj: Floats,
    gtheta: Floats,
) -> None:  # fmt: skip
    p, seed = np.empty(3), np.int64(np.rint(theta[slot[f, SEED, 0]]))
    at, size = slot[f, STRENGTH, 0] + slot[f, STRENGTH, 1] * s, theta[slot[f, SIZE, 0]]
    for c in range(3):
        gtheta[slot[f, WIND, 0] + slot[f, WIND, 1] * s + c] += g[c]
    for k in range(3):
        one, two = (k + 1) % 3, (k + 2) % 3
        set_point(state, theta, slot, f, i, k, unit, p)
        d = field_slopes(p[0], p[1], p[2], 3 * seed + k)
        gtheta[at] += USUAL * (g[one] * d[two] - g[two] * d[one])
        for c in range(3):
            by_place = USUAL * theta[at] * (g[one] * d[SECOND[c][two]] - g[two] * d[SECOND[c][one]]) / size
            adj[c, i] += by_place
            gtheta[slot[f, SIZE, 0]] -= by_place * p[c]
            if c == one:
                gtheta[slot[f, SPEED, 0]] -= by_place * theta[slot[f, CLOCK, 0]]


gusts = MoveKind(
    name="gusts",
    help="A wind that swirls, takes bodies along, and slows them down against it.",
    title="Gusty wind",
    words="air breeze gust turbulence storm leaves dust smoke swirl drag",
    order=41,
    parameters=(
        *AIR,
        Parameter("strength", 1.0, "length/s", -1e9, 1e9, "How fast the swirls are, on average.", per="body"),
        Parameter("size", 1.0, "length", 1e-9, 1e12, "How large the swirls are."),
        Parameter("speed", 0.5, "length/s", -1e9, 1e9, "How quickly they move on and change; 0 keeps them still."),
        Parameter("seed", 1.0, "", 0.0, 1e9, "Another number gives other swirls.", whole=True, graded=False),
    ),
    kernels=slowing_kernels(
        blow, blow_back, {**ROWS, "strength": STRENGTH, "size": SIZE, "speed": SPEED, "seed": SEED}, clock=CLOCK
    ),
    lanes=TAPE,
    presets={
        "Breeze": {"rate": 1.0, "strength": 0.5, "size": 3.0, "speed": 1.0},
        "Leaves": {"rate": 4.0, "strength": 2.0, "size": 1.5, "speed": 1.0},
        "Storm": {"rate": 2.0, "strength": 6.0, "size": 2.0, "speed": 4.0},
        "Smoke": {"rate": 8.0, "strength": 0.5, "size": 0.5, "speed": 0.2},
    },
)
