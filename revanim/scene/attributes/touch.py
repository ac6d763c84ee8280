"""How deep a body presses into others: where bodies collide, it flashes."""

import numpy as np

from revanim.engine.cells import touching
from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return by how much each body and those that it touches are nearer than their radii, all together."""
    place, radius = instant.position, scene.bodies.radius.copy()  # a kernel takes none that is sealed
    pairs = touching(np.ascontiguousarray(place.T), radius)
    first, second = pairs.T
    deep = radius[first] + radius[second] - np.linalg.norm(place[first] - place[second], axis=1)
    count = len(radius)
    return np.asarray(np.bincount(first, deep, count) + np.bincount(second, deep, count), np.float64)


touch = Attribute("touch", "Touch", "length", "How deep each body presses into others", 25, values)
