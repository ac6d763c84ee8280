"""Sine, exponential and noise of + - * and floor alone: the same bits on every machine."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.noise import drawn, fade

QUARTERS = 0.6366197723675814  # of a circle in a radian
QUARTER = (1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21)  # whose sum it is, the first with 33 bits
FAR = 1e9  # radians, or lengths of noise: beyond it little is left of the place between two waves
SINE = (
    1.58969099521155010221e-10,
    -2.50507602534068634195e-8,
    2.75573137070700676789e-6,
    -1.98412698298579493134e-4,
    8.33333333332248946124e-3,
    -1.66666666666666324348e-1,
)  # from the highest power down, for an eighth of a circle either way (Sun Microsystems, fdlibm 1993)
COSINE = (
    -1.13596475577881948265e-11,
    2.08757232129817482790e-9,
    -2.75573143513906633035e-7,
    2.48015872894767294178e-5,
    -1.38888888888741095749e-3,
    4.16666666666666019037e-2,
)
LOG_2 = (0.6931471803691238, 1.9082149292705877e-10)  # whose sum it is
LONGEST = 700.0  # of what has an exponential that a float64 can hold


@kernel("float64(float64, int64)")
def wave(x: float, turns: int) -> float:
    """Return the sine of an angle, radians, so many quarters of a circle further on; 0 where it is FAR."""
    if not abs(x) < FAR:
        return 0.0
    quarters = np.rint(x * QUARTERS)
    r = x - quarters * QUARTER[0] - quarters * QUARTER[1] - quarters * QUARTER[2]
    which = (np.int64(quarters) + turns) & 3
    square = r * r
    if which & 1:
        total = 0.0
        for one in COSINE:
            total = total * square + one
        found = 1.0 - (0.5 * square - square * square * total)
    else:
        total = 0.0
        for one in SINE:
            total = total * square + one
        found = r + r * square * total
    return float(-found if which & 2 else found)


@kernel("float64(float64)")
def exponential(x: float) -> float:
    """Return e to the power of x, of at most LONGEST."""
    x = min(max(x, -LONGEST), LONGEST)
    doublings = np.rint(x / (LOG_2[0] + LOG_2[1]))
    r = x - doublings * LOG_2[0] - doublings * LOG_2[1]
    total = 1.0
    for n in range(14, 0, -1):
        total = 1.0 + total * r / n
    for _ in range(abs(int(doublings))):
        total *= 2.0 if doublings > 0 else 0.5
    return total


@kernel("UniTuple(float64, 2)(float64, int64)")
def wander(x: float, seed: int) -> tuple[float, float]:
    """Return smooth noise from -1 to 1 at x, another random height at each whole number, and its derivative."""
    if not abs(x) < FAR:
        return 0.0, 0.0
    left = np.floor(x)
    before, after = drawn(np.int64(left), 0, 0, seed)[0], drawn(np.int64(left) + 1, 0, 0, seed)[0]
    part, slope, _ = fade(x - left, 1)
    return before + (after - before) * part, (after - before) * slope
