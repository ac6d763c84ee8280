"""What stands in the way of bodies, as lit surfaces: balls, boxes, bars, bowls, as they stand at a frame."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from revanim.draw.camera import axes, project
from revanim.draw.look import Rgb
from revanim.draw.shapes import Surface
from revanim.draw.solid.surfaces import normals
from revanim.draw.solid.weave import across
from revanim.draw.walls import values_at
from revanim.engine.parameter import Floats
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part, View

TINT = 0.24  # how far their colour is from that of the ground to that of its lines

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
    _, which = np.unique(np.rint(at * (1e9 / max(np.abs(at).max(), 1e-300))), axis=0, return_inverse=True)
    return across(which.reshape(-1)[np.frombuffer(faces, np.int64).reshape(-1, 3)])


def standing(shells: Iterable[Shell], view: View, width: float, height: float, ground: Rgb, ink: Rgb) -> list[Surface]:
    """Return obstacles as surfaces of a picture of that size."""
    right, up, forward = axes(view)
    own = np.rint((1 - TINT) * np.array(ground) + TINT * np.array(ink)).astype(np.uint8)
    found = []
    for places, faces, beside in shells:
        normal = normals(faces, places) @ np.stack([right, -up, -forward], axis=1)
        color = np.tile(own, (len(places), 1))
        points = project(view, width, height, places)
        found.append(Surface(points, faces, beside, np.ascontiguousarray(normal), color))
    return found
