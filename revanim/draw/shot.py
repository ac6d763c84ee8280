"""What the engine says about a frame, and about the frames around it."""

from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Instant


@dataclass(frozen=True, eq=False)
class Skin:
    """Where the bodies are so many frames later, or earlier if negative: float64[n, 3]."""

    offset: int
    position: Floats


@dataclass(frozen=True, eq=False)
class Shot:
    """One frame; what was not asked for is None."""

    frame: int
    seconds: float
    position: Floats  # float64[n, 3]
    velocity: Floats  # float64[n, 3]
    trail: Floats | None = None  # float64[k, n, 3], oldest first; the last row is `position`
    energy: float | None = None
    drift: float | None = None  # of the energy since the home frame, as a share of what is exchanged
    exchanged: float = 0.0  # how much energy the motion has turned over, as far as it was walked
    work: float | None = None  # what the energy has become more by since then, where something drives the bodies
    acceleration: Floats | None = None  # float64[n, 3]
    ahead: Floats | None = None  # float64[k, n, 3], soonest first; the first row is `position`
    skins: tuple[Skin, ...] = ()
    erased: Floats | None = None  # float64[n], bits since home, where moves erase

    @property
    def instant(self) -> Instant:
        """What the bodies are coloured by."""
        erased = np.zeros(len(self.position)) if self.erased is None else self.erased
        return Instant(self.frame, self.position, self.velocity, erased)

    @property
    def ways(self) -> tuple[Floats | None, Floats | None]:
        """The ways from the past and from the future, each from far away to `position`."""
        return self.trail, None if self.ahead is None else self.ahead[::-1]
