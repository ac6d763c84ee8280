"""What a drag on a curve does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from revanim.sentence import Sentence
from revanim.session.work.drag import Drag
from revanim.window.kit.fields.number_field import FINE

if TYPE_CHECKING:
    from revanim.window.curves.plot import CurvePlot

Shift = Qt.KeyboardModifier.ShiftModifier


class DragPoints:
    """Moves the selected points up and down; Shift goes finely."""

    def __init__(self, plot: CurvePlot, point: QPointF) -> None:
        self.plot, self.drag, self.moved = plot, Drag(), 0.0
        self.height = plot.value_at(point)
        plot.freeze(True)

    def move(self, point: QPointF) -> None:
        height = self.plot.value_at(point)
        fine = FINE if self.plot.gestures.held & Shift else 1.0
        self.moved += (height - self.height) * fine
        self.height = height
        self.plot.shift(self.moved, self.drag)

    def finish(self) -> None:
        self.plot.freeze(False)

    def cancel(self) -> None:
        if self.drag.origin is not None:
            self.plot.studio.session.edit(Sentence("Drag points"), self.drag.origin, self.drag)
        self.plot.freeze(False)


class Scrub:
    """Shows the frame under the pointer."""

    def __init__(self, plot: CurvePlot, point: QPointF) -> None:
        self.plot, self.before = plot, plot.studio.session.frame
        plot.studio.playback.stop()
        self.move(point)

    def move(self, point: QPointF) -> None:
        frame = self.plot.frame_at(point)
        if frame != self.plot.studio.session.frame:
            self.plot.studio.session.show(frame)

    def finish(self) -> None:
        """The frame is shown already."""

    def cancel(self) -> None:
        self.plot.studio.session.show(self.before)


class BoxPoints:
    """Selects the points in a box."""

    def __init__(self, plot: CurvePlot, point: QPointF) -> None:
        self.plot, self.start, self.before = plot, point, plot.selected

    def move(self, point: QPointF) -> None:
        box = QRectF(self.start, point).normalized()
        places = self.plot.places()
        inside = {key for key, place in places.items() if box.contains(place)}
        self.plot.select(self.before | inside)

    def finish(self) -> None:
        """They are selected already."""

    def cancel(self) -> None:
        self.plot.select(self.before)
