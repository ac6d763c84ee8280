"""Slowing down without forgetting: neighbouring speeds become one, and the tape keeps which of them it was.

In a time h a speed u along an axis becomes q, where the other axes have the square o and all speeds are counts of c:

    u = q (1 + a/2) / (1 - a/2),   a = h r + h s c sqrt(m² + o),   m = q (1 + a'/2),   a' = h r + h s c sqrt(q² + o)

the implicit midpoint rule for du/dt = -(r + s |u|) u. The way back is the formula; `first` rounds it so that it grows
with q, by 1 or more: every correctly rounded operation in it grows with what it is done to, and a law that cannot fall
is never undone wrongly. So the speeds from `first(q)` up to `first(q + 1)` become q, and their rank among these goes on
the tape. Where q is among them a body may stay as fast as it is, and to stay takes no bits.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.kernel import kernel, kernel_from
from revanim.engine.grid import Counts
from revanim.engine.tape import TAPED, Words, pop_of, pop_rare, push_of, push_rare

MOST = 1.8  # of a: what is stronger than a step can follow brings a speed down to a nineteenth
FARTHEST = 2.0**60  # counts between a speed and what it becomes

LAW = "float64, float64, float64"  # h r, h s c, and o in counts

least = cast(Any, None)  # which `reached` leaves open


@kernel(f"int64(int64, {LAW})")
def first(q: int, linear: float, square: float, others: float) -> int:
    """Return the least speed, from 0 up, that becomes q or more."""
    a = linear
    if square > 0.0:
        middle = q * (1.0 + 0.5 * (linear + square * np.sqrt(float(q) * q + others)))
        a += square * np.sqrt(middle * middle + others)
    a = min(a, MOST)
    return int(q + np.int64(min(np.rint(q * (a / (1.0 - 0.5 * a))), FARTHEST)))


def reached(u: int, guess: int, lowest: int, highest: int, one: Any, two: Any, three: Any) -> int:
    """Return the last number, of those from the lowest to the highest, whose `least` is at most u.

    That of the lowest is. `least(q, one, two, three)` is left open; it must grow with q (`kernel_from`).
    """
    q, stride = min(max(guess, lowest), highest), 1
    while least(q, one, two, three) > u:
        q, stride = max(q - stride, lowest), 2 * stride
    stride = 1
    while q + stride <= highest and least(q + stride, one, two, three) <= u:
        q, stride = q + stride, 2 * stride
    while stride > 1:
        stride //= 2
        if q + stride <= highest and least(q + stride, one, two, three) <= u:
            q += stride
    return q


merged = kernel_from(reached, f"int64(int64, int64, int64, int64, {LAW})", first, least=first)


@kernel(f"UniTuple(int64, 3)(int64, {LAW})")
def found(u: int, linear: float, square: float, others: float) -> tuple[int, int, int]:
    """Return what a speed from 0 up becomes, the last q whose `first` it reaches, and `first` of q and of q + 1."""
    a = min(linear + square * np.sqrt(float(u) * u + others) if square > 0.0 else linear, MOST)
    q = min(int(np.rint(u * ((1.0 - 0.5 * a) / (1.0 + 0.5 * a)))), u)
    begin, end = first(q, linear, square, others), first(q + 1, linear, square, others)
    if begin <= u < end:
        return q, begin, end
    q = merged(u, q, 0, u, linear, square, others)
    return q, first(q, linear, square, others), first(q + 1, linear, square, others)


@kernel(f"int64({TAPED}, int64, {LAW})")
def lose(state: Counts, words: Words, lane: int, i: int, v: int, linear: float, square: float, others: float) -> int:
    """Return what a speed of either sign becomes, and push its rank."""
    u = abs(v)
    q, begin, end = found(u, linear, square, others)
    if q == 0:  # from either side
        push_rare(state, words, lane, i, v if v >= 0 else 2 * end - 1 + v, 2 * end - 1)
        return 0
    if begin == q:
        push_rare(state, words, lane, i, u - begin, end - begin)
    else:
        push_of(state, words, lane, i, u - begin, end - begin)
    return int(q if v > 0 else -q)


@kernel(f"int64({TAPED}, int64, {LAW})")
def regain(state: Counts, words: Words, lane: int, i: int, v: int, linear: float, square: float, others: float) -> int:
    """Return what a speed has been, by the rank that is popped: `lose` undone."""
    q = abs(v)
    begin, end = first(q, linear, square, others), first(q + 1, linear, square, others)
    if q == 0:
        rank = pop_rare(state, words, lane, i, 2 * end - 1)
        return int(rank if rank < end else rank - (2 * end - 1))
    if begin == q:
        u = begin + pop_rare(state, words, lane, i, end - begin)
    else:
        u = begin + pop_of(state, words, lane, i, end - begin)
    return int(u if v > 0 else -u)


@kernel(f"int64({TAPED}, int64, float64, int64)")
def cooled(state: Counts, words: Words, lane: int, i: int, v: int, linear: float, way: int) -> int:
    """Return what a speed is slowed to by `linear`, or where that is below 0 made faster to; undone where way is -1.

    To make faster is to slow down undone: it pops, and takes a tape below 0 where nothing was lost before.
    """
    if (linear > 0.0) == (way > 0):
        return int(lose(state, words, lane, i, v, abs(linear), 0.0, 0.0))
    return int(regain(state, words, lane, i, v, abs(linear), 0.0, 0.0))


@kernel(f"UniTuple(float64, 4)(int64, {LAW})")
def slopes(q: int, linear: float, square: float, others: float) -> tuple[float, float, float, float]:
    """Return the derivatives of q, where it was a speed from 0 up, for that speed, `linear`, `square` and `others`.

    Rounding counts as the identity.
    """
    if square == 0.0:
        a = min(linear, MOST)
        return (1.0 - 0.5 * a) / (1.0 + 0.5 * a), -q / (1.0 - 0.25 * a * a) if linear < MOST else 0.0, 0.0, 0.0
    near = np.sqrt(float(q) * q + others)
    middle = q * (1.0 + 0.5 * (linear + square * near))
    far = np.sqrt(middle * middle + others)
    a = linear + square * far
    if a >= MOST or far == 0.0:
        a = min(a, MOST)
        return (1.0 - 0.5 * a) / (1.0 + 0.5 * a), -q / (1.0 - 0.25 * a * a) if a < MOST else 0.0, 0.0, 0.0
    by_a, lever = q / ((1.0 - 0.5 * a) * (1.0 - 0.5 * a)), square * middle / far
    by_q = (1.0 + 0.5 * a) / (1.0 - 0.5 * a) + by_a * lever * (middle / max(q, 1) + 0.5 * square * q * q / near)
    by_linear = by_a * (1.0 + lever * 0.5 * q)
    by_square = by_a * (far + lever * 0.5 * q * near)
    by_others = by_a * (0.5 * square / far + lever * 0.25 * square * q / near)
    return 1.0 / by_q, -by_linear / by_q, -by_square / by_q, -by_others / by_q
