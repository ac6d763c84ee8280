"""Swirling gusts: a field without sources, a_i = s_i curl N((x_i - d t) / size), the curl noise of Bridson, Hourihan
and Nordenstam 2007.

N are three fields of gradient noise (noise.py), each with a seed of its own. Each slides along another axis at the
speed, so that the swirls do not only pass by but change, and none is left after about size / speed. On average over
space the square of the acceleration is s². There is no potential, so bodies gain and lose energy.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.noise import field_slopes
from revanim.engine.parameter import Floats, Parameter

STRENGTH, SIZE, SPEED, SEED, CLOCK, DELAY = 1, 2, 3, 4, 5, 6
USUAL = 0.82  # one over the root of the mean square of the curl, measured at 300 000 places
SECOND = ((3, 6, 7), (6, 4, 8), (7, 8, 5))  # where `field_slopes` has the derivative for two axes


@kernel("UniTuple(float64, 3)(float64[:,::1], float64[::1], int64[:,:,::1], int64, int64, int64)")
def point_of(x: Floats, theta: Floats, slot: Counts, f: int, i: int, k: int) -> tuple[float, float, float]:
    """Return where a body is in field k, in edges of its lattice."""
    size, along = theta[slot[f, SIZE, 0]], (k + 1) % 3
    slid = theta[slot[f, SPEED, 0]] * (theta[slot[f, CLOCK, 0]] - theta[slot[f, DELAY, 0]])
    return (
        (x[0, i] - (slid if along == 0 else 0.0)) / size,
        (x[1, i] - (slid if along == 1 else 0.0)) / size,
        (x[2, i] - (slid if along == 2 else 0.0)) / size,
    )


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    begin, seed = slot[f, 0, 0], np.int64(np.rint(theta[slot[f, SEED, 0]]))
    for s in range(begin, slot[f, 0, 1]):
        i, strength = who[s], USUAL * theta[slot[f, STRENGTH, 0] + slot[f, STRENGTH, 1] * (s - begin)]
        for k in range(3):
            one, two, p = (k + 1) % 3, (k + 2) % 3, point_of(x, theta, slot, f, i, k)
            d = field_slopes(p[0], p[1], p[2], 3 * seed + k)
            a[one, i] += strength * d[two]
            a[two, i] -= strength * d[one]


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    seed = np.int64(np.rint(theta[slot[f, SEED, 0]]))
    begin, size, speed = slot[f, 0, 0], theta[slot[f, SIZE, 0]], theta[slot[f, SPEED, 0]]
    time = theta[slot[f, CLOCK, 0]] - theta[slot[f, DELAY, 0]]
    for s in range(begin, slot[f, 0, 1]):
        i, at = who[s], slot[f, STRENGTH, 0] + slot[f, STRENGTH, 1] * (s - begin)
        strength = USUAL * theta[at]
        for k in range(3):
            one, two, p = (k + 1) % 3, (k + 2) % 3, point_of(x, theta, slot, f, i, k)
            d = field_slopes(p[0], p[1], p[2], 3 * seed + k)
            a[one, i] += strength * d[two]
            a[two, i] -= strength * d[one]
            gtheta[at] += USUAL * (w[one, i] * d[two] - w[two, i] * d[one])
            for c in range(3):
                g = strength * (w[one, i] * d[SECOND[c][two]] - w[two, i] * d[SECOND[c][one]]) / size
                gx[c, i] += g
                gtheta[slot[f, SIZE, 0]] -= g * p[c]
                if c == one:
                    gtheta[slot[f, SPEED, 0]] -= g * time
                    gtheta[slot[f, DELAY, 0]] += g * speed


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    return 0.0


turbulence = ForceKind(
    name="turbulence",
    help="Gusts that swirl and change, everywhere.",
    title="Turbulence",
    words="wind gust noise curl swirl turbulent air storm smoke random",
    order=14,
    parameters=(
        Parameter("strength", 1.0, "length/s²", -1e9, 1e9, "How strongly it pushes, on average.", per="body"),
        Parameter("size", 1.0, "length", 1e-9, 1e12, "How large the swirls are."),
        Parameter("speed", 0.5, "length/s", -1e9, 1e9, "How quickly they move on and change; 0 keeps them still."),
        Parameter("seed", 1.0, "", 0.0, 1e9, "Another number gives other swirls.", whole=True, graded=False),
        Parameter(
            "delay", 0.0, "s", -1e9, 1e9, "How much later the same swirls come.", steady=True, moment=True,
        ),
    ),
    kernels=ForceKernels(
        apply, pull, energy,
        rows={"strength": STRENGTH, "size": SIZE, "speed": SPEED, "seed": SEED, "delay": DELAY}, clock=CLOCK,
    ),
    drives=True,
    presets={
        "Breeze": {"strength": 0.5, "size": 3.0, "speed": 1.0},
        "Storm": {"strength": 10.0, "size": 2.0, "speed": 4.0},
        "Smoke": {"strength": 1.0, "size": 0.5, "speed": 0.2},
    },
)  # fmt: skip
