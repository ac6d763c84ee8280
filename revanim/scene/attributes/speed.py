"""How fast a body is."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return |v|."""
    return np.asarray(np.linalg.norm(instant.velocity, axis=1))


speed = Attribute("speed", "Speed", "length / s", "How fast each body is", 10, values)
