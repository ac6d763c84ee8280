"""Atoms that attract from afar and repel up close.

a_i = -(24 E / m_i) B_i with B_i = sum_j (2 s^12 / |d|^12 - s^6 / |d|^6) d / |d|^2, d = x_j - x_i, depth E and size s
(Lennard-Jones 1924). In the kernels c is the factor of d, u2 = 1 / |d|^2, and S = sum_i v_i . B_i with
v_i = -(24 E / m_i) w_i.
"""

import numpy as np

from revanim.engine.code.kernel import kernel, prange
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind, all_pairs
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter

LANES = 16  # targets that meet a body at once; each still adds them in the order 0, 1, 2, ...
SHARE = 128  # targets that a thread takes at once


@kernel("void(int64, int64, float64[:,::1], float64, float64[:,::1])")
def sums(start: int, stop: int, y: Floats, size: float, b: Floats) -> None:
    """Fill b[:, start:stop] with B_i."""
    y0, y1, y2 = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    b0, b1, b2 = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    target = np.empty(LANES, np.int64)
    for first in range(start, stop, LANES):
        for k in range(LANES):
            i = min(first + k, stop - 1)
            target[k] = i
            y0[k], y1[k], y2[k] = y[0, i], y[1, i], y[2, i]
            b0[k], b1[k], b2[k] = 0.0, 0.0, 0.0
        for j in range(y.shape[1]):
            z0, z1, z2 = y[0, j], y[1, j], y[2, j]
            for k in range(LANES):
                d0, d1, d2 = z0 - y0[k], z1 - y1[k], z2 - y2[k]
                r2 = d0 * d0 + d1 * d1 + d2 * d2
                u2 = 1.0 / (r2 if target[k] != j else 1.0)
                s2 = size * size * u2
                s6 = s2 * s2 * s2
                c = (2.0 * s6 - 1.0) * s6 * u2
                b0[k] += c * d0
                b1[k] += c * d1
                b2[k] += c * d2
        for k in range(min(LANES, stop - first)):
            b[0, first + k], b[1, first + k], b[2, first + k] = b0[k], b1[k], b2[k]


