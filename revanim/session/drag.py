"""One drag on a number, which is one undo step however many edits it makes."""

from dataclasses import dataclass

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
