"""Numbers as colours: viridis for how much, eight plain colours for which.

Viridis (N. Smith and S. van der Walt, 2015) is in the public domain (CC0): equal steps look equal, also to the
colour-blind and in grey. Of ten points along it the darkest is left out, which no backdrop here would show. The plain
colours are those of M. Okabe and K. Ito (2008), without their black.
"""

import numpy as np

from revanim.draw.look import rgb
from revanim.engine.parameter import Floats
from revanim.scene.looks.ramp import table_of
from revanim.scene.scene import Colors, Ramp

VIRIDIS = ["#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6dcd59", "#b4de2c", "#fde725"]
PLAIN = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999"]
NOTHING = (112, 112, 112)  # of bodies without a number
STEPS = 256

_points = np.array([rgb(color) for color in VIRIDIS], np.float64)
_at = np.linspace(0, len(VIRIDIS) - 1, STEPS)
TABLE = np.stack([np.interp(_at, np.arange(len(VIRIDIS)), channel) for channel in _points.T], axis=1).astype(np.uint8)
WHICH = np.array([rgb(color) for color in PLAIN], np.uint8)


def table(ramp: Ramp | None) -> Colors:
    """Return the colours of a ramp at even steps, uint8[256, 3]; without one those of viridis."""
    return TABLE if ramp is None else np.rint(table_of(ramp)).astype(np.uint8)


def by_amount(values: Floats, low: float, high: float, ramp: Ramp | None = None) -> Colors:
    """Return a colour for each number, uint8[n, 3]: the first of the table at `low` and the last at `high`."""
    part = (values - low) / ((high - low) or 1.0) * (STEPS - 1)
    known = np.isfinite(part)
    step = np.clip(np.where(known, part, 0.0), 0, STEPS - 1).astype(np.intp)
    return np.where(known[:, None], table(ramp)[step], np.array(NOTHING, np.uint8))


def by_kind(numbers: Floats) -> Colors:
    """Return a colour for each whole number, uint8[n, 3]; after eight they begin anew."""
    known = np.isfinite(numbers)
    which = np.where(known, numbers, 0.0).astype(np.intp) % len(WHICH)
    return np.where(known[:, None], WHICH[which], np.array(NOTHING, np.uint8))
