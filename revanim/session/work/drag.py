"""One drag on a number, and what the number may be."""

import math
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.scene import Scene


@dataclass(eq=False)
class Drag:
    """One drag on a number: all its edits are one undo step.

    `origin` is the scene when it began, and `before` what each edit starts from, which may stand at another frame.
    """

    origin: Scene | None = None
    before: Scene | None = None


def origin_of(drag: Drag | None, scene: Scene) -> Scene:
    """Return the scene that an edit starts from: as it was when the drag began, or as it is without one."""
    if drag is None:
        return scene
    drag.origin = drag.origin or scene
    return drag.origin


@dataclass(frozen=True)
class Limits:
    """What a number may be."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    def hold(self, values: Floats) -> Floats:
        """Return the nearest values that may be."""
        return np.clip(np.rint(values) if self.whole else values, self.low, self.high)
