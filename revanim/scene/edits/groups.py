"""Groups: bodies under one name."""

from collections.abc import Sequence
from dataclasses import replace

from revanim.scene.check import check
from revanim.scene.given import record
from revanim.scene.scene import Group, Scene


def set_groups(scene: Scene, groups: Sequence[Group]) -> Scene:
    """Replace all groups."""
    return check(replace(scene, groups=tuple(record(Group, vars(group)) for group in groups)))
