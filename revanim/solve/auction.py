"""Targets under the hammer: the assignment with the least sum of squared distances.

Bodies bid for targets, and each bid raises a price by at least a little; that little shrinks from round to round
(Bertsekas 1988). The last prices are so near the right ones that shortest augmenting paths (Jonker and Volgenant 1987)
have few steps left to take, and the answer is exact. Distances are computed where they are needed, so memory is linear.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed, silent

FIRST, SHRINK, LAST = 0.25, 0.25, 1e-7  # least raise of a bid, over the square of the extent
AT_ONCE = 64  # late bodies that are helped between two reports
BIDDING = 0.5  # of the time


def auction(bodies: Floats, targets: Floats, passed: Passed = silent) -> Counts:
    """Return int64[k], the target of each body, for float64[k, 3] bodies and as many targets.

    `passed` hears which part is done, and may raise to end the work.
    """
    both, k = np.vstack([bodies, targets]), len(bodies)
    size = float(np.ptp(both, axis=0).max()) if k else 0.0
    target, owner, price = np.arange(k), np.arange(k), np.zeros(k)
    if k < 2 or size == 0.0:
        return target
    here, there = (np.ascontiguousarray(((points - both[0]) / size).T) for points in (bodies, targets))
    least = FIRST
    while least > LAST:
        _bid(here, there, least, price, target, owner)
        least *= SHRINK
        passed(BIDDING * np.log(least / FIRST) / np.log(LAST * SHRINK / FIRST))
    late, left = _settle(here, there, price, target, owner), np.arange(k)
    for first in range(0, late.size, AT_ONCE):
        _correct(here, there, late[first : first + AT_ONCE], left, price, target, owner)
        passed(BIDDING + (1 - BIDDING) * first / late.size)
    return target


def is_ready() -> bool:
    """Whether an auction begins at once, and nothing has to be compiled or loaded first."""
    return all(vars(one).get("compiled") for one in (_bid, _settle, _correct))


@kernel("void(float64[:,::1], float64[:,::1], float64, float64[::1], int64[::1], int64[::1])")
def _bid(bodies: Floats, targets: Floats, least: float, price: Floats, target: Counts, owner: Counts) -> None:
    """Sell all targets anew, from the prices as they are.

    bodies and targets are float64[3, k]; `price` float64[k], `target` of each body and `owner` of each target are set.
    """
    k = price.size
    queue = np.arange(k)[::-1].copy()
    owner[:] = -1
    waiting = k
    while waiting > 0:
        waiting -= 1
        i = queue[waiting]
        j, best, second = _cheapest(bodies, targets, price, i)
        price[j] += second - best + least
        if owner[j] >= 0:
            queue[waiting] = owner[j]
            waiting += 1
        owner[j], target[i] = i, j


@kernel("Tuple((int64, float64, float64))(float64[:,::1], float64[:,::1], float64[::1], int64)")
def _cheapest(bodies: Floats, targets: Floats, price: Floats, i: int) -> tuple[int, float, float]:
    """Return which target costs body i least, distance and price together, what it costs, and what the second does."""
    which, best, second = 0, np.inf, np.inf
    for j in range(price.size):
        x, y, z = bodies[0, i] - targets[0, j], bodies[1, i] - targets[1, j], bodies[2, i] - targets[2, j]
        cost = x * x + y * y + z * z + price[j]
        if cost < best:
            which, best, second = j, cost, best
        elif cost < second:
            second = cost
    return which, best, second


@kernel("int64[::1](float64[:,::1], float64[:,::1], float64[::1], int64[::1], int64[::1])")
def _settle(bodies: Floats, targets: Floats, price: Floats, target: Counts, owner: Counts) -> Counts:
    """Give each body what costs it least at these prices; return those who come too late, and have nothing yet.

    The arguments are those of `_bid`.
    """
    k = price.size
    late, count = np.empty(k, np.int64), 0
    target[:], owner[:] = -1, -1
    for i in range(k):
        j = _cheapest(bodies, targets, price, i)[0]
        if owner[j] < 0:
            owner[j], target[i] = i, j
        else:
            late[count] = i
            count += 1
    return late[:count].copy()


@kernel("void(float64[:,::1], float64[:,::1], int64[::1], int64[::1], float64[::1], int64[::1], int64[::1])")
def _correct(
    bodies: Floats, targets: Floats, late: Counts, left: Counts, price: Floats, target: Counts, owner: Counts
) -> None:
    """Let bodies that come too late push others on, at least cost; `left` is all targets, in any order.

    The other arguments are those of `_bid`. Each late body starts a search (Dijkstra 1959) that ends at a target
    without an owner; the prices rise so that everyone on the way, and everyone else, has what costs least again.
    """
    k = price.size
    before = np.empty(k, np.int64)
    for start in late:
        length = np.full(k, np.inf)
        i, j, reached, open_ = start, -1, 0.0, k
        while i >= 0:
            own = 0.0
            if j >= 0:
                x, y, z = bodies[0, i] - targets[0, j], bodies[1, i] - targets[1, j], bodies[2, i] - targets[2, j]
                own = x * x + y * y + z * z + price[j]
            at, nearest = 0, np.inf
            for place in range(open_):
                j = left[place]
                x, y, z = bodies[0, i] - targets[0, j], bodies[1, i] - targets[1, j], bodies[2, i] - targets[2, j]
                way = reached + (x * x + y * y + z * z + price[j] - own)
                if way < length[j]:
                    length[j], before[j] = way, i
                if length[j] < nearest or (length[j] == nearest and owner[j] < 0):
                    at, nearest = place, length[j]
            open_ -= 1
            j, reached = left[at], nearest
            left[at], left[open_] = left[open_], j
            i = owner[j]
        for done in left[open_:]:
            price[done] += reached - length[done]
        while i != start:
            i = before[j]
            owner[j] = i
            j, target[i] = target[i], j
