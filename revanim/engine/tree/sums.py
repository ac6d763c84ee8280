"""Sums over very many bodies by a tree, each body's for itself, and forces that are made of them.

A_i = sum_j q_j d / (|d|^2 + e^2)^(3/2) with d = x_j - x_i, where a node that is far is taken as a whole, to the third
order (fast multipole method: Greengard & Rokhlin 1987, in the form of Dehnen 2002). With S = sum v . A the derivatives
for places and charges are the same sum once more, of dipoles v: those of the sum as it is, to rounding, as long as no
body comes into another node.

All is a function of the places as they are now. A share of the bodies is walked by itself and writes only what is
theirs, so that no bit depends on the number of threads.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import Kernel, kernel, kernel_from, prange
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, pairs_for, where_set
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tree.branches import grow, shares
from revanim.engine.tree.far import absorb_both, absorb_energies, absorb_fields
from revanim.engine.tree.local import hand_down_both, hand_down_field, hand_down_nothing
from revanim.engine.tree.moments import BOTH, SECOND, THIRD, Q, V, X, look_from_afar
from revanim.engine.tree.near import finish_both, finish_energies, finish_fields
from revanim.engine.tree.walk import walks

SUMS = (
    Parameter(
        "sum", 0.0, "", 0.0, 1.0, "Pair by pair, or by a tree: far quicker among thousands, and right to a percent.",
        choices=("exact", "tree"), steady=True, graded=False,
    ),
    Parameter("theta", 0.7, "", 0.0, 1.0, "How coarsely the tree sums: less is slower and closer.", graded=False),
)  # fmt: skip
BY_TREE = {"Sum by a tree": {"sum": 1.0}}

# What the functions below leave open: kernels are made of them in which these names mean a sum's or a force's.
some = values = credit = add_up = cast(Any, None)
columns = rows = opening = by_mass = 0

PARTS = 16  # the most threads that are of use
WORK = 2000  # pairs that could be computed in the time that a body takes (100 000 bodies, AVX2)

# add_up(x, whole, who, q, v, theta, e, wide): returns a row for each of A, and of the derivatives of S for place and
# q, and what S would grow with e^2 / 2, or twice the energy.
ADD_UP = (
    "Tuple((float64[:,::1], float64))"
    "(float64[:,::1], int64[::1], int64[::1], float64[::1], float64[:,::1], float64, float64, boolean)"
)


@kernel("float64[:,::1](float64[:,::1], int64[::1], int64[::1], float64[::1], float64[:,::1])")
def seat(x: Floats, who: Counts, order: Counts, q: Floats, v: Floats) -> Floats:
    """Return a table of bodies in their order: places, charges, dipoles if there are any."""
    y = np.empty((V + v.shape[0], order.size))
    for i in range(order.size):
        k = order[i]
        for c in range(3):
            y[X + c, i] = x[c, who[k]]
        y[Q, i] = q[k]
        for c in range(v.shape[0]):
            y[V + c, i] = v[c, k]
    return y


@kernel("float64[:,::1](int64[::1], float64[:,::1])")
def unseat(order: Counts, out: Floats) -> Floats:
    """Return columns as the bodies stood before they were put in order."""
    back = np.empty_like(out)
    for row in range(out.shape[0]):
        for i in range(order.size):
            back[row, order[i]] = out[row, i]
    return back


@kernel("float64(float64[::1])")
def sum_up(totals: Floats) -> float:
    """Return the sum, in order."""
    total = 0.0
    for each in totals:
        total += each
    return total


def add_up_by_tree(
    x: Floats, whole: Counts, who: Counts, q: Floats, v: Floats, theta: float, e: float, wide: bool
) -> tuple[Floats, float]:
    """Find the sums, on one thread or on all."""
    n, theta2, e2 = who.size, theta * theta, e * e
    order, nodes, place = np.empty(n, np.int64), np.empty((2 * n, 4), np.int64), np.empty((2 * n, 4))
    count = grow(x, who, order, nodes, place)
    y, moments, roots = seat(x, who, order, q, v), np.empty((count, columns)), shares(nodes, n)
    look_from_afar(nodes, count, y, place, moments)
    parts, out, totals = min(PARTS, roots.size), np.empty((rows, n)), np.empty(roots.size)
    if wide:
        for part in prange(parts):
            some(part, parts, count, roots, whole, nodes, place, moments, y, theta2, e2, out, totals)
    else:
        for part in range(parts):
            some(part, parts, count, roots, whole, nodes, place, moments, y, theta2, e2, out, totals)
    return unseat(order, out), sum_up(totals)


def adder(hand_down: Kernel, absorb: Kernel, finish: Kernel, columns: int, rows: int) -> Kernel:
    """Return the kernel that adds up one form of the sum."""
    some = walks(hand_down, absorb, finish)
    return kernel_from(add_up_by_tree, ADD_UP, absorb, parallel=True, some=some, columns=columns, rows=rows)


push = adder(hand_down_field, absorb_fields, finish_fields, SECOND, 3)
pull = adder(hand_down_both, absorb_both, finish_both, BOTH, 7)
energy = adder(hand_down_nothing, absorb_energies, finish_energies, THIRD, 0)


def tree_kernels(values: Kernel, credit: Kernel, *, opening: int, by_mass: bool) -> tuple[Kernel, Kernel, Kernel]:
    """Return what applies, pulls and gives the energy of a force that is summed by a tree.

    Its values and credit are as `pairs.py` has them.

    `opening` is the row of theta, the angle below which two nodes are far; `by_mass`: whether the mass is the charge.
    """
    return (
        kernel_from(apply_tree, APPLY, values, values=values, opening=opening, add_up=push),
        kernel_from(
            pull_tree, PULL, values, values=values, opening=opening, add_up=pull, credit=credit, by_mass=int(by_mass)
        ),
        kernel_from(energy_tree, ENERGY, values, values=values, opening=opening, add_up=energy),
    )


def by_tree(apply: Kernel, pull: Kernel, energy: Kernel) -> Callable[[Values], ForceKernels | None]:
    """Return what chooses these kernels for a force with SUMS among its parameters, where it is to be summed so."""
    return where_set("sum", ForceKernels(apply, pull, energy, pairs=lambda mass: pairs_for(mass.size, WORK)))


@kernel("float64[::1](float64[::1], int64[::1], float64[::1])")
def giving(m: Floats, who: Counts, q: Floats) -> Floats:
    """Return the charges that others feel: none of a body without mass."""
    given = np.empty_like(q)
    for k in range(who.size):
        given[k] = q[k] if m[who[k]] != 0.0 else 0.0
    return given


def apply_tree(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Add the accelerations."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n = who.size
    if n == 0:
        return
    q, alpha = np.empty(n), np.empty(n)
    e = values(m, theta, slot, who, f, q, alpha)
    A, _ = add_up(x, whole, who, giving(m, who, q), np.empty((0, n)), theta[slot[f, opening, 0]], e, wide)
    for k in range(n):
        for c in range(3):
            a[c, who[k]] += alpha[k] * q[k] * A[c, k]


def pull_tree(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the same accelerations, and the gradients."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n = who.size
    if n == 0:
        return
    q, alpha, v, wf, gq, ge = np.empty(n), np.empty(n), np.empty((3, n)), np.empty(n), np.empty(n), np.zeros(n)
    e = values(m, theta, slot, who, f, q, alpha)
    for k in range(n):
        for c in range(3):
            v[c, k] = alpha[k] * q[k] * w[c, who[k]]
    A, ge[0] = add_up(x, whole, who, giving(m, who, q), v, theta[slot[f, opening, 0]], e, wide)
    for k in range(n):
        p, wa = who[k], 0.0
        for c in range(3):
            a[c, p] += alpha[k] * q[k] * A[c, k]
            gx[c, p] += A[3 + c, k]
            wa += w[c, p] * A[c, k]
        wf[k], gq[k] = q[k] * wa, alpha[k] * wa + A[6, k]
        if gm.size > 0:
            gm[p] += A[6, k] if by_mass else -alpha[k] * wf[k] / m[p]
    credit(m, theta, slot, who, f, q, wf, gq, ge, gtheta)


def energy_tree(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return the potential energy: alpha is the strength over the mass."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    n, strength = who.size, 0.0
    if n == 0 or is_dropped(whole):
        return 0.0
    q, alpha = np.empty(n), np.empty(n)
    e = values(m, theta, slot, who, f, q, alpha)
    for k in range(n):
        if m[who[k]] != 0.0:
            strength = alpha[k] * m[who[k]]
    _, twice = add_up(x, whole, who, giving(m, who, q), np.empty((0, n)), theta[slot[f, opening, 0]], e, wide)
    return -0.5 * strength * float(twice)
