"""Newton's gravity: every body with mass pulls every other.

a_i = G sum_j m_j d / (|d|^2 + e^2)^(3/2) with d = x_j - x_i, strength G and softening e (Plummer 1911).

Among many bodies that is (G / m_i) F_i of `pairs.py`, with masses for q; a body without mass moves as one of mass 1
that nobody feels. Few are met in two plain loops, without a table.
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel, prange
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind, pairs_with_mass
from revanim.engine.grid import Counts
from revanim.engine.meeting import LAW, SLOPE
from revanim.engine.pairs import CREDIT, VALUES, pair_kernels
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tree.sums import BY_TREE, SUMS, by_tree, tree_kernels

STRENGTH, SOFTENING, SUM, OPENING = 1, 2, 3, 4  # the rows of its parameters

LANES = 56  # bodies that are taken at once
SHARE = 112  # and that a thread takes


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    G, e = theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
    for i in range(n):
        p = who[begin + i]
        x0, x1, x2, mp, a0, a1, a2 = x[0, p], x[1, p], x[2, p], m[p], 0.0, 0.0, 0.0
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x0, x[1, q] - x1, x[2, q] - x2
            s2 = d0 * d0 + d1 * d1 + d2 * d2 + e * e
            c = G * (1.0 / (s2 * np.sqrt(s2)))
            cp, cq = c * m[q], c * mp
            a0 += cp * d0
            a1 += cp * d1
            a2 += cp * d2
            a[0, q] -= cq * d0
            a[1, q] -= cq * d1
            a[2, q] -= cq * d2
        a[0, p] += a0
        a[1, p] += a1
        a[2, p] += a2


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
        x0, x1, x2, mp, a0, a1, a2 = x[0, p], x[1, p], x[2, p], m[p], 0.0, 0.0, 0.0
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x0, x[1, q] - x1, x[2, q] - x2
            s2 = d0 * d0 + d1 * d1 + d2 * d2 + e * e
            s = np.sqrt(s2)
            u3 = 1.0 / (s2 * s)
            c = G * u3
            cp, cq = c * m[q], c * mp
            a0 += cp * d0
            a1 += cp * d1
            a2 += cp * d2
            a[0, q] -= cq * d0
            a[1, q] -= cq * d1
            a[2, q] -= cq * d2
            t0, t1, t2 = (
                m[q] * w[0, p] - m[p] * w[0, q],
                m[q] * w[1, p] - m[p] * w[1, q],
                m[q] * w[2, p] - m[p] * w[2, q],
            )
            td = t0 * d0 + t1 * d1 + t2 * d2
            h = 3.0 * (u3 * s) * td
            gx[0, q] += c * (t0 - h * d0)
            gx[1, q] += c * (t1 - h * d1)
            gx[2, q] += c * (t2 - h * d2)
            gx[0, p] -= c * (t0 - h * d0)
            gx[1, p] -= c * (t1 - h * d1)
            gx[2, p] -= c * (t2 - h * d2)
            if gm.size > 0:
                gm[q] += c * (w[0, p] * d0 + w[1, p] * d1 + w[2, p] * d2)
                gm[p] -= c * (w[0, q] * d0 + w[1, q] * d1 + w[2, q] * d2)
            gG += u3 * td
            ge -= e * c * h
        a[0, p] += a0
        a[1, p] += a1
        a[2, p] += a2
    gtheta[slot[f, STRENGTH, 0]] += gG
    gtheta[slot[f, SOFTENING, 0]] += ge


@kernel(VALUES)
def values(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, mass: Floats, alpha: Floats) -> float:
    G, e = theta[slot[f, STRENGTH, 0]], float(theta[slot[f, SOFTENING, 0]])
    for i in range(who.size):
        mass[i] = m[who[i]] if m[who[i]] != 0.0 else 1.0
        alpha[i] = G / mass[i]
    return e


@kernel(LAW)
def law(r2: float, mi: float, mj: float, e: float) -> float:
    s2 = r2 + e * e
    return mi * mj * float(1.0 / (s2 * np.sqrt(s2)))


@kernel(SLOPE)
def slope(r2: float, mi: float, mj: float, e: float) -> tuple[float, float, float, float, float]:
    s2 = r2 + e * e
    s = np.sqrt(s2)
    u3 = 1.0 / (s2 * s)
    c = mi * mj * u3
    c2 = -3.0 * (u3 * s) * c
    return c, c2, 0.0, 0.0, c2


@kernel(CREDIT)
def credit(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    mass: Floats, wf: Floats, gm: Floats, ge: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    e = theta[slot[f, SOFTENING, 0]]
    for i in range(who.size):
        gtheta[slot[f, STRENGTH, 0]] += wf[i] / mass[i]
        gtheta[slot[f, SOFTENING, 0]] += e * ge[i]


apply_many, pull_places = pair_kernels(values, law, slope, credit, varied=False)


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
    pull_places(x, m, theta, slot, who, f, wide, w, a, gx, np.empty(0), gtheta)
    if gm.size == 0:
        return
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n, G, e = who.size, theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
    y, v, slopes, shares = np.empty((3, n)), np.empty((3, n)), np.empty(n), (n + SHARE - 1) // SHARE
    for i in range(n):
        for c in range(3):
            y[c, i], v[c, i] = x[c, who[i]], w[c, who[i]]
    if wide:
        for share in prange(shares):
            if not is_dropped(whole):
                attract_masses(share * SHARE, min(n, (share + 1) * SHARE), y, v, e, slopes)
    else:
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


apply_tree, pull_tree, energy_tree = tree_kernels(values, credit, opening=OPENING, by_mass=True)

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
        *SUMS,
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"strength": STRENGTH, "softening": SOFTENING, "sum": SUM, "theta": OPENING},
        apply_many=apply_many,
        pull_many=pull_many,
        pairs=pairs_with_mass,
        other=by_tree(apply_tree, pull_tree, energy_tree),
    ),
    quick=BY_TREE,
)
