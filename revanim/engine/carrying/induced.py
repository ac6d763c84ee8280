"""Velocities that vortices induce: one loop over the pairs, and two for the gradient, for all their laws.

u_i = sum_k v(d, s_k, e²) with d = x_i - z_k: z are the places of the sources, s what each brings along (up to three
numbers), and e a length that serves all. A law says what v is. The gradient is that of S = sum_i w_i . u_i. Who brings
nothing along is carried, and no source, so that the work is sources times carried.

Bodies lie side by side, LANES of them at a time, and sources pass by one after the other: a compiler makes vectors of
that, as wide as the processor has them, and every body still adds the sources in their order. So the bits hang on
neither the width of vectors nor the number of threads, which take SHARE bodies each. What the sources get of the
gradient is added up in a loop of its own, in which they lie side by side and the bodies pass by. All rows are in one
table, at constant places, as in meeting.py. With walls all of that is done for each image (mirrors.py).
"""

from typing import Any, cast

import numpy as np

from revanim.engine.carrying.mirrors import images, mirror, seen
from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import Kernel, kernel_from, prange
from revanim.engine.code.stack import room
from revanim.engine.force import APPLY, PULL
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats

# law(d0, d1, d2, s0, s1, s2, e2): returns v.
LAW = f"UniTuple(float64, 3)({', '.join(['float64'] * 7)})"

# slope(d0, d1, d2, s0, s1, s2, e2, w0, w1, w2): returns v, the same bits, and the derivatives of w . v for d, s and e².
SLOPE = f"UniTuple(float64, 10)({', '.join(['float64'] * 10)})"

# sources(x, theta, slot, who, f): returns their bodies, int64[k], and what they bring along, float64[3, k].
SOURCES = "Tuple((int64[::1], float64[:,::1]))(float64[:,::1], float64[::1], int64[:,:,::1], int64[::1], int64)"

# credit(x, theta, slot, who, f, source, gs, gx, gtheta): adds what gs, float64[3, k], the derivatives for what the
# sources bring along, mean for parameters and places.
CREDIT = (
    "void(float64[:,::1], float64[::1], int64[:,:,::1], int64[::1], int64,"
    " int64[::1], float64[:,::1], float64[:,::1], float64[::1])"
)

# What the functions below leave open: `induced_kernels` makes kernels of them in which these names mean a law's.
law = slope = sources = credit = carry_some = pull_some = draw_some = cast(Any, None)
core = carried = walls = 0
solid = True

LANES = 64  # bodies side by side
SHARE = 256  # bodies that a thread takes at once

# Where rows begin in a table: places, velocities, weights or what is brought along, and derivatives.
Y0, Y1, Y2, U0, U1, U2, W0, W1, W2, G0, G1, G2, A0, A1, A2, B = range(0, 16 * LANES, LANES)
ROOM = 16 * LANES

PLANE = "float64[:,::1]"
CARRY_SOME = f"void(int64, int64, {PLANE}, {PLANE}, {PLANE}, float64, {PLANE})"
PULL_SOME = f"void(int64, int64, {PLANE}, {PLANE}, {PLANE}, {PLANE}, float64, {PLANE}, {PLANE})"
DRAW_SOME = f"void(int64, int64, {PLANE}, {PLANE}, {PLANE}, {PLANE}, float64, {PLANE})"


def induced_kernels(
    law: Kernel, slope: Kernel, sources: Kernel, credit: Kernel, *, core: int, carried: int, walls: int, solid: bool
) -> tuple[Kernel, Kernel]:
    """Return the kernels that apply and pull a flow, made for its law.

    `core`, `carried` and `walls` are the rows of `slot` with e, with those who are carried, and with what mirrors,
    whose corner is in the row behind; `solid` says whether the law has to do with z, and with more than one number of
    a source.
    """
    carry = kernel_from(carry_lanes, CARRY_SOME, law, law=law, solid=solid)
    pull = kernel_from(pull_lanes, PULL_SOME, slope, slope=slope, solid=solid)
    draw = kernel_from(draw_lanes, DRAW_SOME, slope, slope=slope, solid=solid)
    rows = {"core": core, "carried": carried, "walls": walls}
    names: dict[str, Kernel | int] = {"sources": sources, "solid": solid, **rows}
    return (
        kernel_from(apply, APPLY, law, parallel=True, carry_some=carry, **names),
        kernel_from(pull_all, PULL, slope, parallel=True, pull_some=pull, draw_some=draw, credit=credit, **names),
    )


