"""The picture of a curve: lines over the frames, keys as diamonds, and the handles of those that are selected."""

from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from revanim.engine.keyed import values_of
from revanim.engine.parameter import Floats, Keyed
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Track
from revanim.session.words import tr
from revanim.window.curves.canvas import CurveCanvas
from revanim.window.curves.drags import begin
from revanim.window.curves.track import columns_of, table
from revanim.window.kit.plot import Plot
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column

POINT, END = 9, 6  # pixels: of a key, and of the end of a handle
MARGIN = 44
FINE = 24  # places of the line between two keys
JUST = 1e-6  # frames before a key, where a value that stays until it still stays
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class CurvePlot(QWidget):
    """A press on a key selects it, a drag moves it, a double-click sets one; other drags scrub, or box with Shift."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.plot = Plot("surface")
        self.surface = self.plot.viewport()  # where the mouse is
        self.canvas = CurveCanvas(studio, self.plot, begin, self)
        self.lines: list[pg.PlotDataItem] = []
        self.handles = self.plot.curve("key")
        self.ends = pg.ScatterPlotItem(size=END, pxMode=True)
        self.points = pg.ScatterPlotItem(size=POINT, pxMode=True, symbol="d")
        for order, item in enumerate((self.ends, self.points), start=1):
            item.setZValue(order)
            self.plot.addItem(item)
        self.playhead = self.plot.line("playhead")
        self.plot.rule()
        self.plot.getAxis("left").setWidth(MARGIN)
        self.plot.setAccessibleName(tr("Curve"))
        self.setLayout(column(self.plot))
        self.canvas.changed.connect(self.draw)
        self.surface.installEventFilter(self.canvas.hand)
        self.plot.installEventFilter(self.canvas.hand)  # for Esc
        self.plot.installEventFilter(self)
        self.surface.installEventFilter(self)

    # What it shows

    def show_track(self, track: Track | None) -> None:
        """Show another curve, or the same as it is now."""
        canvas = self.canvas
        same = track is not None and track == canvas.track
        canvas.track = track
        columns = columns_of(self.studio, track) if track is not None else np.arange(0)
        if not same or not np.array_equal(columns, canvas.columns):
            canvas.selected = set()
            self._make_lines(len(columns))
        canvas.columns = columns
        self.draw()

    def _make_lines(self, count: int) -> None:
        for line in self.lines:
            self.plot.remove(line)
        self.lines = [self.plot.curve(self._token(number)) for number in range(count)]

    def _token(self, number: int) -> str:
        axes = self.canvas.track.parameter.axes if self.canvas.track else 1
        return f"axis_{'xyz'[number % 3]}" if axes == 3 else "future"

    def draw(self) -> None:
        """Paint the curve, its keys and handles, and the playhead as they are now."""
        self.playhead.setValue(self.studio.session.frame)
        track, columns = self.canvas.track, self.canvas.columns
        if track is None:
            self.points.setData([], [])
            return
        value = self.canvas.value
        count = len(value.frames)
        self.canvas.selected = selected = {(key, number) for key, number in self.canvas.selected if key < count}
        times = self._times(value)
        for line, heights in zip(self.lines, table(values_of(track.parameter, value, times), columns).T, strict=True):
            line.setData(times, heights)
        marks = [(key, number) for key in range(count) for number in columns]
        brushes = [pg.mkBrush(QColor(self._color(number, (key, number) in selected))) for key, number in marks]
        heights = table(value.values, columns).ravel()
        self.points.setData(np.repeat(value.frames, len(columns)), heights, brush=brushes, pen=None)
        self._draw_handles()

    def _times(self, value: Keyed) -> Floats:
        """Return the frames at which the line is drawn: all that it needs to be smooth, and the whole range."""
        timing = self.studio.session.scene.timing
        ends = min(timing.first, int(value.frames[0])), max(timing.last, int(value.frames[-1]))
        keys = value.frames.astype(np.float64)
        fine = [np.linspace(one, other, FINE, endpoint=False) for one, other in pairwise(keys)]
        if value.formula is not None:
            fine.append(np.arange(2.0 * ends[0], 2.0 * ends[1]) / 2.0)
        return np.unique(np.concatenate([*fine, keys, keys - JUST, np.array(ends, np.float64)]))

    def _draw_handles(self) -> None:
        handles, value = self.canvas.handles(), self.canvas.value
        numbers = value.values.reshape(len(value.values), -1)
        lines = [
            end
            for (key, number, _), there in handles.items()
            for end in ((float(value.frames[key]), float(numbers[key, number])), there)
        ]
        across, along = np.array(lines, np.float64).reshape(-1, 2).T
        self.handles.setData(across, along, connect="pairs")
        self.ends.setData(across[1::2], along[1::2], brush=pg.mkBrush(QColor(theme.tokens.key_selected)), pen=None)

    def _color(self, number: int, selected: bool) -> str:
        return str(getattr(theme.tokens, "key_selected" if selected else self._token(number)))

    # What the mouse does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched is self.plot and self.canvas.selected and event.key() in DELETE:
            return self._key(event)
        double = event.type() == QEvent.Type.MouseButtonDblClick
        if watched is self.surface and double and isinstance(event, QMouseEvent):
            self.canvas.put_point(event.position())
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # so that it comes here before any menu
        elif event.type() == QEvent.Type.KeyPress:
            self.canvas.delete()
        return True
