"""How a pose is laid in the scene: how large, in which plane, turned how far, and where."""

from collections.abc import Mapping
from math import pi
from typing import Any, Literal

import numpy as np

from revanim.engine.parameter import Floats, Parameter

FAR = 1e9

SIZE = Parameter("size", 4.0, "length", 1e-9, FAR, "The longest side.")
OWN_SIZE = Parameter("size", 0.0, "length", 0.0, FAR, "The longest side; 0 keeps the size and place of the file.")
PLACE = Parameter("place", (0.0, 0.0, 0.0), "length", -FAR, FAR, "Where the middle comes to lie.", axes=3)
PLANE = Parameter("plane", 0.0, "", 0.0, 2.0, "In which plane the pose is laid.", choices=("xy", "xz", "yz"))
ROTATION = Parameter(
    "rotation", (0.0, 0.0, 0.0), "°", -1e6, 1e6, "Turned about x, then y, then z, around the middle.", axes=3
)
PLACING = (SIZE, PLACE, PLANE, ROTATION)

Lies = Literal["front", "side", "ground", "camera"]

AXES = {"xy": [0, 1, 2], "xz": [0, 2, 1], "yz": [1, 2, 0]}  # of the scene, for the pose's right, up and towards the eye
UPRIGHT = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])  # rows: x, y and z of a file whose y is up
TERMS = 10  # of a sine between -45° and 45°: the next one is below the last bit


def lay(points: Floats, low: Floats, high: Floats, values: Mapping[str, Any]) -> Floats:
    """Return points, float64[n, 2 or 3], laid in the scene: float64[n, 3].

    `low` and `high` are the corners of the box that is centred and made as large as `values` asks, those of PLACING.
    """
    if values["size"] > 0:
        points = (points - (low + high) / 2) * (values["size"] / ((high - low).max() or 1.0))
    laid = np.zeros((3, len(points)))
    laid[AXES[values["plane"]][: points.shape[1]]] = points.T
    if values["plane"] == "xz":
        laid[1] = 0.0 - laid[1]  # whoever looks at x and z from the front looks along y
    for axis, degrees in enumerate(values["rotation"]):
        cosine, sine = turn(float(degrees))
        u, v = (axis + 1) % 3, (axis + 2) % 3
        laid[u], laid[v] = laid[u] * cosine - laid[v] * sine, laid[u] * sine + laid[v] * cosine
    position: Floats = laid.T + values["place"]
    return position


def centre(place: Floats) -> Floats:
    """Return the middle of the box around some places, float64[3]."""
    middle: Floats = (place.min(axis=0) + place.max(axis=0)) / 2
    return middle


def rotation(axis: Floats, degrees: float) -> Floats:
    """Return the matrix, float64[3, 3], that turns columns about an axis (Rodrigues)."""
    x, y, z = axis / np.linalg.norm(axis)
    cosine, sine = turn(degrees)
    across = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    matrix: Floats = np.eye(3) + sine * across + (1 - cosine) * across @ across
    return matrix


def turn(degrees: float) -> tuple[float, float]:
    """Return cosine and sine, by + - * / alone: those of the system's library differ from machine to machine."""
    quarters = round(degrees / 90)
    angle = (degrees - 90 * quarters) * (pi / 180)
    cosine, sine, power = 0.0, 0.0, 1.0
    for term in range(TERMS):
        cosine += power
        sine += power * angle / (2 * term + 1)
        power *= -angle * angle / ((2 * term + 1) * (2 * term + 2))
    for _ in range(quarters % 4):
        cosine, sine = -sine, cosine
    return cosine, sine
