"""A fixed point that draws the bodies to it.

Inverse square: a_i = k d / (|d|^2 + e^2)^(3/2); harmonic: a_i = k d; with d = p - x_i, strength k and softening e."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter

STRENGTH, POINT, LAW, SOFTENING = 1, 2, 3, 4


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    k, p = theta[slot[f, STRENGTH, 0]], slot[f, POINT, 0]
    harmonic, e = theta[slot[f, LAW, 0]] == 1.0, theta[slot[f, SOFTENING, 0]]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[s]
        d0, d1, d2 = theta[p] - x[0, i], theta[p + 1] - x[1, i], theta[p + 2] - x[2, i]
        u = 1.0 if harmonic else 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
        c = k * (u * u * u)
        a[0, i] += c * d0
        a[1, i] += c * d1
        a[2, i] += c * d2


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    k, p = theta[slot[f, STRENGTH, 0]], slot[f, POINT, 0]
    harmonic, e = theta[slot[f, LAW, 0]] == 1.0, theta[slot[f, SOFTENING, 0]]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[s]
        d0, d1, d2 = theta[p] - x[0, i], theta[p + 1] - x[1, i], theta[p + 2] - x[2, i]
        u = 1.0 if harmonic else 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
        c = k * (u * u * u)
        a[0, i] += c * d0
        a[1, i] += c * d1
        a[2, i] += c * d2
        wd = w[0, i] * d0 + w[1, i] * d1 + w[2, i] * d2
        h = 0.0 if harmonic else 3.0 * (u * u) * wd
        g0, g1, g2 = c * (w[0, i] - h * d0), c * (w[1, i] - h * d1), c * (w[2, i] - h * d2)
        gx[0, i] -= g0
        gx[1, i] -= g1
        gx[2, i] -= g2
        gtheta[slot[f, STRENGTH, 0]] += u * u * u * wd
        gtheta[p] += g0
        gtheta[p + 1] += g1
        gtheta[p + 2] += g2
        gtheta[slot[f, SOFTENING, 0]] -= e * c * h


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    k, p = theta[slot[f, STRENGTH, 0]], slot[f, POINT, 0]
    harmonic, e = theta[slot[f, LAW, 0]] == 1.0, theta[slot[f, SOFTENING, 0]]
    total = 0.0
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[s]
        d0, d1, d2 = theta[p] - x[0, i], theta[p + 1] - x[1, i], theta[p + 2] - x[2, i]
        r2 = d0 * d0 + d1 * d1 + d2 * d2
        total += m[i] * k * (0.5 * r2 if harmonic else -1.0 / np.sqrt(r2 + e * e))
    return total


attractor = ForceKind(
    name="attractor",
    help="A fixed point that draws the bodies to it.",
    title="Pull to a point",
    words="attractor magnet well centre",
    order=12,
    parameters=(
        Parameter("strength", 1.0, "1/s² or length³/s²", -1e12, 1e12, "How strongly it draws; negative pushes away."),
        Parameter("point", (0.0, 0.0, 0.0), "length", -1e12, 1e12, "Where it is.", axes=3, lies="place"),
        Parameter(
            "law", 0.0, "", 0.0, 1.0, "How the pull changes with distance.", choices=("inverse-square", "harmonic")
        ),
        Parameter("softening", 0.05, "length", 0.0, 1e12, "Evens out the inverse-square pull close to the point."),
    ),
    kernels=ForceKernels(
        apply, pull, energy, rows={"strength": STRENGTH, "point": POINT, "law": LAW, "softening": SOFTENING}
    ),
)
