"""What is far of a node, as a field around its centre: the derivatives of a potential up to the third order.

Of charges L_i, L_ij and L_ijk, in whose order moments.py says, and of dipoles K, K_i and K_ij: columns of a table with
a row for each level of the tree. Each kernel comes in three forms, for the sum of forces, their gradient and energy.
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats

FIELD, SOURCE, COLUMNS = 0, 19, 29  # where L and K begin

HAND_DOWN = "void(int64, int64, float64[:,::1], float64[:,::1], int64)"
THREE, SIX = "float64, float64, float64", "UniTuple(float64, 6)"


@kernel(f"UniTuple(float64, 3)(float64[::1], {THREE})")
def field_at(L: Floats, t0: float, t1: float, t2: float) -> tuple[float, float, float]:
    """Return the derivatives L_i so far away from the centre."""
    h0, h1, h2 = 0.5 * t0, 0.5 * t1, 0.5 * t2
    a = L[3] + L[9] * h0 + L[10] * h1 + L[11] * h2
    b = L[4] + L[10] * h0 + L[12] * h1 + L[13] * h2
    c = L[5] + L[11] * h0 + L[13] * h1 + L[14] * h2
    d = L[6] + L[12] * h0 + L[15] * h1 + L[16] * h2
    e = L[7] + L[13] * h0 + L[16] * h1 + L[17] * h2
    f = L[8] + L[14] * h0 + L[17] * h1 + L[18] * h2
    return L[0] + a * t0 + b * t1 + c * t2, L[1] + b * t0 + d * t1 + e * t2, L[2] + c * t0 + e * t1 + f * t2


@kernel(f"{SIX}(float64[::1], {THREE})")
def slope_at(L: Floats, t0: float, t1: float, t2: float) -> tuple[float, float, float, float, float, float]:
    """Return the derivatives L_ij so far away from the centre."""
    return (
        L[3] + L[9] * t0 + L[10] * t1 + L[11] * t2,
        L[4] + L[10] * t0 + L[12] * t1 + L[13] * t2,
        L[5] + L[11] * t0 + L[13] * t1 + L[14] * t2,
        L[6] + L[12] * t0 + L[15] * t1 + L[16] * t2,
        L[7] + L[13] * t0 + L[16] * t1 + L[17] * t2,
        L[8] + L[14] * t0 + L[17] * t1 + L[18] * t2,
    )


@kernel(f"UniTuple(float64, 4)(float64[::1], {THREE})")
def source_at(K: Floats, t0: float, t1: float, t2: float) -> tuple[float, float, float, float]:
    """Return K and the derivatives K_i so far away from the centre."""
    k0, k1, k2 = (
        K[4] * t0 + K[5] * t1 + K[6] * t2,
        K[5] * t0 + K[7] * t1 + K[8] * t2,
        K[6] * t0 + K[8] * t1 + K[9] * t2,
    )
    k = K[0] + (K[1] + 0.5 * k0) * t0 + (K[2] + 0.5 * k1) * t1 + (K[3] + 0.5 * k2) * t2
    return k, K[1] + k0, K[2] + k1, K[3] + k2


@kernel(HAND_DOWN)
def hand_down_field(node: int, parent: int, place: Floats, local: Floats, level: int) -> None:
    """Let a node begin with the field of charges that its parent is in."""
    t0, t1, t2 = (
        place[node, 0] - place[parent, 0],
        place[node, 1] - place[parent, 1],
        place[node, 2] - place[parent, 2],
    )
    L, N = local[level - 1], local[level]
    N[0], N[1], N[2] = field_at(L, t0, t1, t2)
    N[3], N[4], N[5], N[6], N[7], N[8] = slope_at(L, t0, t1, t2)
    for k in range(9, 19):
        N[k] = L[k]


@kernel(HAND_DOWN)
def hand_down_both(node: int, parent: int, place: Floats, local: Floats, level: int) -> None:
    """Let a node begin with the fields of charges and of dipoles that its parent is in."""
    hand_down_field(node, parent, place, local, level)
    t0, t1, t2 = (
        place[node, 0] - place[parent, 0],
        place[node, 1] - place[parent, 1],
        place[node, 2] - place[parent, 2],
    )
    K, N = local[level - 1, SOURCE:], local[level, SOURCE:]
    N[0], N[1], N[2], N[3] = source_at(K, t0, t1, t2)
    for k in range(4, 10):
        N[k] = K[k]


@kernel(HAND_DOWN)
def hand_down_nothing(node: int, parent: int, place: Floats, local: Floats, level: int) -> None:
    """Do nothing: the energy of two nodes is found at once."""
