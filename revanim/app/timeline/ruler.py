"""The ruler: frames laid along the window, the range that plays, and the playhead to drag."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from revanim.app.gesture import Gesture, Gestures
from revanim.app.session import Session
from revanim.app.theme import font, theme
from revanim.app.timeline.gestures import MarkRange, Scrub, Slide
from revanim.app.timeline.keys import DragKeys, SelectKeys, key_at, paint_keys
from revanim.app.timeline.scale import Scale, fit, pan, tick_steps, ticks, zoom

HEIGHT = 56
NUMBERS = 20  # pixels: the band of the numbers and the pill
BAR = 8  # pixels: the band of the range that plays, at the bottom
KEYS = 38  # pixels down to the middle of the diamonds
MARGIN = 28
LABEL_ROOM = 64
PILL_AIR = 4  # pixels to either side of the pill that hide the numbers beneath
GRIP = 6  # pixels to either side of an edge
MARKING = "Drag across the ruler to mark the frames that play  ·  P takes it back"
NOTCH = 120  # wheel units
ZOOM = 1.25


class Ruler(QWidget):
    """Press to jump, drag to scrub; wheel to zoom, middle-drag to slide; drag the bar's ends to set what plays."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.scale = Scale(0.0, 1.0)
        self.marking = False  # the next drag marks the range that plays
        self._fitted = True
        self._still: QPixmap | None = None  # all but the playhead
        self.gestures = Gestures(self, self._begin)
        self.setObjectName("ruler")
        self.setAccessibleName("Ruler")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        session.opened.connect(self.fit)
        session.scene_changed.connect(self._refresh)
        session.range_changed.connect(self._refresh)
        session.frame_changed.connect(self._follow)
        session.frame_shown.connect(self._follow)
        session.keys.changed.connect(self.update)
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT)

    def frame_at(self, x: float) -> int:
        """Return the frame at a pixel; beyond the ruler, that of its edge."""
        return self.scale.frame(min(max(x, 0.0), float(self.width())))

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of time."""
        self.scale, self._fitted = scale, False
        self._redraw()

    def fit(self) -> None:
        """Show all frames of the scene, and go on doing so when the window changes its size."""
        timing = self.session.scene.timing
        self.scale, self._fitted = fit(timing.first, timing.last, self.width(), MARGIN), True
        self._redraw()

    def mark_range(self) -> None:
        """Let the next drag mark the range that plays; a second call takes that back."""
        self._set_marking(not self.marking)

    def _set_marking(self, marking: bool) -> None:
        self.marking = marking
        self.setCursor(Qt.CursorShape.IBeamCursor if marking else Qt.CursorShape.ArrowCursor)
        self.session.hinted.emit(MARKING if marking else "")

    def _refresh(self) -> None:
        if self._fitted:
            self.fit()
        self._redraw()

    def _redraw(self) -> None:
        self._still = None
        self.update()

    def _follow(self) -> None:
        """Turn the page when the playhead leaves the ruler."""
        x = self.scale.x(self.session.frame)
        if not 0 <= x <= self.width() and self.gestures.current is None:
            self.set_scale(pan(self.scale, MARGIN - x if x > 0 else self.width() - MARGIN - x))
        self.update()

    # The mouse

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            return Slide(self, point)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        edge = self._edge_at(point)
        if edge is not None:
            first, last = self.session.range
            return MarkRange(self.session, self, last if edge == first else first)
        key = key_at(self.session, self, point, KEYS)
        if key is not None:
            return DragKeys(self.session, self, key, bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return SelectKeys(self.session, self, point)
        if self.marking or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._set_marking(False)
            return MarkRange(self.session, self, self.frame_at(point.x()))
        return Scrub(self.session, self, point)

    def _edge_at(self, point: QPointF) -> int | None:
        """Return the end of the range whose grip is under the pointer."""
        near = [edge for edge in self.session.range if abs(self.scale.x(edge) - point.x()) <= GRIP]
        return near[0] if near and point.y() >= HEIGHT - BAR - 4 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.marking:
            over = self._edge_at(event.position()) is not None
            over = over or key_at(self.session, self, event.position(), KEYS) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, across = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(across) > abs(turn):
            self.set_scale(pan(self.scale, across or turn))
        else:
            self.set_scale(zoom(self.scale, ZOOM ** (turn / NOTCH), event.position().x()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refresh()

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        self._still = self._still or self._paint_still()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        paint_keys(painter, self.session, self, KEYS, theme.tokens)
        self._paint_playhead(painter)

    def _paint_still(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        still.fill(QColor(theme.tokens.surface))
        painter = QPainter(still)
        self._paint_range(painter)
        self._paint_ticks(painter)
        self._paint_home(painter)
        painter.end()
        return still

    def _band(self, first: float, last: float, top: float, height: float) -> QRectF:
        left, right = self.scale.x(first), self.scale.x(last)
        return QRectF(left, top, right - left, height)

    def _paint_range(self, painter: QPainter) -> None:
        timing, (first, last) = self.session.scene.timing, self.session.range
        track = HEIGHT - NUMBERS - BAR
        painter.fillRect(self._band(timing.first, timing.last, NUMBERS, track), QColor(theme.tokens.panel))
        painter.fillRect(self._band(first, last, NUMBERS, track), QColor(theme.tokens.header))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.accent if self.session.has_play_range else theme.tokens.control))
        bar = self._band(first, last, HEIGHT - BAR + 2, BAR - 4).adjusted(-2, 0, 2, 0)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(theme.tokens.playhead if self.session.has_play_range else theme.tokens.dim))
        for edge in (first, last):
            painter.drawRoundedRect(QRectF(self.scale.x(edge) - 2, HEIGHT - BAR, 4, BAR), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_ticks(self, painter: QPainter) -> None:
        label, tick = tick_steps(self.scale.pixels, LABEL_ROOM)
        painter.setFont(font(11))
        faint, strong = QColor(255, 255, 255, 26), QColor(255, 255, 255, 64)
        for frame in ticks(self.scale, self.width(), tick):
            x = round(self.scale.x(frame))
            labelled = frame % label == 0
            painter.fillRect(x, NUMBERS, 1, 10 if labelled else 5, strong if labelled else faint)
            if labelled:
                painter.setPen(QColor(theme.tokens.dim))
                painter.drawText(QRectF(x - 40, 0, 80, NUMBERS), Qt.AlignmentFlag.AlignCenter, str(frame))

    def _paint_home(self, painter: QPainter) -> None:
        """Mark the frame whose state the scene holds with a small house."""
        x, y = self.scale.x(self.session.scene.timing.home) + 0.5, KEYS
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.dim))
        house = [(0, -5.5), (5.5, -0.5), (3.5, -0.5), (3.5, 4.5), (-3.5, 4.5), (-3.5, -0.5), (-5.5, -0.5)]
        painter.drawPolygon(QPolygonF([QPointF(x + right, y + down) for right, down in house]))

    def _paint_playhead(self, painter: QPainter) -> None:
        """Draw a line and a pill where the artist is, and a faint line where the walk is."""
        shot, x = self.session.shot, round(self.scale.x(self.session.frame))
        if shot is not None and shot.frame != self.session.frame:
            faint = QColor(theme.tokens.playhead)
            faint.setAlpha(110)
            painter.fillRect(round(self.scale.x(shot.frame)), NUMBERS, 1, HEIGHT - NUMBERS, faint)
        painter.fillRect(x, NUMBERS - 2, 1, HEIGHT - NUMBERS + 2, QColor(theme.tokens.playhead))
        text = str(self.session.frame)
        painter.setFont(font(11, font().Weight.DemiBold))
        half = max(painter.fontMetrics().horizontalAdvance(text) / 2 + 7, 14)
        painter.fillRect(
            QRectF(x - half - PILL_AIR, 0, 2 * (half + PILL_AIR), NUMBERS - 2), QColor(theme.tokens.surface)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.tokens.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        pill = QRectF(x + 0.5 - half, 1, 2 * half, NUMBERS - 2)
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
