"""How long ago a body came into the picture."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def born(scene: Scene) -> Floats:
    """Return the frame at which each body comes, float64[n]: that of the scene where it has none of its own."""
    first = np.full(scene.bodies.count, scene.timing.first)
    if scene.bodies.lives is None:
        return first.astype(np.float64)
    known = scene.bodies.lives.born
    return np.where(known > -FARTHEST_FRAME, known, first).astype(np.float64)


def values(scene: Scene, instant: Instant) -> Floats:
    """Return frames since then; before it, none have passed."""
    return np.maximum(0.0, instant.frame - born(scene))


age = Attribute("age", "Age", "frames", "How many frames each body has been there", 45, values)
