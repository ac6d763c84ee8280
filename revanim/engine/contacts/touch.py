"""Which bodies touch, and what is known of each such pair from places alone.

Pairs lose speed one after the other, since each changes what the next finds. How much, and in which frame, is known
before, and threads may share finding it out.
"""

import numpy as np

from revanim.engine.cells import PARTS, touching
from revanim.engine.code.kernel import kernel, prange
from revanim.engine.contacts.law import DEEPEST, RADIUS, pressed
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import FRAME, Frame, frame_of

# Columns of what is known of a pair: the part of a loss that is that of the first, by how much they are slowed along
# the normal, how much friction takes across, and the frame: the axis that the normal is turned onto, and two turns.
SHARE, SLOW, LIMIT, AXIS, TURN = range(5)
KNOWN = TURN + 4

TOUCHED = (
    "Tuple((float64[::1], int64[:,::1]))(float64[:,::1], float64[::1], int64[:,:,::1], int64[::1], int64, boolean)"
)


@kernel(TOUCHED)
def touched(x: Floats, theta: Floats, slot: Counts, ours: Counts, f: int, wide: bool) -> tuple[Floats, Counts]:
    """Return the radii of the bodies of a contact, and which of them touch, int64[k, 2]."""
    n = ours.size
    places, radius = np.empty((3, n)), np.empty(n)
    for s in range(n):
        radius[s] = theta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s]
        for c in range(3):
            places[c, s] = x[c, ours[s]]
    return radius, touching(places, radius, wide)


@kernel("UniTuple(float64, 4)(float64[:,::1], int64, int64)")
def apart(x: Floats, i: int, j: int) -> tuple[float, float, float, float]:
    """Return how far two bodies are apart, and the direction from j to i: any one where they are at one place."""
    d0, d1, d2 = x[0, i] - x[0, j], x[1, i] - x[1, j], x[2, i] - x[2, j]
    r = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2)
    if r == 0.0:
        return 0.0, 1.0, 0.0, 0.0
    return r, d0 / r, d1 / r, d2 / r


@kernel("UniTuple(float64, 2)(float64[::1], float64[:,::1], int64, int64)")
def shares_of(m: Floats, free: Floats, i: int, j: int) -> tuple[float, float]:
    """Return which part of what a pair loses is that of i, which can move, and how firmly they press, of k d^3."""
    share = m[j] / (m[i] + m[j])
    return (share, 1.0) if free[0, j] != 0.0 else (1.0, share)


@kernel("UniTuple(int64, 2)(float64[:,::1], int64[::1], int64[:,::1], int64)")
def ends_of(free: Floats, ours: Counts, pairs: Counts, pair: int) -> tuple[int, int]:
    """Return the two bodies of a pair, first one that can move."""
    i, j = ours[pairs[pair, 0]], ours[pairs[pair, 1]]
    return (i, j) if free[0, i] != 0.0 else (j, i)


KNOW = (
    "float64[:,::1], float64[::1], float64[:,::1], float64[::1], int64[::1], int64[:,::1],"
    " float64, float64, float64, float64, float64"
)


@kernel(f"void({KNOW}, int64, int64, float64[:,::1])")
def learn_some(
    x: Floats, m: Floats, free: Floats, radius: Floats, ours: Counts, pairs: Counts,
    k: float, al: float, mu: float, h: float, unit: float, begin: int, end: int, known: Floats,
) -> None:  # fmt: skip
    """Write down what is known of some of the pairs."""
    for pair in range(begin, end):
        i, j = ends_of(free, ours, pairs, pair)
        r, n0, n1, n2 = apart(x, i, j)
        both, (share, firm) = radius[pairs[pair, 0]] + radius[pairs[pair, 1]], shares_of(m, free, i, j)
        d, _, _ = pressed(both - r, both, DEEPEST)
        frame = frame_of(n0, n1, n2)
        known[pair, SHARE], known[pair, AXIS] = share, frame[0]
        known[pair, SLOW] = al * np.sqrt(firm * k) * d * h
        known[pair, LIMIT] = mu * firm * k * (d * d * d) * h / unit
        known[pair, TURN], known[pair, TURN + 1] = frame[3], frame[4]
        known[pair, TURN + 2], known[pair, TURN + 3] = frame[5], frame[6]


@kernel(f"float64[:,::1]({KNOW}, boolean)", parallel=True)
def learn(
    x: Floats, m: Floats, free: Floats, radius: Floats, ours: Counts, pairs: Counts,
    k: float, al: float, mu: float, h: float, unit: float, wide: bool,
) -> Floats:  # fmt: skip
    """Return float64[pairs, KNOWN], what is known of pairs in contact of the firmness k, al and mu, for a time h."""
    count = pairs.shape[0]
    known = np.empty((count, KNOWN))
    if wide:
        for part in prange(PARTS):
            begin, end = count * part // PARTS, count * (part + 1) // PARTS
            learn_some(x, m, free, radius, ours, pairs, k, al, mu, h, unit, begin, end, known)
    else:
        learn_some(x, m, free, radius, ours, pairs, k, al, mu, h, unit, 0, count, known)
    return known


@kernel(f"{FRAME}(float64[:,::1], int64)")
def frame_in(known: Floats, pair: int) -> Frame:
    """Return the frame of a pair; on which side its normal points is nothing that a loss asks for."""
    k = int(known[pair, AXIS])
    t, s, t2, s2 = known[pair, TURN], known[pair, TURN + 1], known[pair, TURN + 2], known[pair, TURN + 3]
    return k, (k + 1) % 3, (k + 2) % 3, t, s, t2, s2, 1.0
