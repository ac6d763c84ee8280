"""A soft plane: bodies behind it are pushed out along its normal.

a_i = (k / m_i) max(0, n . (p - x_i)) n with the unit normal n, a point p of the plane and stiffness k.

A normal without length has no depth that is a number; `not depth <= 0` lets it through, so that the walk stops there.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter

STIFFNESS, POINT, NORMAL = 1, 2, 3


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    k, p, n = theta[slot[f, STIFFNESS, 0]], slot[f, POINT, 0], slot[f, NORMAL, 0]
    size = np.sqrt(theta[n] * theta[n] + theta[n + 1] * theta[n + 1] + theta[n + 2] * theta[n + 2])
    n0, n1, n2 = theta[n] / size, theta[n + 1] / size, theta[n + 2] / size
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[s]
        d0, d1, d2 = theta[p] - x[0, i], theta[p + 1] - x[1, i], theta[p + 2] - x[2, i]
        depth = n0 * d0 + n1 * d1 + n2 * d2
        if not depth <= 0.0:
            c = k / m[i] * depth
            a[0, i] += c * n0
            a[1, i] += c * n1
            a[2, i] += c * n2


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    k, p, n = theta[slot[f, STIFFNESS, 0]], slot[f, POINT, 0], slot[f, NORMAL, 0]
    size = np.sqrt(theta[n] * theta[n] + theta[n + 1] * theta[n + 1] + theta[n + 2] * theta[n + 2])
    n0, n1, n2 = theta[n] / size, theta[n + 1] / size, theta[n + 2] / size
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[s]
        d0, d1, d2 = theta[p] - x[0, i], theta[p + 1] - x[1, i], theta[p + 2] - x[2, i]
        depth = n0 * d0 + n1 * d1 + n2 * d2
        if not depth <= 0.0:
            c = k / m[i] * depth
            a[0, i] += c * n0
            a[1, i] += c * n1
            a[2, i] += c * n2
            wn, km = w[0, i] * n0 + w[1, i] * n1 + w[2, i] * n2, k / m[i]
            if gm.size > 0:
                gm[i] -= c / m[i] * wn
            gtheta[slot[f, STIFFNESS, 0]] += depth / m[i] * wn
            for t in range(3):
                nt = n0 if t == 0 else n1 if t == 1 else n2
                dt = d0 if t == 0 else d1 if t == 1 else d2
                gx[t, i] -= km * wn * nt
                gtheta[p + t] += km * wn * nt
                # through the unit normal n / |n|: the part along n of its gradient falls away
                gtheta[n + t] += km * (wn * dt + depth * w[t, i] - 2.0 * depth * wn * nt) / size


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    k, p, n = theta[slot[f, STIFFNESS, 0]], slot[f, POINT, 0], slot[f, NORMAL, 0]
    size = np.sqrt(theta[n] * theta[n] + theta[n + 1] * theta[n + 1] + theta[n + 2] * theta[n + 2])
    n0, n1, n2 = theta[n] / size, theta[n + 1] / size, theta[n + 2] / size
    total = 0.0
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[s]
        d0, d1, d2 = theta[p] - x[0, i], theta[p + 1] - x[1, i], theta[p + 2] - x[2, i]
        depth = n0 * d0 + n1 * d1 + n2 * d2
        if not depth <= 0.0:
            total += 0.5 * k * depth * depth
    return total


wall = ForceKind(
    name="wall",
    help="A soft plane that bodies bounce off.",
    title="Floor or wall",
    words="plane ground bounce collide barrier",
    order=52,
    parameters=(
        Parameter("stiffness", 1000.0, "mass/s²", 0.0, 1e12, "Force for each unit of depth behind the plane."),
        Parameter("point", (0.0, 0.0, 0.0), "length", -1e12, 1e12, "A point of the plane.", axes=3, lies="place"),
        Parameter(
            "normal",
            (0.0, 0.0, 1.0),
            "",
            -1e12,
            1e12,
            "The side on which the bodies stay.",
            axes=3,
            lies="direction",
            planar=(0.0, 1.0, 0.0),
        ),
    ),
    kernels=ForceKernels(apply, pull, energy, rows={"stiffness": STIFFNESS, "point": POINT, "normal": NORMAL}),
    divides_by_mass=True,
    plane=lambda values: (values["point"], values["normal"]),
)
