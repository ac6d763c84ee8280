"""How far a body is from where it stands at home."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return |x − x at home|."""
    return np.asarray(np.linalg.norm(instant.position - scene.bodies.position, axis=1))


displacement = Attribute(
    "displacement", "Displacement", "length", "How far each body is from its place at the home frame", 40, values
)
