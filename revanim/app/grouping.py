"""Groups: bodies under one name."""

from itertools import count

from revanim.app.editing import chosen
from revanim.app.session import Session
from revanim.scene.edits import set_groups
from revanim.scene.given import sealed
from revanim.scene.scene import Group, Scene


def group(session: Session) -> None:
    """Make a group of the selected bodies."""
    scene = session.scene
    made = Group(free_name(scene), sealed(chosen(session)))
    session.edit("Group", set_groups(scene, (*scene.groups, made)))


def ungroup(session: Session) -> None:
    """Dissolve every group that holds a selected body."""
    scene = session.scene
    left = [one for one in scene.groups if not session.selection[one.bodies].any()]
    if len(left) < len(scene.groups):
        session.edit("Ungroup", set_groups(scene, left))


def free_name(scene: Scene) -> str:
    """Return a name that no group has."""
    taken = {one.name for one in scene.groups}
    return next(name for name in (f"Group {number}" for number in count(1)) if name not in taken)
