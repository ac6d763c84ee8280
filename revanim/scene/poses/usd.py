"""Places from a USD stage: its points as they are, or places on its meshes."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.looks.srgb import encoded
from revanim.scene.passed import Passed
from revanim.scene.placing import OWN_SIZE, PLACE, PLANE, ROTATION
from revanim.scene.pose import Points, PoseKind, existing, taken
from revanim.scene.poses.mesh import LARGEST, MOST_FACES, samples
from revanim.scene.scene import Colors, Index
from revanim.scene.shapes.spread import pick, rows_for, spread
from revanim.sentence import Sentence

FRAME = Parameter("frame", 0.0, "", -1e7, 1e7, "The time code at which an animated stage is looked at.")
Y_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])  # rows: what x, y and z become where z is up


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Take points where there are any, and else spread them over the meshes."""
    path = existing(source, "usd", LARGEST)
    stage = _open(path)
    cloud, color = _points(stage, values["frame"])
    if len(cloud):
        rows = pick(_finite(cloud, path), count, passed)
        note = taken(path.name, Sentence("points"), len(cloud), count)
        low, high = cloud.min(axis=0), cloud.max(axis=0)
        return Points(cloud[rows], low, high, path.name, None if color is None else color[rows], note)
    triangles = _finite(_triangles(stage, values["frame"], path), path)
    corners, over = triangles.reshape(-1, 3), samples(triangles, rows_for(count), path.name)
    place = over[spread(over, np.ones(len(over)), count, passed)]
    return Points(place, corners.min(axis=0), corners.max(axis=0), path.name)


def _open(path: Path) -> Any:
    try:
        usd: Any = import_module("pxr.Usd")
    except ImportError:
        raise RevanimError("{name} is read with usd-core, which is not installed.", name=path.name) from None
    try:
        return usd.Stage.Open(str(path))
    # What a damaged stage can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged, or no USD stage.", name=path.name) from None


def _finite(places: Floats, path: Path) -> Floats:
    if not (np.abs(places) < 1e100).all():
        raise RevanimError("{name} has a place that is not finite.", name=path.name)
    return places


def _points(stage: Any, frame: float) -> tuple[Floats, Colors | None]:
    """Return the points of all clouds, and their colours, kept as light, if every one has some."""
    geometry: Any = import_module("pxr.UsdGeom")
    places, colors = [np.zeros((0, 3))], list[Floats]()
    for prim in stage.Traverse():
        if prim.IsA(geometry.Points):
            cloud = geometry.Points(prim)
            held = _at(cloud.GetPointsAttr(), frame)
            places.append(_world(stage, prim, held, frame))
            painted = _at(cloud.GetDisplayColorAttr(), frame)
            colors += [np.broadcast_to(painted, held.shape)] if len(painted) in (1, len(held)) else []
    whole = sum(map(len, colors)) == sum(map(len, places)) > 0
    light = np.concatenate(colors).clip(0, 1) if whole else None
    return np.concatenate(places), None if light is None else np.rint(255 * encoded(light)).astype(np.uint8)


def _triangles(stage: Any, frame: float, path: Path) -> Floats:
    """Return float64[f, 3, 3], the triangles of all meshes; larger faces are cut into fans."""
    geometry: Any = import_module("pxr.UsdGeom")
    found = [np.zeros((0, 3, 3))]
    for prim in stage.Traverse():
        if prim.IsA(geometry.Mesh):
            mesh = geometry.Mesh(prim)
            counts = np.array(_at(mesh.GetFaceVertexCountsAttr(), frame, 0), np.int64).ravel()
            corners = np.array(_at(mesh.GetFaceVertexIndicesAttr(), frame, 0), np.int64).ravel()
            vertices = _world(stage, prim, _at(mesh.GetPointsAttr(), frame), frame)
            if counts.sum() != len(corners) or (
                corners.size and not 0 <= corners.min() <= corners.max() < len(vertices)
            ):
                raise RevanimError("{name} has a face with a vertex that is missing.", name=path.name)
            found.append(vertices[_fans(counts, corners)])
    faces = np.concatenate(found)
    if not 1 <= len(faces) <= MOST_FACES:
        raise RevanimError(
            "{name} has {count} faces and no points; 1 to {most} are allowed.",
            name=path.name,
            count=len(faces),
            most=MOST_FACES,
        )
    return faces


def _fans(counts: Index, corners: Index) -> Index:
    """Return int64[t, 3], each polygon as triangles around its first corner."""
    begins = np.cumsum(counts) - counts
    many = np.maximum(counts - 2, 0)
    face = np.repeat(np.arange(counts.size), many)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    first = begins[face]
    return np.asarray(corners[np.stack([first, first + within + 1, first + within + 2], axis=1)])


def _at(attribute: Any, frame: float, columns: int = 3) -> Any:
    """Return what an attribute holds at a time code, or nothing."""
    held = attribute.Get(frame)
    array = np.array(held if held is not None else [], np.float64)
    return array.reshape(-1, columns) if columns else array


def _world(stage: Any, prim: Any, places: Floats, frame: float) -> Floats:
    """Return places in the world, z up."""
    geometry: Any = import_module("pxr.UsdGeom")
    matrix = np.array(geometry.Xformable(prim).ComputeLocalToWorldTransform(frame), np.float64)
    turn = Y_UP if geometry.GetStageUpAxis(stage) == geometry.Tokens.y else np.eye(3)
    with np.errstate(invalid="ignore"):  # what is not finite is refused in a sentence
        return np.asarray((places @ matrix[:3, :3] + matrix[3, :3]) @ turn)


usd = PoseKind(
    name="usd",
    help="The points or the meshes of a USD stage.",
    parameters=(FRAME, replace(OWN_SIZE, default=0.0), PLACE, PLANE, ROTATION),
    make=make,
    source="file",
    suffixes=(".usd", ".usda", ".usdc", ".usdz"),
)
