"""What a person does with groups of bodies; each deed is one undo step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from revanim.app.session import Session
from revanim.error import RevanimError
from revanim.scene.edits import set_groups
from revanim.scene.scene import Group, Scene


def attempt(session: Session, text: str, make: Callable[[Scene], Scene]) -> bool:
    """Make one undo step of an edit, or say why it cannot be; return whether it could."""
    try:
        session.edit(text, make(session.scene))
    except RevanimError as error:
        session.failed.emit(str(error))
        return False
    return True


def group(session: Session) -> None:
    """Make a group of the selected bodies."""
    bodies, groups = np.flatnonzero(session.selection), session.scene.groups
    if not bodies.size:
        session.failed.emit("Select the bodies that the group shall hold.")
        return
    names = {each.name for each in groups}
    name = next(f"Group {n}" for n in range(1, len(groups) + 2) if f"Group {n}" not in names)
    _set(session, "Group", [*groups, Group(name, bodies)])


def change(session: Session, index: int, text: str, **fields: Any) -> None:
    """Change fields of a group."""
    groups = list(session.scene.groups)
    groups[index] = replace(groups[index], **fields)
    _set(session, text, groups)


def remove(session: Session, index: int) -> None:
    """Dissolve a group; its bodies stay."""
    _set(session, "Dissolve group", [each for n, each in enumerate(session.scene.groups) if n != index])


def reorder(session: Session, index: int, before: int) -> None:
    """Put a group before the one that is at an index now, or at the end."""
    groups = list(session.scene.groups)
    groups.insert(before, groups[index])
    del groups[index + (before <= index)]
    if groups != list(session.scene.groups):
        _set(session, "Move group", groups)


def isolate(session: Session, index: int) -> None:
    """Show one group alone of all, or all of them again if it is."""
    groups = session.scene.groups
    alone = all(each.hidden == (n != index) for n, each in enumerate(groups))
    _set(
        session,
        "Show all groups" if alone else "Isolate group",
        [replace(each, hidden=not alone and n != index) for n, each in enumerate(groups)],
    )


def _set(session: Session, text: str, groups: Sequence[Group]) -> None:
    attempt(session, text, lambda scene: set_groups(scene, groups))
