"""How far a place is from a box, a ball or a capsule, and what all obstacles can be told.

All three are what is within a length of a block with half the edges b0, b1, b2: a box at the length 0, a ball around a
block that is a point, a capsule around one that is a line.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.law import FRICTION, RADIUS, RESTITUTION, STIFFNESS
from revanim.engine.contacts.obstacle import CENTER, SURFACE, Surface
from revanim.engine.parameter import Floats, Parameter

# What `at` holds: half the edges, the length around the block, and the three axes of the block, row by row.
EDGES, AROUND, AXES = 0, 3, 4
DEGREE = 0.017453292519943295
TERMS = 9  # of the series of sine and cosine within an eighth of a circle

ROWS = {
    "radius": RADIUS,
    "stiffness": STIFFNESS,
    "restitution": RESTITUTION,
    "friction": FRICTION,
    "center": CENTER,
}
CENTERED = Parameter("center", (0.0, 0.0, 0.0), "length", -1e12, 1e12, "Where its middle is.", axes=3, lies="place")
TOUCHED = (
    Parameter("restitution", 0.6, "", 0.0, 1.0, "Which part of its speed a body keeps as it bounces."),
    Parameter("friction", 0.3, "", 0.0, 100.0, "How firmly it rubs, against how firmly bodies press on it."),
    Parameter("radius", 0.0, "length", 0.0, 1e12, "How far from it the middle of a body stays.", per="body"),
    Parameter(
        "stiffness", "derived", "1/(length² s²)", 0.0, 1e30,
        "How firmly bodies are pushed out; by default as firmly as the sub-step allows.",
    ),
)  # fmt: skip
MATERIALS = {
    "Rubber": {"restitution": 0.85, "friction": 0.8},
    "Steel": {"restitution": 0.8, "friction": 0.15},
    "Wood": {"restitution": 0.5, "friction": 0.3},
    "Felt": {"restitution": 0.15, "friction": 0.9},
    "Ice": {"restitution": 0.3, "friction": 0.02},
}


@kernel("UniTuple(float64, 2)(float64)")
def sine_of(degrees: float) -> tuple[float, float]:
    """Return the sine and the cosine of an angle in degrees: exact at whole quarters of a circle."""
    quarters = np.rint(degrees / 90.0)
    x = (degrees - 90.0 * quarters) * DEGREE
    s, c = 1.0, 1.0
    for term in range(TERMS, 0, -1):
        s = 1.0 - x * x / (2 * term * (2 * term + 1)) * s
        c = 1.0 - x * x / ((2 * term - 1) * 2 * term) * c
    s *= x
    which = quarters - 4.0 * np.floor(quarters / 4.0)
    if which == 1.0:
        return c, -s
    if which == 2.0:
        return -s, -c
    return (-c, s) if which == 3.0 else (s, c)


@kernel("void(float64, float64, float64, float64[::1])")
def set_axes(x: float, y: float, z: float, at: Floats) -> None:
    """Write down the axes of a block that is turned about x, then y, then z, by angles in degrees."""
    (a, b), (c, d), (e, g) = sine_of(x), sine_of(y), sine_of(z)
    at[AXES], at[AXES + 1], at[AXES + 2] = d * g, d * e, -c
    at[AXES + 3], at[AXES + 4], at[AXES + 5] = a * c * g - b * e, a * c * e + b * g, a * d
    at[AXES + 6], at[AXES + 7], at[AXES + 8] = b * c * g + a * e, b * c * e - a * g, b * d


@kernel("void(float64, float64, float64, float64[::1])")
def set_upright(x: float, y: float, z: float, at: Floats) -> None:
    """Write down axes of which the last goes along a direction: upward where that has no length."""
    size = np.sqrt(x * x + y * y + z * z)
    x, y, z = (x / size, y / size, z / size) if size > 0.0 else (0.0, 0.0, 1.0)
    side = 1.0 if z >= 0.0 else -1.0  # Duff et al. 2017
    one, two = -1.0 / (side + z), -x * y / (side + z)
    at[AXES], at[AXES + 1], at[AXES + 2] = 1.0 + side * x * x * one, side * two, -side * x
    at[AXES + 3], at[AXES + 4], at[AXES + 5] = two, side + y * y * one, -y
    at[AXES + 6], at[AXES + 7], at[AXES + 8] = x, y, z


@kernel("UniTuple(float64, 3)(float64[::1], float64, float64, float64)")
def seen(at: Floats, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return a direction along the axes."""
    return (
        at[AXES] * x + at[AXES + 1] * y + at[AXES + 2] * z,
        at[AXES + 3] * x + at[AXES + 4] * y + at[AXES + 5] * z,
        at[AXES + 6] * x + at[AXES + 7] * y + at[AXES + 8] * z,
    )


@kernel("UniTuple(float64, 3)(float64[::1], float64, float64, float64)")
def laid(at: Floats, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return a direction that is seen along the axes: `seen` undone."""
    return (
        at[AXES] * x + at[AXES + 3] * y + at[AXES + 6] * z,
        at[AXES + 1] * x + at[AXES + 4] * y + at[AXES + 7] * z,
        at[AXES + 2] * x + at[AXES + 5] * y + at[AXES + 8] * z,
    )


@kernel(SURFACE)
def around_block(at: Floats, x: float, y: float, z: float) -> Surface:
    """Return the surface within a length of a block (obstacle.py): flat, or round about an edge or a corner."""
    p0, p1, p2 = seen(at, x, y, z)
    q0, q1, q2 = abs(p0) - at[EDGES], abs(p1) - at[EDGES + 1], abs(p2) - at[EDGES + 2]
    beyond0, beyond1, beyond2 = q0 >= 0.0, q1 >= 0.0, q2 >= 0.0
    bend, round_it = 0.0, beyond0 + beyond1 + beyond2
    if round_it == 0:  # inside of the block: out through the nearest face
        r = max(q0, max(q1, q2))
        beyond2, beyond1 = r == q2, r == q1 and r != q2
        beyond0 = not (beyond1 or beyond2)
        n0, n1, n2 = 1.0 * beyond0, 1.0 * beyond1, 1.0 * beyond2
    else:
        n0, n1, n2 = max(q0, 0.0), max(q1, 0.0), max(q2, 0.0)
        r = np.sqrt(n0 * n0 + n1 * n1 + n2 * n2)
        if r > 0.0:
            n0, n1, n2, bend = n0 / r, n1 / r, n2 / r, 1.0 / r
        else:
            n2 = 1.0
    n0, n1, n2 = -n0 if p0 < 0.0 else n0, -n1 if p1 < 0.0 else n1, -n2 if p2 < 0.0 else n2
    m0, m1, m2 = laid(at, n0, n1, n2)
    e0, e1, e2 = laid(at, 1.0 * (not beyond0), 1.0 * (beyond0 and not beyond1), 1.0 * (beyond0 and beyond1))
    along, across = bend if round_it == 3 else 0.0, bend if round_it > 1 else 0.0
    return r - at[AROUND], m0, m1, m2, e0, e1, e2, along, across
