"""How firmly what touches is pushed apart by default: as firmly as the sub-step allows."""

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Animated, Floats

SWING = 1.5  # radians a sub-step of two bodies that overlap by a radius, over sqrt(3)


def firmest(masses: Floats, values: Values, who: Counts, seconds: float) -> Floats:
    """Return the stiffness at which bodies of the middle radius, overlapping by it, swing as fast as steps can follow.

    Where no body has a radius it is taken for 1.
    """
    given = values["radius"]
    radius = np.ravel(np.asarray(given.values[0] if isinstance(given, Animated) else given))
    radius = radius[radius > 0.0]
    return np.asarray((SWING / (seconds * (np.median(radius) if radius.size else 1.0))) ** 2)
