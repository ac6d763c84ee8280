"""Which group a body is in."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return the number of the last group that a body is in."""
    member = np.full(len(instant.position), np.nan)
    for number, group in enumerate(scene.groups):
        member[group.bodies] = number
    return member


def names(scene: Scene) -> tuple[str, ...]:
    """Return the names of the groups."""
    return tuple(group.name for group in scene.groups)


group = Attribute("group", "Groups", "", "Which group each body is in", 60, values, names, "No groups yet")
