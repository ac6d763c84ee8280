"""Two blocks of bodies that meet, in one table: the pairs of `pairs.py`, and what each body gets from them.

In row r, body k of one block meets body k + r of the other, which begins anew behind its end. The pairs of a row have
no body in common, so that a compiler makes vectors of them, as wide as the processor has them; every body still adds
its pairs row by row.

That a compiler does so hangs on a thread, so look at what it makes (`vsqrtpd` and `vdivpd` of full width) after a
change. All rows are in one table, at constant places; it must see that no index is negative, and that the rows of one
block are apart from those of the other. Rows are a little apart so that none of those that are written to and read
shortly after lie a multiple of 4096 bytes away from each other, which processors take for the same place.
"""

from typing import Any, cast

from revanim.engine.code.kernel import Kernel, kernel, kernel_from
from revanim.engine.parameter import Floats

# law(|d|^2, q_i, q_j, s): returns c.
LAW = "float64(float64, float64, float64, float64)"

# slope(|d|^2, q_i, q_j, s): returns c, the same bits; twice its derivative for |d|^2; those for q_i, q_j and s.
SLOPE = "UniTuple(float64, 5)(float64, float64, float64, float64)"

# meet(first, last, width, s, t): lets two blocks, of which the first has `width` bodies, meet in rows first to last.
MEET = "void(int64, int64, int64, float64, float64[::1])"

# meet_itself(size, s, t): lets a block meet itself, each pair of it once.
MEET_ITSELF = "void(int64, float64, float64[::1])"

# What the functions below leave open: kernels are made of them in which these names mean a law's.
law = slope = meet = cast(Any, None)
varied = True

BLOCK = 64  # bodies; all that two blocks need for the gradient lies in the nearest cache
WIDE, SPAN = BLOCK + 8, 2 * BLOCK + 16  # room for a row of a block, and for one that begins anew behind its end
POSITIVE = 2**62 - 1  # what is between 0 and this stays as it is, and the compiler sees that it is not negative

# Rows of a table of bodies: their places, q and v; and of one of sums: F, and the derivatives of S for place, q and s.
X, Q, V = 0, 3, 4
F, G, GQ, GS = 0, 3, 6, 7
# Where the same rows of two blocks begin in their table.
X0, X1, X2, QI, V0, V1, V2, F0, F1, F2, G0, G1, G2, GQI, GSI, C, C2, CI, CJ, CS = range(0, 20 * WIDE, WIDE)
Y0, Y1, Y2, QJ, W0, W1, W2, E0, E1, E2, H0, H1, H2, GQJ, ALPHA = range(20 * WIDE, 20 * WIDE + 15 * SPAN, SPAN)
ROOM = 20 * WIDE + 15 * SPAN

LAY = "void(float64[:,::1], int64, int64, int64, int64, int64, float64[::1], int64, int64)"


def meetings(law: Kernel, slope: Kernel, varied: bool) -> tuple[Kernel, Kernel, Kernel, Kernel]:
    """Return what lets two blocks, and one with itself, push each other, and what pulls them, made for a law."""
    push = kernel_from(push_rows, MEET, law, law=law)
    pull = kernel_from(pull_rows, MEET, slope, slope=slope, varied=varied)
    push_itself = kernel_from(meet_each_other, MEET_ITSELF, law, meet=push)
    return push, push_itself, pull, kernel_from(meet_each_other, MEET_ITSELF, slope, meet=pull)


def push_rows(first: int, last: int, width: int, s: float, t: Floats) -> None:
    """Let two blocks in a table push each other, in the rows from first to last."""
    for row in range(first, last):
        r = row & (BLOCK - 1)  # so the compiler sees that it is not negative
        for k in range(min(width, BLOCK)):
            d0, d1, d2 = t[Y0 + r + k] - t[X0 + k], t[Y1 + r + k] - t[X1 + k], t[Y2 + r + k] - t[X2 + k]
            c = law(d0 * d0 + d1 * d1 + d2 * d2, t[QI + k], t[QJ + r + k], s)
            f0, f1, f2 = c * d0, c * d1, c * d2
            t[F0 + k] += f0
            t[F1 + k] += f1
            t[F2 + k] += f2
            t[E0 + r + k] -= f0
            t[E1 + r + k] -= f1
            t[E2 + r + k] -= f2


