"""What stands in the way of bodies, as lit surfaces: balls, boxes, bars, bowls, as they stand at a frame."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from revanim.draw.camera import Projected, axes, project
from revanim.draw.look import Rgb
from revanim.draw.shapes import Surface
from revanim.draw.solid.surfaces import normals
from revanim.draw.solid.weave import across
from revanim.draw.walls import values_at
from revanim.engine.parameter import Floats
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part, View

TINT = 0.36  # how far their colour is from that of the ground to that of its lines

THINNEST = 0.1  # pixels across a face

Shell = tuple[Floats, Index, Index]  # corners float64[p, 3], faces int64[m, 3], and what is beside each face


def shells_of(parts: Iterable[Part], frame: int) -> list[Shell]:
    """Return the obstacles among some forces and moves as they stand at a frame."""
    solid = ((part, kind_of(part).shell) for part in parts if not part.muted)
    found = [shell(values_at(part, frame)) for part, shell in solid if shell is not None]
    return [(places, faces, _beside(places.tobytes(), faces.tobytes())) for places, faces in found if len(faces)]


@lru_cache(maxsize=16)
def _beside(places: bytes, faces: bytes) -> Index:
    """Return the face beyond the edge opposite to each corner, int64[m, 3]; corners at one place are one."""
    at = np.frombuffer(places).reshape(-1, 3)
    at = at - at[0]
    _, which = np.unique(np.rint(at * (1e6 / max(np.abs(at).max(), 1e-200))), axis=0, return_inverse=True)
    return across(which.reshape(-1)[np.frombuffer(faces, np.int64).reshape(-1, 3)])


def standing(shells: Iterable[Shell], view: View, width: float, height: float, ground: Rgb, ink: Rgb) -> list[Surface]:
    """Return obstacles as surfaces of a picture of that size."""
    right, up, forward = axes(view)
    own = np.rint((1 - TINT) * np.array(ground) + TINT * np.array(ink)).astype(np.uint8)
    found = []
    for places, faces, beside in shells:
        normal = normals(faces, places) @ np.stack([right, -up, -forward], axis=1)
        normal[:, 2] = np.maximum(normal[:, 2], 0.0)  # at the outline: no face is seen from behind
        color = np.tile(own, (len(places), 1))
        points = project(view, width, height, places)
        seen = _facing(points, faces)
        number = np.append(np.cumsum(seen) - 1, -1)
        beyond = number[np.where(seen[beside], beside, -1)[seen]]
        found.append(Surface(points, faces[seen], beyond, np.ascontiguousarray(normal), color))
    return found


def _facing(points: Projected, faces: Index) -> NDArray[np.bool_]:
    """Return which faces turn to the eye: the others of a closed surface are hidden by them.

    Those that are seen edge on are not among them either: how deep they lie beside their edge cannot be told.
    """
    x, y = points.x[faces], points.y[faces]
    turn = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    longest = np.hypot(x - np.roll(x, 1, axis=1), y - np.roll(y, 1, axis=1)).max(axis=1)
    return turn < -THINNEST * longest
