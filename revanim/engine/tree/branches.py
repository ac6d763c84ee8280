"""The branches of a tree over bodies in their order, which is a function of the places as they are.

A node is a range of bodies, cut in two where the highest bit in which their keys differ changes. A left child is the
next node, and all below a node stands in one piece behind it. A leaf has few bodies, or bodies all in one place.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.tree.order import give_keys, sort

BEGIN, END, RIGHT, UP = range(4)  # columns of nodes: which bodies, the right child or 0 for a leaf, the parent
RADIUS = 3  # the column of `place` behind the centre
LEAF = 8  # bodies
DEEPEST = 512  # levels; each cell of the finest grid of places is reached within four times 63
SHARES, LEAST = 128, 64  # how many shares of the work there are, and how many bodies each has at least


@kernel("int64(int64[::1], int64, int64)")
def cut(keys: Counts, begin: int, end: int) -> int:
    """Return where the bodies begin whose keys have the highest bit in which the first and the last differ."""
    bits = keys[begin] ^ keys[end - 1]
    for shift in (1, 2, 4, 8, 16, 32):
        bits |= bits >> shift
    bit = bits - (bits >> 1)
    low, high = begin, end - 1
    while high - low > 1:
        middle = (low + high) >> 1
        if keys[middle] & bit:
            high = middle
        else:
            low = middle
    return high


@kernel("int64(float64[:,::1], int64[::1], int64[::1], int64[:,::1], float64[:,::1])")
def grow(x: Floats, who: Counts, order: Counts, nodes: Counts, place: Floats) -> int:
    """Fill the order of the bodies and the nodes, int64[2n, 4], and return how many there are.

    The radius of each node is the edge of the cells that its bodies were put into. Many bodies in one cell are put into
    cells of their own, so that a single one far away does not make a lump of all others.
    """
    keys, waits, edges = np.empty_like(order), np.empty((DEEPEST, 3), np.int64), np.empty(DEEPEST)
    order[:] = np.arange(order.size)
    edges[0] = give_keys(x, who, order, keys, 0, order.size)
    sort(keys, order, 0, order.size)
    waits[0, 0], waits[0, 1], waits[0, 2] = 0, order.size, 0  # from, to, parent; below 0 a right child waits
    top, count = 1, 0
    while top > 0:
        top -= 1
        begin, end, up, edge = waits[top, 0], waits[top, 1], waits[top, 2], edges[top]
        if end - begin > LEAF and keys[begin] == keys[end - 1] and edge > 0.0:
            edge = give_keys(x, who, order, keys, begin, end)
            sort(keys, order, begin, end)
        node, parent = count, up if up >= 0 else ~up
        count += 1
        nodes[node, BEGIN], nodes[node, END], nodes[node, RIGHT], nodes[node, UP] = begin, end, 0, parent
        place[node, RADIUS] = edge
        if up < 0:
            nodes[parent, RIGHT] = node
        if end - begin <= LEAF or keys[begin] == keys[end - 1]:
            continue
        middle = cut(keys, begin, end)
        waits[top, 0], waits[top, 1], waits[top, 2], edges[top] = middle, end, ~node, edge
        top += 1
        waits[top, 0], waits[top, 1], waits[top, 2], edges[top] = begin, middle, node, edge
        top += 1
    return count


@kernel("int64[::1](int64[:,::1], int64)")
def shares(nodes: Counts, bodies: int) -> Counts:
    """Return the largest nodes with few enough bodies, in their order: each is a share of the work."""
    few, found, waits = max(bodies // SHARES, LEAST), np.empty(bodies, np.int64), np.empty(DEEPEST, np.int64)
    waits[0], top, count = 0, 1, 0
    while top > 0:
        top -= 1
        node = waits[top]
        if nodes[node, RIGHT] == 0 or nodes[node, END] - nodes[node, BEGIN] <= few:
            found[count] = node
            count += 1
        else:
            waits[top], waits[top + 1] = nodes[node, RIGHT], node + 1
            top += 2
    return found[:count].copy()
