"""A walk down a tree, by a share of its bodies: what is far is taken as a whole, what is near body by body.

A node T meets a node S: where the sum of their radii is less than theta times their distance, S is far; else the larger
one is cut, or they wait until T is; and two leaves are near. That looks at the two alike, so that either side sees the
other in the same way, and no momentum is lost.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import Kernel, kernel, kernel_from
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.tree.branches import BEGIN, DEEPEST, END, RADIUS, RIGHT, UP
from revanim.engine.tree.local import COLUMNS

# What the functions below leave open: kernels are made of them in which these names mean the forms of a sum.
hand_down = absorb = finish = walk = cast(Any, None)

TABLES = "int64[:,::1], float64[:,::1], float64[:,::1], float64[:,::1], float64, float64, float64[:,::1], float64[::1]"
SHARE = f"void(int64, int64, int64[::1], {TABLES})"
SOME = f"void(int64, int64, int64, int64[::1], int64[::1], {TABLES})"


@kernel(
    "UniTuple(int64, 3)(int64, int64[::1], int64, int64, int64[:,::1], float64[:,::1], float64,"
    " int64[::1], int64[::1], int64[::1])"
)
def sift(
    node: int, waiting: Counts, begin: int, end: int, nodes: Counts, place: Floats, theta2: float,
    far: Counts, close: Counts, queue: Counts,
) -> tuple[int, int, int]:  # fmt: skip
    """Sort the nodes that wait from begin to end into far ones, close leaves, and those that wait on, behind the end.

    Return how many are far and close, and where those end that wait on. Nobody can guess which a node will be, so each
    is written to the end of all lists, and counts in one.
    """
    f, c, on, head, tail = 0, 0, end, 0, end - begin
    z0, z1, z2, radius = place[node, 0], place[node, 1], place[node, 2], place[node, RADIUS]
    is_leaf = nodes[node, RIGHT] == 0
    for k in range(tail):
        queue[k] = waiting[begin + k]
    while head < tail:
        s = queue[head]
        head += 1
        d0, d1, d2, reach = place[s, 0] - z0, place[s, 1] - z1, place[s, 2] - z2, radius + place[s, RADIUS]
        right, size = nodes[s, RIGHT], place[s, RADIUS]
        is_near = reach * reach >= theta2 * (d0 * d0 + d1 * d1 + d2 * d2)
        is_cut = is_near & (right != 0) & (is_leaf | (size > radius) | ((size == radius) & (s < node)))
        far[f] = s
        f += 1 - int(is_near)
        queue[tail], queue[tail + 1] = right, s + 1
        tail += 2 * int(is_cut)
        close[c] = waiting[on] = s
        c += int(is_near & (not is_cut) & is_leaf)
        on += int(is_near & (not is_cut) & (not is_leaf))
    return f, c, on


@kernel("int64[::1](int64[::1], int64)")
def longer(list_: Counts, size: int) -> Counts:
    """Return a list that has room for so many: the same, or a longer copy."""
    if list_.size >= size:
        return list_
    grown = np.empty(2 * size, np.int64)
    grown[: list_.size] = list_
    return grown


def walk_share(
    root: int, count: int, queue: Counts, nodes: Counts, place: Floats, moments: Floats, y: Floats, theta2: float,
    e2: float, out: Floats, total: Floats,
) -> None:  # fmt: skip
    """Walk from the top of the tree to all leaves below a node, its share."""
    leaves = (count + 1) // 2 + 1  # with room for one that does not count
    far, close, waiting = np.empty(leaves, np.int64), np.empty(leaves, np.int64), np.empty(2 * leaves, np.int64)
    waits, local = np.empty((DEEPEST, 4), np.int64), np.empty((DEEPEST, COLUMNS))
    local[0, 0], local[1, :], waiting[0] = 0.0, 0.0, 0
    waits[0, 0], waits[0, 1], waits[0, 2], waits[0, 3], top = 0, 0, 1, 1, 1
    while top > 0:
        top -= 1
        node, begin, end, level = waits[top, 0], waits[top, 1], waits[top, 2], waits[top, 3]
        if node > 0:
            hand_down(node, nodes[node, UP], place, local, level)
        waiting = longer(waiting, end + leaves)
        f, c, on = sift(node, waiting, begin, end, nodes, place, theta2, far, close, queue)
        if f > 0:
            absorb(node, far, f, place, moments, e2, local, level)
        if nodes[node, BEGIN] < nodes[root, BEGIN]:  # other shares come by here, too, and the first of them counts it
            local[0, 0] = 0.0
        if nodes[node, RIGHT] == 0:
            finish(node, close, c, nodes, place, y, e2, local, level, out)
            continue
        for child in (nodes[node, RIGHT], node + 1):
            if nodes[child, BEGIN] < nodes[root, END] and nodes[child, END] > nodes[root, BEGIN]:
                waits[top, 0], waits[top, 1], waits[top, 2], waits[top, 3] = child, end, on, level + 1
                top += 1
    total[0] = local[0, 0]


def walk_some(
    part: int, parts: int, count: int, roots: Counts, who: Counts, nodes: Counts, place: Floats, moments: Floats,
    y: Floats, theta2: float, e2: float, out: Floats, totals: Floats,
) -> None:  # fmt: skip
    """Walk the shares whose number leaves `part` when divided by `parts`, as long as somebody waits for it."""
    queue = np.empty(count + 2, np.int64)
    for share in range(part, roots.size, parts):
        if not is_dropped(who):
            total = totals[share : share + 1]
            walk(roots[share], count, queue, nodes, place, moments, y, theta2, e2, out, total)


def walks(hand_down: Kernel, absorb: Kernel, finish: Kernel) -> Kernel:
    """Return the kernel that walks some shares, made for one form of the sum."""
    share = kernel_from(walk_share, SHARE, finish, hand_down=hand_down, absorb=absorb, finish=finish)
    return kernel_from(walk_some, SOME, finish, walk=share)
