"""What a number may be."""

import math
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats


@dataclass(frozen=True)
class Limits:
    """What a number may be."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    def hold(self, values: Floats) -> Floats:
        """Return the nearest values that may be."""
        return np.clip(np.rint(values) if self.whole else values, self.low, self.high)
