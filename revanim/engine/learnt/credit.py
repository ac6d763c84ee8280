"""What the gradient of a learnt field says, block by block, of places and parameters, and how it is summed."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.forms import AXES, DEGREE, laid, sine_of
from revanim.engine.grid import Counts
from revanim.engine.learnt.told import AT, BEGIN, CODE, PLACE, SECONDS, SIZE, TIME, TURN, share_of, stand
from revanim.engine.parameter import Floats

# What each part of the sum for a gradient holds of parameters that all bodies share.
BY_PLACE, BY_TURN, BY_SIZE, BY_TIME, BY_STRENGTH, BY_CODE, SHARED = 0, 3, 6, 7, 8, 9, 10


@kernel(
    "void(float64[::1], int64[:,:,::1], int64[::1], int64, int64, int64, float64, int64, int64, float64[::1],"
    " float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1],"
    " float64[::1], float64[::1])"
)
def credit(
    theta: Floats, slot: Counts, who: Counts, f: int, start: int, count: int, strength: float, told: int, units: int,
    at: Floats, x: Floats, w: Floats, p: Floats, o: Floats, dp: Floats, a: Floats, gx: Floats,
    sums: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the accelerations of a block, and the derivatives for the places, and for the parameters beside weights."""
    place, size, code = slot[f, PLACE, 0], theta[slot[f, SIZE, 0]], slot[f, CODE]
    for i in range(count):
        b = who[slot[f, 0, 0] + start + i]
        a0, a1, a2 = laid(at, strength * o[0, i], strength * o[1, i], strength * o[2, i])
        g0, g1, g2 = laid(at, dp[0, i] / size, dp[1, i] / size, dp[2, i] / size)
        d0, d1, d2 = x[0, b] - theta[place], x[1, b] - theta[place + 1], x[2, b] - theta[place + 2]
        w0, w1, w2 = w[0, b], w[1, b], w[2, b]
        a[0, b] += a0
        a[1, b] += a1
        a[2, b] += a2
        gx[0, b] += g0
        gx[1, b] += g1
        gx[2, b] += g2
        sums[BY_PLACE] -= g0
        sums[BY_PLACE + 1] -= g1
        sums[BY_PLACE + 2] -= g2
        sums[BY_TURN] += a1 * w2 - a2 * w1 - (d1 * g2 - d2 * g1)
        sums[BY_TURN + 1] += a2 * w0 - a0 * w2 - (d2 * g0 - d0 * g2)
        sums[BY_TURN + 2] += a0 * w1 - a1 * w0 - (d0 * g1 - d1 * g0)
        sums[BY_SIZE] -= dp[0, i] * p[0, i] + dp[1, i] * p[1, i] + dp[2, i] * p[2, i]
        sums[BY_TIME] += dp[TIME, i]
        sums[BY_STRENGTH] += w0 * a0 + w1 * a1 + w2 * a2
        by_code = 0.0
        for k in range(TIME + 1, told):
            by_code += dp[k, i] * share_of(theta[code[0] + code[1] * (start + i)], k - TIME, told - TIME - 1)[1]
        if code[1] > 0:
            gtheta[code[0] + code[1] * (start + i)] += by_code
        else:
            sums[BY_CODE] += by_code


@kernel("void(float64[:,::1], float64[::1], int64)")
def add_parts(g: Floats, gtheta: Floats, weights: int) -> None:
    """Add what all parts have collected for each weight."""
    for r in range(g.shape[1]):
        total = 0.0
        for part in range(g.shape[0]):
            total += g[part, r]
        gtheta[weights + r] += total


@kernel("void(float64[::1], int64[:,:,::1], int64, float64, float64[:,::1], float64[::1])")
def add_shared(theta: Floats, slot: Counts, f: int, t: float, parts: Floats, gtheta: Floats) -> None:
    """Add what all parts have collected for the parameters that all bodies share."""
    sums = np.zeros(SHARED)
    for part in range(parts.shape[0]):
        for r in range(SHARED):
            sums[r] += parts[part, r]
    at, size, seconds = np.empty(AT), theta[slot[f, SIZE, 0]], theta[slot[f, SECONDS, 0]]
    stand(theta, slot, f, at)
    place, turn = slot[f, PLACE, 0], slot[f, TURN, 0]
    s, c = sine_of(theta[turn + 2])
    x, y, z = DEGREE * sums[BY_TURN], DEGREE * sums[BY_TURN + 1], DEGREE * sums[BY_TURN + 2]
    for k in range(3):
        gtheta[place + k] += sums[BY_PLACE + k]
    gtheta[turn] += at[AXES] * x + at[AXES + 1] * y + at[AXES + 2] * z
    gtheta[turn + 1] += c * y - s * x
    gtheta[turn + 2] += z
    gtheta[slot[f, SIZE, 0]] += (sums[BY_SIZE] + sums[BY_STRENGTH]) / size
    gtheta[slot[f, BEGIN, 0]] -= sums[BY_TIME] / seconds
    gtheta[slot[f, SECONDS, 0]] -= (sums[BY_TIME] * t + 2.0 * sums[BY_STRENGTH]) / seconds
    gtheta[slot[f, CODE, 0]] += sums[BY_CODE]
