"""A ramp under the hand: drag its stops, double-click beside them for another, and on one for its colour."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from revanim.scene.looks.ramp import along, moved_stop, table_of, valued_stop, with_stop, without_stop
from revanim.scene.scene import Ramp
from revanim.session.drag import Drag
from revanim.session.words import tr
from revanim.window.kit.fields.swatch import color_menu
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.kit.theme import theme

Put = Callable[[Ramp, Drag | None], object]
Key = Qt.Key

HEIGHT, EDGE, KNOB = 46, 7, 5.0  # pixels: of the field, around the strip, and of a stop
REACH = 9.0  # pixels from a stop that take it
STEP = 0.01  # by an arrow key


class DragStop:
    """Moves a stop along the strip; of numbers, also up and down. All of it is one undo step."""

    def __init__(self, field: "RampField", stop: int) -> None:
        self.field, self.stop, self.before, self.drag = field, stop, field.ramp, Drag()

    def move(self, point: QPointF) -> None:
        ramp = moved_stop(self.before, self.stop, self.field.share_at(point))
        if not self.field.colored:
            ramp = valued_stop(ramp, self.stop, (self.field.value_at(point),))
        self.field.put(ramp, self.drag)

    def finish(self) -> None:
        self.field.update()

    def cancel(self) -> None:
        self.field.put(self.before, self.drag)


class RampField(QWidget):
    """Shows a ramp: colours as a strip, numbers as a curve; `put(ramp, drag)` hears what the hand makes of it."""

    def __init__(self, name: str, tip: str, ramp: Ramp, most: float, put: Put) -> None:
        super().__init__()
        self.ramp, self.most, self.put, self.chosen = ramp, most, put, 0
        self.hand = Hand(self, self._begin)
        self.installEventFilter(self.hand)
        self.setObjectName(name)
        self.setAccessibleName(tip)
        self.setToolTip(tip)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStatusTip(
            tr("Drag a stop  ·  double-click for another, or on one for its colour  ·  Del takes it away")
        )

    @property
    def colored(self) -> bool:
        """Whether its values are colours."""
        return len(self.ramp.values[0]) == 3

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def display(self, ramp: Ramp) -> None:
        """Show another ramp."""
        self.ramp, self.chosen = ramp, min(self.chosen, len(ramp.at) - 1)
        self.update()

    # Where things are

    @property
    def strip(self) -> QRectF:
        """Where the ramp is painted."""
        return QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -2 * EDGE if self.colored else -EDGE)

    @property
    def top(self) -> float:
        """The value at the upper edge of a curve."""
        return min(self.most, max(1.0, *(1.25 * value[0] for value in self.ramp.values)))

    def share_at(self, point: QPointF) -> float:
        """Return how far along the strip a point is, 0 to 1."""
        return min(1.0, max(0.0, (point.x() - self.strip.left()) / self.strip.width()))

    def value_at(self, point: QPointF) -> float:
        """Return the number at the height of a point."""
        return min(self.most, max(0.0, (self.strip.bottom() - point.y()) / self.strip.height() * self.top))

    def place_of(self, stop: int) -> QPointF:
        """Return where a stop is taken."""
        x = self.strip.left() + self.ramp.at[stop] * self.strip.width()
        if self.colored:
            return QPointF(x, self.strip.bottom() + EDGE)
        return QPointF(x, self.strip.bottom() - self.ramp.values[stop][0] / self.top * self.strip.height())

    def stop_at(self, point: QPointF) -> int | None:
        """Return the stop at a point: the nearest."""
        away = [abs(self.place_of(stop).x() - point.x()) if self.colored else
                (self.place_of(stop) - point).manhattanLength() for stop in range(len(self.ramp.at))]  # fmt: skip
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= REACH else None

    # What a hand does

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        point, stop = event.position(), self.stop_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._open(stop, point)
            return None
        self.chosen = self.chosen if stop is None else stop
        self.update()
        return None if stop is None else DragStop(self, stop)

    def _open(self, stop: int | None, point: QPointF) -> None:
        """Set another stop where there is none, or ask for the colour of one."""
        if stop is None:
            made, self.chosen = with_stop(self.ramp, self.share_at(point))
            self.put(made, None)
        elif self.colored:
            color_menu(self, lambda color: self._paint_stop(stop, color)).popup(self.mapToGlobal(point.toPoint()))

    def _paint_stop(self, stop: int, color: tuple[int, int, int]) -> None:
        red, green, blue = color
        self.put(valued_stop(self.ramp, stop, (float(red), float(green), float(blue))), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.ramp.at[self.chosen]
        if key in (Key.Key_Delete, Key.Key_Backspace):
            self.put(without_stop(self.ramp, self.chosen), None)
        elif key in (Key.Key_Left, Key.Key_Right):
            self.put(moved_stop(self.ramp, self.chosen, at + (STEP if key == Key.Key_Right else -STEP)), None)
        elif key in (Key.Key_Up, Key.Key_Down) and not self.colored:
            value = self.ramp.values[self.chosen][0] + STEP * self.top * (1 if key == Key.Key_Up else -1)
            self.put(valued_stop(self.ramp, self.chosen, (min(self.most, max(0.0, value)),)), None)
        else:
            super().keyPressEvent(event)

    # What it shows

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        outline = QPainterPath()
        outline.addRoundedRect(self.strip, 3, 3)
        painter.fillPath(outline, QColor(tokens.control))
        painter.setClipPath(outline)
        self._paint_colors(painter) if self.colored else self._paint_curve(painter)
        painter.setClipping(False)
        for stop in range(len(self.ramp.at)):
            chosen = stop == self.chosen and self.hasFocus()
            painter.setPen(QPen(QColor(tokens.key_selected if chosen else tokens.text), 1.5))
            painter.setBrush(self._color_of(stop) if self.colored else QColor(tokens.accent))
            painter.drawEllipse(self.place_of(stop), KNOB, KNOB)

    def _color_of(self, stop: int) -> QColor:
        return QColor(*(round(part) for part in self.ramp.values[stop]))

    def _paint_colors(self, painter: QPainter) -> None:
        table = np.rint(table_of(self.ramp)).astype(np.uint8)
        painter.drawImage(self.strip, QImage(table.tobytes(), len(table), 1, QImage.Format.Format_RGB888))

    def _paint_curve(self, painter: QPainter) -> None:
        strip, share = self.strip, np.linspace(0, 1, 65)
        line = QPainterPath(strip.bottomLeft())
        for at, (value,) in zip(share, along(self.ramp, share), strict=True):
            line.lineTo(strip.left() + at * strip.width(), strip.bottom() - value / self.top * strip.height())
        line.lineTo(strip.bottomRight())
        painter.fillPath(line, QColor(theme.tokens.playhead))
