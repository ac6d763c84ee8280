"""What a solve has to know of a scene: how large it is, and whether errors may grow in it."""

import numpy as np

from revanim.scene.part import kind_of
from revanim.scene.scene import Scene


def extent(scene: Scene) -> float:
    """Return the size of the scene at home: the largest span of its bodies along an axis."""
    place = scene.bodies.position
    span = float(np.ptp(place, axis=0).max(initial=0.0)) if len(place) else 0.0
    return span or float(np.abs(place).max(initial=0.0)) or 1.0


def nonlinear(scene: Scene) -> bool:
    """Whether something acts otherwise elsewhere, so that errors can grow, and another start may lead elsewhere."""
    return any(not part.muted and not kind_of(part).alike_everywhere for part in scene.parts)
