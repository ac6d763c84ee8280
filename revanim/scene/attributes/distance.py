"""How far a body is from the middle of the scene."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return |x|."""
    return np.asarray(np.linalg.norm(instant.position, axis=1))


distance = Attribute("distance", "Distance", "length", "How far each body is from the origin", 42, values)
