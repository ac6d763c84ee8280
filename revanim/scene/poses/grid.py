"""Places in rows and columns."""

from collections.abc import Mapping
from math import ceil, sqrt
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.scene.passed import Passed
from revanim.scene.placing import PLACING
from revanim.scene.pose import Points, PoseKind

LATTICE = Parameter("lattice", 0.0, "", 0.0, 2.0, "What each cell looks like.", choices=("square", "triangles", "cube"))


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Fill rows from below; the last one may be shorter."""
    place = cube(count) if values["lattice"] == "cube" else lattice(count, values["lattice"] == "triangles")
    passed(1.0)
    return Points(place, place.min(axis=0), place.max(axis=0), "grid")


def lattice(count: int, triangles: bool) -> Floats:
    """Return the points of a flat lattice, float64[count, 2], with neighbours 1 apart, row by row."""
    columns = ceil(sqrt(count * sqrt(0.75))) if triangles else ceil(sqrt(count))
    row, column = np.divmod(np.arange(count), columns)
    if triangles:
        return np.stack([column + row % 2 / 2, row * sqrt(0.75)], axis=1)
    return np.stack([column, row], axis=1).astype(np.float64)


def cube(count: int) -> Floats:
    """Return the points of a cube, float64[count, 3], layer by layer."""
    side = next(side for side in range(round(count ** (1 / 3)), count + 1) if side**3 >= count)
    layer, rest = np.divmod(np.arange(count), side * side)
    row, column = np.divmod(rest, side)
    return np.stack([column, row, layer], axis=1).astype(np.float64)


grid = PoseKind(
    name="grid",
    help="Rows and columns, flat or in a cube.",
    parameters=(LATTICE, *PLACING),
    make=make,
    source="nothing",
    usual=144,
    words="lattice raster",
    lies="ground",
)
