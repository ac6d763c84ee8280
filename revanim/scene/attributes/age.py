"""How long ago a body came into the picture."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def born(scene: Scene) -> Floats:
    """Return the frame at which each body comes, float64[n]: all are there from the first frame on."""
    return np.full(scene.bodies.count, float(scene.timing.first))


def values(scene: Scene, instant: Instant) -> Floats:
    """Return frames since then; before it, none have passed."""
    return np.maximum(0.0, instant.frame - born(scene))


age = Attribute("age", "Age", "frames", "How many frames each body has been there", 45, values)
