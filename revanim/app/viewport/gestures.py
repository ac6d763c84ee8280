"""What a drag in the viewport does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from revanim.app.session import Selection
from revanim.app.viewport.selected import in_box
from revanim.draw import camera
from revanim.scene.scene import View

if TYPE_CHECKING:
    from revanim.app.viewport.viewport import Viewport

Button, Modifier = Qt.MouseButton, Qt.KeyboardModifier
DOUBLE = 160.0  # pixels of a zooming drag that double the size
CLICK = 4.0  # pixels a press may wander and still be a click
REACH = 8.0  # pixels around a body that still hit it

# A scheme says what each button does with which keys held; what it does not name draws a selection.
Scheme = dict[tuple[Qt.MouseButton, Qt.KeyboardModifier], str]
SCHEMES: dict[str, Scheme] = {
    "blender": {
        (Button.MiddleButton, Modifier.NoModifier): "orbit",
        (Button.MiddleButton, Modifier.ShiftModifier): "pan",
        (Button.MiddleButton, Modifier.ControlModifier): "zoom",
        (Button.RightButton, Modifier.NoModifier): "orbit",
        (Button.RightButton, Modifier.ShiftModifier): "pan",
        (Button.RightButton, Modifier.ControlModifier): "zoom",
        (Button.LeftButton, Modifier.AltModifier): "orbit",
    },
    "maya": {
        (Button.LeftButton, Modifier.AltModifier): "orbit",
        (Button.MiddleButton, Modifier.AltModifier): "pan",
        (Button.RightButton, Modifier.AltModifier): "zoom",
    },
}


def orbit(view: View, start: QPointF, point: QPointF, width: float, height: float) -> View:
    """Turn around the target; a flat view slides instead."""
    moved = point - start
    return pan(view, start, point, width, height) if view.flat else camera.orbit(view, moved.x(), moved.y())


def pan(view: View, start: QPointF, point: QPointF, width: float, height: float) -> View:
    """Slide the picture under the hand."""
    return camera.pan(view, point.x() - start.x(), point.y() - start.y(), width, height)


def zoom(view: View, start: QPointF, point: QPointF, width: float, height: float) -> View:
    """Enlarge around the press: up or right is nearer."""
    drag = (point.x() - start.x()) - (point.y() - start.y())
    return camera.zoom(view, 2 ** (drag / DOUBLE), start.x(), start.y(), width, height)


MOVES: dict[str, Callable[[View, QPointF, QPointF, float, float], View]] = {"orbit": orbit, "pan": pan, "zoom": zoom}


class MoveCamera:
    """Moves the camera from where it was at the press."""

    def __init__(self, viewport: Viewport, move: str, start: QPointF) -> None:
        self.viewport, self.start, self.before = viewport, start, viewport.session.view
        self._move = MOVES[move]

    def move(self, point: QPointF) -> None:
        size = self.viewport.size()
        self.viewport.session.look_from(self._move(self.before, self.start, point, size.width(), size.height()))

    def finish(self) -> None:
        """The camera is there already."""

    def cancel(self) -> None:
        self.viewport.session.look_from(self.before)


class Select:
    """Selects the body under a click, or the bodies in a box; Shift adds and Ctrl takes away."""

    def __init__(self, viewport: Viewport, event: QMouseEvent) -> None:
        self.viewport, self.start = viewport, event.position()
        self.modifiers = event.modifiers()
        self.point = self.start

    @property
    def box(self) -> QRectF:
        """The box from the press to the pointer."""
        return QRectF(self.start, self.point).normalized()

    @property
    def is_click(self) -> bool:
        """Whether the pointer has hardly moved."""
        return (self.point - self.start).manhattanLength() <= CLICK

    def move(self, point: QPointF) -> None:
        self.point = point
        self.viewport.update()

    def finish(self) -> None:
        session = self.viewport.session
        hit = self._hit()
        if self.modifiers & Modifier.ShiftModifier:
            hit = session.selection | hit
        elif self.modifiers & Modifier.ControlModifier:
            hit = session.selection & ~hit
        session.select(hit)
        self.viewport.update()

    def cancel(self) -> None:
        self.viewport.update()

    def _hit(self) -> Selection:
        session, width, height = self.viewport.session, self.viewport.width(), self.viewport.height()
        none = session.selection & False
        if session.shot is None:
            return none
        position = session.shot.position
        if not self.is_click:
            return in_box(self.box, session.view, width, height, position)
        size = session.scene.bodies.radius
        body = camera.pick(session.view, width, height, position, self.point.x(), self.point.y(), REACH, size)
        if body is not None:
            none[body] = True
        return none
