"""Vortices in a plane: each turns what is around it, and carries all others and the smoke.

u_i = sum_j c_j (-d_y, d_x), c_j = Γ_j / (2 π (|d|² + e²)), d = x_i - x_j, with circulation Γ and core e: the blobs of
Krasny (1986), which solve the Euler equations regularised at e. Smoke is bodies with the circulation 0. A pinned vortex
stirs where it is. The energy is -(1 / 4π) sum_{i<j} Γ_i Γ_j ln(|d|² + e²), of a fluid of density 1.
"""

import numpy as np

from revanim.engine.carrying.induced import CREDIT, LAW, SLOPE, SOURCES, induced_kernels
from revanim.engine.carrying.mirrors import WALLS, images, seen, times_seen
from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.flow import FlowKernels, FlowKind
from revanim.engine.force import ENERGY
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Floats, Parameter, at_first

CIRCULATION, CORE, MIRROR, CORNER = 1, 2, 3, 4  # the rows of its parameters

PER_TURN = 0.15915494309189535  # 1 / (2 π)


@kernel(LAW)
def law(d0: float, d1: float, d2: float, s: float, s1: float, s2: float, e2: float) -> tuple[float, float, float]:
    """Return the velocity at d from a vortex; s is Γ / 2π."""
    c = s * (1.0 / (d0 * d0 + d1 * d1 + e2))
    return -c * d1, c * d0, 0.0


@kernel(SLOPE)
def slope(
    d0: float, d1: float, d2: float, s: float, s1: float, s2: float, e2: float, w0: float, w1: float, w2: float
) -> tuple[float, float, float, float, float, float, float, float, float, float]:
    """Return the same, and the derivatives of w . v."""
    per = 1.0 / (d0 * d0 + d1 * d1 + e2)
    c, q = s * per, per * (w1 * d0 - w0 * d1)
    h = c * q
    return -c * d1, c * d0, 0.0, c * w1 - 2.0 * h * d0, -c * w0 - 2.0 * h * d1, 0.0, q, 0.0, 0.0, -h


@kernel(SOURCES)
def sources(x: Floats, theta: Floats, slot: Counts, who: Counts, f: int) -> tuple[Counts, Floats]:
    """Return who has circulation, and that over 2π."""
    begin, n = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    at, stride = slot[f, CIRCULATION, 0], slot[f, CIRCULATION, 1]
    source, s, k = np.empty(n, np.int64), np.zeros((3, n)), 0
    for i in range(n):
        if theta[at + stride * i] != 0.0:
            source[k], s[0, k] = who[begin + i], theta[at + stride * i] * PER_TURN
            k += 1
    return source[:k], s[:, :k].copy()


@kernel(CREDIT)
def credit(
    x: Floats, theta: Floats, slot: Counts, who: Counts, f: int, source: Counts, gs: Floats, gx: Floats, gtheta: Floats
) -> None:
    """Add the derivatives for the circulations."""
    at, stride, k = slot[f, CIRCULATION, 0], slot[f, CIRCULATION, 1], 0
    for i in range(slot[f, 0, 1] - slot[f, 0, 0]):
        if theta[at + stride * i] != 0.0:
            gtheta[at + stride * i] += gs[0, k] * PER_TURN
            k += 1


apply, pull = induced_kernels(law, slope, sources, credit, core=CORE, carried=0, walls=MIRROR, solid=False)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return the energy of the fluid, but for a constant; the logarithm decides no bit of a motion."""
    source, s = sources(x, theta, slot, who, f)
    e, total, z = theta[slot[f, CORE, 0]], 0.0, x[:, source]
    for image in range(images(theta, slot, f, MIRROR)):
        y = seen(x, source, theta, slot[f, CORNER, 0], 1, image)
        sign = -1.0 if image in (1, 2) else 1.0
        for i in range(source.size):
            if is_dropped(who):
                break
            for j in range(source.size):
                d0, d1 = y[0, i] - z[0, j], y[1, i] - z[1, j]
                total -= sign * s[0, i] * s[0, j] * (np.log(d0 * d0 + d1 * d1 + e * e) if image or i != j else 0.0)
    return 0.5 * np.pi * total


def pairs(values: Values, who: Counts, bodies: int) -> int:
    """Count each vortex with each who is carried, for each image."""
    circulation = np.broadcast_to(at_first(values["circulation"]), who.shape)
    return int(np.count_nonzero(circulation)) * bodies * times_seen(values)


def sense(values: Values, who: Counts) -> Counts:
    """Return which way each vortex turns."""
    return np.where(np.broadcast_to(at_first(values["circulation"]), who.shape) < 0.0, -1, 1)


def spin(values: Values) -> float:
    """Return how fast the inside of a core turns, radians / s."""
    strongest = float(np.abs(at_first(values["circulation"])).max(initial=0.0))
    return PER_TURN * strongest / float(at_first(values["core"])) ** 2


vortices = FlowKind(
    name="vortices",
    help="Whirls in a plane that carry each other, and the smoke around them.",
    title="Vortices",
    words="fluid smoke whirl swirl euler ink water vortex eddy",
    order=61,
    parameters=(
        Parameter(
            "circulation", 1.0, "length²/s", -1e9, 1e9, "How strongly each turns, counterclockwise; 0 is smoke.",
            per="body", faint=1e-200,
        ),
        Parameter("core", 0.2, "length", 1e-6, 1e9, "Within this of its centre a vortex turns as one piece."),
        *WALLS,
    ),
    kernels=FlowKernels(
        apply,
        pull,
        energy,
        rows={"circulation": CIRCULATION, "core": CORE, "walls": MIRROR, "corner": CORNER},
        pairs=pairs,
        sense=sense,
        spin=spin,
        strength="circulation",
        width="core",
    ),
    planar=True,
)  # fmt: skip
