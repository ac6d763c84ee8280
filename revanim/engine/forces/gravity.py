"""Newton's gravity: every body with mass pulls every other.

a_i = G sum_j m_j d / (|d|^2 + e^2)^(3/2) with d = x_j - x_i, strength G and softening e (Plummer 1911).

In the kernels u = 1 / sqrt(|d|^2 + e^2). Targets are taken LANES at a time, so that one source meets all of them in
a few vector instructions; each target still adds its sources in the order 0, 1, 2, ... whatever the width of the
vectors or the number of threads, and so keeps its bits. Among a few bodies each pair is visited once instead.
"""

import numpy as np

from revanim.engine.force import APPLY, ENERGY, PULL, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.kernel import kernel, prange
from revanim.engine.parameter import Floats, Parameter

LANES = 56  # found by trial on machines with AVX-512
SHARP = 1e-50  # with more softening than this a body adds exactly 0 to itself; with less that may not be a number
Y0, Y1, Y2, B0, B1, B2, G0, G1, G2, GK, V0, V1, V2, MK, UK = range(0, 15 * LANES, LANES)
SHARE = 112  # targets that a thread takes at once


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    G, e = theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    for i in range(n):
        p = who[begin + i]
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x[0, p], x[1, q] - x[1, p], x[2, q] - x[2, p]
            u = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
            c = G * (u * u * u)
            cp, cq = c * m[q], c * m[p]
            a[0, p] += cp * d0
            a[1, p] += cp * d1
            a[2, p] += cp * d2
            a[0, q] -= cq * d0
            a[1, q] -= cq * d1
            a[2, q] -= cq * d2


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    G, e = theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    gG, ge = 0.0, 0.0
    for i in range(n):
        p = who[begin + i]
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x[0, p], x[1, q] - x[1, p], x[2, q] - x[2, p]
            u = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
            c = G * (u * u * u)
            cp, cq = c * m[q], c * m[p]
            a[0, p] += cp * d0
            a[1, p] += cp * d1
            a[2, p] += cp * d2
            a[0, q] -= cq * d0
            a[1, q] -= cq * d1
            a[2, q] -= cq * d2
            t0, t1, t2 = (
                m[q] * w[0, p] - m[p] * w[0, q],
                m[q] * w[1, p] - m[p] * w[1, q],
                m[q] * w[2, p] - m[p] * w[2, q],
            )
            td = t0 * d0 + t1 * d1 + t2 * d2
            h = 3.0 * (u * u) * td
            gx[0, q] += c * (t0 - h * d0)
            gx[1, q] += c * (t1 - h * d1)
            gx[2, q] += c * (t2 - h * d2)
            gx[0, p] -= c * (t0 - h * d0)
            gx[1, p] -= c * (t1 - h * d1)
            gx[2, p] -= c * (t2 - h * d2)
            if gm.size > 0:
                gm[q] += c * (w[0, p] * d0 + w[1, p] * d1 + w[2, p] * d2)
                gm[p] -= c * (w[0, q] * d0 + w[1, q] * d1 + w[2, q] * d2)
            gG += u * u * u * td
            ge -= e * c * h
    gtheta[slot[f, 1, 0]] += gG
    gtheta[slot[f, 2, 0]] += ge


