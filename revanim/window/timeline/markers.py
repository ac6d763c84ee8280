"""Flags on the ruler: where the markers are, what a drag does to them, and the field in which they are named."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QWidget

from revanim.scene.scene import Marker
from revanim.session.words import tr
from revanim.window.kit.gesture import Hand
from revanim.window.kit.theme import font, theme
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.face import NUMBERS

HALF, HEIGHT = 5.0, 12.0  # pixels of a flag
GRIP = 8.0  # pixels to either side that take hold of it
ROOM = 6.0  # pixels between a flag and its name
LEAST_ROOM = 24.0  # for a name before the next flag; with less it is left out
LONGEST = 64  # letters of a name
NAMING = 160  # pixels of the field


class DragMarker:
    """Moves a marker along the ruler; a press without a drag goes to its frame."""

    def __init__(self, axis: Axis, hand: Hand, marker: Marker) -> None:
        self.studio, self.axis, self.hand, self.marker = axis.studio, axis, hand, marker
        self.frame = marker.frame
        self.studio.markers.select(marker)

    def move(self, point: QPointF) -> None:
        self.frame = self.axis.snapped(point.x(), self.hand.held, but=[self.marker.frame])
        self.axis.show_marker_drag((self.marker, self.frame))

    def finish(self) -> None:
        self.axis.show_marker_drag(None)
        if self.frame != self.marker.frame:
            self.studio.markers.move(self.marker, self.frame)
        else:
            self.studio.playback.stop()
            self.studio.session.show(self.frame)

    def cancel(self) -> None:
        self.axis.show_marker_drag(None)


class NameMarker(QLineEdit):
    """A field over the ruler: Return keeps the name, Esc and leaving do not."""

    def __init__(self, axis: Axis, ruler: QWidget, marker: Marker) -> None:
        super().__init__(marker.name, ruler)
        self.studio, self.ruler, self.marker = axis.studio, ruler, marker
        self.setObjectName("marker-name")
        self.setAccessibleName(tr("Name of the marker"))
        self.setPlaceholderText(tr("Name of the marker"))
        self.setMaxLength(LONGEST)
        left = round(min(max(axis.scale.x(marker.frame) + ROOM, 0), ruler.width() - NAMING))
        self.setGeometry(left, NUMBERS, NAMING, self.sizeHint().height())
        self.returnPressed.connect(self._enter)
        self.studio.session.scene_changed.connect(self.deleteLater)
        self.selectAll()
        self.show()
        self.setFocus()

    def _enter(self) -> None:
        self.studio.markers.name(self.marker, self.text())
        self._leave()

    def _leave(self) -> None:
        self.hide()
        self.ruler.setFocus()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.hide()
            self.deleteLater()


def marker_at(axis: Axis, point: QPointF) -> Marker | None:
    """Return the marker whose flag is under the pointer: the nearest."""
    away = {marker: abs(axis.scale.x(marker.frame) - point.x()) for marker in axis.studio.markers.all}
    near = min(away, key=lambda marker: away[marker], default=None)
    below = NUMBERS <= point.y() <= NUMBERS + HEIGHT + 2
    return near if near is not None and below and away[near] <= GRIP else None


def paint_markers(painter: QPainter, axis: Axis) -> None:
    """Paint a flag and a name for each marker, where the drag under way has it."""
    markers, tokens = axis.studio.markers, theme.tokens
    dragged = dict([axis.marker_drag] if axis.marker_drag else [])
    places = [(axis.scale.x(dragged.get(marker, marker.frame)), marker) for marker in markers.all]
    places.sort(key=lambda place: place[0])
    ends = [x for x, _ in places[1:]] + [axis.width]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(11))
    for (x, marker), end in zip(places, ends, strict=False):
        color = QColor(tokens.key_selected if marker == markers.selected else tokens.key)
        painter.setPen(QPen(QColor(tokens.surface), 1.0))
        painter.setBrush(color)
        painter.drawPolygon(_flag(x + 0.5))
        room = end - x - 2 * ROOM - HALF
        if marker.name and room > LEAST_ROOM:
            metrics = painter.fontMetrics()
            text = metrics.elidedText(marker.name, Qt.TextElideMode.ElideRight, int(room))
            place = QRectF(x + HALF + ROOM, NUMBERS, metrics.horizontalAdvance(text) + 1, HEIGHT + 2)
            painter.fillRect(place, QColor(tokens.header))  # over the ticks
            painter.setPen(color)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def _flag(x: float) -> QPolygonF:
    top, foot = NUMBERS + 1.0, NUMBERS + 1.0 + HEIGHT
    corners = [(-HALF, top), (HALF, top), (HALF, foot - HALF), (0.0, foot), (-HALF, foot - HALF)]
    return QPolygonF([QPointF(x + across, y) for across, y in corners])
