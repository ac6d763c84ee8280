"""How far a body is from where its next keyframe wants it."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Keyframe, Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return the distance to the target in the next keyframe, or in the last one after that.

    Where any body may take any target, it is the distance to the nearest.
    """
    miss = np.full(len(instant.position), np.nan)
    asking = [key for key in scene.keyframes if key.position is not None]
    coming = [key for key in asking if key.end >= instant.frame] or asking[-1:]
    for key in coming[:1]:
        miss[key.bodies] = _distances(key, instant.position[key.bodies])
    return miss


def _distances(key: Keyframe, place: Floats) -> Floats:
    assert key.position is not None
    mask = np.array(key.axes, np.float64)
    if key.shape and key.assignment is None:
        return np.asarray(_nearest(place * mask, key.position * mask))
    target = key.position if key.assignment is None else key.position[key.assignment]
    return np.asarray(np.linalg.norm((place - target) * mask, axis=1))


@kernel("float64[::1](float64[:,::1], float64[:,::1])")
def _nearest(place: Floats, target: Floats) -> Floats:
    """Return how far each place is from the target nearest to it."""
    away = np.empty(len(place))
    for i in range(len(place)):
        least = np.inf
        for j in range(len(target)):
            dx, dy, dz = place[i, 0] - target[j, 0], place[i, 1] - target[j, 1], place[i, 2] - target[j, 2]
            least = min(least, dx * dx + dy * dy + dz * dz)
        away[i] = np.sqrt(least)
    return away


miss = Attribute(
    "miss",
    "Distance to target",
    "length",
    "How far each body is from its next target",
    50,
    values,
    nothing="No targets yet",
)
