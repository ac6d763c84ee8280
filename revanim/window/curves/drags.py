"""What a drag on a curve does."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from revanim.sentence import Sentence
from revanim.session.drag import Drag
from revanim.window.curves.canvas import CurveCanvas, HandlePoint
from revanim.window.kit.fields.number_field import FINE
from revanim.window.kit.gesture import Gesture

Shift, Alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class DragPoints:
    """Moves the selected keys over the frames, and their points up and down; Shift goes finely."""

    def __init__(self, canvas: CurveCanvas, point: QPointF) -> None:
        self.canvas, self.drag, self.raised = canvas, Drag(), 0.0
        frames = canvas.value.frames
        self.points = [(int(frames[key]), number) for key, number in canvas.selected]
        self.start = self.last = canvas.place_on(point)
        canvas.freeze(True)

    def move(self, point: QPointF) -> None:
        here = self.canvas.place_on(point)
        self.raised += (here.y() - self.last.y()) * (FINE if self.canvas.hand.held & Shift else 1.0)
        self.last = here
        self.canvas.shift(round(here.x() - self.start.x()), self.raised, self.points, self.drag)

    def finish(self) -> None:
        self.canvas.freeze(False)

    def cancel(self) -> None:
        take_back(self.canvas, self.drag)


class DragHandle:
    """Leads a handle; the other one of its key turns along, unless Alt is held."""

    def __init__(self, canvas: CurveCanvas, handle: HandlePoint) -> None:
        self.canvas, self.drag = canvas, Drag()
        key, self.number, self.side = handle
        self.frame = int(canvas.value.frames[key])
        canvas.freeze(True)

    def move(self, point: QPointF) -> None:
        alone = bool(self.canvas.hand.held & Alt)
        self.canvas.bend(self.frame, self.number, self.side, self.canvas.place_on(point), alone, self.drag)

    def finish(self) -> None:
        self.canvas.freeze(False)

    def cancel(self) -> None:
        take_back(self.canvas, self.drag)


def take_back(canvas: CurveCanvas, drag: Drag) -> None:
    """Leave the curve as it was before a drag."""
    if drag.origin is not None:
        canvas.studio.session.edit(Sentence("Drag points"), drag.origin, drag)
    canvas.freeze(False)


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
    """Return what a press begins: a key or a handle is dragged; elsewhere it scrubs, or with Shift selects in a box."""
    if event.button() != Qt.MouseButton.LeftButton or canvas.track is None:
        return None
    point, more = event.position(), bool(event.modifiers() & Shift)
    key = canvas.nearest(point)
    handle = canvas.handle_at(point) if key is None else None
    if handle is not None:
        return DragHandle(canvas, handle)
    if key is None:
        return BoxPoints(canvas, point) if more else Scrub(canvas, point)
    if key not in canvas.selected:
        canvas.select(canvas.selected | {key} if more else {key})
    return DragPoints(canvas, point)
