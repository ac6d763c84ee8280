"""Atoms that attract from afar and repel up close.

a_i = -(24 E / m_i) F_i with F_i = sum_j (2 s^12 / |d|^12 - s^6 / |d|^6) d / |d|^2, d = x_j - x_i, depth E and size s
(Lennard-Jones 1924). In the kernels u2 = 1 / |d|^2.

With a reach R atoms that are farther apart let each other be. So that neither force nor energy jumps there, the force
at R is taken from that of all others: c(r) becomes c(r) - c(R) R / r. Then q is half of the reach.
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.force import ENERGY, ForceKernels, ForceKind, all_pairs
from revanim.engine.grid import Counts
from revanim.engine.meeting import LAW, SLOPE
from revanim.engine.neighbours import POTENTIAL, by_cells, neighbour_kernels
from revanim.engine.pairs import CREDIT, VALUES, pair_kernels
from revanim.engine.parameter import Floats, Parameter

DEPTH, SIZE, REACH = 1, 2, 3  # the rows of its parameters


@kernel(VALUES)
def values(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, q: Floats, alpha: Floats) -> float:
    depth, size = theta[slot[f, DEPTH, 0]], float(theta[slot[f, SIZE, 0]])
    for i in range(who.size):
        q[i] = 0.0
        alpha[i] = -24.0 * depth / m[who[i]]
    return size


@kernel(LAW)
def law(r2: float, qi: float, qj: float, size: float) -> float:
    u2 = 1.0 / r2
    s2 = size * size * u2
    s6 = s2 * s2 * s2
    return (2.0 * s6 - 1.0) * s6 * u2


@kernel(SLOPE)
def slope(r2: float, qi: float, qj: float, size: float) -> tuple[float, float, float, float, float]:
    u2 = 1.0 / r2
    s2 = size * size * u2
    s6 = s2 * s2 * s2
    c = (2.0 * s6 - 1.0) * s6 * u2
    return c, (8.0 - 28.0 * s6) * s6 * (u2 * u2), 0.0, 0.0, (24.0 * s6 - 6.0) * s6 * u2


@kernel(CREDIT)
def credit(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    q: Floats, wf: Floats, gq: Floats, gs: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    size = theta[slot[f, SIZE, 0]]
    for i in range(who.size):
        gtheta[slot[f, DEPTH, 0]] -= 24.0 / m[who[i]] * wf[i]
        gtheta[slot[f, SIZE, 0]] += gs[i] / size


apply, pull = pair_kernels(values, law, slope, credit, varied=False)


@kernel(VALUES)
def near_values(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, half: Floats, alpha: Floats) -> float:
    size = values(m, theta, slot, who, f, half, alpha)
    for i in range(who.size):
        half[i] = 0.5 * theta[slot[f, REACH, 0]]
    return float(size)


@kernel(LAW)
def near_law(r2: float, hi: float, hj: float, size: float) -> float:
    reach, u = hi + hj, 1.0 / np.sqrt(r2)
    return float(law(r2, hi, hj, size) - law(reach * reach, hi, hj, size) * (reach * u))


@kernel(SLOPE)
def near_slope(r2: float, hi: float, hj: float, size: float) -> tuple[float, float, float, float, float]:
    reach, u = hi + hj, 1.0 / np.sqrt(r2)
    c, c2, _, _, cs = slope(r2, hi, hj, size)
    edge, edge2, _, _, edges = slope(reach * reach, hi, hj, size)
    by_reach = -(edge + edge2 * (reach * reach)) * u
    return c - edge * (reach * u), c2 + edge * reach * (u * u * u), by_reach, by_reach, cs - edges * (reach * u)


@kernel(CREDIT)
def near_credit(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    half: Floats, wf: Floats, gh: Floats, gs: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    credit(m, theta, slot, who, f, half, wf, gh, gs, gtheta)
    for i in range(who.size):
        gtheta[slot[f, REACH, 0]] += 0.5 * gh[i]


@kernel(POTENTIAL)
def potential(r: float, hi: float, hj: float, size: float) -> float:
    reach = hi + hj
    s, e = size / r, size / reach
    s6, e6 = s * s * s * s * s * s, e * e * e * e * e * e
    return float(((s6 - 1.0) * s6 - (e6 - 1.0) * e6) / 6.0 + (r - reach) * law(reach * reach, hi, hj, size) * reach)


apply_cells, pull_cells, energy_cells = neighbour_kernels(near_values, near_law, near_slope, near_credit, potential)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    depth, size = theta[slot[f, DEPTH, 0]], theta[slot[f, SIZE, 0]]
    total = 0.0
    for i in range(n):
        if is_dropped(who):
            break
        p, row = who[begin + i], 0.0
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x[0, p], x[1, q] - x[1, p], x[2, q] - x[2, p]
            r2 = d0 * d0 + d1 * d1 + d2 * d2
            s2 = size * size / r2
            s6 = s2 * s2 * s2
            row += 4.0 * depth * (s6 - 1.0) * s6
        total += row
    return total


lennard_jones = ForceKind(
    name="lennard_jones",
    help="Atoms that attract from afar and repel up close.",
    title="Atoms",
    words="lennard-jones molecules crystal gas liquid",
    order=32,
    parameters=(
        Parameter("depth", 1.0, "mass length²/s²", -1e12, 1e12, "Energy that binds two atoms."),
        Parameter("size", 1.0, "length", 1e-12, 1e12, "Distance at which attraction turns into repulsion."),
        Parameter(
            "reach",
            0.0,
            "length",
            0.0,
            1e12,
            "Beyond this distance atoms let each other be; 0 reaches everywhere.",
            steady=True,
            graded=False,
        ),
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"depth": DEPTH, "size": SIZE, "reach": REACH},
        pairs=all_pairs,
        other=by_cells("reach", apply_cells, pull_cells, energy_cells),
    ),
    divides_by_mass=True,
)
