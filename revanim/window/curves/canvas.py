"""What a hand works on in the curve editor: the points of one curve, where they lie, and which are selected."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, Signal
from PySide6.QtGui import QMouseEvent

from revanim.engine.parameter import Curve
from revanim.error import RevanimError
from revanim.scene.curve import frames, without_rows
from revanim.scene.scene import Index
from revanim.sentence import Sentence
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.window.curves.track import Track, table, with_point, with_points
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.kit.plot import Plot

REACH = 9.0  # pixels from a point that still mean it
CurvePoint = tuple[int, int]  # a row, and a number in it
Begin = Callable[["CurveCanvas", QMouseEvent], Gesture | None]


class CurveCanvas(QObject):
    """A curve on a plot, in pixels of that; a widget shows it, and drags are given it."""

    changed = Signal()  # the curve is to be drawn again
    chosen = Signal()  # other points are selected

    def __init__(self, studio: Studio, plot: Plot, begin: Begin, parent: QObject) -> None:
        super().__init__(parent)
        self.studio, self.plot = studio, plot
        self.track: Track | None = None
        self.columns: Index = np.arange(0)
        self.selected: set[CurvePoint] = set()
        self.hand = Hand(self, partial(begin, self))

    def freeze(self, frozen: bool) -> None:
        """Keep the picture still while points are dragged."""
        self.plot.getPlotItem().vb.enableAutoRange(enable=not frozen)

    # Where things are

    def frame_at(self, point: QPointF) -> int:
        """Return the frame under a point of the widget."""
        return int(np.rint(self._on_plot(point).x()))

    def value_at(self, point: QPointF) -> float:
        """Return the value at the height of a point of the widget."""
        return float(self._on_plot(point).y())

    def place_of(self, frame: float, value: float) -> QPoint:
        """Return where a frame and a value are on the widget."""
        return QPoint(self.plot.mapFromScene(self.plot.getPlotItem().vb.mapViewToScene(QPointF(frame, value))))

    def places(self) -> dict[CurvePoint, QPointF]:
        """Return where each point is on the widget, by its row and the number in it."""
        if self.track is None:
            return {}
        curve = self.track.curve(self.studio.forces.at(self.track.place))
        values = table(curve, self.columns)
        return {
            (row, int(number)): QPointF(self.place_of(frame, values[row, column]))
            for row, frame in enumerate(frames(curve))
            for column, number in enumerate(self.columns)
        }

    def nearest(self, point: QPointF, reach: float = REACH) -> CurvePoint | None:
        """Return the point of the curve at a point of the widget, if there is one within reach."""
        gaps = {key: (place - point).manhattanLength() for key, place in self.places().items()}
        key = min(gaps, key=lambda key: gaps[key], default=None)
        return key if key is not None and gaps[key] <= reach else None

    def _on_plot(self, point: QPointF) -> QPointF:
        """Return the frame and the value at a point of the widget."""
        return QPointF(self.plot.getPlotItem().vb.mapSceneToView(self.plot.mapToScene(point.toPoint())))

    # What it does

    def select(self, points: Iterable[CurvePoint]) -> None:
        """Make these the selected points."""
        self.selected = set(points)
        self.changed.emit()
        self.chosen.emit()

    def shift(self, by: float, drag: Drag) -> None:
        """Move the selected points up or down, from where they were before the drag."""
        assert self.track is not None
        held = self.track.held
        self.change(lambda values: held(values + by), drag)

    def change(self, make: Change, drag: Drag | None = None) -> None:
        """Change the values of the selected points; raises RevanimError where they cannot be so."""
        assert self.track is not None
        points = sorted(self.selected)
        text = Sentence("Move points of {name}", name=self.track.title)
        self.track.put(self.studio, text, partial(with_points, points=points, change=make), drag)

    def put_point(self, point: QPointF) -> None:
        """Let the curve that is nearest pass through a point of the widget."""
        if self.track is None or self.nearest(point) is not None:
            return
        frame, track = self.frame_at(point), self.track
        value = float(track.held(np.array(self.value_at(point))))
        number = self._nearest_number(frame, value)
        self._attempt(
            Sentence("Put point of {name}", name=track.title),
            lambda curve: with_point(curve, frame, number, value, track.parameter.outside),
        )

    def _nearest_number(self, frame: int, value: float) -> int:
        assert self.track is not None
        curve = self.track.curve(self.studio.forces.at(self.track.place))
        row = np.clip((frame - curve.first) // curve.every, 0, len(curve.values) - 1)
        return int(self.columns[np.argmin(np.abs(table(curve, self.columns)[row] - value))])

    def delete(self) -> None:
        """Take away the rows of the selected points."""
        rows = {row for row, _ in self.selected}
        if self.track is None or not rows:
            return
        text = Sentence("Delete points of {name}", name=self.track.title)
        if self._attempt(text, lambda curve: without_rows(curve, rows)):
            self.select(set())

    def _attempt(self, text: Sentence, change: Callable[[Curve], Curve]) -> bool:
        assert self.track is not None
        try:
            self.track.put(self.studio, text, change)
        except RevanimError as error:
            self.studio.session.failed.emit(error.sentence)
            return False
        return True
