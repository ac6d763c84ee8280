"""The picture of a curve: steps and points over the frames, dragged by hand."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from revanim.scene.curve import frames
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.curves.canvas import CurveCanvas
from revanim.window.curves.drags import begin
from revanim.window.curves.track import Track, table
from revanim.window.kit.plot import Plot
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column

POINT = 7  # pixels
MARGIN = 44
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class CurvePlot(QWidget):
    """A press on a point selects it, a drag moves it, a double-click puts one; other drags scrub, or box with Shift."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.plot = Plot("surface")
        self.surface = self.plot.viewport()  # where the mouse is
        self.canvas = CurveCanvas(studio, self.plot, begin, self)
        self.lines: list[pg.PlotDataItem] = []
        self.points = pg.ScatterPlotItem(size=POINT, pxMode=True)
        self.points.setZValue(1)
        self.plot.addItem(self.points)
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
        columns = track.columns(self.studio) if track is not None else np.arange(0)
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
        """Paint the curve and the playhead as they are now."""
        self.playhead.setValue(self.studio.session.frame)
        track, columns = self.canvas.track, self.canvas.columns
        if track is None:
            self.points.setData([], [])
            return
        curve = track.curve(self.studio.forces.at(track.place))
        rows = len(curve.values)
        self.canvas.selected = selected = {(row, number) for row, number in self.canvas.selected if row < rows}
        begins, values = frames(curve), table(curve, columns)
        edges = np.repeat(np.append(begins, begins[-1] + curve.every), 2)[1:-1]
        for line, heights in zip(self.lines, values.T, strict=True):
            line.setData(edges, np.repeat(heights, 2))
        marks = np.array([[(row, number) in selected for number in columns] for row in range(rows)])
        brushes = [pg.mkBrush(QColor(self._color(number, on))) for row in marks for number, on in enumerate(row)]
        self.points.setData(np.repeat(begins, len(columns)), values.ravel(), brush=brushes, pen=None)

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
