"""The energy of motion of a body."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return m v² / 2."""
    return np.asarray(0.5 * scene.bodies.mass * np.sum(instant.velocity**2, axis=1))


kinetic_energy = Attribute(
    "kinetic-energy", "Kinetic energy", "mass length² / s²", "The energy of motion of each body", 20, values
)
