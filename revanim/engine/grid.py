"""The fixed-point grids: what one count of the integer state means."""

from dataclasses import dataclass
from math import frexp, ldexp, log2

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats

Counts = NDArray[np.int64]

# Counts stay below 2^62, so that the sum of a value in range and an increment in range never overflows.
RANGE_BITS = 62
# The range is this many times (as a power of two) the extent of the scene: 52 bits are left below the extent.
HEADROOM_BITS = 10


@dataclass(frozen=True)
class Grid:
    """One count is 2^length_exponent of length for places, and 2^speed_exponent of length / s for speeds."""

    length_exponent: int
    speed_exponent: int

    @property
    def length_unit(self) -> float:
        return ldexp(1.0, self.length_exponent)

    @property
    def speed_unit(self) -> float:
        return ldexp(1.0, self.speed_exponent)

    @property
    def length_range(self) -> float:
        """The largest coordinate that the grid can hold."""
        return ldexp(1.0, self.length_exponent + RANGE_BITS)

    @property
    def speed_range(self) -> float:
        """The largest speed along an axis that the grid can hold."""
        return ldexp(1.0, self.speed_exponent + RANGE_BITS)


def fit_grid(extent: float, frame_rate: float) -> Grid:
    """Choose the finest grids for a scene whose largest coordinate is `extent`.

    A speed of one count moves a body by about one count of place in a frame, so both grids hold the same journeys.
    """
    length_exponent = frexp(max(extent, 1e-9))[1] + HEADROOM_BITS - RANGE_BITS
    return Grid(length_exponent, length_exponent + round(log2(frame_rate)))


def to_counts(values: Floats, unit: float) -> Counts:
    """Round values in scene units to counts of `unit`, half to even (anything else drifts: engine.md, section 1)."""
    return np.rint(values / unit).astype(np.int64)


def to_units(counts: Counts, unit: float) -> Floats:
    """Return counts of `unit` in scene units; exact below 2^53 counts, else rounded the same way everywhere."""
    return counts.astype(np.float64) * unit