def carry_lanes(start: int, stop: int, y: Floats, z: Floats, s: Floats, e2: float, v: Floats) -> None:
    """Fill v with the velocities at y, from start to stop."""
    t = room(ROOM)
    for first in range(start, stop, LANES):
        width = min(LANES, stop - first)
        for k in range(width):
            t[Y0 + k], t[Y1 + k], t[Y2 + k] = y[0, first + k], y[1, first + k], y[2, first + k]
            t[U0 + k], t[U1 + k], t[U2 + k] = 0.0, 0.0, 0.0
        for j in range(z.shape[1]):
            z0, z1, z2, s0, s1, s2 = z[0, j], z[1, j], z[2, j], s[0, j], s[1, j], s[2, j]
            for k in range(min(width, LANES)):
                d2 = t[Y2 + k] - z2 if solid else 0.0
                v0, v1, v2 = law(t[Y0 + k] - z0, t[Y1 + k] - z1, d2, s0, s1, s2, e2)
                t[U0 + k] += v0
                t[U1 + k] += v1
                if solid:
                    t[U2 + k] += v2
        for k in range(width):
            v[0, first + k], v[1, first + k], v[2, first + k] = t[U0 + k], t[U1 + k], t[U2 + k]


def pull_lanes(
    start: int, stop: int, y: Floats, z: Floats, s: Floats, w: Floats, e2: float, v: Floats, g: Floats
) -> None:
    """Fill v with the same velocities, and g with the derivatives for y."""
    t = room(ROOM)
    for first in range(start, stop, LANES):
        width = min(LANES, stop - first)
        for k in range(width):
            t[Y0 + k], t[Y1 + k], t[Y2 + k] = y[0, first + k], y[1, first + k], y[2, first + k]
            t[W0 + k], t[W1 + k], t[W2 + k] = w[0, first + k], w[1, first + k], w[2, first + k]
            t[U0 + k], t[U1 + k], t[U2 + k] = 0.0, 0.0, 0.0
            t[G0 + k], t[G1 + k], t[G2 + k] = 0.0, 0.0, 0.0
        for j in range(z.shape[1]):
            z0, z1, z2, s0, s1, s2 = z[0, j], z[1, j], z[2, j], s[0, j], s[1, j], s[2, j]
            for k in range(min(width, LANES)):
                d2, w2 = (t[Y2 + k] - z2, t[W2 + k]) if solid else (0.0, 0.0)
                v0, v1, v2, g0, g1, g2, _, _, _, _ = slope(
                    t[Y0 + k] - z0, t[Y1 + k] - z1, d2, s0, s1, s2, e2, t[W0 + k], t[W1 + k], w2
                )
                t[U0 + k] += v0
                t[U1 + k] += v1
                t[G0 + k] += g0
                t[G1 + k] += g1
                if solid:
                    t[U2 + k] += v2
                    t[G2 + k] += g2
        for k in range(width):
            v[0, first + k], v[1, first + k], v[2, first + k] = t[U0 + k], t[U1 + k], t[U2 + k]
            g[0, first + k], g[1, first + k], g[2, first + k] = t[G0 + k], t[G1 + k], t[G2 + k]


