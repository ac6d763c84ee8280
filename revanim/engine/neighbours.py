"""Forces between bodies that overlap: the laws of `pairs.py`, for those pairs only that `cells.py` finds to touch.

F_i = sum_j c(|d|^2, q_i, q_j, s) d with d = x_j - x_i as there, where c is 0 for all pairs farther apart than q_i +
q_j. Each pair is met once, in the order in which cells find them, so that the last bits are others than those of all
pairs.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from revanim.engine.cells import ROWS, SHARE, in_cells, touching_from
from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import Kernel, kernel, kernel_from
from revanim.engine.code.stack import room
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, pairs_for, where_set
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Floats, Parameter

# potential(|d|, q_i, q_j, s): returns the energy of a pair whose alpha is -1 over the mass.
POTENTIAL = "float64(float64, float64, float64, float64)"

SUM = Parameter(
    "sum", 0.0, "", 0.0, 1.0, "All pairs, or those that cells find: the same but for rounding, and quicker for many.",
    choices=("exact", "cells"), steady=True, graded=False,
)  # fmt: skip
BY_CELLS = {"Look at neighbours only": {"sum": 1.0}}
WORK = 500  # pairs that could be computed in the time that a body takes

# What the functions below leave open: `neighbour_kernels` makes kernels of them in which these names mean a force's.
values = law = slope = credit = potential = cast(Any, None)


def neighbour_kernels(
    values: Kernel, law: Kernel, slope: Kernel, credit: Kernel, potential: Kernel
) -> tuple[Kernel, Kernel, Kernel]:
    """Return what applies, pulls and gives the energy of a force between bodies that overlap.

    They are at home at its values, since two forces may have one law.
    """
    return (
        kernel_from(apply_cells, APPLY, values, values=values, law=law),
        kernel_from(pull_cells, PULL, values, values=values, slope=slope, credit=credit),
        kernel_from(energy_cells, ENERGY, values, values=values, potential=potential),
    )


def by_cells(name: str, apply: Kernel, pull: Kernel, energy: Kernel) -> Callable[[Values], ForceKernels | None]:
    """Return what chooses these kernels for a force where the parameter of this name is not 0."""
    return where_set(name, ForceKernels(apply, pull, energy, pairs=lambda mass: pairs_for(mass.size, WORK)))


@kernel("float64[:,::1](float64[:,::1], int64[::1])")
def gathered(x: Floats, who: Counts) -> Floats:
    """Return the places of some bodies, float64[3, k]."""
    y = np.empty((3, who.size))
    for c in range(3):
        for k in range(who.size):
            y[c, k] = x[c, who[k]]
    return y


def apply_cells(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Add the accelerations."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    q, alpha, F = np.empty(who.size), np.empty(who.size), np.zeros((3, who.size))
    s, y = values(m, theta, slot, who, f, q, alpha), gathered(x, who)
    cells, runs, k = in_cells(y, q), np.zeros((2, ROWS), np.int64), 0
    while k < cells[1].size and not is_dropped(whole):
        pairs, k = touching_from(cells, runs, k, SHARE)
        for pair in range(pairs.shape[0]):
            i, j = pairs[pair, 0], pairs[pair, 1]
            d0, d1, d2 = y[0, j] - y[0, i], y[1, j] - y[1, i], y[2, j] - y[2, i]
            c = law(d0 * d0 + d1 * d1 + d2 * d2, q[i], q[j], s)
            F[0, i] += c * d0
            F[1, i] += c * d1
            F[2, i] += c * d2
            F[0, j] -= c * d0
            F[1, j] -= c * d1
            F[2, j] -= c * d2
    for axis in range(3):
        for k in range(who.size):
            a[axis, who[k]] += alpha[k] * F[axis, k]


def pull_cells(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the same accelerations, and the gradients."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n = who.size
    q, alpha, F, G = np.empty(n), np.empty(n), np.zeros((3, n)), np.zeros((3, n))
    wf, gq, gs, d, t = np.zeros(n), np.zeros(n), np.zeros(n), room(3), room(3)
    s, y, v = values(m, theta, slot, who, f, q, alpha), gathered(x, who), gathered(w, who)
    cells, runs, k = in_cells(y, q), np.zeros((2, ROWS), np.int64), 0
    while k < cells[1].size and not is_dropped(whole):
        pairs, k = touching_from(cells, runs, k, SHARE)
        for pair in range(pairs.shape[0]):
            i, j = pairs[pair, 0], pairs[pair, 1]
            for axis in range(3):
                d[axis], t[axis] = y[axis, j] - y[axis, i], alpha[i] * v[axis, i] - alpha[j] * v[axis, j]
            c, c2, ci, cj, cs = slope(d[0] * d[0] + d[1] * d[1] + d[2] * d[2], q[i], q[j], s)
            td = t[0] * d[0] + t[1] * d[1] + t[2] * d[2]
            gq[i] += ci * td
            gq[j] += cj * td
            gs[i] += cs * td
            for axis in range(3):
                g = c * t[axis] + c2 * td * d[axis]
                F[axis, i] += c * d[axis]
                F[axis, j] -= c * d[axis]
                G[axis, i] -= g
                G[axis, j] += g
    for k in range(n):
        p = who[k]
        for axis in range(3):
            a[axis, p] += alpha[k] * F[axis, k]
            gx[axis, p] += G[axis, k]
            wf[k] += v[axis, k] * F[axis, k]
        if gm.size > 0:
            gm[p] -= alpha[k] * wf[k] / m[p]
    credit(m, theta, slot, who, f, q, wf, gq, gs, gtheta)


def energy_cells(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return the potential energy: alpha is minus the strength over the mass."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    q, alpha, total = np.empty(who.size), np.empty(who.size), 0.0
    s = values(m, theta, slot, who, f, q, alpha)
    if is_dropped(whole) or who.size == 0:
        return 0.0
    y = gathered(x, who)
    cells, runs, k = in_cells(y, q), np.zeros((2, ROWS), np.int64), 0
    while k < cells[1].size and not is_dropped(whole):
        pairs, k = touching_from(cells, runs, k, SHARE)
        for pair in range(pairs.shape[0]):
            i, j = pairs[pair, 0], pairs[pair, 1]
            d0, d1, d2 = y[0, j] - y[0, i], y[1, j] - y[1, i], y[2, j] - y[2, i]
            total += potential(np.sqrt(d0 * d0 + d1 * d1 + d2 * d2), q[i], q[j], s)
    return -float(alpha[0] * m[who[0]]) * total
