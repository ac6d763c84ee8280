"""What stands in the way of bodies, as lit surfaces: balls, boxes, bars, bowls, as they stand at a frame.

What has been found is kept while the camera and the obstacles stand still.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from revanim.draw.camera import Projected, axes, project
from revanim.draw.look import Rgb
from revanim.draw.shapes import Surface
from revanim.draw.solid.surfaces import normals
from revanim.draw.solid.weave import across
from revanim.engine.parameter import Animated, Floats
from revanim.scene.part import kind_of, values_at
from revanim.scene.scene import Index, Part, View

TINT = 0.36  # how far their colour is from that of the ground to that of its lines
THINNEST = 0.1  # pixels across a face


@dataclass(frozen=True, eq=False)
class Shell:
    """The closed surface of an obstacle."""

    places: Floats  # float64[p, 3], its corners
    faces: Index  # int64[m, 3]
    beside: Index  # int64[m, 3], the face beyond the edge opposite to each corner


def shells_of(parts: Iterable[Part], frame: int) -> tuple[Shell, ...]:
    """Return the obstacles among some forces and moves as they stand at a frame."""
    solid = [part for part in parts if not part.muted and kind_of(part).shell]
    moving = [any(isinstance(value, Animated) for value in part.values.values()) for part in solid]
    found = [_shell(part, frame if moves else 0) for part, moves in zip(solid, moving, strict=True)]
    return tuple(shell for shell in found if len(shell.faces))


@lru_cache(maxsize=32)
def _shell(part: Part, frame: int) -> Shell:
    """Return the surface of an obstacle at a frame; corners at one place are one where faces meet."""
    shell = kind_of(part).shell
    assert shell is not None
    places, faces = shell(values_at(part, frame))
    at = places - places[:1]
    _, which = np.unique(np.rint(at * (1e6 / np.abs(at).max(initial=1e-200))), axis=0, return_inverse=True)
    return Shell(places, faces, across(which.reshape(-1)[faces]))


@lru_cache(maxsize=4)
def standing(
    shells: tuple[Shell, ...], view: View, width: float, height: float, ground: Rgb, ink: Rgb
) -> tuple[Surface, ...]:
    """Return obstacles as surfaces of a picture of that size."""
    right, up, forward = axes(view)
    own = np.rint((1 - TINT) * np.array(ground) + TINT * np.array(ink)).astype(np.uint8)
    found = []
    for shell in shells:
        normal = normals(shell.faces, shell.places) @ np.stack([right, -up, -forward], axis=1)
        normal[:, 2] = np.maximum(normal[:, 2], 0.0)  # at the outline: no face is seen from behind
        color = np.tile(own, (len(shell.places), 1))
        points = project(view, width, height, shell.places)
        seen = _facing(points, shell.faces)
        number = np.append(np.cumsum(seen) - 1, -1)
        beyond = number[np.where(seen[shell.beside], shell.beside, -1)[seen]]
        found.append(Surface(points, shell.faces[seen], beyond, np.ascontiguousarray(normal), color))
    return tuple(found)


def _facing(points: Projected, faces: Index) -> NDArray[np.bool_]:
    """Return which faces turn to the eye: the others of a closed surface are hidden by them.

    Those that are seen edge on are not among them either: how deep they lie beside their edge cannot be told.
    """
    x, y = points.x[faces], points.y[faces]
    turn = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    longest = np.hypot(x - np.roll(x, 1, axis=1), y - np.roll(y, 1, axis=1)).max(axis=1)
    seen: NDArray[np.bool_] = turn < -THINNEST * longest
    return seen
