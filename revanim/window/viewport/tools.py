"""The tools: what a press in the viewport begins, and what the status bar says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from revanim.sentence import N_
from revanim.window.kit.gesture import Gesture
from revanim.window.viewport.add import begin_spray
from revanim.window.viewport.gestures import Select
from revanim.window.viewport.pose import begin_pose
from revanim.window.viewport.subject import subject_of
from revanim.window.viewport.throw import begin_throw
from revanim.window.viewport.transform import Transform

if TYPE_CHECKING:
    from revanim.window.viewport.viewport import Viewport

Shape = Qt.CursorShape


@dataclass(frozen=True)
class Tool:
    """`begin` returns what a press of the left button does."""

    begin: Callable[[Viewport, QMouseEvent], Gesture | None]
    hint: str = ""
    cursor: Qt.CursorShape = Shape.ArrowCursor
    gizmo: bool = False


def begin_lasso(viewport: Viewport, event: QMouseEvent) -> Gesture:
    """Select with a lasso."""
    return Select(viewport, event, lasso=True)


def begin_on_gizmo(viewport: Viewport, event: QMouseEvent) -> Gesture | None:
    """Drag the handle under the press, or select."""
    handle = viewport.handle_at(event.position())
    subject = subject_of(viewport.studio, viewport.aiming) if handle else None
    if handle is None:
        return Select(viewport, event)
    return Transform(viewport, viewport.tool, subject, event.position(), handle.axes) if subject else None


def begin_add(viewport: Viewport, event: QMouseEvent) -> Gesture | None:
    """Add bodies."""
    return begin_spray(viewport, event.position())


def begin_throwing(viewport: Viewport, event: QMouseEvent) -> Gesture | None:
    """Throw a body or a target, or select."""
    return begin_throw(viewport, event) or Select(viewport, event)


def begin_posing(viewport: Viewport, event: QMouseEvent) -> Gesture | None:
    """Drag a target, or select."""
    return begin_pose(viewport, event) or Select(viewport, event)


TOOLS = {
    "select": Tool(Select),
    "lasso": Tool(begin_lasso, N_("Draw around bodies  ·  Shift adds, Ctrl takes away  ·  Q ends")),
    "move": Tool(begin_on_gizmo, N_("Drag an arrow, or the middle  ·  G moves from anywhere  ·  Q ends"), gizmo=True),
    "rotate": Tool(begin_on_gizmo, N_("Drag a ring  ·  R turns from anywhere  ·  Q ends"), gizmo=True),
    "scale": Tool(begin_on_gizmo, N_("Drag a box, or the middle  ·  S scales from anywhere  ·  Q ends"), gizmo=True),
    "add": Tool(
        begin_add,
        N_("Click adds a body, a drag sprays  ·  Shift+wheel sets the distance  ·  Q ends"),
        Shape.CrossCursor,
    ),
    "throw": Tool(
        begin_throwing,
        N_("Drag from a body, or the tip of its arrow  ·  X Y Z lock an axis, digits give a speed  ·  Q ends"),
        Shape.CrossCursor,
    ),
    "pose": Tool(
        begin_posing,
        N_("Drag a body to where it shall be at this frame  ·  Esc takes the drag back  ·  V ends"),
        Shape.CrossCursor,
    ),
}
