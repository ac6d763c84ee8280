"""What a file of a mesh gives: vertices, and polygons between them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.scene import Colors, Index
from revanim.sentence import NOTHING, Sentence

MOST_FACES = 2_000_000  # triangles
MOST_CORNERS = 3 * MOST_FACES  # of faces, and as many vertices: each triangle may have three of its own
FAR = 1e60  # the square of an area is still a number


@dataclass(frozen=True, eq=False)
class Mesh:
    """Polygons with any number of corners: `counts` says how many each takes of `corners`, which number vertices."""

    vertices: Floats  # float64[v, 3]
    counts: Index  # int64[f]
    corners: Index  # int64[sum of counts]
    color: Colors | None = None  # of the vertices, uint8[v, 3]
    note: Sentence = NOTHING  # on what the file holds besides, and is left out


def triangle_mesh(vertices: Floats, triangles: Index, color: Colors | None = None, note: Sentence = NOTHING) -> Mesh:
    """Return a mesh whose faces, int64[f, 3], are triangles."""
    return Mesh(vertices, np.full(len(triangles), 3), triangles.ravel(), color, note)


def mesh_of(parts: Iterable[tuple[Floats, Index, Index]]) -> Mesh:
    """Return the mesh of what the pieces of a file hold: vertices, and how many corners faces have, and which."""
    none = np.zeros((0, 3)), np.zeros(0, np.int64), np.zeros(0, np.int64)
    vertices, counts, corners = map(np.concatenate, zip(none, *parts, strict=True))
    return Mesh(vertices, counts, corners)


def check_size(name: str, vertices: int, corners: int) -> None:
    """Refuse a file that holds more than is read, before room is made for it."""
    if max(vertices, corners) > MOST_CORNERS:
        raise RevanimError(
            "{name} has more vertices or corners of faces than are read; up to {most} are.",
            name=name,
            most=MOST_CORNERS,
        )


def check_faces(name: str, count: int) -> None:
    """Refuse a mesh of more triangles than points are spread over."""
    if count > MOST_FACES:
        raise RevanimError(
            "{name} has {count} faces; up to {most} are allowed.", name=name, count=count, most=MOST_FACES
        )


def damaged(name: str) -> RevanimError:
    """Return what is said of a file that breaks the rules of its format."""
    return RevanimError("{name} cannot be read: it is damaged, or no mesh.", name=name)
