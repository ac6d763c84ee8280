"""Places from a file of points: a table as text, an array of NumPy, or a point cloud."""

import zipfile
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.passed import Passed, between
from revanim.scene.placing import OWN_SIZE, PLACE, PLANE, ROTATION
from revanim.scene.pose import Points, PoseKind, existing, taken
from revanim.scene.scene import Colors
from revanim.scene.shapes.spread import pick
from revanim.scene.tables.table import is_number
from revanim.scene.tables.table import rows as rows_of_table
from revanim.sentence import Sentence

LARGEST = 500 << 20
NAMES = ("position", "positions", "points", "xyz")  # of the array that is taken first from an archive
HEADS = (("x", "y", "z"), ("p.x", "p.y", "p.z"))
READING = 0.5  # of the time

Read = tuple[NDArray[Any], Colors | None]


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Read points, and take as many as there are bodies."""
    path = existing(source, "points", LARGEST)
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise RevanimError(
            "{name} is no file of points; those end in {endings}.", name=path.name, endings=", ".join(READERS)
        )
    found, color = read(path, between(passed, 0.0, READING))
    place = _checked(found, path.name)
    rows = pick(place, count, between(passed, READING, 1.0))
    low, high = place.min(axis=0), place.max(axis=0)
    note = taken(path.name, Sentence("points"), len(place), count)
    return Points(place[rows], low, high, path.name, None if color is None else color[rows], note)


def _checked(found: NDArray[Any], name: str) -> Floats:
    if not len(found):
        raise RevanimError("{name} holds no points.", name=name)
    place = np.array(found, np.float64)
    if not (np.abs(place) < 1e100).all():
        bad = np.argwhere(~(np.abs(place) < 1e100))[0, 0]
        raise RevanimError("Point {number} of {name} is not finite.", number=bad, name=name)
    return place


def _read_table(path: Path, passed: Passed) -> Read:
    """Read numbers in columns that commas, semicolons, tabs or blanks part, perhaps below a line of names."""
    numbers, columns, width = array("d"), [0], 0
    for line, cells in rows_of_table(path, passed):
        if not width:
            width, columns = len(cells), _columns(cells, path.name)
            if not any(map(is_number, cells)):
                continue
        if len(cells) != width:
            raise RevanimError(
                "Line {line} of {name} has {count} columns; the first one has {needed}.",
                line=line,
                name=path.name,
                count=len(cells),
                needed=width,
            )
        for column in columns:
            if not is_number(cells[column]):
                raise RevanimError(
                    "Line {line} of {name} has {found!r} where a number must be.",
                    line=line,
                    name=path.name,
                    found=cells[column][:24],
                )
            numbers.append(float(cells[column]))
    return np.array(numbers).reshape(-1, len(columns)), None


def _columns(cells: Sequence[str], name: str) -> list[int]:
    """Return which columns are x, y and perhaps z: those that are called so, or the first ones."""
    names = [cell.lower() for cell in cells]
    for head in HEADS:
        if set(head[:2]) <= set(names):
            return [names.index(axis) for axis in head if axis in names]
    if len(cells) < 2:
        raise RevanimError("{name} has one column; points need two or three.", name=name)
    return list(range(min(len(cells), 3)))


def _read_arrays(path: Path, passed: Passed) -> Read:
    """Read an array of the shape [n, 3] or [n, 2]; what would run as code when it is loaded is not."""
    try:
        if path.suffix.lower() == ".npy":
            arrays = {path.name: np.load(path, mmap_mode="r", allow_pickle=False)}
        else:
            with zipfile.ZipFile(path) as archive:
                if sum(member.file_size for member in archive.infolist()) > LARGEST:
                    raise RevanimError(
                        "{name} holds more than {most} MB; that is not read.", name=path.name, most=LARGEST >> 20
                    )
            with np.load(path, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in sorted(archive.files, key=_likelihood)}
    except RevanimError:
        raise
    # What a damaged archive or array can raise is an open list.
    except Exception:
        raise RevanimError(
            "{name} cannot be read: it is damaged, or holds more than plain numbers.", name=path.name
        ) from None
    for found in arrays.values():
        if found.ndim == 2 and found.shape[1] in (2, 3) and found.dtype.kind in "fiu":
            return found, None
    shapes = ", ".join(f"{name} {found.shape}" for name, found in list(arrays.items())[:8])
    raise RevanimError(
        "{name} holds no array of numbers with the shape [n, 3] or [n, 2]; it holds {shapes}.",
        name=path.name,
        shapes=shapes,
    )


def _likelihood(name: str) -> int:
    return NAMES.index(name) if name in NAMES else len(NAMES)


def _read_cloud(path: Path, passed: Passed) -> Read:
    """Read the points of a PLY file, or the vertices of the mesh in it, with their colours."""
    import trimesh  # only who reads a cloud pays for it

    try:
        (cloud,) = trimesh.load_scene(path, file_type="ply", process=False).geometry.values()
        place, color = np.array(cloud.vertices), _color(cloud)
    # What a damaged cloud can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged, or holds no points.", name=path.name) from None
    return place, color[:, :3] if color is not None and color.shape == (len(place), 4) else None


def _color(cloud: Any) -> Colors | None:
    """Return uint8[n, 4] of a cloud or of the vertices of a mesh, if they are painted."""
    if hasattr(cloud, "faces"):
        return np.array(cloud.visual.vertex_colors, np.uint8) if cloud.visual.kind == "vertex" else None
    return np.array(cloud.colors, np.uint8)


READERS: dict[str, Callable[[Path, Passed], Read]] = {
    ".csv": _read_table,
    ".tsv": _read_table,
    ".txt": _read_table,
    ".xyz": _read_table,
    ".npz": _read_arrays,
    ".npy": _read_arrays,
    ".ply": _read_cloud,
}

points = PoseKind(
    name="points",
    help="The points of a file, as they are or made to a size.",
    parameters=(OWN_SIZE, PLACE, PLANE, ROTATION),
    make=make,
    source="file",
    suffixes=tuple(READERS),
)
