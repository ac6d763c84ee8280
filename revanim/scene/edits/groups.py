"""Groups: bodies under one name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from numpy.typing import ArrayLike

from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.edits.bodies import existing
from revanim.scene.given import record
from revanim.scene.scene import Group, Scene


def add_group(scene: Scene, name: str, bodies: ArrayLike) -> Scene:
    """Give some bodies, int64[k], a name together."""
    return set_groups(scene, (*scene.groups, Group(name, existing(scene, bodies))))


def remove_group(scene: Scene, index: int) -> Scene:
    """Take a group away; its bodies stay."""
    gone = _group_at(scene, index)
    return set_groups(scene, [group for group in scene.groups if group is not gone])


def replace_group(scene: Scene, index: int, **changes: Any) -> Scene:
    """Change fields of a group: name, bodies, hidden, locked."""
    before = _group_at(scene, index)
    after = record(Group, {**vars(before), **changes})
    return set_groups(scene, [after if group is before else group for group in scene.groups])


def reorder_group(scene: Scene, index: int, before: int) -> Scene:
    """Put a group before the one that is at an index now, or at the end."""
    group, groups = _group_at(scene, index), list(scene.groups)
    groups.insert(before, group)
    del groups[index + (before <= index)]
    return set_groups(scene, groups)


def _group_at(scene: Scene, index: int) -> Group:
    if not 0 <= index < len(scene.groups):
        raise RevanimError(
            "There is no group {index}; the scene has {count}, counted from 0.", index=index, count=len(scene.groups)
        )
    return scene.groups[index]


def set_groups(scene: Scene, groups: Sequence[Group]) -> Scene:
    """Replace all groups."""
    return check(replace(scene, groups=tuple(record(Group, vars(group)) for group in groups)))