def draw_lanes(start: int, stop: int, y: Floats, z: Floats, s: Floats, w: Floats, e2: float, r: Floats) -> None:
    """Add to r, float64[7, sources], the derivatives for the places of sources, what they bring along, and e²."""
    t = room(ROOM)
    for first in range(start, stop, LANES):
        width = min(LANES, stop - first)
        for k in range(width):
            t[Y0 + k], t[Y1 + k], t[Y2 + k] = z[0, first + k], z[1, first + k], z[2, first + k]
            t[W0 + k], t[W1 + k], t[W2 + k] = s[0, first + k], s[1, first + k], s[2, first + k]
            t[G0 + k], t[G1 + k], t[G2 + k] = 0.0, 0.0, 0.0
            t[A0 + k], t[A1 + k], t[A2 + k], t[B + k] = 0.0, 0.0, 0.0, 0.0
        for j in range(y.shape[1]):
            y0, y1, y2, w0, w1, w2 = y[0, j], y[1, j], y[2, j], w[0, j], w[1, j], w[2, j]
            for k in range(min(width, LANES)):
                d2, s1, s2 = (y2 - t[Y2 + k], t[W1 + k], t[W2 + k]) if solid else (0.0, 0.0, 0.0)
                _, _, _, g0, g1, g2, a0, a1, a2, b = slope(
                    y0 - t[Y0 + k], y1 - t[Y1 + k], d2, t[W0 + k], s1, s2, e2, w0, w1, w2
                )
                t[G0 + k] -= g0
                t[G1 + k] -= g1
                t[A0 + k] += a0
                t[B + k] += b
                if solid:
                    t[G2 + k] -= g2
                    t[A1 + k] += a1
                    t[A2 + k] += a2
        for k in range(width):
            for row in range(7):
                r[row, first + k] += t[G0 + row * LANES + k]


def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, u: Floats) -> None:
    """Add the velocities."""
    source, s = sources(x, theta, slot, who, f)
    whom, z, up, corner = who[slot[f, carried, 0] : slot[f, carried, 1]], x[:, source], 1 + solid, slot[f, walls + 1, 0]
    v, shares, e = np.empty((3, whom.size)), (whom.size + SHARE - 1) // SHARE, theta[slot[f, core, 0]]
    for image in range(images(theta, slot, f, walls)):
        y = seen(x, whom, theta, corner, up, image)
        if wide:
            for share in prange(shares):
                if not is_dropped(who):
                    carry_some(share * SHARE, min(whom.size, (share + 1) * SHARE), y, z, s, e * e, v)
        else:
            for share in range(shares):
                if not is_dropped(who):
                    carry_some(share * SHARE, min(whom.size, (share + 1) * SHARE), y, z, s, e * e, v)
        mirror(v, up, image)
        for k in range(whom.size):
            for c in range(2 + solid):
                u[c, whom[k]] += v[c, k]


def pull_all(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, u: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the same velocities, and the gradients."""
    source, s = sources(x, theta, slot, who, f)
    whom, z, up, corner = who[slot[f, carried, 0] : slot[f, carried, 1]], x[:, source], 1 + solid, slot[f, walls + 1, 0]
    n, k, e = whom.size, source.size, theta[slot[f, core, 0]]
    v, g, r, shares, parts = np.empty((3, n)), np.empty((3, n)), np.zeros((7, k)), -(-n // SHARE), -(-k // SHARE)
    for image in range(images(theta, slot, f, walls)):
        y, weights = seen(x, whom, theta, corner, up, image), w[:, whom]
        mirror(weights, up, image)
        if wide:
            for share in prange(shares):
                if not is_dropped(who):
                    pull_some(share * SHARE, min(n, (share + 1) * SHARE), y, z, s, weights, e * e, v, g)
            for part in prange(parts):
                if not is_dropped(who):
                    draw_some(part * SHARE, min(k, (part + 1) * SHARE), y, z, s, weights, e * e, r)
        else:
            for share in range(shares):
                if not is_dropped(who):
                    pull_some(share * SHARE, min(n, (share + 1) * SHARE), y, z, s, weights, e * e, v, g)
            for part in range(parts):
                if not is_dropped(who):
                    draw_some(part * SHARE, min(k, (part + 1) * SHARE), y, z, s, weights, e * e, r)
        mirror(v, up, image)
        mirror(g, up, image)
        for i in range(n):
            for c in range(2 + solid):
                u[c, whom[i]] += v[c, i]
                gx[c, whom[i]] += g[c, i]
    for j in range(k):
        for c in range(2 + solid):
            gx[c, source[j]] += r[c, j]
        gtheta[slot[f, core, 0]] += 2.0 * e * r[6, j]
    credit(x, theta, slot, who, f, source, r[3:6], gx, gtheta)
