"""The picture of a curve: steps and points over the frames, dragged by hand."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from revanim.engine.parameter import Curve
from revanim.error import RevanimError
from revanim.scene.curve import frames, without_rows
from revanim.scene.scene import Index
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.session.work.drag import Drag
from revanim.window.curves.gestures import BoxPoints, DragPoints, Scrub
from revanim.window.curves.track import Track, table, with_point, with_points
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.gesture import Gesture, Gestures
from revanim.window.kit.plot import Plot
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column

REACH = 9.0  # pixels from a point that still mean it
POINT = 7  # pixels
MARGIN = 44
Points = set[tuple[int, int]]  # row and number in it
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
Shift = Qt.KeyboardModifier.ShiftModifier


class CurvePlot(QWidget):
    """A press on a point selects it, a drag moves it, a double-click puts one; other drags scrub, or box with Shift."""

    chosen = Signal()  # other points are selected

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.track: Track | None = None
        self.columns: Index = np.arange(0)
        self.selected: Points = set()
        self.plot = Plot("surface")
        self.canvas = self.plot.viewport()  # where the mouse is
        self.lines: list[pg.PlotDataItem] = []
        self.points = pg.ScatterPlotItem(size=POINT, pxMode=True)
        self.points.setZValue(1)
        self.plot.addItem(self.points)
        self.playhead = self.plot.line("playhead")
        self.plot.rule()
        self.plot.getAxis("left").setWidth(MARGIN)
        self.plot.setAccessibleName(tr("Curve"))
        self.setLayout(column(self.plot))
        self.gestures = Gestures(self.canvas, self._begin)
        self.plot.installEventFilter(self.gestures)  # for Esc
        self.plot.installEventFilter(self)
        self.canvas.installEventFilter(self)

    # What it shows

    def show_track(self, track: Track | None) -> None:
        """Show another curve, or the same as it is now."""
        same = track is not None and track == self.track
        self.track = track
        columns = track.columns(self.studio) if track is not None else np.arange(0)
        if not same or not np.array_equal(columns, self.columns):
            self.selected = set()
            self._make_lines(len(columns))
        self.columns = columns
        self.draw()

    def _make_lines(self, count: int) -> None:
        for line in self.lines:
            self.plot.remove(line)
        self.lines = [self.plot.curve(self._token(number)) for number in range(count)]

    def _token(self, number: int) -> str:
        axes = self.track.parameter.axes if self.track else 1
        return f"axis_{'xyz'[number % 3]}" if axes == 3 else "future"

    def draw(self) -> None:
        """Paint the curve and the playhead as they are now."""
        self.playhead.setValue(self.studio.session.frame)
        if self.track is None:
            self.points.setData([], [])
            return
        curve = self.track.curve(self.studio.forces.at(self.track.place))
        rows = len(curve.values)
        self.selected = {(row, number) for row, number in self.selected if row < rows}
        begins, values = frames(curve), table(curve, self.columns)
        edges = np.repeat(np.append(begins, begins[-1] + curve.every), 2)[1:-1]
        for line, heights in zip(self.lines, values.T, strict=True):
            line.setData(edges, np.repeat(heights, 2))
        marks = np.array([[(row, number) in self.selected for number in self.columns] for row in range(rows)])
        brushes = [pg.mkBrush(QColor(self._color(number, on))) for row in marks for number, on in enumerate(row)]
        self.points.setData(np.repeat(begins, len(self.columns)), values.ravel(), brush=brushes, pen=None)

    def _color(self, number: int, selected: bool) -> str:
        return str(getattr(theme.tokens, "key_selected" if selected else self._token(number)))

    def freeze(self, frozen: bool) -> None:
        """Keep the picture still while points are dragged."""
        self._box.enableAutoRange(enable=not frozen)

    @property
    def _box(self) -> pg.ViewBox:
        return self.plot.getPlotItem().vb

    # Where things are

    def frame_at(self, point: QPointF) -> int:
        """Return the frame under a point of the widget."""
        return int(np.rint(self._box.mapSceneToView(self.plot.mapToScene(point.toPoint())).x()))

    def value_at(self, point: QPointF) -> float:
        """Return the value at the height of a point of the widget."""
        return float(self._box.mapSceneToView(self.plot.mapToScene(point.toPoint())).y())

    def place_of(self, frame: float, value: float) -> QPoint:
        """Return where a frame and a value are on the widget."""
        return QPoint(self.plot.mapFromScene(self._box.mapViewToScene(QPointF(frame, value))))

    def places(self) -> dict[tuple[int, int], QPointF]:
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

    def nearest(self, point: QPointF, reach: float = REACH) -> tuple[int, int] | None:
        """Return the point of the curve at a point of the widget, if there is one within reach."""
        gaps = {key: (place - point).manhattanLength() for key, place in self.places().items()}
        key = min(gaps, key=lambda key: gaps[key], default=None)
        return key if key is not None and gaps[key] <= reach else None

    # What the mouse does

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        if event.button() != Qt.MouseButton.LeftButton or self.track is None:
            return None
        point, more = event.position(), bool(event.modifiers() & Shift)
        key = self.nearest(point)
        if key is None:
            return BoxPoints(self, point) if more else Scrub(self, point)
        if key not in self.selected:
            self.select(self.selected | {key} if more else {key})
        return DragPoints(self, point)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched is self.plot and self.selected and event.key() in DELETE:
            return self._key(event)
        double = event.type() == QEvent.Type.MouseButtonDblClick
        if watched is self.canvas and double and isinstance(event, QMouseEvent):
            self._put(event.position())
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # so that it comes here before any menu
        elif event.type() == QEvent.Type.KeyPress:
            self.delete()
        return True

    def _put(self, point: QPointF) -> None:
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

    # What it does

    def select(self, points: Points) -> None:
        """Make these the selected points."""
        self.selected = set(points)
        self.draw()
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
