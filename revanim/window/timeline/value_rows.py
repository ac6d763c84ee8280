"""Rows of the values that change over the frames, below those of groups: drag their keys, copy, select, delete them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from revanim.engine.parameter import STEP, WAYS
from revanim.scene.ease import eases
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Track, TrackKey
from revanim.session.words import capital, tr
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.kit.theme import theme
from revanim.window.timeline.axis import Axis, KeyDrag
from revanim.window.timeline.band_names import INDENT, WIDTH
from revanim.window.timeline.drags import Slide
from revanim.window.timeline.face import paint_lines, shade_range
from revanim.window.timeline.keys import GRIP, Held, paint_box, paint_diamond, paint_square

ROW, AIR = 24, 8  # pixels: of a row, and after a name
LINE = 1.5  # pixels: between two keys


class DragValueKeys:
    """Moves the selected keys; with Ctrl or Alt it leaves them there and moves copies; a press alone goes there."""

    def __init__(self, axis: Axis, hand: Hand, key: TrackKey) -> None:
        self.axis, self.hand, self.key, self.tracks = axis, hand, key, axis.studio.tracks
        axis.studio.keyframes.select(())
        self.by, self.more = 0, bool(hand.held & Held.ShiftModifier)
        self.copying = bool(hand.held & Held.ControlModifier)
        self.before = self.tracks.selected
        if key not in self.before:
            self.tracks.select(self.before | {key} if self.more else {key})

    @property
    def copy(self) -> bool:
        """Whether copies are moved."""
        return bool(self.hand.held & (Held.AltModifier | (Held.ControlModifier if self.copying else Held.NoModifier)))

    def move(self, point: QPointF) -> None:
        held = self.hand.held & ~Held.ControlModifier if self.copying else self.hand.held
        self.by = self.axis.snapped(point.x(), held, [key.frame for key in self.tracks.selected]) - self.key.frame
        self.axis.show_value_drag(KeyDrag(self.by, self.copy))

    def finish(self) -> None:
        self.axis.show_value_drag(KeyDrag())
        if self.by:
            self.tracks.move(self.by, self.copy)
        elif self.more:
            self.tracks.select(self.before ^ {self.key})
        else:
            self.axis.studio.playback.stop()
            self.axis.studio.session.show(self.key.frame)

    def cancel(self) -> None:
        self.axis.show_value_drag(KeyDrag())


class SelectValueKeys:
    """Selects the keys in the box between the press and the pointer; with Shift, beside those that are."""

    def __init__(self, lanes: "ValueLanes", point: QPointF) -> None:
        self.lanes, self.tracks = lanes, lanes.studio.tracks
        lanes.studio.keyframes.select(())
        self.before = self.tracks.selected
        self.kept = self.before if lanes.hand.held & Held.ShiftModifier else frozenset[TrackKey]()
        self.start = self.end = point

    @property
    def box(self) -> QRectF:
        """The rectangle that is marked."""
        return QRectF(self.start, self.end).normalized()

    def move(self, point: QPointF) -> None:
        self.end = point
        self.tracks.select(self.kept.union(self.lanes.inside(self.box)))

    def finish(self) -> None:
        if self.start == self.end:
            self.tracks.select(self.kept)
        self.lanes.update()

    def cancel(self) -> None:
        self.tracks.select(self.before)


class ValueLanes(QWidget):
    """A row for each value: a diamond for each key, a square where the value then stays until the next."""

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.axis, self.studio = axis, axis.studio
        self.tracks: Sequence[Track] = ()
        self.hand = Hand(self, self._begin)
        self.installEventFilter(self.hand)
        self.setObjectName("value-lanes")
        self.setAccessibleName(tr("Keys of each value"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStatusTip(
            tr("Drag a key to move it  ·  Ctrl to copy it  ·  right-click for its ways  ·  drag a box to select keys")
        )
        session = self.studio.session
        for signal in (axis.laid_out, axis.dragged, self.studio.tracks.changed, session.frame_changed):
            signal.connect(self.update)
        session.scene_changed.connect(self.update)

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show the rows of these from now on."""
        self.tracks = tracks
        self.setFixedHeight(ROW * len(tracks))
        self.update()

    def key_at(self, point: QPointF) -> TrackKey | None:
        """Return the key whose mark is under the pointer: the nearest."""
        index = int(point.y() // ROW)
        if not 0 <= index < len(self.tracks):
            return None
        away = {
            int(frame): abs(self.axis.scale.x(int(frame)) - point.x())
            for frame in self.studio.tracks.value(self.tracks[index]).frames
        }
        near = min(away, key=lambda frame: away[frame])
        return TrackKey(self.tracks[index], near) if away[near] <= GRIP else None

    def inside(self, box: QRectF) -> list[TrackKey]:
        """Return the keys in a box."""
        wide = box.adjusted(-GRIP / 2, -GRIP / 2, GRIP / 2, GRIP / 2)
        return [
            TrackKey(track, int(frame))
            for index, track in enumerate(self.tracks)
            for frame in self.studio.tracks.value(track).frames
            if wide.contains(QPointF(self.axis.scale.x(int(frame)), (index + 0.5) * ROW))
        ]

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            return Slide(self.axis, point)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        key = self.key_at(point)
        return SelectValueKeys(self, point) if key is None else DragValueKeys(self.axis, self.hand, key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected keys, the one under the pointer among them."""
        tracks, key = self.studio.tracks, self.key_at(QPointF(event.pos()))
        if key is not None and key not in tracks.selected:
            tracks.select({key})
        if not tracks.selected:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for way, text in enumerate((tr("Step"), tr("Linear"), tr("Smooth"))):
            menu.addAction(text, partial(tracks.go_on, way)).setObjectName(f"way-{WAYS[way]}")
        presets = menu.addMenu(tr("Ease to the Next Key"))
        presets.setToolTipsVisible(True)
        for ease in eases().values():
            presets.addAction(tr(ease.title), partial(tracks.ease, ease)).setToolTip(tr(ease.help))
        menu.addSeparator()
        menu.addAction(tr("Delete keys"), tracks.remove)
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.axis.turn_wheel(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, scale = QPainter(self), self.axis.scale
        painter.fillRect(self.rect(), QColor(theme.tokens.surface))
        for index, track in enumerate(self.tracks):
            shade_range(painter, self.studio, scale, index * ROW + 1, ROW - 1)
            if self.studio.tracks.lives(track):
                self._paint_track(painter, track, (index + 0.5) * ROW)
        selecting = self.hand.current
        if isinstance(selecting, SelectValueKeys):
            paint_box(painter, selecting.box)
        paint_lines(painter, self.studio, scale, 0, self.height())

    def _paint_track(self, painter: QPainter, track: Track, y: float) -> None:
        value, scale, tokens = self.studio.tracks.value(track), self.axis.scale, theme.tokens
        drag, selection = self.axis.value_drag, self.studio.tracks.selected
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = scale.x(int(value.frames[0])), scale.x(int(value.frames[-1]))
        painter.fillRect(QRectF(first, y - LINE / 2, last - first, LINE), QColor(tokens.control))
        for frame, way in zip(value.frames, value.ways, strict=True):
            selected = TrackKey(track, int(frame)) in selection
            paint = paint_square if way == STEP else paint_diamond
            moved = drag.by if selected else 0
            if moved and drag.copy:
                paint(painter, scale.x(int(frame)), y, tokens.key)
            paint(painter, scale.x(int(frame) + moved), y, tokens.key_selected if selected else tokens.key)


class ValueName(QLabel):
    """The name of a value; a click shows its force in Properties, and its curve."""

    def __init__(self, studio: Studio, track: Track) -> None:
        super().__init__()
        self.studio, self.track = studio, track
        name, short = capital(tr(studio.tracks.title(track))), capital(tr(track.title))
        self.setFixedHeight(ROW)
        self.setContentsMargins(INDENT, 0, AIR, 0)
        self.setToolTip(tr("{name}: click to show its curve", name=name))
        room = WIDTH - INDENT - AIR
        self.setText(self.fontMetrics().elidedText(short, Qt.TextElideMode.ElideRight, room))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.studio.forces.animating.emit()
        self.studio.forces.look_at(self.track.place)
