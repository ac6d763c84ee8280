"""Places from a USD stage: its points as they are, or places on its meshes."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.looks.srgb import encoded
from revanim.scene.meshes.mesh import FAR, check_faces
from revanim.scene.meshes.shown import Cloud, Shown, read_stage
from revanim.scene.meshes.triangles import triangles
from revanim.scene.passed import Passed, between
from revanim.scene.placing import OWN_SIZE, PLACE, PLANE, ROTATION
from revanim.scene.pose import Points, PoseKind, existing, taken
from revanim.scene.poses.mesh import LARGEST, READING, samples
from revanim.scene.scene import Colors
from revanim.scene.shapes.spread import pick, rows_for, spread
from revanim.sentence import NOTHING, Sentence, listed

FRAME = Parameter("frame", 0.0, "", -1e7, 1e7, "The time code at which an animated stage is looked at.")


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Take points where there are any, and else spread them over the meshes."""
    path = existing(source, "usd", LARGEST)
    reading, rest = between(passed, 0.0, READING), between(passed, READING, 1.0)
    found = read_stage(path, values["frame"], reading)
    cloud = np.concatenate([np.zeros((0, 3)), *(cloud.place for cloud in found.clouds)])
    if len(cloud):
        rows, color = pick(_finite(cloud, path), count, rest), _colors(found.clouds)
        missed = _left_out(path, found.others | ({"Mesh"} if found.meshes else set()))
        notes = taken(path.name, Sentence("points"), len(cloud), count), missed
        low, high = cloud.min(axis=0), cloud.max(axis=0)
        note = listed(note for note in notes if note)
        return Points(cloud[rows], low, high, path.name, None if color is None else color[rows], note)
    faces = _faces(found, path, reading)
    corners, over = faces.reshape(-1, 3), samples(faces, rows_for(count), path.name)
    place = over[spread(over, np.ones(len(over)), count, rest)]
    return Points(place, corners.min(axis=0), corners.max(axis=0), path.name, note=_left_out(path, found.others))


def _left_out(path: Path, kinds: set[str]) -> Sentence:
    """Return a sentence on what is shown but not read, or nothing."""
    if not kinds:
        return NOTHING
    return Sentence("{name} also shows {kinds}, which is left out.", name=path.name, kinds=", ".join(sorted(kinds)))


def _colors(clouds: list[Cloud]) -> Colors | None:
    """Return the colours of all points, uint8[n, 3], if every cloud has some."""
    light = [cloud.light for cloud in clouds if cloud.light is not None]
    if not light or len(light) < len(clouds):
        return None
    hues: Colors = np.rint(255 * encoded(np.nan_to_num(np.concatenate(light)).clip(0, 1))).astype(np.uint8)
    return hues


def _finite(places: Floats, path: Path) -> Floats:
    if not (np.abs(places) < FAR).all():
        raise RevanimError("{name} has a place that is not finite.", name=path.name)
    return places


def _faces(found: Shown, path: Path, passed: Passed) -> Floats:
    """Return float64[t, 3, 3], the triangles of all meshes."""
    faces = [mesh.vertices[triangles(mesh, path.name, passed)] for mesh in found.meshes]
    check_faces(path.name, sum(map(len, faces)))
    if any(map(len, faces)):
        return np.concatenate(faces)
    if found.others:
        raise RevanimError(
            "{name} shows {kinds}, but no points and no meshes, which alone are read.",
            name=path.name,
            kinds=", ".join(sorted(found.others)),
        )
    raise RevanimError("{name} shows no points and no faces.", name=path.name)


usd = PoseKind(
    name="usd",
    help="The points or the meshes of a USD stage.",
    parameters=(FRAME, replace(OWN_SIZE, default=0.0), PLACE, PLANE, ROTATION),
    make=make,
    source="file",
    suffixes=(".usd", ".usda", ".usdc", ".usdz"),
    words="pixar scene",
)
