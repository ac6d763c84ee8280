"""Places on a mesh: spread evenly over its surface, or taken from its vertices."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.meshes.gltf.read import read_gltf
from revanim.scene.meshes.mesh import Mesh
from revanim.scene.meshes.obj import read_obj
from revanim.scene.meshes.off import read_off
from revanim.scene.meshes.ply import read_ply
from revanim.scene.meshes.stl import read_stl
from revanim.scene.meshes.triangles import triangles
from revanim.scene.passed import Passed, between
from revanim.scene.placing import OWN_SIZE, PLACE, PLANE, ROTATION
from revanim.scene.pose import Points, PoseKind, existing, taken
from revanim.scene.scene import Index
from revanim.scene.shapes.spread import pick, rows_for, spread
from revanim.sentence import Sentence, listed

LARGEST = 300 << 20
READING = 0.3  # of the time
READERS: dict[str, Callable[[Path, Passed], Mesh]] = {
    ".obj": read_obj,
    ".ply": read_ply,
    ".stl": read_stl,
    ".glb": read_gltf,
    ".gltf": read_gltf,
    ".off": read_off,
}
# Steps of the plane sequence that spreads most evenly (Roberts 2018): 1/g and 1/g², with g³ = g + 1.
STEPS = np.array([0.7548776662466927, 0.5698402909980532])


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Read a mesh, and spread points over it."""
    path = existing(source, "mesh", LARGEST)
    vertices, faces, note = read(path, between(passed, 0.0, READING))
    passed = between(passed, READING, 1.0)
    used = np.zeros(len(vertices), np.bool_)
    used[faces] = True
    shown = vertices[used]
    if values["paint"] == "vertices":
        cloud = _distinct(shown)
        place = cloud[pick(cloud, count, passed)]
        note = listed(filter(None, (taken(path.name, Sentence("vertices"), len(cloud), count), note)))
    else:
        cloud = samples(vertices[faces], rows_for(count), path.name)
        place = cloud[spread(cloud, np.ones(len(cloud)), count, passed)]
    return Points(place, shown.min(axis=0), shown.max(axis=0), path.name, note=note)


def read(path: Path, passed: Passed) -> tuple[Floats, Index, Sentence]:
    """Return vertices, float64[v, 3], triangles, int64[f, 3], of all that a file shows, and what it holds besides."""
    found = READERS[path.suffix.lower()](path, between(passed, 0.0, 0.7))
    faces = triangles(found, path.name, between(passed, 0.7, 1.0))
    if not len(faces):
        raise RevanimError(
            "{name} has no faces; the pose points takes files of points alone, PLY or CSV.", name=path.name
        )
    return found.vertices, faces, found.note


def _distinct(rows: Floats) -> Floats:
    """Return each row once, in the order of the numbers."""
    rows = rows[np.lexsort(rows.T)]
    is_new = np.append(True, (rows[1:] != rows[:-1]).any(axis=1))
    return np.ascontiguousarray(rows[is_new])


def samples(corners: Floats, count: int, name: str) -> Floats:
    """Return about evenly spread places on triangles, float64[f, 3, 3]: as many for each as its area asks for."""
    a, b, c = (corners[:, corner] for corner in range(3))
    area = np.sqrt((np.cross(b - a, c - a) ** 2).sum(axis=1))
    upto = np.cumsum(area)
    if not upto[-1] > 0:
        raise RevanimError("{name} has faces, but none with an area.", name=name)
    face = np.searchsorted(upto, (np.arange(count) + 0.5) / count * upto[-1])
    share = np.arange(count)[:, None] * STEPS % 1
    beyond = share.sum(axis=1) > 1  # of the diagonal of the square: turned back into the triangle
    share[beyond] = 1 - share[beyond]
    places: Floats = a[face] + share[:, :1] * (b - a)[face] + share[:, 1:] * (c - a)[face]
    return places


mesh = PoseKind(
    name="mesh",
    help="The surface of a mesh.",
    parameters=(
        Parameter(
            "paint", 0.0, "", 0.0, 1.0, "Points on the surface, or at its vertices.", choices=("surface", "vertices")
        ),
        replace(OWN_SIZE, default=4.0),
        PLACE,
        PLANE,
        ROTATION,
    ),
    make=make,
    source="file",
    suffixes=tuple(READERS),
    words="model obj stl ply gltf surface",
)
