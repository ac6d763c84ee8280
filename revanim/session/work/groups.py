"""Groups: bodies under one name."""

from dataclasses import replace
from itertools import count
from typing import Any

from revanim.scene.edits import set_groups
from revanim.scene.given import sealed
from revanim.scene.scene import Group, Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.words import tr
from revanim.session.work.bodies import chosen


def group(session: Session) -> None:
    """Make a group of the selected bodies."""
    scene = session.scene
    made = Group(free_name(scene), sealed(chosen(session)))
    session.edit(Sentence("Group"), set_groups(scene, (*scene.groups, made)))


def ungroup(session: Session) -> None:
    """Dissolve every group that holds a selected body."""
    scene = session.scene
    left = [one for one in scene.groups if not session.selection[one.bodies].any()]
    if len(left) < len(scene.groups):
        session.edit(Sentence("Ungroup"), set_groups(scene, left))


def free_name(scene: Scene) -> str:
    """Return a name that no group has."""
    taken = {one.name for one in scene.groups}
    return next(name for name in (tr("Group {number}", number=number) for number in count(1)) if name not in taken)


def change(session: Session, index: int, text: Sentence, **fields: Any) -> None:
    """Change fields of a group, or say why they cannot be so."""
    groups = list(session.scene.groups)
    groups[index] = replace(groups[index], **fields)
    session.attempt(text, lambda scene: set_groups(scene, groups))


def dissolve(session: Session, index: int) -> None:
    """Take a group away; its bodies stay."""
    left = [one for number, one in enumerate(session.scene.groups) if number != index]
    session.edit(Sentence("Dissolve group"), set_groups(session.scene, left))


def reorder(session: Session, index: int, before: int) -> None:
    """Put a group before the one that is at an index now, or at the end."""
    groups = list(session.scene.groups)
    groups.insert(before, groups[index])
    del groups[index + (before <= index)]
    if groups != list(session.scene.groups):
        session.edit(Sentence("Move group"), set_groups(session.scene, groups))
