"""Groups: bodies under one name."""

from itertools import count
from typing import Any

from revanim.scene.edits.groups import add_group, remove_group, reorder_group, replace_group, set_groups
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.words import tr
from revanim.session.work.bodies import chosen


def group(session: Session) -> None:
    """Make a group of the selected bodies."""
    scene = session.scene
    session.edit(Sentence("Group"), add_group(scene, free_name(scene), chosen(session)))


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
    session.attempt(text, lambda scene: replace_group(scene, index, **fields))


def dissolve(session: Session, index: int) -> None:
    """Take a group away; its bodies stay."""
    session.edit(Sentence("Dissolve group"), remove_group(session.scene, index))


def reorder(session: Session, index: int, before: int) -> None:
    """Put a group before the one that is at an index now, or at the end."""
    moved = reorder_group(session.scene, index, before)
    if moved.groups != session.scene.groups:
        session.edit(Sentence("Move group"), moved)
