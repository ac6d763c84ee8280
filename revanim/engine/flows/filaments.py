"""Vortex filaments in space: closed loops of links that carry themselves, each other, and the smoke around them.

u_i = (1 / 4π) sum_k s_k x d / (|d|² + e²)^(3/2), d = x_i - x_k, with core e (Rosenhead 1930, Moore 1972). Each link
from a to b with circulation Γ gives s = Γ (x_b - x_a) / 2 to both of its ends (trapezoid rule), which for a ring is ten
times nearer than the closed form of straight segments. Along a loop Γ is one and the same (Kelvin). Good while links
are no longer than their core; there is no reconnection. Energy of a fluid of density 1:
(1 / 8π) sum_{i,k} s_i . s_k / (|d|² + e²)^(1/2).
"""

import numpy as np

from revanim.engine.carrying.induced import CREDIT, LAW, SLOPE, SOURCES, induced_kernels
from revanim.engine.carrying.mirrors import WALLS, images, mirror, seen, times_seen
from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.flow import FlowKernels, FlowKind
from revanim.engine.force import ENERGY
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Floats, Parameter, at_first

CIRCULATION, CORE, MIRROR, CORNER, CARRIED = 1, 2, 3, 4, 5  # the rows of its parameters, and of whom it carries

PER_SPHERE = 0.07957747154594767  # 1 / 4π


@kernel(LAW)
def law(d0: float, d1: float, d2: float, s0: float, s1: float, s2: float, e2: float) -> tuple[float, float, float]:
    """Return the velocity at d from a node; s is its strength over 4π."""
    r2 = d0 * d0 + d1 * d1 + d2 * d2 + e2
    c = 1.0 / (r2 * np.sqrt(r2))
    return c * (s1 * d2 - s2 * d1), c * (s2 * d0 - s0 * d2), c * (s0 * d1 - s1 * d0)


@kernel(SLOPE)
def slope(
    d0: float, d1: float, d2: float, s0: float, s1: float, s2: float, e2: float, w0: float, w1: float, w2: float
) -> tuple[float, float, float, float, float, float, float, float, float, float]:
    """Return the same, and the derivatives of w . v."""
    r2 = d0 * d0 + d1 * d1 + d2 * d2 + e2
    r = np.sqrt(r2)
    c = 1.0 / (r2 * r)
    v0, v1, v2 = c * (s1 * d2 - s2 * d1), c * (s2 * d0 - s0 * d2), c * (s0 * d1 - s1 * d0)
    h = 3.0 * (c * r) * (w0 * v0 + w1 * v1 + w2 * v2)
    return (
        v0, v1, v2,
        c * (w1 * s2 - w2 * s1) - h * d0, c * (w2 * s0 - w0 * s2) - h * d1, c * (w0 * s1 - w1 * s0) - h * d2,
        c * (d1 * w2 - d2 * w1), c * (d2 * w0 - d0 * w2), c * (d0 * w1 - d1 * w0), -0.5 * h,
    )  # fmt: skip


@kernel("UniTuple(int64[::1], 2)(int64[::1], int64)")
def nodes(ends: Counts, n: int) -> tuple[Counts, Counts]:
    """Return the bodies at the ends of links, each once, and for each of n bodies which of these it is."""
    place = np.zeros(n, np.int64)
    for p in ends:
        place[p] = 1
    found = np.flatnonzero(place)
    for k in range(found.size):
        place[found[k]] = k
    return found, place


@kernel(SOURCES)
def sources(x: Floats, theta: Floats, slot: Counts, who: Counts, f: int) -> tuple[Counts, Floats]:
    """Return the nodes, and their strengths over 4π."""
    ends, at, stride = who[slot[f, 0, 0] : slot[f, 0, 1]], slot[f, CIRCULATION, 0], slot[f, CIRCULATION, 1]
    source, place = nodes(ends, x.shape[1])
    s = np.zeros((3, source.size))
    for link in range(ends.size // 2):
        a, b = ends[2 * link], ends[2 * link + 1]
        half = 0.5 * PER_SPHERE * theta[at + stride * link]
        for c in range(3):
            part = half * (x[c, b] - x[c, a])
            s[c, place[a]] += part
            s[c, place[b]] += part
    return source, s


@kernel(CREDIT)
def credit(
    x: Floats, theta: Floats, slot: Counts, who: Counts, f: int, source: Counts, gs: Floats, gx: Floats, gtheta: Floats
) -> None:
    """Add the derivatives for the circulations, and for the places by which links are as long as they are."""
    ends, at, stride = who[slot[f, 0, 0] : slot[f, 0, 1]], slot[f, CIRCULATION, 0], slot[f, CIRCULATION, 1]
    _, place = nodes(ends, x.shape[1])
    for link in range(ends.size // 2):
        a, b, entry = ends[2 * link], ends[2 * link + 1], at + stride * link
        for c in range(3):
            both = 0.5 * PER_SPHERE * (gs[c, place[a]] + gs[c, place[b]])
            gx[c, b] += theta[entry] * both
            gx[c, a] -= theta[entry] * both
            gtheta[entry] += both * (x[c, b] - x[c, a])


apply, pull = induced_kernels(law, slope, sources, credit, core=CORE, carried=CARRIED, walls=MIRROR, solid=True)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return the energy of the fluid."""
    source, s = sources(x, theta, slot, who, f)
    e, total, z = theta[slot[f, CORE, 0]], 0.0, x[:, source]
    for image in range(images(theta, slot, f, MIRROR)):
        y, r = seen(x, source, theta, slot[f, CORNER, 0], 2, image), s.copy()
        mirror(r, 2, image)
        sign = -1.0 if image in (1, 2) else 1.0
        for i in range(source.size):
            if is_dropped(who):
                break
            for j in range(source.size):
                d0, d1, d2 = y[0, i] - z[0, j], y[1, i] - z[1, j], y[2, i] - z[2, j]
                dot = r[0, i] * s[0, j] + r[1, i] * s[1, j] + r[2, i] * s[2, j]
                total += sign * dot / np.sqrt(d0 * d0 + d1 * d1 + d2 * d2 + e * e)
    return 2.0 * np.pi * total


def pairs(values: Values, who: Counts, bodies: int) -> int:
    """Count each node with each who is carried, for each image."""
    return np.unique(who).size * bodies * times_seen(values)


def spin(values: Values) -> float:
    """Return how fast the inside of a core turns, radians / s."""
    strongest = float(np.abs(at_first(values["circulation"])).max(initial=0.0))
    return 2.0 * PER_SPHERE * strongest / float(at_first(values["core"])) ** 2


filaments = FlowKind(
    name="filaments",
    help="Vortex lines, such as smoke rings, that carry each other, and the smoke around them.",
    title="Vortex filaments",
    words="fluid smoke ring tube euler vortex leapfrog line",
    order=62,
    parameters=(
        Parameter(
            "circulation", 1.0, "length²/s", -1e9, 1e9, "How strongly it turns about each link; the same along a loop.",
            per="link",
        ),
        Parameter("core", 0.2, "length", 1e-6, 1e9, "How thick the line is; links should be no longer."),
        *WALLS,
    ),
    kernels=FlowKernels(
        apply,
        pull,
        energy,
        rows={"circulation": CIRCULATION, "core": CORE, "walls": MIRROR, "corner": CORNER},
        beside=CARRIED,
        pairs=pairs,
        spin=spin,
        width="core",
    ),
    linked=True,
    planar=False,
)  # fmt: skip
