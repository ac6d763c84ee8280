"""A drag that selects: the body under a click, or those in a box or a lasso."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPolygonF

from revanim.session.session import Selection
from revanim.session.work.selection import pickable
from revanim.window.viewport.canvas import CLICK, Canvas
from revanim.window.viewport.picking import body_at, target_at
from revanim.window.viewport.selected import in_box, in_lasso, paint_outline

STEP = 1.0  # pixels between two points of a way


class Select:
    """Selects the body under a click, or the bodies in a box or a lasso; Shift adds and Ctrl takes away."""

    def __init__(self, canvas: Canvas, event: QMouseEvent, *, lasso: bool = False, can_take_away: bool = True) -> None:
        self.canvas, self.start, self.lasso = canvas, event.position(), lasso
        self.adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.takes = can_take_away and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
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
        self.canvas.changed.emit()

    def finish(self) -> None:
        session = self.canvas.studio.session
        hit = self._hit()
        if self.is_click:
            self._pick_target(hit)
        kept = session.selection
        if self.is_click and not hit.any() and not kept.any():
            self.canvas.studio.forces.look_at(None)  # a second click on nothing leaves what stands in space, too
        session.select(kept | hit if self.adds else kept & ~hit if self.takes else hit)
        self.canvas.changed.emit()

    def cancel(self) -> None:
        self.canvas.changed.emit()

    def paint(self, painter: QPainter) -> None:
        if not self.is_click:
            paint_outline(painter, self.outline, self.canvas.inks)

    def _hit(self) -> Selection:
        studio = self.canvas.studio
        none = studio.session.selection & False
        if studio.session.shot is None or len(studio.session.shot.position) != len(none):
            return none
        if not self.is_click:
            inside = in_lasso if self.lasso else in_box
            free = pickable(studio.session.scene, studio.viewing.only, studio.session.shot.frame)
            return inside(self.outline, studio.session.view, *self.canvas.size, studio.session.shot.position) & free
        body = body_at(self.canvas, self.start)
        if body is not None:
            none[body] = True
        return none

    def _pick_target(self, hit: Selection) -> None:
        """Let a click on a target select its keyframe, and one on a body leave the keyframes."""
        keys, key = self.canvas.studio.keyframes, None if hit.any() else target_at(self.canvas, self.start)
        if key is not None:
            keys.select({key, *(keys.selected if self.adds else ())})
        elif hit.any() and not self.adds:
            keys.select(())


def begin_lasso(canvas: Canvas, event: QMouseEvent) -> Select:
    """Select with a lasso."""
    return Select(canvas, event, lasso=True)
