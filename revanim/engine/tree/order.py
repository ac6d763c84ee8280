"""The order of a tree: bodies along a curve that fills space, so that those of one corner of it stand together.

Each axis is cut into 2^21 cells, and the bits of a body's three cells, by turns, are its key (Morton 1966). A sort that
is stable has one result. All of it is a function of the places as they are, and of the order of the bodies.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats

HALF = 2.0**20  # cells; an extent is between that and twice as many
DIGIT = 11  # bits that are sorted by at once
KEY = 63  # bits
SMALL = 64  # bodies, so few that they are sorted one by one


@kernel("float64(float64)", inline=True)
def power_below(v: float) -> float:
    """Return the largest power of two that is not above a number, which must not be negative; 0 for 0."""
    return float(np.int64(np.float64(v).view(np.int64) & np.int64(0x7FF0000000000000)).view(np.float64))


@kernel("int64(int64)", inline=True)
def spread(v: int) -> int:
    """Return 21 bits with two zeros between each and the next."""
    v = (v | (v << 32)) & 0x1F00000000FFFF
    v = (v | (v << 16)) & 0x1F0000FF0000FF
    v = (v | (v << 8)) & 0x100F00F00F00F00F
    v = (v | (v << 4)) & 0x10C30C30C30C30C3
    return (v | (v << 2)) & 0x1249249249249249


@kernel("float64(float64[:,::1], int64[::1], int64[::1], int64[::1], int64, int64)")
def give_keys(x: Floats, who: Counts, order: Counts, keys: Counts, begin: int, end: int) -> float:
    """Give keys to the bodies from begin to end of the order, and return the edge of a cell; 0 for a single place."""
    first = who[order[begin]]
    low0, low1, low2, high0, high1, high2 = x[0, first], x[1, first], x[2, first], x[0, first], x[1, first], x[2, first]
    for i in range(begin, end):
        p = who[order[i]]
        low0, high0 = min(low0, x[0, p]), max(high0, x[0, p])
        low1, high1 = min(low1, x[1, p]), max(high1, x[1, p])
        low2, high2 = min(low2, x[2, p]), max(high2, x[2, p])
    extent = power_below(max(high0 - low0, max(high1 - low1, high2 - low2)))
    scale = HALF / extent if extent > 0.0 else 0.0
    for i in range(begin, end):
        p = who[order[i]]
        c0, c1, c2 = (x[0, p] - low0) * scale, (x[1, p] - low1) * scale, (x[2, p] - low2) * scale
        keys[i] = (spread(np.int64(c0)) << 2) | (spread(np.int64(c1)) << 1) | spread(np.int64(c2))
    return float(extent / HALF)


@kernel("void(int64[::1], int64[::1], int64, int64)")
def sort_few(keys: Counts, order: Counts, begin: int, end: int) -> None:
    """Sort a few bodies by their keys."""
    for i in range(begin + 1, end):
        key, body, at = keys[i], order[i], i
        while at > begin and keys[at - 1] > key:
            keys[at], order[at] = keys[at - 1], order[at - 1]
            at -= 1
        keys[at], order[at] = key, body


@kernel("boolean(int64, int64[::1], int64[::1], int64[::1], int64[::1], int64[::1])")
def sort_digit(shift: int, count: Counts, keys: Counts, order: Counts, moved_keys: Counts, moved_order: Counts) -> bool:
    """Move bodies to where a digit of their keys belongs; tell whether they were moved, since all may have the same."""
    mask = count.size - 1
    count[:] = 0
    for key in keys:
        count[(key >> shift) & mask] += 1
    if count[(keys[0] >> shift) & mask] == keys.size:
        return False
    total = 0
    for digit in range(count.size):
        total, count[digit] = total + count[digit], total
    for i in range(keys.size):
        digit = (keys[i] >> shift) & mask
        at = count[digit]
        count[digit] = at + 1
        moved_keys[at], moved_order[at] = keys[i], order[i]
    return True


@kernel("void(int64[::1], int64[::1], int64, int64)")
def sort(keys: Counts, order: Counts, begin: int, end: int) -> None:
    """Sort bodies from begin to end of the order by their keys; those with the same stay as they are."""
    if end - begin <= SMALL:
        sort_few(keys, order, begin, end)
        return
    a_keys, a_order = keys[begin:end].copy(), order[begin:end].copy()
    b_keys, b_order, count = np.empty_like(a_keys), np.empty_like(a_order), np.empty(1 << DIGIT, np.int64)
    for shift in range(0, KEY, DIGIT):
        if sort_digit(shift, count, a_keys, a_order, b_keys, b_order):
            a_keys, a_order, b_keys, b_order = b_keys, b_order, a_keys, a_order
    keys[begin:end], order[begin:end] = a_keys, a_order
