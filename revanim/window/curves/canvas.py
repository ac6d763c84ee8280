"""What a hand works on in the curve editor: the keys of one track, their handles, and which are selected."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, Signal
from PySide6.QtGui import QMouseEvent

from revanim.engine.parameter import SMOOTH, Keyed
from revanim.scene.keys import key_at, moved, value_at, with_handle, with_key, without_keys
from revanim.scene.scene import Index
from revanim.sentence import Sentence
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Change as Reshape
from revanim.session.tracks.tracks import Track, TrackKey
from revanim.window.curves.track import CurvePoint, table, with_numbers
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.kit.plot import Plot

REACH = 9.0  # pixels from a point that still mean it
HandlePoint = tuple[int, int, int]  # a key, a number in its value, and the side: 0 before, 1 after
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

    @property
    def value(self) -> Keyed:
        """The keys that are shown."""
        assert self.track is not None
        return self.studio.tracks.value(self.track)

    # Where things are

    def place_on(self, point: QPointF) -> QPointF:
        """Return the time in frames and the value at a point of the widget."""
        return QPointF(self.plot.getPlotItem().vb.mapSceneToView(self.plot.mapToScene(point.toPoint())))

    def frame_at(self, point: QPointF) -> int:
        """Return the frame under a point of the widget."""
        return int(np.rint(self.place_on(point).x()))

    def place_of(self, frame: float, value: float) -> QPoint:
        """Return where a frame and a value are on the widget."""
        return QPoint(self.plot.mapFromScene(self.plot.getPlotItem().vb.mapViewToScene(QPointF(frame, value))))

    def places(self) -> dict[CurvePoint, QPointF]:
        """Return where each key is on the widget, for each number that is shown."""
        if self.track is None:
            return {}
        value = self.value
        shown = table(value.values, self.columns)
        return {
            (key, int(number)): QPointF(self.place_of(float(frame), shown[key, column]))
            for key, frame in enumerate(value.frames)
            for column, number in enumerate(self.columns)
        }

    def handles(self) -> dict[HandlePoint, tuple[float, float]]:
        """Return the frame and the value at which each handle of a selected key ends, where the curve bends by it."""
        if self.track is None:
            return {}
        value, found = self.value, dict[HandlePoint, tuple[float, float]]()
        numbers, rises = value.values.reshape(len(value.values), -1), value.rise.reshape(len(value.values), 2, -1)
        for key, number in self.selected:
            bends = (key > 0 and value.ways[key - 1] == SMOOTH, key + 1 < len(numbers) and value.ways[key] == SMOOTH)
            for side, sign in ((0, -1.0), (1, 1.0)):
                if bends[side]:
                    at = float(value.frames[key] + sign * value.reach[key, side])
                    found[key, number, side] = at, float(numbers[key, number] + sign * rises[key, side, number])
        return found

    def nearest(self, point: QPointF, reach: float = REACH) -> CurvePoint | None:
        """Return the key at a point of the widget, if there is one within reach."""
        gaps = {key: (place - point).manhattanLength() for key, place in self.places().items()}
        key = min(gaps, key=lambda key: gaps[key], default=None)
        return key if key is not None and gaps[key] <= reach else None

    def handle_at(self, point: QPointF) -> HandlePoint | None:
        """Return the handle that ends at a point of the widget, if there is one within reach."""
        gaps = {
            handle: (QPointF(self.place_of(*end)) - point).manhattanLength() for handle, end in self.handles().items()
        }
        handle = min(gaps, key=lambda handle: gaps[handle], default=None)
        return handle if handle is not None and gaps[handle] <= REACH else None

    # What it does

    def select(self, points: Iterable[CurvePoint]) -> None:
        """Make these the selected points; their keys are selected on the timeline too."""
        self.selected = set(points)
        if self.track is not None:
            frames = {int(self.value.frames[key]) for key, _ in self.selected}
            self.studio.tracks.select(TrackKey(self.track, frame) for frame in frames)
        self.changed.emit()
        self.chosen.emit()

    def shift(self, frames: int, by: float, before: Iterable[tuple[int, int]], drag: Drag) -> None:
        """Move points, each a frame and a number, to other frames and up or down, from where they were at first."""
        assert self.track is not None
        track, points = self.track, list(before)

        def change(value: Keyed) -> Keyed:
            there = [(key, number) for frame, number in points if (key := key_at(value, frame)) is not None]
            raised = with_numbers(value, there, lambda values: track.held(values + by))
            return moved(raised, {key for key, _ in there}, frames)

        text = Sentence("Move points of {name}", name=track.title)
        self.studio.tracks.put(track, text, change, drag)
        now = self.value
        self.select((key, number) for frame, number in points if (key := key_at(now, frame + frames)) is not None)

    def bend(self, frame: int, number: int, side: int, end: QPointF, alone: bool, drag: Drag) -> None:
        """Lead the handle of a key to a time and a value."""
        assert self.track is not None

        def change(value: Keyed) -> Keyed:
            key = key_at(value, frame)
            if key is None:
                return value
            sign = 1.0 if side else -1.0
            rise = np.array(value.rise[key, side])
            rise.reshape(-1)[number] = sign * (end.y() - value.values[key].reshape(-1)[number])
            return with_handle(value, key, side, sign * (end.x() - frame), rise, alone)

        self.studio.tracks.put(self.track, Sentence("Bend {name}", name=self.track.title), change, drag)

    def change(self, make: Change, drag: Drag | None = None) -> None:
        """Change the values of the selected points; raises RevanimError where they cannot be so."""
        assert self.track is not None
        text = Sentence("Move points of {name}", name=self.track.title)
        points = set(self.selected)
        self.studio.tracks.put(self.track, text, lambda value: with_numbers(value, points, make), drag)

    def put_point(self, point: QPointF) -> None:
        """Set a key through which the curve passes at a point of the widget: that which is nearest."""
        if self.track is None or self.nearest(point) is not None:
            return
        track, frame = self.track, self.frame_at(point)
        height = float(track.held(np.array(self.place_on(point).y())))
        sheet = np.array(value_at(self.value, track.parameter, frame))
        flat = sheet.reshape(-1)
        number = int(self.columns[np.argmin(np.abs(flat[self.columns] - height))])
        flat[number] = height
        if self._attempt(
            Sentence("Put point of {name}", name=track.title),
            lambda value: with_key(value, track.parameter, frame, sheet),
        ):
            key = key_at(self.value, frame)
            self.select({(key, number)} if key is not None else set())

    def delete(self) -> None:
        """Take away the keys of the selected points."""
        keys = {key for key, _ in self.selected}
        if self.track is None or not keys:
            return
        text = Sentence("Delete points of {name}", name=self.track.title)
        if self._attempt(text, lambda value: without_keys(value, keys)):
            self.select(set())

    def _attempt(self, text: Sentence, change: Reshape) -> bool:
        assert self.track is not None
        return self.studio.tracks.attempt(self.track, text, change)
