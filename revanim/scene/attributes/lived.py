"""How much of its life a body has behind it."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene, lives_of


def values(scene: Scene, instant: Instant) -> Floats:
    """Return 0 at the first frame of each, 1 at its last; one that has none of both has no such number."""
    lives = lives_of(scene.bodies)
    ends = (lives.born > -FARTHEST_FRAME) & (lives.dies < FARTHEST_FRAME)
    share = (instant.frame - lives.born) / np.maximum(lives.dies - lives.born, 1)
    return np.where(ends, np.clip(share, 0.0, 1.0), np.nan)


lived = Attribute(
    "lived", "Life", "", "How much of its life each body has behind it", 46, values,
    nothing="No body has a first and a last frame",
)  # fmt: skip
