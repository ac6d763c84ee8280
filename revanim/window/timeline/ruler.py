"""The ruler: frames laid along the window, the range that plays, the keys and markers, and the playhead to drag."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from revanim.scene.scene import Marker
from revanim.sentence import NOTHING, Sentence
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.gesture import Gesture, Gestures
from revanim.window.kit.theme import theme
from revanim.window.timeline.face import (
    HEIGHT,
    KEYS,
    STRIP,
    STRIP_HEIGHT,
    band,
    paint_face,
    paint_playhead,
)
from revanim.window.timeline.keys import DragKeys, Held, SelectKeys, paint_box, paint_keys
from revanim.window.timeline.markers import NameMarker, marker_at, paint_markers
from revanim.window.timeline.presses import begin, is_grip
from revanim.window.timeline.scale import Scale, fit, pan, zoom
from revanim.window.timeline.strip import paint_drift, paint_misses
from revanim.window.timeline.tips import tip_at

MARGIN = 28
CATCH = 10  # pixels to either side of what a drag snaps to
HINT = Sentence(
    "Drag to scrub  ·  Shift to mark what plays  ·  Ctrl to snap, or below the numbers to select keys"
    "  ·  Alt on a key to copy it  ·  wheel to zoom, middle-drag to slide"
)
MARKING = Sentence("Drag across the ruler to mark the frames that play  ·  P takes it back")
NOTCH = 120  # wheel units
ZOOM = 1.25


class Ruler(QWidget):
    """Press to jump, drag to scrub; wheel to zoom, middle-drag to slide; drag the bar's ends to set what plays."""

    changed = Signal()  # time is laid out anew, or a drag shows what it would do

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.scale = Scale(0.0, 1.0)
        self.marking = False  # the next drag marks the range that plays
        self.drag: DragKeys | None = None  # the drag of keys under way, here or on a row
        self.menu: list[QAction] = []
        self.readings = studio.readings
        self._fitted = True
        self._face: QPixmap | None = None
        self._size: float | None = None  # of the scene, once it is needed
        self._taking = False  # the mouse has just been pressed
        self.gestures = Gestures(self, self._begin)
        self.setObjectName("ruler")
        self.setAccessibleName(tr("Ruler"))
        self.setStatusTip(tr(HINT))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._listen()

    def _listen(self) -> None:
        studio = self.studio
        studio.session.opened.connect(self.fit)
        studio.session.scene_changed.connect(self._reread)
        studio.session.range_changed.connect(self._refresh)
        studio.timeline.changed.connect(self._redraw)
        studio.session.frame_changed.connect(self._follow)
        studio.session.frame_shown.connect(self._follow)
        studio.keyframes.changed.connect(self.update)
        studio.markers.changed.connect(self.update)
        studio.markers.naming.connect(self.name_marker)
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT)

    def inherit(self, before: "Ruler") -> None:
        """Show the same stretch of time, and wait for the same drag."""
        if not before._fitted:
            self.set_scale(before.scale)
        if before.marking:
            self.set_marking(True)

    # Time laid along the ruler

    def frame_at(self, x: float) -> int:
        """Return the frame at a pixel; beyond the ruler, that of its edge."""
        return self.scale.frame(min(max(x, 0.0), float(self.width())))

    def caught(self, x: float, but: Collection[int] = (), hand: Gestures | None = None) -> int:
        """Return the frame at a pixel, or the key, marker or end of a range nearby where drags snap.

        They do where that is switched on, and Ctrl turns it round; frames in `but` do not catch.
        """
        frame, control = self.frame_at(x), bool((hand or self.gestures).held & Held.ControlModifier)
        if self.studio.timeline.snapping == control:
            return frame
        near = min(self._landmarks().difference(but), key=lambda mark: abs(self.scale.x(mark) - x), default=frame)
        return near if abs(self.scale.x(near) - x) <= CATCH else frame

    def _landmarks(self) -> set[int]:
        timing, keys, markers = self.studio.session.scene.timing, self.studio.keyframes.all, self.studio.markers.all
        ends = {*self.studio.session.range, timing.first, timing.last, timing.home}
        return ends.union((key.frame for key in keys), (marker.frame for marker in markers))

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of time."""
        self.scale, self._fitted = scale, False
        self._redraw()

    def fit(self) -> None:
        """Show all frames of the scene, and go on doing so when the window changes its size."""
        timing = self.studio.session.scene.timing
        self.scale, self._fitted = fit(timing.first, timing.last, self.width(), MARGIN), True
        self._redraw()

    def mark_range(self) -> None:
        """Let the next drag mark the range that plays; a second call takes that back."""
        self.set_marking(not self.marking)

    def set_marking(self, marking: bool) -> None:
        """Let the next drag mark the range that plays, or scrub again."""
        self.marking = marking
        self.setCursor(Qt.CursorShape.IBeamCursor if marking else Qt.CursorShape.ArrowCursor)
        self.studio.session.hinted.emit(MARKING if marking else NOTHING)

    def show_drag(self, drag: DragKeys | None) -> None:
        """Paint the keys where a drag would put them."""
        self.drag = drag
        self.update()
        self.changed.emit()

    def name_marker(self, marker: Marker) -> None:
        """Let the person type a name for a marker, where it is."""
        if not 0 <= self.scale.x(marker.frame) <= self.width():
            self.set_scale(pan(self.scale, self.width() / 2 - self.scale.x(marker.frame)))
        NameMarker(self.studio, self, marker)

    def _reread(self) -> None:
        self._size = None
        self._refresh()

    def _refresh(self) -> None:
        if self._fitted:
            self.fit()
        self._redraw()

    def _redraw(self) -> None:
        self._face = None
        self.update()
        self.changed.emit()

    def _follow(self) -> None:
        """Turn the page when the playhead leaves the ruler, or keep it in the middle."""
        x, follow, width = self.scale.x(self.studio.session.frame), self.studio.timeline.follow, self.width()
        if self.gestures.current is None and not self._taking:
            if follow == "centre" and abs(x - width / 2) > 0.5:
                self.set_scale(pan(self.scale, width / 2 - x))
            elif follow == "page" and not 0 <= x <= width:
                self.set_scale(pan(self.scale, MARGIN - x if x > 0 else width - MARGIN - x))
        self.update()

    # The mouse

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        self._taking = True
        try:
            return begin(self, event)
        finally:
            self._taking = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if not self.marking:
            over = is_grip(self, point)
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tip_at(self, point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Name the marker that the second of two quick presses did not take hold of."""
        marker = marker_at(self.studio, self, event.position())
        if marker is not None:
            self.name_marker(marker)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, across = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Held.ShiftModifier or abs(across) > abs(turn):
            self.set_scale(pan(self.scale, across or turn))
        else:
            self.set_scale(zoom(self.scale, ZOOM ** (turn / NOTCH), event.position().x()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.pos(), event.globalPos())

    def open_menu(self, point: QPoint, place: QPoint) -> None:
        """Offer what can be done here; a marker under the pointer is what the commands are about."""
        self.studio.markers.select(marker_at(self.studio, self, QPointF(point)))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.menu)
        menu.popup(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refresh()

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        studio, scale = self.studio, self.scale
        self._face = self._face or paint_face(studio, scale, self.size(), self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._face)
        self._paint_strip(painter)
        selecting = self.gestures.current
        if isinstance(selecting, SelectKeys):
            paint_box(painter, QRectF(selecting.box.left(), KEYS - 12, selecting.box.width(), 24))
        paint_keys(painter, studio, self, studio.keyframes.all, KEYS)
        paint_markers(painter, studio, self)
        paint_playhead(painter, studio, scale)

    def _paint_strip(self, painter: QPainter) -> None:
        timing, known = self.studio.session.scene.timing, self.studio.keyframes.misses
        misses = {key: known[key] for key in self.studio.session.scene.keyframes if key in known}
        strip = band(self.scale, timing.first, timing.last, STRIP, STRIP_HEIGHT)
        paint_drift(painter, self.readings, self.scale, strip.intersected(QRectF(self.rect())))
        if misses and self._size is None:
            self._size = self.studio.solving.size
        paint_misses(painter, misses, self._size or 0.0, self.scale, STRIP + STRIP_HEIGHT / 2)
