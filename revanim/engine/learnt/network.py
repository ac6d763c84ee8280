"""A small network for many bodies at once: o = C s(B s(A p)), where s(u) = u / sqrt(1 + u^2).

p are what it is told of each body, o three numbers that come of it. A and B have a column more than they are told of,
for a 1. All three are matrices in one vector, A, then B, then C, each column by column. s' = (1 - s^2)^(3/2), so it
takes + - * / and sqrt alone. Each body has a lane, and sums run along rows, or over bodies in their order.

Loops over lanes run as far as their arrays are wide: one whose length is a constant would be taken apart before a
compiler makes vectors of it, and take four times as long.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.noise import drawn
from revanim.engine.parameter import Floats

LANES = 32  # bodies
OUTS = 3
STEEP, SHIFT, STRONG = 1.5, 1.0, 0.3  # how large the weights of A are for what it is told, for its 1, and those of C


@kernel("int64(int64, int64)")
def weight_count(told: int, units: int) -> int:
    """Return how many weights a network has."""
    return (told + 1) * units + (units + 1) * units + units * OUTS


@kernel("void(float64[::1], int64, int64, int64, float64[:,::1], float64[:,::1], int64)")
def combine(w: Floats, at: int, stride: int, count: int, p: Floats, q: Floats, j: int) -> None:
    """Let row j of q be the sum of the rows of p, each times a weight; four at a time, in their order."""
    whole = count - count % 4
    for i in range(q.shape[1]):
        q[j, i] = 0.0
    for k in range(0, whole, 4):
        r = at + k * stride
        c0, c1, c2, c3 = w[r], w[r + stride], w[r + 2 * stride], w[r + 3 * stride]
        for i in range(q.shape[1]):
            q[j, i] = (((q[j, i] + c0 * p[k, i]) + c1 * p[k + 1, i]) + c2 * p[k + 2, i]) + c3 * p[k + 3, i]
    for k in range(whole, count):
        c = w[at + k * stride]
        for i in range(q.shape[1]):
            q[j, i] += c * p[k, i]


@kernel("void(float64[::1], int64, int64, int64, float64[:,::1], float64[:,::1])")
def weigh(w: Floats, at: int, ins: int, outs: int, p: Floats, q: Floats) -> None:
    """Let q be the matrix that begins at `at` times p."""
    for j in range(outs):
        combine(w, at + j, outs, ins, p, q, j)


@kernel(
    "void(float64[::1], int64, int64, int64, float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1],"
    " float64[::1])"
)
def unweigh(
    w: Floats, at: int, ins: int, outs: int, p: Floats, dq: Floats, dp: Floats, turned: Floats, g: Floats
) -> None:
    """Let dp be the derivative for p, of what has dq for q, and add those for the matrix to g, body by body."""
    for i in range(turned.shape[0]):
        for j in range(outs):
            turned[i, j] = dq[j, i]
    for k in range(ins):
        combine(w, at + k * outs, 1, outs, dq, dp, k)
        row = g[k * outs : (k + 1) * outs]
        for i in range(0, turned.shape[0], 4):
            c0, c1, c2, c3 = p[k, i], p[k, i + 1], p[k, i + 2], p[k, i + 3]
            d0, d1, d2, d3 = turned[i], turned[i + 1], turned[i + 2], turned[i + 3]
            for j in range(row.size):
                row[j] = (((row[j] + c0 * d0[j]) + c1 * d1[j]) + c2 * d2[j]) + c3 * d3[j]


@kernel("void(float64[:,::1], int64)")
def bend(q: Floats, rows: int) -> None:
    """Let each number be s of it."""
    for j in range(rows):
        for i in range(q.shape[1]):
            q[j, i] = q[j, i] / np.sqrt(1.0 + q[j, i] * q[j, i])


@kernel("void(float64[:,::1], float64[:,::1], int64)")
def unbend(q: Floats, dq: Floats, rows: int) -> None:
    """Let dq, the derivative for s, be that for what s was taken of."""
    for j in range(rows):
        for i in range(q.shape[1]):
            c = 1.0 - q[j, i] * q[j, i]
            dq[j, i] = dq[j, i] * (c * np.sqrt(c))


@kernel("void(float64[::1], int64, int64, int64, float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1])")
def think(w: Floats, at: int, told: int, units: int, p: Floats, one: Floats, two: Floats, o: Floats) -> None:
    """Let o be what the network makes of p; row `told` of p, and row `units` of one, hold the 1."""
    weigh(w, at, told + 1, units, p, one)
    bend(one, units)
    at += (told + 1) * units
    weigh(w, at, units + 1, units, one, two)
    bend(two, units)
    weigh(w, at + (units + 1) * units, units, OUTS, two, o)


@kernel(
    "void(float64[::1], int64, int64, int64, float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1],"
    " float64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1], float64[::1])"
)
def think_back(
    w: Floats, at: int, told: int, units: int, p: Floats, one: Floats, two: Floats, do: Floats,
    dp: Floats, done: Floats, dtwo: Floats, turned: Floats, g: Floats,
) -> None:  # fmt: skip
    """Let dp be the derivative for p, of what has `do` for o, and add those for the weights to g."""
    second = (told + 1) * units
    third = second + (units + 1) * units
    unweigh(w, at + third, units, OUTS, two, do, dtwo, turned, g[third:])
    unbend(two, dtwo, units)
    unweigh(w, at + second, units + 1, units, one, dtwo, done, turned, g[second:third])
    unbend(one, done, units)
    unweigh(w, at, told + 1, units, p, done, dp, turned, g[:second])


@kernel("void(float64[::1], int64, int64, int64, int64)")
def begin_with(w: Floats, told: int, units: int, which: int, seed: int) -> None:
    """Draw weights for the network number `which`: pushes that are smooth, and about as strong whatever its size."""
    size = np.sqrt(1.0 * units)
    second = (told + 1) * units
    third = second + (units + 1) * units
    for r in range(w.size):
        one, two, three = drawn(r, which, 0, seed)
        if r < second:
            scale = STEEP if r < told * units else SHIFT
        elif r < third:
            scale = 1.0 / size if r < third - units else 0.0
        else:
            scale = STRONG / size
        w[r] = scale * (one + two + three)
