"""How bodies go round each other: how long a turn takes, and how fine the steps must be where they come closest."""

from dataclasses import dataclass
from math import pi

import numpy as np

from revanim.engine.parameter import Floats

MOST = 2000  # bodies of which each is compared with each
TOGETHER = 64  # bodies that are compared with all at once


@dataclass(frozen=True, eq=False)
class Orbits:
    """Of n bodies each around the one whose tide it feels most; NaN of a body that none pulls."""

    period: Floats  # float64[n] in the unit of time; infinite of one that does not come back
    closest: Floats  # float64[n], the least distance on the way
    pull: Floats  # float64[n], mass times gravity of the two

    def turn(self, least: float = 0.0) -> Floats:
        """Return the time of a circle at the closest distance, or at the least one at which they pull in full."""
        with np.errstate(all="ignore"):
            return np.asarray(2 * pi * np.sqrt(np.maximum(self.closest, least) ** 3 / self.pull))


def orbits(position: Floats, velocity: Floats, pull: Floats) -> Orbits:
    """Return how bodies would go round if each met but one other; `pull`, float64[n], is mass times gravity.

    Position and velocity are float64[n, 3].
    """
    near = _strongest(position, pull)
    r, v = position - position[near], velocity - velocity[near]
    mu = pull + pull[near]
    with np.errstate(all="ignore"):  # what has no orbit is NaN or infinite
        away = np.linalg.norm(r, axis=1)
        energy = (v**2).sum(axis=1) / 2 - mu / away
        momentum = (np.cross(r, v) ** 2).sum(axis=1)
        bend = np.sqrt(np.maximum(1 + 2 * energy * momentum / mu**2, 0.0))
        closest = momentum / (mu * (1 + bend))
        period = np.where(energy < 0, 2 * pi * mu / (-2 * energy) ** 1.5, np.inf)
    return Orbits(*(np.where(mu > 0, each, np.nan) for each in (period, closest, mu)))


def _strongest(position: Floats, pull: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return whose tide each body feels most: a moon is pulled more by the Sun, and yet goes round its planet."""
    found = np.empty(len(pull), np.int64)
    for start in range(0, len(pull), TOGETHER):
        some = slice(start, start + TOGETHER)
        apart = np.linalg.norm(position[some, None] - position, axis=2)
        own = np.arange(start, min(start + TOGETHER, len(pull)))
        apart[own - start, own] = np.inf
        with np.errstate(divide="ignore", invalid="ignore"):
            tide = np.nan_to_num(pull / apart**3, nan=0.0)
        tide[own - start, own] = -1.0
        found[some] = tide.argmax(axis=1)
    return found
