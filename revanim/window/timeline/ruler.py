"""The ruler: frames laid along the window, the range that plays, the keys and markers, and the playhead to drag."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
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
from PySide6.QtWidgets import QSizePolicy, QWidget

from revanim.scene.scene import Marker
from revanim.sentence import Sentence
from revanim.session.words import tr
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import pop_up
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.face import (
    HEIGHT,
    KEYS,
    STRIP,
    STRIP_HEIGHT,
    band,
    paint_face,
    paint_playhead,
)
from revanim.window.timeline.keys import SelectKeys, choose_key, paint_box, paint_keys
from revanim.window.timeline.markers import NameMarker, marker_at, paint_markers
from revanim.window.timeline.presses import begin, is_grip, key_on
from revanim.window.timeline.strip import paint_break, paint_drift, paint_misses
from revanim.window.timeline.tips import tip_at

HINT = Sentence(
    "Drag to scrub  ·  Shift to mark what plays  ·  Ctrl to snap, or below the numbers to select keys"
    "  ·  Ctrl on a key to copy it  ·  wheel to zoom, middle-drag to slide"
)


class Ruler(QWidget):
    """Press to jump, drag to scrub; wheel to zoom, middle-drag to slide; drag the bar's ends to set what plays."""

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.axis, self.studio = axis, axis.studio
        axis.width = float(self.width())
        self.menu: list[QAction] = []
        self._face: QPixmap | None = None
        self._size: float | None = None  # of the scene, once it is needed
        self._taking = False  # the mouse has just been pressed
        self.hand = Hand(self, self._begin)
        self.installEventFilter(self.hand)
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
        studio.session.opened.connect(self.axis.fit)
        studio.session.scene_changed.connect(self._reread)
        studio.session.range_changed.connect(self._refresh)
        studio.breaks.changed.connect(self._refresh)
        studio.timeline.changed.connect(self.axis.laid_out)
        studio.session.frame_changed.connect(self._follow)
        studio.session.frame_shown.connect(self._follow)
        studio.keyframes.changed.connect(self.update)
        studio.markers.changed.connect(self.update)
        studio.markers.naming.connect(self.name_marker)
        theme.changed.connect(self.axis.laid_out)
        studio.horizon.changed.connect(self._redraw)
        self.axis.laid_out.connect(self._redraw)
        self.axis.dragged.connect(self.update)
        self.axis.marking_changed.connect(self._wear_cursor)

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT)

    def inherit(self, before: "Ruler") -> None:
        """Show the same stretch of time, and wait for the same drag."""
        if not before.axis.fitted:
            self.axis.set_scale(before.axis.scale)
        if before.axis.marking:
            self.axis.set_marking(True)

    def name_marker(self, marker: Marker) -> None:
        """Let the person type a name for a marker, where it is."""
        self.axis.reveal(marker.frame)
        NameMarker(self.axis, self, marker)

    def _reread(self) -> None:
        self._size = None
        self._refresh()

    def _refresh(self) -> None:
        if self.axis.fitted:
            self.axis.fit()
        else:
            self.axis.laid_out.emit()

    def _redraw(self) -> None:
        self._face = None
        self.update()

    def _follow(self) -> None:
        if self.hand.current is None and not self._taking:
            self.axis.follow()
        self.update()

    # The mouse

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        self._taking = True
        try:
            return begin(self.axis, self.hand, event)
        finally:
            self._taking = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if not self.axis.marking:
            over = is_grip(self.axis, point)
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tip_at(self.axis, point))

    def _wear_cursor(self) -> None:
        self.setCursor(Qt.CursorShape.IBeamCursor if self.axis.marking else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Name the marker that the second of two quick presses did not take hold of."""
        marker = marker_at(self.axis, event.position())
        if marker is not None:
            self.name_marker(marker)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.axis.turn_wheel(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.pos(), event.globalPos())

    def open_menu(self, point: QPoint, place: QPoint) -> None:
        """Show what can be done here; a marker or a key under the pointer is what the commands are about."""
        self.studio.markers.select(marker_at(self.axis, QPointF(point)))
        key = choose_key(self.axis, key_on(self.axis, QPointF(point)))
        pop_up(self, self.axis.key_menu if key else self.menu, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.axis.width = float(self.width())
        self._refresh()

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        studio, scale = self.studio, self.axis.scale
        self._face = self._face or paint_face(studio, scale, self.size(), self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._face)
        self._paint_strip(painter)
        selecting = self.hand.current
        if isinstance(selecting, SelectKeys):
            paint_box(painter, QRectF(selecting.box.left(), KEYS - 12, selecting.box.width(), 24))
        paint_keys(painter, self.axis, studio.keyframes.all, KEYS)
        paint_markers(painter, self.axis)
        paint_playhead(painter, studio, scale)

    def _paint_strip(self, painter: QPainter) -> None:
        timing, known = self.studio.session.scene.timing, self.studio.keyframes.misses
        misses = {key: known[key] for key in self.studio.session.scene.keyframes if key in known}
        strip = band(self.axis.scale, timing.first, timing.last, STRIP, STRIP_HEIGHT)
        seen = strip.intersected(QRectF(self.rect()))
        paint_drift(painter, self.studio.readings, self.axis.scale, seen)
        if self.studio.breaks.frame is not None:
            paint_break(painter, self.studio.breaks.frame, self.studio.session.scene.timing.home, self.axis.scale, seen)
        if misses and self._size is None:
            self._size = self.studio.solving.size
        paint_misses(painter, misses, self._size or 0.0, self.axis.scale, STRIP + STRIP_HEIGHT / 2)
