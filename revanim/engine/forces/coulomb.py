"""Electric charges: like charges repel, unlike ones attract.

a_i = -(K / m_i) F_i with F_i = sum_j q_i q_j d / (|d|^2 + e^2)^(3/2), d = x_j - x_i, charges q, strength K and
softening e (Coulomb).
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.force import ENERGY, ForceKernels, ForceKind, all_pairs
from revanim.engine.grid import Counts
from revanim.engine.meeting import LAW, SLOPE
from revanim.engine.pairs import CREDIT, VALUES, pair_kernels
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tree.sums import BY_TREE, SUMS, by_tree, tree_kernels

CHARGE, STRENGTH, SOFTENING, SUM, OPENING = 1, 2, 3, 4, 5  # the rows of its parameters


@kernel(VALUES)
def values(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, charge: Floats, alpha: Floats) -> float:
    K, e = theta[slot[f, STRENGTH, 0]], float(theta[slot[f, SOFTENING, 0]])
    for i in range(who.size):
        charge[i] = theta[slot[f, CHARGE, 0] + slot[f, CHARGE, 1] * i]
        alpha[i] = -K / m[who[i]]
    return e


@kernel(LAW)
def law(r2: float, qi: float, qj: float, e: float) -> float:
    s2 = r2 + e * e
    return qi * qj * float(1.0 / (s2 * np.sqrt(s2)))


@kernel(SLOPE)
def slope(r2: float, qi: float, qj: float, e: float) -> tuple[float, float, float, float, float]:
    s2 = r2 + e * e
    s = np.sqrt(s2)
    u3 = 1.0 / (s2 * s)
    c = qi * qj * u3
    c2 = -3.0 * (u3 * s) * c
    return c, c2, qj * u3, qi * u3, c2


@kernel(CREDIT)
def credit(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    charge: Floats, wf: Floats, gq: Floats, ge: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    e = theta[slot[f, SOFTENING, 0]]
    for i in range(who.size):
        gtheta[slot[f, CHARGE, 0] + slot[f, CHARGE, 1] * i] += gq[i]
        gtheta[slot[f, STRENGTH, 0]] -= wf[i] / m[who[i]]
        gtheta[slot[f, SOFTENING, 0]] += e * ge[i]


apply, pull = pair_kernels(values, law, slope, credit)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    K, e = theta[slot[f, STRENGTH, 0]], theta[slot[f, SOFTENING, 0]]
    total = 0.0
    for i in range(n):
        if is_dropped(who):
            break
        p, row = who[begin + i], 0.0
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x[0, p], x[1, q] - x[1, p], x[2, q] - x[2, p]
            r2 = d0 * d0 + d1 * d1 + d2 * d2
            row += theta[slot[f, CHARGE, 0] + slot[f, CHARGE, 1] * j] / np.sqrt(r2 + e * e)
        row *= K * theta[slot[f, CHARGE, 0] + slot[f, CHARGE, 1] * i]
        total += row
    return total


apply_tree, pull_tree, energy_tree = tree_kernels(values, credit, opening=OPENING, by_mass=False)

coulomb = ForceKind(
    name="coulomb",
    help="Electric charges: like ones repel, unlike ones attract.",
    title="Charges",
    words="electric coulomb repel attract plus minus",
    order=31,
    parameters=(
        Parameter("charge", 1.0, "charge", -1e12, 1e12, "Charge of each body.", per="body"),
        Parameter("strength", 1.0, "mass length³/(charge² s²)", -1e12, 1e12, "How strongly charges act."),
        Parameter("softening", 0.05, "length", 0.0, 1e12, "Evens out close encounters."),
        *SUMS,
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"charge": CHARGE, "strength": STRENGTH, "softening": SOFTENING, "sum": SUM, "theta": OPENING},
        pairs=all_pairs,
        other=by_tree(apply_tree, pull_tree, energy_tree),
    ),
    divides_by_mass=True,
    quick=BY_TREE,
)
