"""Springs along links: a_i = (k / m_i) (1 - l / |d|) d with d = x_j - x_i, stiffness k and rest length l (Hooke)."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter

STIFFNESS, LENGTH = 1, 2


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    for s in range(slot[f, 0, 0], slot[f, 0, 1], 2):
        i, j, row = who[s], who[s + 1], (s - slot[f, 0, 0]) // 2
        k = theta[slot[f, STIFFNESS, 0] + slot[f, STIFFNESS, 1] * row]
        l0 = theta[slot[f, LENGTH, 0] + slot[f, LENGTH, 1] * row]
        d0, d1, d2 = x[0, j] - x[0, i], x[1, j] - x[1, i], x[2, j] - x[2, i]
        u = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2) if l0 != 0.0 else 0.0
        c = k - k * l0 * u
        ci, cj = c / m[i], c / m[j]
        a[0, i] += ci * d0
        a[1, i] += ci * d1
        a[2, i] += ci * d2
        a[0, j] -= cj * d0
        a[1, j] -= cj * d1
        a[2, j] -= cj * d2


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    for s in range(slot[f, 0, 0], slot[f, 0, 1], 2):
        i, j, row = who[s], who[s + 1], (s - slot[f, 0, 0]) // 2
        k = theta[slot[f, STIFFNESS, 0] + slot[f, STIFFNESS, 1] * row]
        l0 = theta[slot[f, LENGTH, 0] + slot[f, LENGTH, 1] * row]
        d0, d1, d2 = x[0, j] - x[0, i], x[1, j] - x[1, i], x[2, j] - x[2, i]
        u = 1.0 / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2) if l0 != 0.0 else 0.0
        c = k - k * l0 * u
        ci, cj = c / m[i], c / m[j]
        a[0, i] += ci * d0
        a[1, i] += ci * d1
        a[2, i] += ci * d2
        a[0, j] -= cj * d0
        a[1, j] -= cj * d1
        a[2, j] -= cj * d2
        t0, t1, t2 = w[0, i] / m[i] - w[0, j] / m[j], w[1, i] / m[i] - w[1, j] / m[j], w[2, i] / m[i] - w[2, j] / m[j]
        td = t0 * d0 + t1 * d1 + t2 * d2
        h = k * l0 * (u * u * u) * td
        g0, g1, g2 = c * t0 + h * d0, c * t1 + h * d1, c * t2 + h * d2
        gx[0, i] -= g0
        gx[1, i] -= g1
        gx[2, i] -= g2
        gx[0, j] += g0
        gx[1, j] += g1
        gx[2, j] += g2
        if gm.size > 0:
            gm[i] -= ci / m[i] * (w[0, i] * d0 + w[1, i] * d1 + w[2, i] * d2)
            gm[j] += cj / m[j] * (w[0, j] * d0 + w[1, j] * d1 + w[2, j] * d2)
        r = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2)
        gtheta[slot[f, STIFFNESS, 0] + slot[f, STIFFNESS, 1] * row] += (1.0 - l0 * u) * td
        gtheta[slot[f, LENGTH, 0] + slot[f, LENGTH, 1] * row] -= k * td / r if r > 0.0 else 0.0


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    total = 0.0
    for s in range(slot[f, 0, 0], slot[f, 0, 1], 2):
        i, j, row = who[s], who[s + 1], (s - slot[f, 0, 0]) // 2
        k = theta[slot[f, STIFFNESS, 0] + slot[f, STIFFNESS, 1] * row]
        l0 = theta[slot[f, LENGTH, 0] + slot[f, LENGTH, 1] * row]
        d0, d1, d2 = x[0, j] - x[0, i], x[1, j] - x[1, i], x[2, j] - x[2, i]
        stretch = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2) - l0
        total += 0.5 * k * stretch * stretch
    return total


spring = ForceKind(
    name="spring",
    help="Springs between pairs of bodies.",
    title="Springs",
    words="elastic bounce rubber cloth soft link",
    order=21,
    parameters=(
        Parameter("stiffness", 10.0, "mass/s²", -1e12, 1e12, "Force for each unit of stretch.", per="link"),
        Parameter(
            "length", "drawn", "length", 0.0, 1e12, "Length at rest; by default as long as it is drawn.", per="link"
        ),
    ),
    kernels=ForceKernels(apply, pull, energy, rows={"stiffness": STIFFNESS, "length": LENGTH}),
    linked=True,
    divides_by_mass=True,
    firmness="stiffness",
)
