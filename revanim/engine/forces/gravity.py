"""Newton's gravity: every body with mass pulls every other.

a_i = G sum_j m_j d / (|d|^2 + e^2)^(3/2) with d = x_j - x_i, strength G and softening e (Plummer 1911).

In the kernels u = 1 / sqrt(|d|^2 + e^2). Targets are taken LANES at a time, so that one source meets all of them in
a few vector instructions; each target still adds its sources in the order 0, 1, 2, ... whatever the width of the
vectors or the number of threads, and so keeps its bits. Among a few bodies each pair is visited once instead.

The loops of `pairs.py` would serve gravity, too, but took longer here: for 20, 100 and 1000 bodies by 22, 14 and 6 %
without the gradient, and by 32, 56 and 50 % with it, where the root for the next source passes meanwhile (AVX2).
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel, prange
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind, pairs_with_mass
from revanim.engine.grid import Counts
from revanim.engine.pairs import scratch
from revanim.engine.parameter import Floats, Parameter

STRENGTH, SOFTENING = 1, 2  # the rows of its parameters

LANES = 56  # found by trial on machines with AVX-512
SHARP = 1e-50  # with more softening than this a body adds exactly 0 to itself; with less that may not be a number
Y0, Y1, Y2, V0, V1, V2, MK, B0, B1, B2, G0, G1, G2, GK, UK = range(0, 15 * LANES, LANES)
SHARE = 112  # targets that a thread takes at once


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    G, e = theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
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
    G, e = theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
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
    gtheta[slot[f, STRENGTH, 0]] += gG
    gtheta[slot[f, SOFTENING, 0]] += ge


@kernel(
    "void(int64, int64, float64[:,::1], int64[::1], float64[:,::1], float64[::1], int64[::1],"
    " float64, float64, float64[:,::1])"
)
def attract(
    start: int, stop: int, y: Floats, who: Counts, z: Floats, mz: Floats, own: Counts, G: float, e: float, a: Floats
) -> None:
    """Add the accelerations of the targets y towards the sources z; target i is body who[i], source j target own[j]."""
    lanes = scratch(10 * LANES)
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
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n, G, e = who.size, theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
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
    shares = (n + SHARE - 1) // SHARE
    if wide:
        for share in prange(shares):
            if not is_dropped(whole):
                attract(share * SHARE, min(n, (share + 1) * SHARE), y, who, z, mz, own, G, e, a)
    else:
        for share in range(shares):
            if not is_dropped(whole):
                attract(share * SHARE, min(n, (share + 1) * SHARE), y, who, z, mz, own, G, e, a)


@kernel(
    "void(int64, int64, float64[:,::1], float64[:,::1], float64[::1], float64[:,::1], float64[:,::1], float64[::1],"
    " int64[::1], float64, float64[:,::1])"
)
def attract_back(
    start: int, stop: int, y: Floats, v: Floats, my: Floats,
    z: Floats, q: Floats, mz: Floats, own: Counts, e: float, g: Floats,
) -> None:  # fmt: skip
    """Fill g with the accelerations of the targets y, and their part in the gradient of S, all over G.

    S = sum_i v_i . a_i, and q = v / m for the sources z; source j is target own[j]. With t = v_i - m_i q_j for each
    pair, dS/dx_i = -G sum_j m_j (u^3 t - 3 u^5 (d . t) d). The rows of g are a, dS/dx and 3 sum_j m_j u^5 (d . t), of
    which the derivative for the softening is made.
    """
    lanes = scratch(15 * LANES)
    for first in range(start, stop, LANES):
        width = min(LANES, (stop - first + 7) // 8 * 8)  # the last block is no wider than it must be
        for k in range(width):
            i = min(first + k, stop - 1)
            lanes[Y0 + k], lanes[Y1 + k], lanes[Y2 + k], lanes[MK + k] = y[0, i], y[1, i], y[2, i], my[i]
            lanes[V0 + k], lanes[V1 + k], lanes[V2 + k] = v[0, i], v[1, i], v[2, i]
            lanes[B0 + k], lanes[B1 + k], lanes[B2 + k] = 0.0, 0.0, 0.0
            lanes[G0 + k], lanes[G1 + k], lanes[G2 + k], lanes[GK + k] = 0.0, 0.0, 0.0, 0.0
        for k in range(width):
            d0, d1, d2 = z[0, 0] - lanes[Y0 + k], z[1, 0] - lanes[Y1 + k], z[2, 0] - lanes[Y2 + k]
            lanes[UK + k] = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
        for j in range(own.size):
            z0, z1, z2, q0, q1, q2, mj = z[0, j], z[1, j], z[2, j], q[0, j], q[1, j], q[2, j], mz[j]
            after, me = min(j + 1, own.size - 1), own[j] - first
            n0, n1, n2 = z[0, after], z[1, after], z[2, after]
            if 0 <= me < width:
                lanes[UK + me] = 0.0  # no body pulls itself
            for k in range(width):  # the root and the division for the next source pass while this one is added
                d0, d1, d2, u = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k], lanes[UK + k]
                e0, e1, e2 = n0 - lanes[Y0 + k], n1 - lanes[Y1 + k], n2 - lanes[Y2 + k]
                lanes[UK + k] = 1.0 / np.sqrt(e0 * e0 + e1 * e1 + e2 * e2 + e * e)
                c = mj * (u * u * u)
                lanes[B0 + k] += c * d0
                lanes[B1 + k] += c * d1
                lanes[B2 + k] += c * d2
                t0, t1, t2 = (
                    lanes[V0 + k] - lanes[MK + k] * q0,
                    lanes[V1 + k] - lanes[MK + k] * q1,
                    lanes[V2 + k] - lanes[MK + k] * q2,
                )
                p = 3.0 * (u * u) * c * (t0 * d0 + t1 * d1 + t2 * d2)
                lanes[G0 + k] += p * d0 - c * t0
                lanes[G1 + k] += p * d1 - c * t1
                lanes[G2 + k] += p * d2 - c * t2
                lanes[GK + k] += p
        for row in range(7):
            for k in range(min(LANES, stop - first)):
                g[row, first + k] = lanes[B0 + row * LANES + k]


@kernel("void(int64, int64, float64[:,::1], float64[:,::1], float64[::1], int64, float64, float64[:,::1])")
def recoil(start: int, stop: int, z: Floats, q: Floats, mz: Floats, massive: int, e: float, g: Floats) -> None:
    """Fill g with what the targets without mass add to the gradients of the sources from start to stop, over G.

    They are behind the massive ones in z, with v itself in q. They pull nothing, but go where the sources pull them.
    """
    lanes = scratch(15 * LANES)
    for first in range(start, stop, LANES):
        width = min(LANES, (stop - first + 7) // 8 * 8)
        for k in range(width):
            i = min(first + k, stop - 1)
            lanes[Y0 + k], lanes[Y1 + k], lanes[Y2 + k], lanes[MK + k] = z[0, i], z[1, i], z[2, i], mz[i]
            lanes[G0 + k], lanes[G1 + k], lanes[G2 + k], lanes[GK + k] = 0.0, 0.0, 0.0, 0.0
        for j in range(massive, mz.size):
            z0, z1, z2, v0, v1, v2 = z[0, j], z[1, j], z[2, j], q[0, j], q[1, j], q[2, j]
            for k in range(width):
                d0, d1, d2 = z0 - lanes[Y0 + k], z1 - lanes[Y1 + k], z2 - lanes[Y2 + k]
                u = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
                c = lanes[MK + k] * (u * u * u)
                h = 3.0 * (u * u) * (v0 * d0 + v1 * d1 + v2 * d2)
                lanes[G0 + k] += c * (v0 - h * d0)
                lanes[G1 + k] += c * (v1 - h * d1)
                lanes[G2 + k] += c * (v2 - h * d2)
                lanes[GK + k] -= c * h
        for row in range(4):
            for k in range(min(LANES, stop - first)):
                g[row, first + k] = lanes[G0 + row * LANES + k]


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


@kernel(
    "Tuple((float64[:,::1], float64[:,::1], float64[::1], float64[:,::1], float64[:,::1], float64[::1],"
    " int64[::1], int64))(float64[:,::1], float64[::1], float64[:,::1], int64[::1])"
)
def sort_out(
    x: Floats, m: Floats, w: Floats, who: Counts
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats, Counts, int]:
    """Return y, v, my of the targets, z, q, mz, own of the sources, and how many of these have mass; those come first.

    Behind them are the bodies without mass, with v itself in q. Where every body takes part and has mass, nothing is
    copied that need not be.
    """
    n, all_alike = who.size, who.size == m.size
    for i in range(n):
        all_alike &= who[i] == i and m[i] != 0.0
    q = np.empty((3, n))
    if all_alike:
        for c in range(3):
            for i in range(n):
                q[c, i] = w[c, i] / m[i]
        return x, w, m, x, q, m, who, n
    y, v, z, my, mz = np.empty((3, n)), np.empty((3, n)), np.empty((3, n)), np.empty(n), np.empty(n)
    own, massive, light = who.copy(), 0, n
    for i in range(n):
        p = who[i]
        light -= m[p] == 0.0
        j = massive if m[p] != 0.0 else light
        massive += m[p] != 0.0
        own[j], my[i], mz[j] = i, m[p], m[p]
        for c in range(3):
            y[c, i], v[c, i] = x[c, p], w[c, p]
            z[c, j], q[c, j] = x[c, p], w[c, p] / (m[p] if m[p] != 0.0 else 1.0)
    return y, v, my, z, q, mz, own, massive


@kernel(PULL, parallel=True)
def pull_many(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the accelerations and the gradients; bodies without mass are targets but no sources."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n, G, e = who.size, theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
    y, v, my, z, q, mz, own, massive = sort_out(x, m, w, who)
    g, back, sources = np.empty((7, n)), np.empty((4, n)), own[:massive]
    shares, shares_back = (n + SHARE - 1) // SHARE, (massive + SHARE - 1) // SHARE if massive < n else 0
    if wide:
        for share in prange(shares):
            if not is_dropped(whole):
                attract_back(share * SHARE, min(n, (share + 1) * SHARE), y, v, my, z, q, mz, sources, e, g)
        for share in prange(shares_back):
            if not is_dropped(whole):
                recoil(share * SHARE, min(massive, (share + 1) * SHARE), z, q, mz, massive, e, back)
    else:
        for share in range(shares):
            if not is_dropped(whole):
                attract_back(share * SHARE, min(n, (share + 1) * SHARE), y, v, my, z, q, mz, sources, e, g)
        for share in range(shares_back):
            if not is_dropped(whole):
                recoil(share * SHARE, min(massive, (share + 1) * SHARE), z, q, mz, massive, e, back)
    if massive < n:
        for j in range(massive):
            for row in range(4):
                g[3 + row, own[j]] += back[row, j]
    gG, ge = 0.0, 0.0
    for i in range(n):
        p = who[i]
        for c in range(3):
            a[c, p] += G * g[c, i]
            gx[c, p] += G * g[3 + c, i]
            gG += w[c, p] * g[c, i]
        ge -= 0.5 * e * g[6, i]  # each pair is met from both of its ends
    gtheta[slot[f, STRENGTH, 0]] += gG
    gtheta[slot[f, SOFTENING, 0]] += G * ge
    if gm.size > 0:
        slopes = np.empty(n)
        for share in range(shares):
            if not is_dropped(whole):
                attract_masses(share * SHARE, min(n, (share + 1) * SHARE), y, v, e, slopes)
        for i in range(n):
            gm[who[i]] += G * slopes[i]


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    G, e = theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
    total, n = 0.0, 0
    y, my = np.empty((3, who.size)), np.empty(who.size)
    for p in who:
        if m[p] != 0.0:  # the others have no energy
            y[0, n], y[1, n], y[2, n], my[n] = x[0, p], x[1, p], x[2, p], m[p]
            n += 1
    y0, y1, y2, phi = np.empty(LANES), np.empty(LANES), np.empty(LANES), np.empty(LANES)
    for first in range(0, n, LANES):
        if is_dropped(whole):
            break
        for k in range(LANES):
            i = min(first + k, n - 1)
            y0[k], y1[k], y2[k], phi[k] = y[0, i], y[1, i], y[2, i], 0.0
        for j in range(min(first + LANES, n)):  # each pair once
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
    title="Mutual gravity",
    words="attract planets stars orbit newton mass",
    order=11,
    parameters=(
        Parameter("strength", 1.0, "length³/(mass s²)", -1e12, 1e12, "How strongly masses attract; negative repels."),
        Parameter(
            "softening", 0.05, "length", 0.0, 1e12, "Evens out close encounters: the pull is full beyond this distance."
        ),
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"strength": STRENGTH, "softening": SOFTENING},
        apply_many=apply_many,
        pull_many=pull_many,
        pairs=pairs_with_mass,
    ),
)