@kernel(APPLY, parallel=True)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    depth, size = theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    y, b = np.empty((3, n)), np.empty((3, n))
    for i in range(n):
        p = who[begin + i]
        y[0, i], y[1, i], y[2, i] = x[0, p], x[1, p], x[2, p]
    if wide:
        for share in prange((n + SHARE - 1) // SHARE):
            sums(share * SHARE, min(n, (share + 1) * SHARE), y, size, b)
    else:
        sums(0, n, y, size, b)
    for i in range(n):
        p = who[begin + i]
        alpha = -24.0 * depth / m[p]
        a[0, p] += alpha * b[0, i]
        a[1, p] += alpha * b[1, i]
        a[2, p] += alpha * b[2, i]


@kernel("void(int64, int64, float64[:,::1], float64[:,::1], float64, float64[:,::1], float64[:,::1], float64[:,::1])")
def sums_back(start: int, stop: int, y: Floats, v: Floats, size: float, b: Floats, gy: Floats, g: Floats) -> None:
    """Fill b as `sums` does, and gy and g with the gradients of S for the targets."""
    y0, y1, y2 = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    v0, v1, v2 = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    b0, b1, b2 = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    g0, g1, g2 = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    gs = np.empty(LANES)
    target = np.empty(LANES, np.int64)
    for first in range(start, stop, LANES):
        for k in range(LANES):
            i = min(first + k, stop - 1)
            target[k] = i
            y0[k], y1[k], y2[k] = y[0, i], y[1, i], y[2, i]
            v0[k], v1[k], v2[k] = v[0, i], v[1, i], v[2, i]
            b0[k], b1[k], b2[k] = 0.0, 0.0, 0.0
            g0[k], g1[k], g2[k] = 0.0, 0.0, 0.0
            gs[k] = 0.0
        for j in range(y.shape[1]):
            z0, z1, z2, w0, w1, w2 = y[0, j], y[1, j], y[2, j], v[0, j], v[1, j], v[2, j]
            for k in range(LANES):
                d0, d1, d2 = z0 - y0[k], z1 - y1[k], z2 - y2[k]
                r2 = d0 * d0 + d1 * d1 + d2 * d2
                u2 = 1.0 / (r2 if target[k] != j else 1.0)
                s2 = size * size * u2
                s6 = s2 * s2 * s2
                c = (2.0 * s6 - 1.0) * s6 * u2
                b0[k] += c * d0
                b1[k] += c * d1
                b2[k] += c * d2
                t0, t1, t2 = v0[k] - w0, v1[k] - w1, v2[k] - w2
                h = (8.0 - 28.0 * s6) * s6 * (u2 * u2) * (t0 * d0 + t1 * d1 + t2 * d2)
                g0[k] -= c * t0 + h * d0
                g1[k] -= c * t1 + h * d1
                g2[k] -= c * t2 + h * d2
                gs[k] += (24.0 * s6 - 6.0) * s6 * u2 * (v0[k] * d0 + v1[k] * d1 + v2[k] * d2)
        for k in range(min(LANES, stop - first)):
            i = first + k
            b[0, i], b[1, i], b[2, i] = b0[k], b1[k], b2[k]
            gy[0, i], gy[1, i], gy[2, i] = g0[k], g1[k], g2[k]
            g[0, i] = gs[k] / size


@kernel(PULL, parallel=True)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    depth, size = theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    y, v = np.empty((3, n)), np.empty((3, n))
    b, gy, g = np.empty((3, n)), np.empty((3, n)), np.empty((1, n))
    for i in range(n):
        p = who[begin + i]
        y[0, i], y[1, i], y[2, i] = x[0, p], x[1, p], x[2, p]
        alpha = -24.0 * depth / m[p]
        v[0, i], v[1, i], v[2, i] = alpha * w[0, p], alpha * w[1, p], alpha * w[2, p]
    if wide:
        for share in prange((n + SHARE - 1) // SHARE):
            sums_back(share * SHARE, min(n, (share + 1) * SHARE), y, v, size, b, gy, g)
    else:
        sums_back(0, n, y, v, size, b, gy, g)
    for i in range(n):
        p = who[begin + i]
        alpha = -24.0 * depth / m[p]
        a[0, p] += alpha * b[0, i]
        a[1, p] += alpha * b[1, i]
        a[2, p] += alpha * b[2, i]
        gx[0, p] += gy[0, i]
        gx[1, p] += gy[1, i]
        gx[2, p] += gy[2, i]
        wb = w[0, p] * b[0, i] + w[1, p] * b[1, i] + w[2, p] * b[2, i]
        if gm.size > 0:
            gm[p] -= alpha * wb / m[p]
        gtheta[slot[f, 1, 0]] -= 24.0 / m[p] * wb
        gtheta[slot[f, 2, 0]] += g[0, i]


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    depth, size = theta[slot[f, 1, 0]], theta[slot[f, 2, 0]]
    total = 0.0
    for i in range(n):
        p, row = who[begin + i], 0.0
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x[0, p], x[1, q] - x[1, p], x[2, q] - x[2, p]
            r2 = d0 * d0 + d1 * d1 + d2 * d2
            s2 = size * size / r2
            s6 = s2 * s2 * s2
            row += 4.0 * depth * (s6 - 1.0) * s6
        total += row
    return total


lennard_jones = ForceKind(
    name="lennard_jones",
    help="Atoms that attract from afar and repel up close.",
    parameters=(
        Parameter("depth", 1.0, "mass length²/s²", -1e12, 1e12, "Energy that binds two atoms."),
        Parameter("size", 1.0, "length", 1e-12, 1e12, "Distance at which attraction turns into repulsion."),
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"depth": 1, "size": 2},
        pairs=all_pairs,
    ),
    divides_by_mass=True,
)
