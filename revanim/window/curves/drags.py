"""What a drag on a curve does."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from revanim.sentence import Sentence
from revanim.session.drag import Drag
from revanim.window.curves.canvas import CurveCanvas
from revanim.window.kit.fields.number_field import FINE
from revanim.window.kit.gesture import Gesture

Shift = Qt.KeyboardModifier.ShiftModifier


class DragPoints:
    """Moves the selected points up and down; Shift goes finely."""

    def __init__(self, canvas: CurveCanvas, point: QPointF) -> None:
        self.canvas, self.drag, self.moved = canvas, Drag(), 0.0
        self.height = canvas.value_at(point)
        canvas.freeze(True)

    def move(self, point: QPointF) -> None:
        height = self.canvas.value_at(point)
        fine = FINE if self.canvas.hand.held & Shift else 1.0
        self.moved += (height - self.height) * fine
        self.height = height
        self.canvas.shift(self.moved, self.drag)

    def finish(self) -> None:
        self.canvas.freeze(False)

    def cancel(self) -> None:
        if self.drag.origin is not None:
            self.canvas.studio.session.edit(Sentence("Drag points"), self.drag.origin, self.drag)
        self.canvas.freeze(False)


class Scrub:
    """Shows the frame under the pointer."""

    def __init__(self, canvas: CurveCanvas, point: QPointF) -> None:
        self.canvas, self.before = canvas, canvas.studio.session.frame
        canvas.studio.playback.stop()
        self.move(point)

    def move(self, point: QPointF) -> None:
        frame = self.canvas.frame_at(point)
        if frame != self.canvas.studio.session.frame:
            self.canvas.studio.session.show(frame)

    def finish(self) -> None:
        """The frame is shown already."""

    def cancel(self) -> None:
        self.canvas.studio.session.show(self.before)


class BoxPoints:
    """Selects the points in a box."""

    def __init__(self, canvas: CurveCanvas, point: QPointF) -> None:
        self.canvas, self.start, self.before = canvas, point, canvas.selected

    def move(self, point: QPointF) -> None:
        box = QRectF(self.start, point).normalized()
        places = self.canvas.places()
        inside = {key for key, place in places.items() if box.contains(place)}
        self.canvas.select(self.before | inside)

    def finish(self) -> None:
        """They are selected already."""

    def cancel(self) -> None:
        self.canvas.select(self.before)


def begin(canvas: CurveCanvas, event: QMouseEvent) -> Gesture | None:
    """Return what a press begins: a point is dragged; elsewhere it scrubs, or with Shift selects in a box."""
    if event.button() != Qt.MouseButton.LeftButton or canvas.track is None:
        return None
    point, more = event.position(), bool(event.modifiers() & Shift)
    key = canvas.nearest(point)
    if key is None:
        return BoxPoints(canvas, point) if more else Scrub(canvas, point)
    if key not in canvas.selected:
        canvas.select(canvas.selected | {key} if more else {key})
    return DragPoints(canvas, point)
