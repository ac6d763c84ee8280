"""Places from a file of points: a table as text, an array of NumPy, or a point cloud."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.error import RevanimError
from revanim.scene.meshes.ply import read_ply
from revanim.scene.passed import Passed, between
from revanim.scene.placing import OWN_SIZE, PLACE, PLANE, ROTATION
from revanim.scene.pose import Points, PoseKind, existing, taken
from revanim.scene.scene import Colors
from revanim.scene.shapes.spread import pick
from revanim.scene.tables.arrays import read_places
from revanim.scene.tables.moments import FRAME
from revanim.scene.tables.places import left_out, read_rows
from revanim.sentence import Sentence, listed

LARGEST = 500 << 20
FARTHEST = 1e100
READING = 0.5  # of the time


@dataclass(frozen=True, eq=False)
class Read:
    """What is in a file: numbers [n, 2 or 3], perhaps their colours, and what a person would not expect."""

    places: NDArray[Any]
    color: Colors | None = None
    notes: tuple[Sentence, ...] = ()


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Read points, and take as many as there are bodies."""
    path = existing(source, "points", LARGEST)
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise RevanimError(
            "{name} is no file of points; those end in {endings}.", name=path.name, endings=", ".join(READERS)
        )
    found = _whole(read(path, values["frame"], between(passed, 0.0, READING)), path.name)
    rows = pick(found.places, count, between(passed, READING, 1.0))
    low, high = found.places.min(axis=0), found.places.max(axis=0)
    notes = [*found.notes, taken(path.name, Sentence("points"), len(found.places), count)]
    color = None if found.color is None else found.color[rows]
    return Points(found.places[rows], low, high, path.name, color, listed(filter(None, notes)))


def _whole(read: Read, name: str) -> Read:
    """Return what is read without the rows that are no place, or refuse places that are not finite."""
    places = np.asarray(read.places, np.float64)
    there = ~np.isnan(places).any(axis=1)
    if not (np.abs(places[there]) < FARTHEST).all():
        bad = np.flatnonzero(there)[np.argwhere(~(np.abs(places[there]) < FARTHEST))[0, 0]]
        raise RevanimError("Point {number} of {name} is not finite.", number=bad, name=name)
    if there.all() and len(places):
        return replace(read, places=places)
    missing = int(np.count_nonzero(~there))
    if missing == len(places):
        raise RevanimError("{name} holds no points.", name=name)
    color = None if read.color is None else read.color[there]
    return Read(places[there], color, (*read.notes, left_out(missing, name)))


def _read_table(path: Path, frame: float, passed: Passed) -> Read:
    """Read the places in a table as text."""
    places, notes = read_rows(path, frame, passed)
    return Read(places, None, notes)


def _read_arrays(path: Path, frame: float, passed: Passed) -> Read:
    """Read the places among arrays of NumPy."""
    places, note = read_places(path, frame, passed)
    return Read(places, None, (note,))


def _read_cloud(path: Path, frame: float, passed: Passed) -> Read:
    """Read the points of a PLY file, or the vertices of the mesh in it, with their colours."""
    cloud = read_ply(path, passed)
    return Read(cloud.vertices, cloud.color)


READERS: dict[str, Callable[[Path, float, Passed], Read]] = {
    ".csv": _read_table,
    ".tsv": _read_table,
    ".txt": _read_table,
    ".dat": _read_table,
    ".asc": _read_table,
    ".pts": _read_table,
    ".xyz": _read_table,
    ".npz": _read_arrays,
    ".npy": _read_arrays,
    ".ply": _read_cloud,
}

points = PoseKind(
    name="points",
    help="The points of a file, as they are or made to a size.",
    parameters=(FRAME, OWN_SIZE, PLACE, PLANE, ROTATION),
    make=make,
    source="file",
    suffixes=tuple(READERS),
    words="table csv cloud",
)
