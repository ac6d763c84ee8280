"""The cloths of a frame as one lit surface."""

from dataclasses import replace

import numpy as np

from revanim.draw.camera import axes
from revanim.draw.shapes import Spheres, Surface
from revanim.draw.solid.surfaces import normals
from revanim.draw.solid.weave import Cloth
from revanim.engine.parameter import Flags, Floats
from revanim.scene.scene import View


def surface(cloth: Cloth, bodies: Spheres, position: Floats, view: View) -> Surface | None:
    """Return the surface of the cloths where their bodies are, float64[n, 3], in the colours of the bodies."""
    if not len(cloth.faces):
        return None
    right, up, forward = axes(view)
    normal = normals(cloth.faces, np.ascontiguousarray(position)) @ np.stack([right, -up, -forward], axis=1)
    return Surface(bodies.points, cloth.faces, cloth.beside, np.ascontiguousarray(normal), bodies.color)


def unwoven(bodies: Spheres, cloth: Cloth, pinned: Flags) -> Spheres:
    """Return the bodies without those that a cloth hides; the pinned ones stay, as its nails."""
    if not len(cloth.faces):
        return bodies
    hidden = cloth.bodies & ~pinned
    points = replace(bodies.points, scale=np.where(hidden, 0.0, bodies.points.scale))
    return replace(bodies, points=points)
