"""What a drag in the viewport does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPolygonF

from revanim.draw import camera
from revanim.scene.scene import View
from revanim.session.session import Selection
from revanim.session.work.selection import pickable
from revanim.window.viewport.picking import body_at, target_at
from revanim.window.viewport.selected import in_box, in_lasso

if TYPE_CHECKING:
    from revanim.window.viewport.viewport import Viewport

DOUBLE = 160.0  # pixels of a zooming drag that double the size
CLICK = 4.0  # pixels a press may wander and still be a click
STEP = 1.0  # pixels between two points of a way


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
        self.viewport, self.start, self.before = viewport, start, viewport.studio.session.view
        self._move = MOVES[move]

    def move(self, point: QPointF) -> None:
        size = self.viewport.size()
        self.viewport.studio.session.look_from(self._move(self.before, self.start, point, size.width(), size.height()))

    def finish(self) -> None:
        """The camera is there already."""

    def cancel(self) -> None:
        self.viewport.studio.session.look_from(self.before)


class Select:
    """Selects the body under a click, or the bodies in a box or a lasso; Shift adds and Ctrl takes away."""

    def __init__(self, viewport: Viewport, event: QMouseEvent, lasso: bool = False) -> None:
        self.viewport, self.start, self.lasso = viewport, event.position(), lasso
        self.modifiers = event.modifiers()
        self.path = [self.start]

    @property
    def outline(self) -> QPolygonF:
        """What is being drawn: a box from the press to the pointer, or the way that the pointer went."""
        if self.lasso:
            return QPolygonF(self.path)
        return QPolygonF(QRectF(self.start, self.path[-1]).normalized())

    @property
    def is_click(self) -> bool:
        """Whether the pointer has hardly moved."""
        return all((point - self.start).manhattanLength() <= CLICK for point in self.path)

    def move(self, point: QPointF) -> None:
        if (point - self.path[-1]).manhattanLength() >= STEP:
            self.path.append(point)
        self.viewport.update()

    def finish(self) -> None:
        session = self.viewport.studio.session
        hit = self._hit()
        if not self.lasso or self.viewport.tool == "lasso":  # with Ctrl and Alt held any tool draws a lasso
            adds, takes = (
                bool(self.modifiers & key)
                for key in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)
            )
        else:
            adds, takes = bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier), False
        if self.is_click:
            self._pick_target(hit, adds)
        session.select(session.selection | hit if adds else session.selection & ~hit if takes else hit)
        self.viewport.update()

    def cancel(self) -> None:
        self.viewport.update()

    def _hit(self) -> Selection:
        studio, width, height = self.viewport.studio, self.viewport.width(), self.viewport.height()
        none = studio.session.selection & False
        if studio.session.shot is None or len(studio.session.shot.position) != len(none):
            return none
        if not self.is_click:
            inside = in_lasso if self.lasso else in_box
            free = pickable(studio.session.scene, studio.viewing.only)
            return inside(self.outline, studio.session.view, width, height, studio.session.shot.position) & free
        body = body_at(self.viewport, self.start)
        if body is not None:
            none[body] = True
        return none

    def _pick_target(self, hit: Selection, adds: bool) -> None:
        """Let a click on a target select its keyframe, and one on a body leave the keyframes."""
        keys, key = self.viewport.studio.keyframes, None if hit.any() else target_at(self.viewport, self.start)
        if key is not None:
            keys.select({key, *(keys.selected if adds else ())})
        elif hit.any() and not adds:
            keys.select(())