@kernel("float64[::1](int64)")
def scratch(rows: int) -> Floats:
    """Return a table that starts where a line of the cache does: a vector across two lines costs a fifth of the speed.

    It is one array, so that the compiler sees at once that its rows do not overlap.
    """
    room = np.empty(rows * LANES + 7)
    start = -(room.ctypes.data // 8) % 8
    return room[start : start + rows * LANES]


@kernel(
    "void(int64, int64, float64[:,::1], int64[::1], float64[:,::1], float64[::1], int64[::1],"
    " float64, float64, float64[:,::1])"
)
def attract(
    start: int, stop: int, y: Floats, who: Counts, z: Floats, mz: Floats, own: Counts, G: float, e: float, a: Floats
) -> None:
    """Add the accelerations of the targets y towards the sources z; target i is body who[i], source j target own[j]."""
    lanes = scratch(6)
    for first in range(start, stop, LANES):
        width = min(LANES, (stop - first + 7) // 8 * 8)  # the last block is no wider than it must be
        for k in range(width):
            i = min(first + k, stop - 1)
            lanes[Y0 + k], lanes[Y1 + k], lanes[Y2 + k] = y[0, i], y[1, i], y[2, i]
            lanes[B0 + k], lanes[B1 + k], lanes[B2 + k] = 0.0, 0.0, 0.0
        for j in range(mz.size):
            z0, z1, z2, mj, me = z[0, j], z[1, j], z[2, j], mz[j], own[j] - first
            itself = e < SHARP and 0 <= me < width
            s0, s1, s2 = (lanes[B0 + me], lanes[B1 + me], lanes[B2 + me]) if itself else (0.0, 0.0, 0.0)
            for k in range(width):
                d0, d1, d2 = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k]
                u = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
                c = mj * (u * u * u)
                lanes[B0 + k] += c * d0
                lanes[B1 + k] += c * d1
                lanes[B2 + k] += c * d2
            if itself:
                lanes[B0 + me], lanes[B1 + me], lanes[B2 + me] = s0, s1, s2
        for k in range(min(LANES, stop - first)):
            p = who[first + k]
            a[0, p] += G * lanes[B0 + k]
            a[1, p] += G * lanes[B1 + k]
            a[2, p] += G * lanes[B2 + k]


@kernel(APPLY, parallel=True)
def apply_many(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Add the accelerations; bodies without mass are targets but no sources."""
    who = who[slot[f, 0, 0] : slot[f, 0, 1]]
    n, G, e = who.size, theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    all_alike = n == m.size
    for i in range(n):
        all_alike &= who[i] == i and m[i] != 0.0
    y, z, mz, own = x, x, m, who
    if not all_alike:
        y, z, mz, own, massive = np.empty((3, n)), np.empty((3, n)), np.empty(n), np.empty(n, np.int64), 0
        for i in range(n):
            p = who[i]
            y[0, i], y[1, i], y[2, i] = x[0, p], x[1, p], x[2, p]
            if m[p] != 0.0:
                z[0, massive], z[1, massive], z[2, massive] = x[0, p], x[1, p], x[2, p]
                mz[massive], own[massive] = m[p], i
                massive += 1
        mz = mz[:massive]
    if wide:
        for share in prange((n + SHARE - 1) // SHARE):
            attract(share * SHARE, min(n, (share + 1) * SHARE), y, who, z, mz, own, G, e, a)
    else:
        attract(0, n, y, who, z, mz, own, G, e, a)


@kernel(
    "void(int64, int64, float64[:,::1], float64[::1], float64[:,::1], float64, float64[:,::1], float64[:,::1],"
    " float64[::1])"
)
def attract_back(
    start: int, stop: int, y: Floats, my: Floats, v: Floats, e: float, b: Floats, gy: Floats, ge: Floats
) -> None:
    """Fill b with the accelerations of the targets, and gy and ge with their part in the gradient of S, all over G.

    S = sum_i v_i . a_i. With t = m_j v_i - m_i v_j for each pair, dS/dx_i = -G sum_j (u^3 t - 3 u^5 (d . t) d).
    """
    lanes, before = scratch(15), np.empty(7)
    for first in range(start, stop, LANES):
        width = min(LANES, (stop - first + 7) // 8 * 8)  # the last block is no wider than it must be
        for k in range(width):
            i = min(first + k, stop - 1)
            lanes[Y0 + k], lanes[Y1 + k], lanes[Y2 + k], lanes[MK + k] = y[0, i], y[1, i], y[2, i], my[i]
            lanes[V0 + k], lanes[V1 + k], lanes[V2 + k] = v[0, i], v[1, i], v[2, i]
            lanes[B0 + k], lanes[B1 + k], lanes[B2 + k] = 0.0, 0.0, 0.0
            lanes[G0 + k], lanes[G1 + k], lanes[G2 + k], lanes[GK + k] = 0.0, 0.0, 0.0, 0.0
        for j in range(my.size):
            z0, z1, z2, mj = y[0, j], y[1, j], y[2, j], my[j]
            w0, w1, w2, me = v[0, j], v[1, j], v[2, j], j - first
            itself = e < SHARP and 0 <= me < width
            for lane in range(7 if itself else 0):
                before[lane] = lanes[B0 + lane * LANES + me]
            for k in range(width):  # on their own, since what waits for a root and a division is held in a short queue
                d0, d1, d2 = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k]
                lanes[UK + k] = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
            for k in range(width):
                d0, d1, d2, u = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k], lanes[UK + k]
                u3 = u * u * u
                c = mj * u3
                lanes[B0 + k] += c * d0
                lanes[B1 + k] += c * d1
                lanes[B2 + k] += c * d2
                t0, t1, t2 = (
                    mj * lanes[V0 + k] - lanes[MK + k] * w0,
                    mj * lanes[V1 + k] - lanes[MK + k] * w1,
                    mj * lanes[V2 + k] - lanes[MK + k] * w2,
                )
                p = 3.0 * (u * u) * u3 * (t0 * d0 + t1 * d1 + t2 * d2)
                lanes[G0 + k] += p * d0 - u3 * t0
                lanes[G1 + k] += p * d1 - u3 * t1
                lanes[G2 + k] += p * d2 - u3 * t2
                lanes[GK + k] += p
            for lane in range(7 if itself else 0):
                lanes[B0 + lane * LANES + me] = before[lane]
        for k in range(min(LANES, stop - first)):
            i = first + k
            b[0, i], b[1, i], b[2, i] = lanes[B0 + k], lanes[B1 + k], lanes[B2 + k]
            gy[0, i], gy[1, i], gy[2, i] = lanes[G0 + k], lanes[G1 + k], lanes[G2 + k]
            ge[i] = -0.5 * e * lanes[GK + k]  # each pair is met from both of its ends


@kernel("void(int64, int64, float64[:,::1], float64[:,::1], float64, float64[::1])")
def attract_masses(start: int, stop: int, y: Floats, v: Floats, e: float, g: Floats) -> None:
    """Fill g with dS/dm_i = -G sum_j u^3 (v_j . d) over G: rarely asked for, so it is a sweep of its own."""
    y0, y1, y2, gk = np.empty(LANES), np.empty(LANES), np.empty(LANES), np.empty(LANES)
    for first in range(start, stop, LANES):
        for k in range(LANES):
            i = min(first + k, stop - 1)
            y0[k], y1[k], y2[k], gk[k] = y[0, i], y[1, i], y[2, i], 0.0
        for j in range(y.shape[1]):
            z0, z1, z2, w0, w1, w2 = y[0, j], y[1, j], y[2, j], v[0, j], v[1, j], v[2, j]
            for k in range(LANES):
                d0, d1, d2 = z0 - y0[k], z1 - y1[k], z2 - y2[k]
                r2 = d0 * d0 + d1 * d1 + d2 * d2 + e * e
                u = 1.0 / np.sqrt(r2 if first + k != j else 1.0)
                gk[k] -= u * u * u * (w0 * d0 + w1 * d1 + w2 * d2)
        for k in range(min(LANES, stop - first)):
            g[first + k] = gk[k]


@kernel(PULL, parallel=True)
def pull_many(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the accelerations and the gradients."""
    who = who[slot[f, 0, 0] : slot[f, 0, 1]]
    n, G, e = who.size, theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    y, my, v, b = np.empty((3, n)), np.empty(n), np.empty((3, n)), np.empty((3, n))
    gy, ge, g = np.empty((3, n)), np.empty(n), np.empty(n)
    for i in range(n):
        p = who[i]
        y[0, i], y[1, i], y[2, i], my[i] = x[0, p], x[1, p], x[2, p], m[p]
        v[0, i], v[1, i], v[2, i] = w[0, p], w[1, p], w[2, p]
    if wide:
        for share in prange((n + SHARE - 1) // SHARE):
            attract_back(share * SHARE, min(n, (share + 1) * SHARE), y, my, v, e, b, gy, ge)
    else:
        attract_back(0, n, y, my, v, e, b, gy, ge)
    gG, sum_ge = 0.0, 0.0
    for i in range(n):
        p = who[i]
        for c in range(3):
            a[c, p] += G * b[c, i]
            gx[c, p] += G * gy[c, i]
            gG += v[c, i] * b[c, i]
        sum_ge += ge[i]
    gtheta[slot[f, 1, 0]] += gG
    gtheta[slot[f, 2, 0]] += G * sum_ge
    if gm.size > 0:
        attract_masses(0, n, y, v, e, g)
        for i in range(n):
            gm[who[i]] += G * g[i]


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    G, e = theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    total = 0.0
    y, my = np.empty((3, n)), np.empty(n)
    for i in range(n):
        p = who[begin + i]
        y[0, i], y[1, i], y[2, i], my[i] = x[0, p], x[1, p], x[2, p], m[p]
    y0, y1, y2, phi = np.empty(LANES), np.empty(LANES), np.empty(LANES), np.empty(LANES)
    for first in range(0, n, LANES):
        for k in range(LANES):
            i = min(first + k, n - 1)
            y0[k], y1[k], y2[k], phi[k] = y[0, i], y[1, i], y[2, i], 0.0
        for j in range(n):
            z0, z1, z2, mj = y[0, j], y[1, j], y[2, j], my[j]
            for k in range(LANES):
                d0, d1, d2 = z0 - y0[k], z1 - y1[k], z2 - y2[k]
                r2 = d0 * d0 + d1 * d1 + d2 * d2 + e * e
                phi[k] += (mj if first + k > j else 0.0) / np.sqrt(r2 if first + k != j else 1.0)
        for k in range(min(LANES, n - first)):
            total -= G * my[first + k] * phi[k]
    return total


gravity = ForceKind(
    name="gravity",
    help="Every body pulls every other, as the stars do.",
    parameters=(
        Parameter("strength", 1.0, "length³/(mass s²)", -1e12, 1e12, "How strongly masses attract; negative repels."),
        Parameter(
            "softening", 0.05, "length", 0.0, 1e12, "Evens out close encounters: the pull is full beyond this distance."
        ),
    ),
    apply=apply,
    pull=pull,
    apply_many=apply_many,
    pull_many=pull_many,
    energy=energy,
)
