"""The fixed-point grids: what one count of the integer state means."""

from dataclasses import dataclass
from math import frexp, ldexp, log2

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats

Counts = NDArray[np.int64]

# Which bits a walk has: the grids of a new scene, the order of every sum, the operations of every force. A change of
# any of them is a new arithmetic, and a file says with which it was made.
ARITHMETIC = 2

# Counts stay below 2^62, so that the sum of a value in range and an increment in range never overflows.
RANGE_BITS = 62
BEYOND = 2**RANGE_BITS  # counts, on either side
ADDED = 2.0 ** (RANGE_BITS - 1)  # counts: what is shorter can be added to a value in range, and does not wrap around
# The range is this many times (as a power of two) the extent of the scene: 52 bits are left below the extent.
HEADROOM_BITS = 10
# And this many times the speeds of its bodies.
SPEED_HEADROOM_BITS = 5


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


def fit_grid(extent: float, frame_rate: float, fastest: float = 0.0) -> Grid:
    """Choose the finest grids for a scene whose largest coordinate is `extent`, and whose largest speed is `fastest`.

    Speeds are as fine as places: a grid of a count of place in a frame was the floor of all errors (the figure eight
    with kahan_li8 was 60 times as far off after 15 s). So a body may cross the range in a second, or in a frame where
    that takes longer; where bodies are faster from the start, the grid is coarser, down to the range in a frame.
    """
    length_exponent = frexp(max(extent, 1e-9))[1] + HEADROOM_BITS - RANGE_BITS
    coarser = max(0, frexp(max(fastest, extent))[1] + SPEED_HEADROOM_BITS - RANGE_BITS - length_exponent)
    return Grid(length_exponent, length_exponent + min(coarser, round(log2(frame_rate))))


def to_counts(values: Floats, unit: float) -> Counts:
    """Round values in scene units to counts of `unit`, half to even (anything else drifts: engine.md, section 1)."""
    return np.rint(values / unit).astype(np.int64)


def to_units(counts: Counts, unit: float) -> Floats:
    """Return counts of `unit` in scene units; exact below 2^53 counts, else rounded the same way everywhere."""
    return counts.astype(np.float64) * unit
