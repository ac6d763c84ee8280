"""Bouncing and rubbing without forgetting, by merging neighbours (merge.py).

A bounce makes of a speed u the speed e u, at the least the slowest that moves at all, and of a distance that it has
gone since then e times that: each is rounded so that it grows with what it comes from.

Of a speed (u, p) along two axes the first becomes q, where u = q + c q / sqrt(q² + p²): dry friction of the strength c
along one axis after the other (Coulomb). It is stuck at q = 0 where |u| was up to c, if p is 0. The formula grows with
q by construction (merge.py), so ranks go on the tape. What is stuck is told from what would be stuck had the body been
at rest before, its ghost: what rests on takes no bits.
"""

import numpy as np

from revanim.engine.code.kernel import kernel, kernel_from
from revanim.engine.grid import Counts
from revanim.engine.merge import FARTHEST, reached
from revanim.engine.tape import TAPED, Words, pop_of, pop_rare, push_of, push_rare

RUB = "float64, int64"  # c and p in counts
TRIES, NEAR = 5, 0.1  # of Newton's method, and counts by which it still comes nearer


@kernel(f"int64(int64, {RUB}, int64)")
def least_rubbed(q: int, limit: float, across: int, _: int) -> int:
    """Return the least speed, from 0 up, that becomes q or more."""
    if q <= 0:
        return 0
    slant = float(across) / q
    return int(q + np.int64(min(np.rint(limit / np.sqrt(1.0 + slant * slant)), FARTHEST)))


searched = kernel_from(reached, f"int64(int64, int64, int64, int64, {RUB}, int64)", least_rubbed, least=least_rubbed)


@kernel(f"UniTuple(int64, 3)(int64, {RUB})")
def rubbed(u: int, limit: float, across: int) -> tuple[int, int, int]:
    """Return what a speed from 0 up becomes, and the least speeds that become that or more, and more.

    It is sought where Newton's method ends, which comes from below.
    """
    end = least_rubbed(1, limit, across, 0)
    if u < end:
        return 0, 0, end
    near, p2, nearer = max(u - limit, 0.0), float(across) * across, 1.0
    for _ in range(TRIES):
        size2 = near * near + p2
        if size2 == 0.0 or abs(nearer) < NEAR:
            break
        size = np.sqrt(size2)
        nearer = (near - u + limit * near / size) / (1.0 + limit * p2 / (size2 * size))
        near -= nearer
    q = int(np.rint(min(max(near, 0.0), float(u))))
    begin, end = least_rubbed(q, limit, across, 0), least_rubbed(q + 1, limit, across, 0)
    if begin <= u < end:
        return int(q), begin, end
    q = searched(u, q, 0, u, limit, across, 0)
    return q, least_rubbed(q, limit, across, 0), least_rubbed(q + 1, limit, across, 0)


@kernel(f"int64({TAPED}, int64, {RUB}, int64)")
def rub(state: Counts, words: Words, lane: int, i: int, v: int, limit: float, across: int, ghost: int) -> int:
    """Return what a speed of either sign becomes, and push its rank."""
    if not limit >= 0.5:
        return v
    q, begin, end = rubbed(abs(v), limit, across)
    if q == 0:
        count = 2 * end - 1
        push_rare(state, words, lane, i, (v - (ghost if abs(ghost) < end else 0)) % count, count)
        return 0
    push_of(state, words, lane, i, abs(v) - begin, end - begin)
    return int(q if v > 0 else -q)


@kernel(f"int64({TAPED}, int64, {RUB}, int64)")
def unrub(state: Counts, words: Words, lane: int, i: int, v: int, limit: float, across: int, ghost: int) -> int:
    """Return what a speed has been, by the rank that is popped: `rub` undone."""
    if not limit >= 0.5:
        return v
    q = abs(v)
    begin, end = least_rubbed(q, limit, across, 0), least_rubbed(q + 1, limit, across, 0)
    if q == 0:
        count = 2 * end - 1
        u = (pop_rare(state, words, lane, i, count) + (ghost if abs(ghost) < end else 0)) % count
        return int(u if u < end else u - count)
    u = begin + pop_of(state, words, lane, i, end - begin)
    return int(u if v > 0 else -u)


@kernel("UniTuple(float64, 3)(int64, float64, int64)")
def slants(v: int, limit: float, across: int) -> tuple[float, float, float]:
    """Return the derivatives of a speed v, as it was rubbed to, for what it was, the limit, and the speed across.

    What is stuck has none: whatever it was before has no influence.
    """
    if not limit >= 0.5:
        return 1.0, 0.0, 0.0
    size2 = float(v) * v + float(across) * across
    if v == 0:
        return 0.0, 0.0, 0.0
    size = np.sqrt(size2)
    kept = 1.0 / (1.0 + limit * float(across) * across / (size2 * size))
    return kept, -kept * v / size, kept * limit * v * across / (size2 * size)


@kernel("int64(int64, float64)")
def carried(v: int, c: float) -> int:
    """Return how far a speed carries in a drift of c counts for each count of speed."""
    return int(np.int64(np.rint(v * c)))


@kernel("int64(float64)")
def slowest(c: float) -> int:
    """Return the least speed that carries anywhere."""
    v = np.int64(min(np.rint(0.5 / c), FARTHEST))
    while v > 1 and carried(v - 1, c) >= 1:
        v -= 1
    while carried(v, c) < 1:
        v += 1
    return int(v)


@kernel("int64(int64, float64, int64, int64)")
def least_speed(q: int, e: float, slow: int, _: int) -> int:
    """Return the least speed, from the slowest up, that bounces back as q or faster."""
    return int(slow if q <= slow else q + np.int64(min(np.rint(q * ((1.0 - e) / e)), FARTHEST)))


@kernel("int64(int64, int64, int64, int64)")
def least_way(y: int, few: int, many: int, _: int) -> int:
    """Return the first of `many` places that become number y, or a later one, of a few."""
    if y >= few:
        return many
    return min(y + int(np.rint(y * (float(many - few) / few))), many - (few - y))


bounced = kernel_from(
    reached, "int64(int64, int64, int64, int64, float64, int64, int64)", least_speed, least=least_speed
)
nearer = kernel_from(reached, "int64(int64, int64, int64, int64, int64, int64, int64)", least_way, least=least_way)


@kernel(f"UniTuple(int64, 2)({TAPED}, int64, int64, float64, float64, int64)")
def bounce(
    state: Counts, words: Words, lane: int, i: int, y: int, u: int, e: float, c: float, way: int
) -> tuple[int, int]:
    """Return the distance and the speed after a bounce, or before it where way is -1."""
    if e >= 1.0:
        return y, u
    slow = slowest(c)
    if way > 0:
        q = bounced(u, np.int64(np.rint(u * e)), slow, u, e, slow, 0)
        few, many = carried(q, c), carried(u, c)
        near = nearer(y, np.int64(y * (float(few) / many)), 0, few - 1, few, many, 0)
        begin, fast = least_way(near, few, many, 0), least_speed(q, e, slow, 0)
        push_of(state, words, lane, i, y - begin, least_way(near + 1, few, many, 0) - begin)
        push_of(state, words, lane, i, u - fast, least_speed(q + 1, e, slow, 0) - fast)
        return near, q
    fast = least_speed(u, e, slow, 0)
    before = fast + pop_of(state, words, lane, i, least_speed(u + 1, e, slow, 0) - fast)
    few, many = carried(u, c), carried(before, c)
    begin = least_way(y, few, many, 0)
    return begin + pop_of(state, words, lane, i, least_way(y + 1, few, many, 0) - begin), before
