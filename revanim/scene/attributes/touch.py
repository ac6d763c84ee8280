"""How deep a body presses into others, or would into a floor that it has just hit: where bodies collide, it flashes."""

import numpy as np

from revanim.engine.cells import touching
from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.part import kind_of, values_at
from revanim.scene.scene import Index, Part, Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return by how much each body and those that it touches are nearer than their radii, all together.

    A hard floor lets nobody in: there it is how far a body has come since it has bounced in the frame before.
    """
    total = into_bodies(instant.position, scene.bodies.radius.copy())  # a kernel takes none that is sealed
    for part in (*scene.forces, *scene.moves):
        if not part.muted and kind_of(part).plane is not None:
            who = slice(None) if part.bodies is None else part.bodies
            total[who] += into_plane(part, instant, who, 1.0 / scene.timing.fps)
    return total


def into_bodies(place: Floats, radius: Floats) -> Floats:
    """Return by how much bodies overlap with others."""
    first, second = touching(np.ascontiguousarray(place.T), radius, False).T
    deep = radius[first] + radius[second] - np.linalg.norm(place[first] - place[second], axis=1)
    count = len(radius)
    return np.asarray(np.bincount(first, deep, count) + np.bincount(second, deep, count), np.float64)


def into_plane(part: Part, instant: Instant, who: slice | Index, seconds: float) -> Floats:
    """Return how deep some bodies are in a wall, or how far they have come from a hard floor within some seconds."""
    given, kind = values_at(part, instant.frame), kind_of(part)
    assert kind.plane is not None
    point, normal = kind.plane(given)
    upright = normal / max(float(np.linalg.norm(normal)), 1e-300)
    above = (instant.position[who] - point) @ upright - given.get("radius", 0.0)
    if kind.role == "force":
        return np.asarray(np.maximum(-above, 0.0), np.float64)
    away = np.where(above >= 0, 1.0, -1.0) * (instant.velocity[who] @ upright) * seconds
    return np.asarray(np.maximum(away - np.abs(above), 0.0), np.float64)


touch = Attribute(
    "touch", "Touch", "length", "How deep each body presses into others, or into a floor that it hits", 25, values
)
