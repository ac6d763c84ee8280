"""Diamonds on the ruler and on the rows below it: where the keyframes are, and what a drag does to them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.scene.scene import Keyframe
from revanim.sentence import Sentence
from revanim.window.kit.gesture import Hand
from revanim.window.kit.theme import theme
from revanim.window.timeline.axis import Axis, KeyDrag

HALF = 6.0  # pixels from the middle of a diamond to a corner
SIDE = 8.5  # of a square that looks as large
GRIP = 7.0  # pixels around the middle that take hold of it
BAR, BAR_END = 4.0, 3.0  # pixels: how high the bar of a hold is, and how far past its last frame it reaches
FAINT = 102  # of 255: how dense it is
MARKED = 40  # of 255: how dense the box of a selection is

Held = Qt.KeyboardModifier
Pick = Callable[[QRectF], Iterable[Keyframe]]  # the keys in a box


class DragKeys:
    """Moves the selected keys along the ruler; with Ctrl or Alt it leaves them there and moves copies.

    These count when the button comes up: some desktops move the window when Alt is held before the press. Ctrl that
    is held from the press on does not turn snapping round as well.
    A press without a drag goes to the frame of the key; with Shift it adds the key to the selection, or takes it out.
    """

    def __init__(self, axis: Axis, hand: Hand, key: Keyframe) -> None:
        self.studio, self.axis, self.hand, self.key = axis.studio, axis, hand, key
        self.more = bool(hand.held & Held.ShiftModifier)
        self.by = 0
        axis.studio.tracks.select(())  # of all keys on the timeline, those of one sort are selected
        self.copying = bool(hand.held & Held.ControlModifier)
        self.before = self.studio.keyframes.selected
        if key not in self.before:
            self.studio.keyframes.select(self.before | {key} if self.more else {key})

    @property
    def copy(self) -> bool:
        """Whether copies are moved."""
        return bool(self.hand.held & (Held.AltModifier | (Held.ControlModifier if self.copying else Held.NoModifier)))

    def move(self, point: QPointF) -> None:
        own = [key.frame for key in self.studio.keyframes.selected]
        held = self.hand.held & ~Held.ControlModifier if self.copying else self.hand.held
        self.by = self.axis.snapped(point.x(), held, own) - self.key.frame
        self.axis.show_key_drag(KeyDrag(self.by, self.copy))

    def finish(self) -> None:
        self.axis.show_key_drag(KeyDrag())
        if self.by:
            self.studio.keyframes.move(self.studio.keyframes.selected, self.by, self.copy)
        elif self.more:
            self.studio.keyframes.select(self.before ^ {self.key})
        else:
            self.studio.playback.stop()
            self.studio.session.show(self.key.frame)

    def cancel(self) -> None:
        self.axis.show_key_drag(KeyDrag())


class DragHold:
    """Drags the end of the bar behind a key: how long it holds."""

    def __init__(self, axis: Axis, hand: Hand, key: Keyframe) -> None:
        self.studio, self.axis, self.hand, self.key = axis.studio, axis, hand, key
        self.hold = key.hold
        self.studio.keyframes.select({key})

    def move(self, point: QPointF) -> None:
        end = self.axis.snapped(point.x(), self.hand.held, (self.key.end,))
        self.hold = max(0, end - self.key.frame)
        self.axis.show_hold_drag((self.key, self.hold))

    def finish(self) -> None:
        self.axis.show_hold_drag(None)
        if self.hold != self.key.hold:
            self.studio.keyframes.change(self.key, Sentence("Set hold"), hold=self.hold)

    def cancel(self) -> None:
        self.axis.show_hold_drag(None)


class SelectKeys:
    """Selects the keys in the box between the press and the pointer; with Shift, beside those that are."""

    def __init__(self, axis: Axis, hand: Hand, point: QPointF, pick: Pick) -> None:
        self.axis, self.keyframes, self.pick = axis, axis.studio.keyframes, pick
        axis.studio.tracks.select(())
        self.before = self.keyframes.selected
        self.kept = self.before if hand.held & Held.ShiftModifier else frozenset[Keyframe]()
        self.start = self.end = point

    @property
    def box(self) -> QRectF:
        """The rectangle that is marked."""
        return QRectF(self.start, self.end).normalized()

    def move(self, point: QPointF) -> None:
        self.end = point
        self.keyframes.select(self.kept.union(self.pick(self.box)))
        self.axis.dragged.emit()

    def finish(self) -> None:
        if self.start == self.end:
            self.keyframes.select(self.kept)
        self.axis.dragged.emit()

    def cancel(self) -> None:
        self.keyframes.select(self.before)
        self.axis.dragged.emit()


def choose_key(axis: Axis, key: Keyframe | None) -> bool:
    """Select what a menu is opened on, if it is not selected yet; return whether it is a key."""
    if key is not None and key not in axis.studio.keyframes.selected:
        axis.studio.keyframes.select({key})
    return key is not None


def key_at(keys: Iterable[Keyframe], axis: Axis, point: QPointF, y: float) -> Keyframe | None:
    """Return the keyframe whose diamond, `y` pixels down, is under the pointer: the nearest."""
    away = {key: abs(axis.scale.x(key.frame) - point.x()) for key in keys}
    near = min(away, key=lambda key: away[key], default=None)
    return near if near is not None and away[near] <= GRIP and abs(point.y() - y) <= GRIP + 2 else None


def hold_at(keys: Iterable[Keyframe], axis: Axis, point: QPointF, y: float) -> Keyframe | None:
    """Return the keyframe the end of whose bar, `y` pixels down, is under the pointer: the nearest."""
    held = [key for key in keys if key.hold]
    away = {key: abs(axis.scale.x(key.end) + BAR_END - point.x()) for key in held}
    near = min(away, key=lambda key: away[key], default=None)
    return near if near is not None and away[near] <= GRIP and abs(point.y() - y) <= GRIP else None


def paint_box(painter: QPainter, box: QRectF) -> None:
    """Paint the box of a selection."""
    fill = QColor(theme.tokens.key_selected)
    fill.setAlpha(MARKED)
    painter.fillRect(box, fill)


def paint_keys(painter: QPainter, axis: Axis, keys: Iterable[Keyframe], y: float) -> None:
    """Paint a diamond for each keyframe, where the drag under way has it, and a bar behind it as long as it holds."""
    drag_hold = axis.hold_drag
    drag, selection, tokens = axis.key_drag, axis.studio.keyframes.selected, theme.tokens
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for key in sorted(keys, key=lambda key: key in selection):
        selected = key in selection
        moved = drag.by if selected else 0
        if moved and drag.copy:
            _paint_bar(painter, axis, key.frame, key.hold, y, tokens.key)
            paint_diamond(painter, axis.scale.x(key.frame), y, tokens.key, key.nail)
        color = tokens.key_selected if selected else tokens.key
        hold = drag_hold[1] if drag_hold is not None and drag_hold[0] is key else key.hold
        _paint_bar(painter, axis, key.frame + moved, hold, y, color)
        if key.window:
            first, last = (axis.scale.x(frame + moved) + 0.5 for frame in key.window)
            painter.setPen(QPen(QColor(color), 2.0))
            painter.drawLine(QPointF(first, y), QPointF(last, y))
        paint_diamond(painter, axis.scale.x(key.frame + moved), y, color, key.nail)
    painter.restore()


def _paint_bar(painter: QPainter, axis: Axis, frame: int, hold: int, y: float, color: str) -> None:
    """Paint the bar of a hold, from the middle of its diamond to a little past its last frame; none without a hold."""
    if not hold:
        return
    first, last = axis.scale.x(frame), axis.scale.x(frame + hold)
    faint = QColor(color)
    faint.setAlpha(FAINT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faint)
    painter.drawRoundedRect(QRectF(first, y - BAR / 2, last - first + BAR_END, BAR), BAR / 2, BAR / 2)


def paint_square(painter: QPainter, x: float, y: float, color: str) -> None:
    """Paint a square like a diamond: the key of a value that stays until the next."""
    painter.setPen(QPen(QColor(theme.tokens.surface), 1.5))
    painter.setBrush(QColor(color))
    painter.drawRect(QRectF(x + 0.5 - SIDE / 2, y - SIDE / 2, SIDE, SIDE))


def paint_diamond(painter: QPainter, x: float, y: float, color: str, nail: bool = False) -> None:
    """Paint a diamond with a dark rim, so that neighbours stay apart; a nail has a hole."""
    x += 0.5
    corners = [QPointF(x, y - HALF), QPointF(x + HALF, y), QPointF(x, y + HALF), QPointF(x - HALF, y)]
    painter.setPen(QPen(QColor(theme.tokens.surface), 1.5))
    painter.setBrush(QColor(color))
    painter.drawPolygon(QPolygonF(corners))
    if nail:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.surface))
        painter.drawEllipse(QPointF(x, y), 2.0, 2.0)
