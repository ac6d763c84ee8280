"""Soft spheres: bodies push each other apart where they overlap.

a_i = -(k / m_i) F_i with F_i = sum_j max(0, (R_i + R_j) / |d| - 1) d, d = x_j - x_i, stiffness k and radii R.
In the kernels u = 1 / |d|.
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.force import ENERGY, ForceKernels, ForceKind, all_pairs
from revanim.engine.grid import Counts
from revanim.engine.meeting import LAW, SLOPE
from revanim.engine.neighbours import BY_CELLS, POTENTIAL, SUM, by_cells, neighbour_kernels
from revanim.engine.pairs import CREDIT, VALUES, pair_kernels
from revanim.engine.parameter import Floats, Parameter

RADIUS, STIFFNESS, HOW = 1, 2, 3  # the rows of its parameters


@kernel(VALUES)
def values(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, radius: Floats, alpha: Floats) -> float:
    stiffness = theta[slot[f, STIFFNESS, 0]]
    for i in range(who.size):
        radius[i] = theta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * i]
        alpha[i] = -stiffness / m[who[i]]
    return 0.0


@kernel(LAW)
def law(r2: float, ri: float, rj: float, s: float) -> float:
    u: float = 1.0 / np.sqrt(r2)
    return max(0.0, (ri + rj) * u - 1.0)


@kernel(SLOPE)
def slope(r2: float, ri: float, rj: float, s: float) -> tuple[float, float, float, float, float]:
    u: float = 1.0 / np.sqrt(r2)
    c = max(0.0, (ri + rj) * u - 1.0)
    slant = u if c > 0.0 else 0.0
    return c, -(ri + rj) * (u * u) * slant, slant, slant, 0.0


@kernel(CREDIT)
def credit(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    radius: Floats, wf: Floats, gr: Floats, gs: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    for i in range(who.size):
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * i] += gr[i]
        gtheta[slot[f, STIFFNESS, 0]] -= wf[i] / m[who[i]]


@kernel(POTENTIAL)
def potential(r: float, ri: float, rj: float, s: float) -> float:
    overlap = max(0.0, ri + rj - r)
    return 0.5 * overlap * overlap


apply, pull = pair_kernels(values, law, slope, credit)
apply_cells, pull_cells, energy_cells = neighbour_kernels(values, law, slope, credit, potential)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    stiffness = theta[slot[f, STIFFNESS, 0]]
    total = 0.0
    for i in range(n):
        if is_dropped(who):
            break
        p, row = who[begin + i], 0.0
        for j in range(i):
            q = who[begin + j]
            d0, d1, d2 = x[0, q] - x[0, p], x[1, q] - x[1, p], x[2, q] - x[2, p]
            r2 = d0 * d0 + d1 * d1 + d2 * d2
            reach = (
                theta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * i] + theta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * j]
            )
            overlap = max(0.0, reach - np.sqrt(r2))
            row += 0.5 * stiffness * overlap * overlap
        total += row
    return total


repulsion = ForceKind(
    name="repulsion",
    help="Soft spheres that push each other apart where they overlap.",
    title="Soft collisions",
    words="collide contact repel push apart repulsion overlap",
    order=30,
    parameters=(
        Parameter("radius", 0.1, "length", 0.0, 1e12, "Radius of each body.", per="body"),
        Parameter("stiffness", 100.0, "mass/s²", -1e12, 1e12, "Force for each unit of overlap."),
        SUM,
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"radius": RADIUS, "stiffness": STIFFNESS, "sum": HOW},
        pairs=all_pairs,
        other=by_cells("sum", apply_cells, pull_cells, energy_cells),
    ),
    divides_by_mass=True,
    quick=BY_CELLS,
)
