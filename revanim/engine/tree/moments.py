"""What each node of a tree is from afar: its centre, its radius, and the moments of its bodies about the centre.

M = sum q, P_i = -sum q s_i, Q_ij = sum q s_i s_j / 2 and O_ijk = -sum q s_i s_j s_k / 6 with s = x - z, about the
centre z. Those of dipoles v are W_i = -sum v_i, W_ij = sum v_i s_j and W_ijk = -sum v_i s_j s_k / 2, made symmetric,
and no W: they move to another centre in the same way. Of a symmetric one the columns are 00 01 02 11 12 22, and 000 001
002 011 012 022 111 112 122 222.

A centre is the mean place of |q|, rounded to a grid: it stays where it is when bodies move a little, so that the
gradient need not know of it.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.tree.branches import BEGIN, END, RADIUS, RIGHT
from revanim.engine.tree.order import power_below

X, Q, V = 0, 3, 4  # rows of a table of bodies in their order: places, charges, dipoles
CHARGES, DIPOLES = 0, 10  # where their moments begin among the columns
SECOND, THIRD, BOTH = 10, 20, 30  # columns: those of charges up to Q, or O; and up to Q, with those of dipoles
FINE = 1 / 32  # of the box of a node: the grid of its centre
ROUGH = 10  # columns: the box, the sum of |q| x, and that of |q|


@kernel("void(float64[:,::1], int64, int64, int64, float64[:,::1])")
def box_bodies(y: Floats, node: int, begin: int, end: int, rough: Floats) -> None:
    """Find the box of some bodies, and the sums of |q|."""
    r = rough[node]
    for c in range(3):
        r[c], r[3 + c], r[6 + c] = y[c, begin], y[c, begin], 0.0
    r[9] = 0.0
    for i in range(begin, end):
        weight = abs(y[Q, i])
        r[9] += weight
        for c in range(3):
            r[c], r[3 + c] = min(r[c], y[c, i]), max(r[3 + c], y[c, i])
            r[6 + c] += weight * y[c, i]


@kernel("void(int64, int64, int64, float64[:,::1])")
def box_children(node: int, left: int, right: int, rough: Floats) -> None:
    """Put the boxes and sums of two children together."""
    for c in range(3):
        rough[node, c] = min(rough[left, c], rough[right, c])
        rough[node, 3 + c] = max(rough[left, 3 + c], rough[right, 3 + c])
    for c in range(6, 10):
        rough[node, c] = rough[left, c] + rough[right, c]


@kernel("void(int64, float64[:,::1], float64[:,::1])")
def centre(node: int, rough: Floats, place: Floats) -> None:
    """Choose the centre of a node, on a grid that is not finer than the cells that its bodies were put into."""
    r, edge = rough[node], 0.0
    for c in range(3):
        edge = max(edge, r[3 + c] - r[c])
    grid = max(power_below(edge) * FINE, place[node, RADIUS])
    for c in range(3):
        z = r[6 + c] / r[9] if r[9] > 0.0 else 0.5 * (r[c] + r[3 + c])
        place[node, c] = np.rint(z / grid) * grid if grid > 0.0 else z


@kernel("float64(float64[:,::1], int64, float64, float64, float64)", inline=True)
def away(place: Floats, node: int, x0: float, x1: float, x2: float) -> float:
    """Return how far the centre of a node is from a place."""
    d0, d1, d2 = x0 - place[node, 0], x1 - place[node, 1], x2 - place[node, 2]
    return np.sqrt(d0 * d0 + d1 * d1 + d2 * d2)  # type: ignore[no-any-return]


@kernel("float64(float64[:,::1], int64, int64, int64, float64[:,::1])")
def reach_of_bodies(y: Floats, node: int, begin: int, end: int, place: Floats) -> float:
    """Return how far the farthest of some bodies is from the centre of their node."""
    reach = 0.0
    for i in range(begin, end):
        reach = max(reach, away(place, node, y[0, i], y[1, i], y[2, i]))
    return reach


@kernel("float64(int64, int64, int64, float64[:,::1], float64[:,::1])")
def reach_of_children(node: int, left: int, right: int, rough: Floats, place: Floats) -> float:
    """Return how far a body may be from the centre of its node, by the box and by the children."""
    corner = 0.0
    for c in range(3):
        side = max(rough[node, 3 + c] - place[node, c], place[node, c] - rough[node, c])
        corner += side * side
    reach = 0.0
    for child in (left, right):
        far = away(place, node, place[child, 0], place[child, 1], place[child, 2])
        reach = max(reach, far + place[child, RADIUS])
    return min(np.sqrt(corner), reach)  # type: ignore[no-any-return]


@kernel("void(float64[::1], float64, float64, float64, float64, float64, float64, float64, float64, float64)")
def take_third(
    M: Floats, a: float, b: float, c: float, d: float, e: float, f: float, t0: float, t1: float, t2: float
) -> None:
    """Take m_ij t_k + m_ik t_j + m_jk t_i from the moments of the third order; m is a, b, c, d, e, f."""
    M[10] -= 3.0 * a * t0
    M[11] -= a * t1 + 2.0 * b * t0
    M[12] -= a * t2 + 2.0 * c * t0
    M[13] -= d * t0 + 2.0 * b * t1
    M[14] -= b * t2 + c * t1 + e * t0
    M[15] -= f * t0 + 2.0 * c * t2
    M[16] -= 3.0 * d * t1
    M[17] -= d * t2 + 2.0 * e * t1
    M[18] -= f * t1 + 2.0 * e * t2
    M[19] -= 3.0 * f * t2


@kernel("void(float64[:,::1], int64, int64, int64, float64[:,::1], float64[:,::1])")
def sum_charges(y: Floats, node: int, begin: int, end: int, place: Floats, moments: Floats) -> None:
    """Add the moments of some charges about the centre of their node."""
    M, third = moments[node, CHARGES:], moments.shape[1] == THIRD
    for i in range(begin, end):
        q, s0, s1, s2 = y[Q, i], y[0, i] - place[node, 0], y[1, i] - place[node, 1], y[2, i] - place[node, 2]
        q0, q1, q2 = 0.5 * q * s0, 0.5 * q * s1, 0.5 * q * s2
        M[0] += q
        M[1] -= q * s0
        M[2] -= q * s1
        M[3] -= q * s2
        M[4] += q0 * s0
        M[5] += q0 * s1
        M[6] += q0 * s2
        M[7] += q1 * s1
        M[8] += q1 * s2
        M[9] += q2 * s2
        if third:
            f0, f1, f2 = s0 / 9.0, s1 / 9.0, s2 / 9.0
            take_third(M, q0 * s0, q0 * s1, q0 * s2, q1 * s1, q1 * s2, q2 * s2, f0, f1, f2)


@kernel("void(float64[:,::1], int64, int64, int64, float64[:,::1], float64[:,::1])")
def sum_dipoles(y: Floats, node: int, begin: int, end: int, place: Floats, moments: Floats) -> None:
    """Add the moments of some dipoles about the centre of their node."""
    W = moments[node, DIPOLES:]
    for i in range(begin, end):
        v0, v1, v2 = y[V, i], y[V + 1, i], y[V + 2, i]
        s0, s1, s2 = y[0, i] - place[node, 0], y[1, i] - place[node, 1], y[2, i] - place[node, 2]
        a, d, f = v0 * s0, v1 * s1, v2 * s2
        b, c, e = 0.5 * (v0 * s1 + v1 * s0), 0.5 * (v0 * s2 + v2 * s0), 0.5 * (v1 * s2 + v2 * s1)
        W[1] -= v0
        W[2] -= v1
        W[3] -= v2
        W[4] += a
        W[5] += b
        W[6] += c
        W[7] += d
        W[8] += e
        W[9] += f
        take_third(W, a, b, c, d, e, f, s0 / 6.0, s1 / 6.0, s2 / 6.0)


@kernel("void(int64, int64, float64[:,::1], float64[:,::1], int64, boolean)")
def move(child: int, node: int, place: Floats, moments: Floats, at: int, third: bool) -> None:
    """Add the moments of a child to those of a node, about whose centre they are others."""
    N, M = moments[node, at:], moments[child, at:]
    t0, t1, t2 = place[child, 0] - place[node, 0], place[child, 1] - place[node, 1], place[child, 2] - place[node, 2]
    m, p0, p1, p2, a, b, c, d, e, f = M[0], M[1], M[2], M[3], M[4], M[5], M[6], M[7], M[8], M[9]
    u0, u1, u2 = 0.5 * m * t0 - p0, 0.5 * m * t1 - p1, 0.5 * m * t2 - p2
    N[0] += m
    N[1] += p0 - m * t0
    N[2] += p1 - m * t1
    N[3] += p2 - m * t2
    N[4] += a + u0 * t0
    N[5] += b + 0.5 * (u0 * t1 + u1 * t0)
    N[6] += c + 0.5 * (u0 * t2 + u2 * t0)
    N[7] += d + u1 * t1
    N[8] += e + 0.5 * (u1 * t2 + u2 * t1)
    N[9] += f + u2 * t2
    if third:
        h0, h1, h2 = 0.5 * p0 - m * t0 / 6.0, 0.5 * p1 - m * t1 / 6.0, 0.5 * p2 - m * t2 / 6.0
        for k in range(10, 20):
            N[k] += M[k]
        b -= 0.5 * (h0 * t1 + h1 * t0)
        c -= 0.5 * (h0 * t2 + h2 * t0)
        e -= 0.5 * (h1 * t2 + h2 * t1)
        take_third(N, a - h0 * t0, b, c, d - h1 * t1, e, f - h2 * t2, t0 / 3.0, t1 / 3.0, t2 / 3.0)


@kernel("void(int64[:,::1], int64, float64[:,::1], float64[:,::1], float64[:,::1])")
def look_from_afar(nodes: Counts, count: int, y: Floats, place: Floats, moments: Floats) -> None:
    """Fill the centres and radii of all nodes, and their moments, float64[count, columns], from the leaves on up."""
    rough, columns = np.empty((count, ROUGH)), moments.shape[1]
    for node in range(count - 1, -1, -1):
        begin, end, left, right = nodes[node, BEGIN], nodes[node, END], node + 1, nodes[node, RIGHT]
        moments[node, :] = 0.0
        if right == 0:
            box_bodies(y, node, begin, end, rough)
            centre(node, rough, place)
            place[node, RADIUS] = reach_of_bodies(y, node, begin, end, place)
            sum_charges(y, node, begin, end, place, moments)
            if columns == BOTH:
                sum_dipoles(y, node, begin, end, place, moments)
        else:
            box_children(node, left, right, rough)
            centre(node, rough, place)
            place[node, RADIUS] = reach_of_children(node, left, right, rough, place)
            for child in (left, right):
                move(child, node, place, moments, CHARGES, columns == THIRD)
                if columns == BOTH:
                    move(child, node, place, moments, DIPOLES, True)
