"""Forces between all pairs of bodies: one loop over the pairs, and one for the gradient, for all their laws.

a_i = alpha_i B_i with B_i = sum_j c(|d|^2, q_i, q_j, s) d and d = x_j - x_i. A force says what c is, its law; q is what
a body brings along, such as its charge, and s a length that serves all. The gradient is that of S = sum_i v_i . B_i
with v_i = alpha_i w_i.

Targets are taken LANES at a time, so that one source meets all of them in a few vector instructions. Each still adds
its sources in the order 0, 1, 2, ... whatever the width of the vectors or the number of threads, and keeps its bits.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import Kernel, kernel, kernel_from, prange
from revanim.engine.force import APPLY, PULL
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats

# values(m, theta, slot, who, f, q, alpha): fills q and alpha of these bodies, float64[k] each, and returns s.
VALUES = "float64(float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64, float64[::1], float64[::1])"

# law(|d|^2, q_i, q_j, s): returns c. A body meets itself with d = 0 and |d|^2 = 1, for which c must be finite.
LAW = "float64(float64, float64, float64, float64)"

# slope(|d|^2, q_i, q_j, s, d, v_i, v_j): returns c, and what the pair adds to the derivatives of S for the place of i,
# for q_i and for s; each of d, v_i and v_j is three numbers, and so is the derivative for the place.
SLOPE = f"UniTuple(float64, 6)({', '.join(['float64'] * 13)})"

# credit(m, theta, slot, who, f, q, wb, gq, gs, gtheta): adds the derivatives for the parameters to gtheta; for each
# body wb is w . B, and gq and gs are the sums of what `slope` gave for q and s.
CREDIT = (
    "void(float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64,"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)

# What the functions below leave open: `pair_kernels` makes kernels of them in which these names mean a law's.
values = law = slope = credit = push_some = pull_some = cast(Any, None)

LANES = 16
SHARE = 128  # targets that a thread takes at once

# Rows of the table in which the bodies of a force stand, and of the one in which LANES of them do.
Y, Q, ALPHA, B, V, G, GQ, GS, WB = 0, 3, 4, 5, 8, 11, 14, 15, 16
Y0, Y1, Y2, QK, B0, B1, B2, V0, V1, V2, G0, G1, G2, GQK, GSK = range(0, 15 * LANES, LANES)
SOME = "void(int64, int64, float64, float64[:,::1])"


def pair_kernels(values: Kernel, law: Kernel, slope: Kernel, credit: Kernel) -> tuple[Kernel, Kernel]:
    """Return the kernels that apply and pull a force, made for its law."""
    some, some_back = kernel_from(push_lanes, SOME, law, law=law), kernel_from(pull_lanes, SOME, slope, slope=slope)
    return (
        kernel_from(apply, APPLY, law, parallel=True, values=values, push_some=some),
        kernel_from(pull, PULL, slope, parallel=True, values=values, pull_some=some_back, credit=credit),
    )


@kernel("float64[::1](int64)")
def scratch(size: int) -> Floats:
    """Return room for so many numbers that starts where a line of the cache does: loops were a fifth faster.

    Rows of one array are seen by the compiler not to overlap.
    """
    room = np.empty(size + 7)
    start = -(room.ctypes.data // 8) % 8
    return room[start : start + size]


def push_lanes(start: int, stop: int, s: float, t: Floats) -> None:
    """Fill the rows B of the bodies from start to stop."""
    lanes, target = scratch(7 * LANES), np.empty(LANES, np.int64)
    for first in range(start, stop, LANES):
        for k in range(LANES):
            i = min(first + k, stop - 1)
            target[k] = i
            lanes[Y0 + k], lanes[Y1 + k], lanes[Y2 + k], lanes[QK + k] = t[Y, i], t[Y + 1, i], t[Y + 2, i], t[Q, i]
            lanes[B0 + k], lanes[B1 + k], lanes[B2 + k] = 0.0, 0.0, 0.0
        for j in range(t.shape[1]):
            z0, z1, z2, qj = t[Y, j], t[Y + 1, j], t[Y + 2, j], t[Q, j]
            for k in range(LANES):
                d0, d1, d2 = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k]
                r2 = d0 * d0 + d1 * d1 + d2 * d2
                c = law(r2 if target[k] != j else 1.0, lanes[QK + k], qj, s)
                lanes[B0 + k] += c * d0
                lanes[B1 + k] += c * d1
                lanes[B2 + k] += c * d2
        for k in range(min(LANES, stop - first)):
            t[B, first + k], t[B + 1, first + k], t[B + 2, first + k] = lanes[B0 + k], lanes[B1 + k], lanes[B2 + k]


def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Add the accelerations."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n = who.size
    t = np.empty((8, n))
    s = values(m, theta, slot, who, f, t[Q], t[ALPHA])
    for i in range(n):
        p = who[i]
        t[Y, i], t[Y + 1, i], t[Y + 2, i] = x[0, p], x[1, p], x[2, p]
    shares = (n + SHARE - 1) // SHARE
    if wide:
        for share in prange(shares):
            if not is_dropped(whole):
                push_some(share * SHARE, min(n, (share + 1) * SHARE), s, t)
    else:
        for share in range(shares):
            if not is_dropped(whole):
                push_some(share * SHARE, min(n, (share + 1) * SHARE), s, t)
    for i in range(n):
        p, alpha = who[i], t[ALPHA, i]
        a[0, p] += alpha * t[B, i]
        a[1, p] += alpha * t[B + 1, i]
        a[2, p] += alpha * t[B + 2, i]


def pull_lanes(start: int, stop: int, s: float, t: Floats) -> None:
    """Fill the rows B, G, GQ and GS of the bodies from start to stop."""
    lanes, target = scratch(15 * LANES), np.empty(LANES, np.int64)
    for first in range(start, stop, LANES):
        for k in range(LANES):
            i = min(first + k, stop - 1)
            target[k] = i
            lanes[Y0 + k], lanes[Y1 + k], lanes[Y2 + k], lanes[QK + k] = t[Y, i], t[Y + 1, i], t[Y + 2, i], t[Q, i]
            lanes[V0 + k], lanes[V1 + k], lanes[V2 + k] = t[V, i], t[V + 1, i], t[V + 2, i]
            lanes[B0 + k], lanes[B1 + k], lanes[B2 + k] = 0.0, 0.0, 0.0
            lanes[G0 + k], lanes[G1 + k], lanes[G2 + k] = 0.0, 0.0, 0.0
            lanes[GQK + k], lanes[GSK + k] = 0.0, 0.0
        for j in range(t.shape[1]):
            z0, z1, z2, qj = t[Y, j], t[Y + 1, j], t[Y + 2, j], t[Q, j]
            w0, w1, w2 = t[V, j], t[V + 1, j], t[V + 2, j]
            for k in range(LANES):
                d0, d1, d2 = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k]
                r2 = d0 * d0 + d1 * d1 + d2 * d2
                c, g0, g1, g2, gq, gs = slope(
                    r2 if target[k] != j else 1.0, lanes[QK + k], qj, s, d0, d1, d2,
                    lanes[V0 + k], lanes[V1 + k], lanes[V2 + k], w0, w1, w2,
                )  # fmt: skip
                lanes[B0 + k] += c * d0
                lanes[B1 + k] += c * d1
                lanes[B2 + k] += c * d2
                lanes[G0 + k] += g0
                lanes[G1 + k] += g1
                lanes[G2 + k] += g2
                lanes[GQK + k] += gq
                lanes[GSK + k] += gs
        for k in range(min(LANES, stop - first)):
            i = first + k
            t[B, i], t[B + 1, i], t[B + 2, i] = lanes[B0 + k], lanes[B1 + k], lanes[B2 + k]
            t[G, i], t[G + 1, i], t[G + 2, i] = lanes[G0 + k], lanes[G1 + k], lanes[G2 + k]
            t[GQ, i], t[GS, i] = lanes[GQK + k], lanes[GSK + k]


def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the same accelerations, and the gradients."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n = who.size
    t = np.empty((17, n))
    s = values(m, theta, slot, who, f, t[Q], t[ALPHA])
    for i in range(n):
        p, alpha = who[i], t[ALPHA, i]
        t[Y, i], t[Y + 1, i], t[Y + 2, i] = x[0, p], x[1, p], x[2, p]
        t[V, i], t[V + 1, i], t[V + 2, i] = alpha * w[0, p], alpha * w[1, p], alpha * w[2, p]
    shares = (n + SHARE - 1) // SHARE
    if wide:
        for share in prange(shares):
            if not is_dropped(whole):
                pull_some(share * SHARE, min(n, (share + 1) * SHARE), s, t)
    else:
        for share in range(shares):
            if not is_dropped(whole):
                pull_some(share * SHARE, min(n, (share + 1) * SHARE), s, t)
    for i in range(n):
        p, alpha = who[i], t[ALPHA, i]
        a[0, p] += alpha * t[B, i]
        a[1, p] += alpha * t[B + 1, i]
        a[2, p] += alpha * t[B + 2, i]
        gx[0, p] += t[G, i]
        gx[1, p] += t[G + 1, i]
        gx[2, p] += t[G + 2, i]
        t[WB, i] = w[0, p] * t[B, i] + w[1, p] * t[B + 1, i] + w[2, p] * t[B + 2, i]
        if gm.size > 0:
            gm[p] -= alpha * t[WB, i] / m[p]
    credit(m, theta, slot, who, f, t[Q], t[WB], t[GQ], t[GS], gtheta)
