"""Places on a mesh: spread evenly over its surface, or taken from its vertices."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.passed import Passed
from revanim.scene.placing import OWN_SIZE, PLACE, PLANE, ROTATION
from revanim.scene.pose import Points, PoseKind, existing, taken
from revanim.scene.scene import Index
from revanim.scene.shapes.spread import pick, rows_for, spread
from revanim.sentence import NOTHING, Sentence

LARGEST, MOST_FACES = 300 << 20, 2_000_000
FAR = 1e100
# Steps of the plane sequence that spreads most evenly (Roberts 2018): 1/g and 1/g², with g³ = g + 1.
STEPS = np.array([0.7548776662466927, 0.5698402909980532])


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Read a mesh, and spread points over it."""
    path = existing(source, "mesh", LARGEST)
    vertices, faces = _read(path)
    used = np.zeros(len(vertices), np.bool_)
    used[faces] = True
    shown, note = vertices[used], NOTHING
    if values["paint"] == "vertices":
        cloud = _distinct(shown)
        place, note = cloud[pick(cloud, count, passed)], taken(path.name, Sentence("vertices"), len(cloud), count)
    else:
        cloud = samples(vertices[faces], rows_for(count), path.name)
        place = cloud[spread(cloud, np.ones(len(cloud)), count, passed)]
    return Points(place, shown.min(axis=0), shown.max(axis=0), path.name, note=note)


def _read(path: Path) -> tuple[Floats, Index]:
    """Return vertices, float64[v, 3], and triangles, int64[f, 3], of all that a file shows."""
    import trimesh  # only who reads a mesh pays for it

    kind = path.suffix.lower().removeprefix(".")
    try:
        # A comment in an old encoding is no reason to refuse an OBJ.
        file = io.BytesIO(path.read_bytes().decode(errors="replace").encode()) if kind == "obj" else path
        scene = trimesh.load_scene(file, file_type=kind, process=False)
        parts = [scene.geometry[scene.graph[node][1]] for node in scene.graph.nodes_geometry]
        count = sum(len(getattr(part, "faces", ())) for part in parts)  # a part may be shown a million times
        mesh = scene.to_mesh() if count <= MOST_FACES else trimesh.Trimesh()
        vertices, faces = np.array(mesh.vertices, np.float64), np.array(mesh.faces, np.int64)
    # What a damaged mesh can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged, or no mesh.", name=path.name) from None
    if count > MOST_FACES:
        raise RevanimError(
            "{name} has {count} faces; up to {most} are allowed.",
            name=path.name,
            count=count,
            most=MOST_FACES,
        )
    if not len(faces):
        raise RevanimError(
            "{name} has no faces; the pose points takes files of points alone, PLY or CSV.", name=path.name
        )
    if faces.min() < 0 or faces.max() >= len(vertices) or not (np.abs(vertices[faces]) < FAR).all():
        raise RevanimError("{name} has a face with a vertex that is missing, or is no finite number.", name=path.name)
    return vertices, faces


def _distinct(rows: Floats) -> Floats:
    """Return each row once, in the order of the numbers."""
    rows = rows[np.lexsort(rows.T)]
    is_new = np.append(True, (rows[1:] != rows[:-1]).any(axis=1))
    return np.ascontiguousarray(rows[is_new])


def samples(triangles: Floats, count: int, name: str) -> Floats:
    """Return about evenly spread places on triangles, float64[f, 3, 3]: as many for each as its area asks for."""
    a, b, c = (triangles[:, corner] for corner in range(3))
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
    suffixes=(".obj", ".ply", ".stl", ".glb", ".gltf", ".off"),
)
