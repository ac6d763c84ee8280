"""What bodies that are near do to those of a leaf: pair by pair, the bodies of the leaf side by side.

Each adds up what the others do one by one, in the order of the leaves and of the bodies in them. Two in one place do
nothing to each other where nothing softens it.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.code.stack import room
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.tree.branches import BEGIN, END
from revanim.engine.tree.local import SOURCE, field_at, slope_at, source_at
from revanim.engine.tree.moments import Q, V

WIDE = 32  # bodies side by side
X0, X1, X2, A0, A1, A2, QI, V0, V1, V2, G0, G1, G2, GQ, GE = range(0, 15 * WIDE, WIDE)
TABLE = 15 * WIDE
TINY = 1e-180  # of a squared distance: its root to the seventh power can still be divided by

FINISH = (
    "void(int64, int64[::1], int64, int64[:,::1], float64[:,::1], float64[:,::1], float64,"
    " float64[:,::1], int64, float64[:,::1])"
)


@kernel("int64(int64, int64, float64[:,::1], float64[::1])")
def seat(first: int, end: int, y: Floats, t: Floats) -> int:
    """Lay bodies of a leaf into the table, and return how many lanes they take: full vectors, whatever their width."""
    width = min(WIDE, (end - first + 3) // 4 * 4)
    for k in range(width):
        i = min(first + k, end - 1)
        t[X0 + k], t[X1 + k], t[X2 + k], t[QI + k] = y[0, i], y[1, i], y[2, i], y[Q, i]
        t[A0 + k], t[A1 + k], t[A2 + k] = 0.0, 0.0, 0.0
    return width


@kernel("void(int64, int64, int64, float64[:,::1], float64, float64[::1])")
def push(width: int, begin: int, end: int, y: Floats, e2: float, t: Floats) -> None:
    """Add what bodies from begin to end do to those in the table."""
    for j in range(begin, end):
        z0, z1, z2, q = y[0, j], y[1, j], y[2, j], y[Q, j]
        for k in range(min(width, WIDE)):
            d0, d1, d2 = z0 - t[X0 + k], z1 - t[X1 + k], z2 - t[X2 + k]
            s2 = d0 * d0 + d1 * d1 + d2 * d2 + e2
            u = 1.0 / np.sqrt(s2) if s2 > TINY else 0.0
            c = q * (u * u * u)
            t[A0 + k] += c * d0
            t[A1 + k] += c * d1
            t[A2 + k] += c * d2


@kernel("void(int64, int64, int64, float64[:,::1], float64, float64[::1])")
def pull(width: int, begin: int, end: int, y: Floats, e2: float, t: Floats) -> None:
    """Do the same, and add the derivatives for places, charges and the softening."""
    for j in range(begin, end):
        z0, z1, z2, q, v0, v1, v2 = y[0, j], y[1, j], y[2, j], y[Q, j], y[V, j], y[V + 1, j], y[V + 2, j]
        for k in range(min(width, WIDE)):
            d0, d1, d2 = z0 - t[X0 + k], z1 - t[X1 + k], z2 - t[X2 + k]
            s2 = d0 * d0 + d1 * d1 + d2 * d2 + e2
            u = 1.0 / np.sqrt(s2) if s2 > TINY else 0.0
            u3 = u * u * u
            c = q * u3
            t[A0 + k] += c * d0
            t[A1 + k] += c * d1
            t[A2 + k] += c * d2
            t0, t1, t2 = q * t[V0 + k] - t[QI + k] * v0, q * t[V1 + k] - t[QI + k] * v1, q * t[V2 + k] - t[QI + k] * v2
            h = 3.0 * (u * u) * (t0 * d0 + t1 * d1 + t2 * d2)
            t[G0 + k] += u3 * (h * d0 - t0)
            t[G1 + k] += u3 * (h * d1 - t1)
            t[G2 + k] += u3 * (h * d2 - t2)
            t[GQ + k] -= u3 * (v0 * d0 + v1 * d1 + v2 * d2)
            t[GE + k] -= 0.5 * (u3 * h)


@kernel("void(int64, int64, int64, int64, float64[:,::1], float64, float64[::1])")
def energy(first: int, width: int, begin: int, end: int, y: Floats, e2: float, t: Floats) -> None:
    """Add the potential that bodies from begin to end make where those in the table are, but not each its own."""
    for j in range(begin, end):
        z0, z1, z2, q = y[0, j], y[1, j], y[2, j], y[Q, j]
        for k in range(min(width, WIDE)):
            d0, d1, d2 = z0 - t[X0 + k], z1 - t[X1 + k], z2 - t[X2 + k]
            s2 = d0 * d0 + d1 * d1 + d2 * d2 + e2
            u = 1.0 / np.sqrt(s2) if s2 > TINY else 0.0
            t[A0 + k] += q * (u if first + k != j else 0.0)


@kernel("void(int64, int64, int64, float64[:,::1], float64[:,::1], float64[::1], float64[::1], float64[:,::1])")
def far_and_near(node: int, first: int, end: int, place: Floats, y: Floats, L: Floats, t: Floats, out: Floats) -> None:
    """Add the field of what is far to that of what is near, for the bodies in the table."""
    for k in range(min(WIDE, end - first)):
        i = first + k
        a0, a1, a2 = field_at(L, y[0, i] - place[node, 0], y[1, i] - place[node, 1], y[2, i] - place[node, 2])
        out[0, i], out[1, i], out[2, i] = a0 + t[A0 + k], a1 + t[A1 + k], a2 + t[A2 + k]


@kernel(FINISH)
def finish_fields(
    node: int, leaves: Counts, count: int, nodes: Counts, place: Floats, y: Floats, e2: float,
    local: Floats, level: int, out: Floats,
) -> None:  # fmt: skip
    """Add what far and near charges do to the bodies of a leaf."""
    t, end = room(TABLE), nodes[node, END]
    for first in range(nodes[node, BEGIN], end, WIDE):
        width = seat(first, end, y, t)
        for each in range(count):
            push(width, nodes[leaves[each], BEGIN], nodes[leaves[each], END], y, e2, t)
        far_and_near(node, first, end, place, y, local[level], t, out)


@kernel(FINISH)
def finish_both(
    node: int, leaves: Counts, count: int, nodes: Counts, place: Floats, y: Floats, e2: float,
    local: Floats, level: int, out: Floats,
) -> None:  # fmt: skip
    """Add the same, and the derivatives of the sum of v . A for the places and the charges."""
    t, end = room(TABLE), nodes[node, END]
    for first in range(nodes[node, BEGIN], end, WIDE):
        width = seat(first, end, y, t)
        t[G0:TABLE] = 0.0
        for k in range(width):
            i = min(first + k, end - 1)
            t[V0 + k], t[V1 + k], t[V2 + k] = y[V, i], y[V + 1, i], y[V + 2, i]
        for each in range(count):
            pull(width, nodes[leaves[each], BEGIN], nodes[leaves[each], END], y, e2, t)
        far_and_near(node, first, end, place, y, local[level], t, out)
        for k in range(min(WIDE, end - first)):
            i = first + k
            s0, s1, s2 = y[0, i] - place[node, 0], y[1, i] - place[node, 1], y[2, i] - place[node, 2]
            h00, h01, h02, h11, h12, h22 = slope_at(local[level], s0, s1, s2)
            source, k0, k1, k2 = source_at(local[level, SOURCE:], s0, s1, s2)
            v0, v1, v2, q = y[V, i], y[V + 1, i], y[V + 2, i], y[Q, i]
            out[3, i] = h00 * v0 + h01 * v1 + h02 * v2 + q * k0 + t[G0 + k]
            out[4, i] = h01 * v0 + h11 * v1 + h12 * v2 + q * k1 + t[G1 + k]
            out[5, i] = h02 * v0 + h12 * v1 + h22 * v2 + q * k2 + t[G2 + k]
            out[6, i] = source + t[GQ + k]
            local[0, 0] += t[GE + k]


@kernel(FINISH)
def finish_energies(
    node: int, leaves: Counts, count: int, nodes: Counts, place: Floats, y: Floats, e2: float,
    local: Floats, level: int, out: Floats,
) -> None:  # fmt: skip
    """Add the energies of the bodies of a leaf with those that are near, each by half, to the whole."""
    t, end = room(TABLE), nodes[node, END]
    for first in range(nodes[node, BEGIN], end, WIDE):
        width = seat(first, end, y, t)
        for each in range(count):
            energy(first, width, nodes[leaves[each], BEGIN], nodes[leaves[each], END], y, e2, t)
        for k in range(min(WIDE, end - first)):
            local[0, 0] += t[QI + k] * t[A0 + k]
