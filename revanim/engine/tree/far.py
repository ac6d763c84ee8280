"""What nodes that are far do to a node: all at once from their moments, LANES of them side by side.

R is the way from the centre of one to that of the other, u = 1 / sqrt(R^2 + e^2), and D_n the derivatives of u: with
g1 = -u^3, g2 = 3 u^5, g3 = -15 u^7, D_i = g1 R_i, D_ij = g2 R_i R_j + g1 delta_ij, and D_ijk = g3 R_i R_j R_k + g2
(delta_ij R_k + delta_ik R_j + delta_jk R_i). A field is L_n = sum M_k D_(n+k) with |n| + |k| <= 3 (Dehnen 2002).

All rows are in one table at constant places, or a compiler makes no vectors of the lanes; each lane has sums of its
own, which are added in one order.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.code.stack import room
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.tree.local import FIELD, SOURCE
from revanim.engine.tree.moments import SECOND

LANES = 8
MOMENTS, LAST = 3 * LANES, 33 * LANES  # from where on, and up to where moments lie
R0, R1, R2, M, P0, P1, P2, A, B, C, D, E, F = range(0, 13 * LANES, LANES)  # charges, as moments.py says
U, W0, W1, W2, WA, WB, WC, WD, WE, WF = range(13 * LANES, 23 * LANES, LANES)  # u, and dipoles
T0, T1, T2, T3, T4, T5, T6, T7, T8, T9 = range(
    23 * LANES, 33 * LANES, LANES
)  # the third order, of dipoles or of charges
L0, L1, L2, LA, LB, LC, LD, LE, LF = range(33 * LANES, 42 * LANES, LANES)
U0, U1, U2, U3, U4, U5, U6, U7, U8, U9 = range(42 * LANES, 52 * LANES, LANES)
K, K0, K1, K2, KA, KB, KC, KD, KE, KF, GE = range(52 * LANES, 63 * LANES, LANES)
TABLE = 63 * LANES

ABSORB = "void(int64, int64[::1], int64, float64[:,::1], float64[:,::1], float64, float64[:,::1], int64)"


@kernel("void(int64, int64[::1], int64, int64, float64[:,::1], float64[:,::1], float64[::1])")
def lay(node: int, sources: Counts, first: int, count: int, place: Floats, moments: Floats, t: Floats) -> None:
    """Lay so many sources into the table; lanes that are left are far away and have no moments."""
    for k in range(LANES):
        here = first + k < count
        s = sources[first + k] if here else node
        t[R0 + k] = place[node, 0] - place[s, 0] if here else 1.0
        t[R1 + k] = place[node, 1] - place[s, 1]
        t[R2 + k] = place[node, 2] - place[s, 2]
        for column in range(SECOND):
            t[MOMENTS + column * LANES + k] = moments[s, column] if here else 0.0
        for column in range(SECOND, moments.shape[1]):
            t[LAST - (moments.shape[1] - column) * LANES + k] = moments[s, column] if here else 0.0


@kernel("void(float64[::1], int64, float64[::1], int64, int64)")
def add_lanes(t: Floats, row: int, to: Floats, first: int, count: int) -> None:
    """Add the sums of all lanes to some columns."""
    for column in range(count):
        o = row + column * LANES
        halves = ((t[o] + t[o + 4]) + (t[o + 2] + t[o + 6])), ((t[o + 1] + t[o + 5]) + (t[o + 3] + t[o + 7]))
        to[first + column] += halves[0] + halves[1]


@kernel("void(float64[::1], float64)")
def add_fields(t: Floats, e2: float) -> None:
    """Add the fields of the charges in the table to the sums in it."""
    for k in range(LANES):
        r0, r1, r2, m, p0, p1, p2 = t[R0 + k], t[R1 + k], t[R2 + k], t[M + k], t[P0 + k], t[P1 + k], t[P2 + k]
        a, b, c, d, e, f = t[A + k], t[B + k], t[C + k], t[D + k], t[E + k], t[F + k]
        u = 1.0 / np.sqrt(r0 * r0 + r1 * r1 + r2 * r2 + e2)
        t[U + k] = u
        v = u * u
        g1 = -v * u
        g2 = -3.0 * v * g1
        g3 = -5.0 * v * g2
        pr = p0 * r0 + p1 * r1 + p2 * r2
        q0, q1, q2 = a * r0 + b * r1 + c * r2, b * r0 + d * r1 + e * r2, c * r0 + e * r1 + f * r2
        h = m * g1 + g2 * (pr + a + d + f) + g3 * (q0 * r0 + q1 * r1 + q2 * r2)
        t[L0 + k] += h * r0 + g1 * p0 + 2.0 * g2 * q0
        t[L1 + k] += h * r1 + g1 * p1 + 2.0 * g2 * q1
        t[L2 + k] += h * r2 + g1 * p2 + 2.0 * g2 * q2
        half, same = 0.5 * (m * g2 + g3 * pr), m * g1 + g2 * pr
        s0, s1, s2 = half * r0 + g2 * p0, half * r1 + g2 * p1, half * r2 + g2 * p2
        t[LA + k] += 2.0 * r0 * s0 + same
        t[LB + k] += r0 * s1 + r1 * s0
        t[LC + k] += r0 * s2 + r2 * s0
        t[LD + k] += 2.0 * r1 * s1 + same
        t[LE + k] += r1 * s2 + r2 * s1
        t[LF + k] += 2.0 * r2 * s2 + same
        m3, m2 = m * g3, m * g2
        x0, x1, x2 = m3 * r0 * r0 + m2, m3 * r1 * r1 + m2, m3 * r2 * r2 + m2
        t[U0 + k] += r0 * (x0 + 2.0 * m2)
        t[U1 + k] += r1 * x0
        t[U2 + k] += r2 * x0
        t[U3 + k] += r0 * x1
        t[U4 + k] += m3 * r0 * r1 * r2
        t[U5 + k] += r0 * x2
        t[U6 + k] += r1 * (x1 + 2.0 * m2)
        t[U7 + k] += r2 * x1
        t[U8 + k] += r1 * x2
        t[U9 + k] += r2 * (x2 + 2.0 * m2)


@kernel("UniTuple(float64, 2)(float64[::1], int64, float64, float64, float64)")
def cubic(t: Floats, k: int, r0: float, r1: float, r2: float) -> tuple[float, float]:
    """Return the sums of T_ijk R_i R_j R_k, and of T_iij R_j, for the moments of the third order in a lane."""
    third = (
        (t[T0 + k] * r0 + 3.0 * (t[T1 + k] * r1 + t[T2 + k] * r2)) * (r0 * r0)
        + (t[T6 + k] * r1 + 3.0 * (t[T3 + k] * r0 + t[T7 + k] * r2)) * (r1 * r1)
        + (t[T9 + k] * r2 + 3.0 * (t[T5 + k] * r0 + t[T8 + k] * r1)) * (r2 * r2)
        + t[T4 + k] * (6.0 * r0 * r1 * r2)
    )
    traces = (
        (t[T0 + k] + t[T3 + k] + t[T5 + k]) * r0
        + (t[T1 + k] + t[T6 + k] + t[T8 + k]) * r1
        + (t[T2 + k] + t[T7 + k] + t[T9 + k]) * r2
    )
    return third, traces


@kernel("void(float64[::1], float64[::1])")
def add_sources(t: Floats, own: Floats) -> None:
    """Add the fields of the dipoles in the table, and what the softening does to them at a node with these charges.

    Those of the charges come first: they leave u. Where e grows, g1 becomes e g2 more, g2 e g3, and g3 e g4.
    """
    m, p0, p1, p2, a, b, c, d, e, f = own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7], own[8], own[9]
    for k in range(LANES):
        r0, r1, r2, w0, w1, w2 = t[R0 + k], t[R1 + k], t[R2 + k], t[W0 + k], t[W1 + k], t[W2 + k]
        v = t[U + k] * t[U + k]
        g1 = -v * t[U + k]
        g2 = -3.0 * v * g1
        g3 = -5.0 * v * g2
        g4 = -7.0 * v * g3
        s0 = t[WA + k] * r0 + t[WB + k] * r1 + t[WC + k] * r2
        s1 = t[WB + k] * r0 + t[WD + k] * r1 + t[WE + k] * r2
        s2 = t[WC + k] * r0 + t[WE + k] * r1 + t[WF + k] * r2
        third, traces = cubic(t, k, r0, r1, r2)
        wr = w0 * r0 + w1 * r1 + w2 * r2
        one, two = wr + t[WA + k] + t[WD + k] + t[WF + k], s0 * r0 + s1 * r1 + s2 * r2
        more = two + 3.0 * traces
        h, half, same = g2 * one + g3 * two, 0.5 * g3 * wr, g2 * wr
        t[K + k] += g1 * one + g2 * more + g3 * third
        t[K0 + k] += h * r0 + g1 * w0 + 2.0 * g2 * s0
        t[K1 + k] += h * r1 + g1 * w1 + 2.0 * g2 * s1
        t[K2 + k] += h * r2 + g1 * w2 + 2.0 * g2 * s2
        y0, y1, y2 = half * r0 + g2 * w0, half * r1 + g2 * w1, half * r2 + g2 * w2
        t[KA + k] += 2.0 * r0 * y0 + same
        t[KB + k] += r0 * y1 + r1 * y0
        t[KC + k] += r0 * y2 + r2 * y0
        t[KD + k] += 2.0 * r1 * y1 + same
        t[KE + k] += r1 * y2 + r2 * y1
        t[KF + k] += 2.0 * r2 * y2 + same
        q0, q1, q2 = a * r0 + b * r1 + c * r2, b * r0 + d * r1 + e * r2, c * r0 + e * r1 + f * r2
        charge = m * (g2 * one + g3 * more + g4 * third)
        dipole = (g3 * one + g4 * two) * (p0 * r0 + p1 * r1 + p2 * r2) + g2 * (p0 * w0 + p1 * w1 + p2 * w2)
        dipole += 2.0 * g3 * (p0 * s0 + p1 * s1 + p2 * s2)
        quadrupole = g4 * wr * (q0 * r0 + q1 * r1 + q2 * r2) + g3 * (
            2.0 * (w0 * q0 + w1 * q1 + w2 * q2) + wr * (a + d + f)
        )
        t[GE + k] += charge - dipole + quadrupole


@kernel("void(float64[::1], float64, float64[::1])")
def add_energies(t: Floats, e2: float, own: Floats) -> None:
    """Add the energies of the charges in the table and a node with these charges, each by half.

    Both nodes meet each other, so that what one has of the second and third order need count at the other alone.
    """
    m, p0, p1, p2 = own[0], own[1], own[2], own[3]
    for k in range(LANES):
        r0, r1, r2, w0, w1, w2 = t[R0 + k], t[R1 + k], t[R2 + k], t[P0 + k], t[P1 + k], t[P2 + k]
        a, b, c, d, e, f = t[A + k], t[B + k], t[C + k], t[D + k], t[E + k], t[F + k]
        u = 1.0 / np.sqrt(r0 * r0 + r1 * r1 + r2 * r2 + e2)
        v = u * u
        g1 = -v * u
        g2 = -3.0 * v * g1
        g3 = -5.0 * v * g2
        q0, q1, q2 = a * r0 + b * r1 + c * r2, b * r0 + d * r1 + e * r2, c * r0 + e * r1 + f * r2
        third, traces = cubic(t, k, r0, r1, r2)
        one, two = w0 * r0 + w1 * r1 + w2 * r2 + a + d + f, q0 * r0 + q1 * r1 + q2 * r2
        wr = w0 * r0 + w1 * r1 + w2 * r2
        alone = m * (t[M + k] * u + 2.0 * (g1 * one + g2 * (two + 3.0 * traces) + g3 * third))
        both = (p0 * r0 + p1 * r1 + p2 * r2) * (g2 * (wr + 2.0 * (a + d + f)) + 2.0 * g3 * two)
        t[GE + k] += alone - both - g1 * (p0 * w0 + p1 * w1 + p2 * w2) - 4.0 * g2 * (p0 * q0 + p1 * q1 + p2 * q2)


@kernel(ABSORB)
def absorb_fields(
    node: int, sources: Counts, count: int, place: Floats, moments: Floats, e2: float, local: Floats, level: int
) -> None:
    """Add the fields of charges in far nodes to that of a node."""
    t = room(TABLE)
    t[L0:K] = 0.0
    for first in range(0, count, LANES):
        lay(node, sources, first, count, place, moments, t)
        add_fields(t, e2)
    add_lanes(t, L0, local[level], FIELD, 19)


@kernel(ABSORB)
def absorb_both(
    node: int, sources: Counts, count: int, place: Floats, moments: Floats, e2: float, local: Floats, level: int
) -> None:
    """Add the fields of charges and of dipoles, and what the softening does to the whole."""
    t = room(TABLE)
    t[L0:TABLE] = 0.0
    for first in range(0, count, LANES):
        lay(node, sources, first, count, place, moments, t)
        add_fields(t, e2)
        add_sources(t, moments[node])
    add_lanes(t, L0, local[level], FIELD, 19)
    add_lanes(t, K, local[level], SOURCE, 10)
    add_lanes(t, GE, local[0], 0, 1)


@kernel(ABSORB)
def absorb_energies(
    node: int, sources: Counts, count: int, place: Floats, moments: Floats, e2: float, local: Floats, level: int
) -> None:
    """Add the energies of a node with far nodes to the whole."""
    t = room(TABLE)
    t[GE:TABLE] = 0.0
    for first in range(0, count, LANES):
        lay(node, sources, first, count, place, moments, t)
        add_energies(t, e2, moments[node])
    add_lanes(t, GE, local[0], 0, 1)
