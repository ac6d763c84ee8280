"""Which bodies touch, found by cells: every pair of spheres that overlap, once, in an order that places alone decide.

Space is cut into cells as wide as the farthest reach of a pair. Sorted by their cell, row by row, the bodies near one
lie in five runs at or behind it: the rest of its own row, and three cells of each of the four rows that come after.
Keys ascend, so the ends of these runs only ever move on: no table, no hash. Ties stand in the order of the bodies.
"""

import numpy as np

from revanim.engine.code.kernel import kernel, prange
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.tree.order import sort

MOST_CELLS = 2.0**20  # along an axis; beyond, they are wider
WIDER = 1.0 + 2.0**-20  # a hair, so that rounding puts no pair two cells apart
ROWS = 5
PARTS = 16  # of the bodies, and so the most threads that are of use
USUAL = 12  # pairs of a body: twice those of balls that lie as densely as they can
SHARE = 1 << 16  # pairs that are found at once by whoever looks between shares whether anybody waits for them

Cells = tuple[Floats, Counts, Counts, int, int]
CELLS = "Tuple((float64[:,::1], int64[::1], int64[::1], int64, int64))"


@kernel("Tuple((int64[::1], int64, int64))(float64[:,::1], float64)")
def keys_of(x: Floats, reach: float) -> tuple[Counts, int, int]:
    """Return the cell of each body, and how many cells are in a row and in a layer: an empty one on either side."""
    n, edge = x.shape[1], reach * WIDER
    low, cells = np.empty(3), np.empty(3, np.int64)
    for c in range(3):
        low[c], high = x[c, 0], x[c, 0]
        for i in range(n):
            low[c], high = min(low[c], x[c, i]), max(high, x[c, i])
        while (high - low[c]) / edge > MOST_CELLS:
            edge *= 2.0
    for c in range(3):
        high = low[c]
        for i in range(n):
            high = max(high, x[c, i])
        cells[c] = np.int64((high - low[c]) / edge) + 3
    keys = np.empty(n, np.int64)
    for i in range(n):
        keys[i] = 0
        for c in range(2, -1, -1):
            keys[i] = keys[i] * cells[c] + np.int64((x[c, i] - low[c]) / edge) + 1
    return keys, cells[0], cells[0] * cells[1]


@kernel(f"{CELLS}(float64[:,::1], float64[::1])")
def in_cells(x: Floats, radius: Floats) -> Cells:
    """Return bodies at float64[3, n] sorted by their cells: none of them where no two can overlap.

    These are their places and radii, float64[4, n], who they are, the cell of each, and how many cells are in a row and
    in a layer.
    """
    n, widest = radius.size, 0.0
    for r in radius:
        widest = max(widest, r)
    if n < 2 or not widest > 0.0:
        return np.empty((4, 0)), np.empty(0, np.int64), np.empty(0, np.int64), 0, 0
    keys, row, layer = keys_of(x, 2.0 * widest)
    order, y = np.arange(n), np.empty((4, n))
    sort(keys, order, 0, n)
    for k in range(n):
        y[0, k], y[1, k], y[2, k], y[3, k] = x[0, order[k]], x[1, order[k]], x[2, order[k]], radius[order[k]]
    return y, order, keys, row, layer


@kernel("int64[:,::1](int64[:,::1], int64, int64)")
def longer(pairs: Counts, found: int, more: int) -> Counts:
    """Return a list with those that were found, and room for more."""
    longer = np.empty((2 * found + more, 2), np.int64)
    longer[:found] = pairs[:found]
    return longer


@kernel(f"Tuple((int64[:,::1], int64))({CELLS}, int64[:,::1], int64, int64, int64)")
def touching_from(cells: Cells, runs: Counts, k: int, stop: int, most: int) -> tuple[Counts, int]:
    """Return int64[p, 2], the pairs of the k-th body and those after it, until there are `most`, and which is next.

    It ends before the body `stop`. runs, int64[2, ROWS], is where the runs of the k-th begin and end, 0 at first, and
    moves on.
    """
    y, order, keys, row, layer = cells
    (begin, end), n, found = runs, order.size, 0
    pairs = np.empty((min(4 * (stop - k) + 16, most), 2), np.int64)
    while k < stop and found < most:
        here, x0, x1, x2, r = order[k], y[0, k], y[1, k], y[2, k], y[3, k]
        for at in range(ROWS):
            there = keys[k] + (0 if at == 0 else row if at == 1 else layer + (at - 3) * row)
            while begin[at] < n and (begin[at] <= k if at == 0 else keys[begin[at]] < there - 1):
                begin[at] += 1
            while end[at] < n and keys[end[at]] <= there + 1:
                end[at] += 1
            if found + end[at] - begin[at] > pairs.shape[0]:
                pairs = longer(pairs, found, end[at] - begin[at])
            for other in range(begin[at], end[at]):  # each is written down, and stays where it is near: no branches
                d0, d1, d2, both = y[0, other] - x0, y[1, other] - x1, y[2, other] - x2, y[3, other] + r
                pairs[found, 0], pairs[found, 1] = here, order[other]
                found += d0 * d0 + d1 * d1 + d2 * d2 < both * both
        k += 1
    return pairs[:found], k


@kernel(f"int64[:,::1]({CELLS}, int64)")
def runs_at(cells: Cells, k: int) -> Counts:
    """Return where the runs of the k-th body begin and end, int64[2, ROWS]."""
    _, _, keys, row, layer = cells
    runs = np.empty((2, ROWS), np.int64)
    for at in range(ROWS):
        there = keys[k] + (0 if at == 0 else row if at == 1 else layer + (at - 3) * row)
        runs[0, at] = k + 1 if at == 0 else np.searchsorted(keys, there - 1)
        runs[1, at] = np.searchsorted(keys, there + 2)
    return runs


@kernel(f"int64({CELLS}, int64, int64, int64[:,::1])")
def find_some(cells: Cells, k: int, stop: int, pairs: Counts) -> int:
    """Write down the pairs of some bodies, as far as there is room, and return how many there are."""
    if k == stop:
        return 0
    found = touching_from(cells, runs_at(cells, k), k, stop, 2**62)[0]
    pairs[: found.shape[0]] = found[: pairs.shape[0]]
    return int(found.shape[0])


@kernel("int64[:,::1](int64[:,:,::1], int64[::1])")
def joined(some: Counts, counts: Counts) -> Counts:
    """Return the pairs of all parts, one after the other."""
    pairs, begin = np.empty((counts.sum(), 2), np.int64), 0
    for part in range(counts.size):
        pairs[begin : begin + counts[part]] = some[part, : counts[part]]
        begin += counts[part]
    return pairs


@kernel("int64[:,::1](float64[:,::1], float64[::1], boolean)", parallel=True)
def touching(x: Floats, radius: Floats, wide: bool) -> Counts:
    """Return int64[k, 2], the pairs of bodies at float64[3, n] that are nearer than the sum of their radii."""
    cells = in_cells(x, radius)
    n = cells[1].size
    if wide:
        some, counts = np.empty((PARTS, USUAL * (n // PARTS + 1), 2), np.int64), np.empty(PARTS, np.int64)
        for part in prange(PARTS):
            counts[part] = find_some(cells, n * part // PARTS, n * (part + 1) // PARTS, some[part])
        if counts.max() <= some.shape[1]:
            together: Counts = joined(some, counts)
            return together
    pairs: Counts = touching_from(cells, np.zeros((2, ROWS), np.int64), 0, n, 2**62)[0]
    return pairs