def pull_rows(first: int, last: int, width: int, s: float, t: Floats) -> None:
    """Do the same, and add up the derivatives of S."""
    for row in range(first, last):
        r = row & (BLOCK - 1)
        for k in range(min(width, BLOCK)):  # the roots and divisions by themselves, or all else waits for them
            d0, d1, d2 = t[Y0 + r + k] - t[X0 + k], t[Y1 + r + k] - t[X1 + k], t[Y2 + r + k] - t[X2 + k]
            t[C + k], t[C2 + k], ci, cj, t[CS + k] = slope(d0 * d0 + d1 * d1 + d2 * d2, t[QI + k], t[QJ + r + k], s)
            if varied:
                t[CI + k], t[CJ + k] = ci, cj
        for k in range(min(width, BLOCK)):
            d0, d1, d2 = t[Y0 + r + k] - t[X0 + k], t[Y1 + r + k] - t[X1 + k], t[Y2 + r + k] - t[X2 + k]
            t0, t1, t2 = t[V0 + k] - t[W0 + r + k], t[V1 + k] - t[W1 + r + k], t[V2 + k] - t[W2 + r + k]
            c, td = t[C + k], t0 * d0 + t1 * d1 + t2 * d2
            h = t[C2 + k] * td
            f0, f1, f2 = c * d0, c * d1, c * d2
            g0, g1, g2 = c * t0 + h * d0, c * t1 + h * d1, c * t2 + h * d2
            t[F0 + k] += f0
            t[F1 + k] += f1
            t[F2 + k] += f2
            t[G0 + k] -= g0
            t[G1 + k] -= g1
            t[G2 + k] -= g2
            t[GSI + k] += t[CS + k] * td
            if varied:
                t[GQI + k] += t[CI + k] * td
                t[GQJ + r + k] += t[CJ + k] * td
            t[E0 + r + k] -= f0  # the rows of one block, then those of the other: so the compiler sees them apart
            t[E1 + r + k] -= f1
            t[E2 + r + k] -= f2
            t[H0 + r + k] += g0
            t[H1 + r + k] += g1
            t[H2 + r + k] += g2


def meet_each_other(size: int, s: float, t: Floats) -> None:
    """Let each body of a block meet each other one once."""
    meet(1, (size + 1) // 2, size, s, t)
    if size % 2 == 0:  # in this row the halves of the block meet, and half of it is all of it
        meet(size // 2, size // 2 + 1, size // 2, s, t)


@kernel("void(int64, int64, float64[::1], int64, int64)")
def clear(count: int, length: int, t: Floats, at: int, stride: int) -> None:
    """Let so many rows be zero."""
    for row in range(count):
        to = (at + row * stride) & POSITIVE
        for k in range(length):
            t[to + k] = 0.0


@kernel(LAY)
def lay(
    table: Floats, first: int, last: int, start: int, stop: int, length: int, t: Floats, at: int, stride: int
) -> None:
    """Lay rows of a block into a table of two, anew behind its end up to a length."""
    for row in range(first, last):
        for begin in range(0, length, stop - start):
            here, to = start & POSITIVE, (at + row * stride + begin) & POSITIVE
            for k in range(min(stop - start, length - begin)):
                t[to + k] = table[row, here + k]


@kernel(LAY)
def add(
    total: Floats, first: int, last: int, start: int, stop: int, length: int, t: Floats, at: int, stride: int
) -> None:
    """Add the sums of a block in a table of two, and those behind its end, to those of all bodies."""
    for row in range(first, last):
        for begin in range(0, length, stop - start):
            here, to = start & POSITIVE, (at + row * stride + begin) & POSITIVE
            for k in range(min(stop - start, length - begin)):
                total[row, here + k] += t[to + k]
