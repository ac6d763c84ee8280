"""What a press on the ruler begins: a drag of what lies under the pointer, else it scrubs, selects or marks."""

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from revanim.scene.scene import Keyframe
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.drags import MarkRange, Scrub, Slide, SlideRange
from revanim.window.timeline.face import BAR, HEIGHT, KEYS, NUMBERS
from revanim.window.timeline.keys import DragHold, DragKeys, Held, SelectKeys, hold_at, key_at
from revanim.window.timeline.markers import DragMarker, marker_at

GRIP = 6  # pixels to either side of an edge


def begin(axis: Axis, hand: Hand, event: QMouseEvent) -> Gesture | None:
    """Return what a press begins."""
    point = event.position()
    if event.button() == Qt.MouseButton.MiddleButton:
        return Slide(axis, point)
    if event.button() != Qt.MouseButton.LeftButton:
        return None
    if marker_at(axis, point) is not None and event.type() == QEvent.Type.MouseButtonDblClick:
        return None  # it is named
    return take(axis, hand, point) or sweep(axis, hand, point)


def take(axis: Axis, hand: Hand, point: QPointF) -> Gesture | None:
    """Begin to drag what lies under the pointer, if anything does."""
    session = axis.studio.session
    first, last = session.range
    edge, marker, key = edge_at(axis, point), marker_at(axis, point), key_on(axis, point)
    if edge is not None:
        return MarkRange(axis, hand, last if edge == first else first)
    if session.has_play_range and point.y() >= HEIGHT - BAR and first <= axis.scale.time(point.x()) <= last:
        return SlideRange(axis, point)
    if marker is not None:
        return DragMarker(axis, hand, marker)
    if key is not None:
        return DragKeys(axis, hand, key)
    held = hold_on(axis, point)
    return None if held is None else DragHold(axis, hand, held)


def sweep(axis: Axis, hand: Hand, point: QPointF) -> Gesture:
    """Begin to scrub, to select keys, or to mark the range that plays."""
    if hand.held & Held.ControlModifier and point.y() > NUMBERS:
        return SelectKeys(axis, hand, point, partial(keys_between, axis))
    if axis.marking or hand.held & Held.ShiftModifier:
        axis.set_marking(False)
        return MarkRange(axis, hand, axis.snapped(point.x(), hand.held))
    return Scrub(axis, hand, point)


def is_grip(axis: Axis, point: QPointF) -> bool:
    """Whether a press at a point would take hold of something."""
    found = edge_at(axis, point), marker_at(axis, point), key_on(axis, point), hold_on(axis, point)
    return any(each is not None for each in found)


def edge_at(axis: Axis, point: QPointF) -> int | None:
    """Return the end of the range whose grip is under the pointer."""
    near = [edge for edge in axis.studio.session.range if abs(axis.scale.x(edge) - point.x()) <= GRIP]
    return near[0] if near and point.y() >= HEIGHT - BAR - 4 else None


def key_on(axis: Axis, point: QPointF) -> Keyframe | None:
    """Return the keyframe whose diamond is under the pointer."""
    return key_at(axis.studio.keyframes.all, axis, point, KEYS)


def hold_on(axis: Axis, point: QPointF) -> Keyframe | None:
    """Return the keyframe the end of whose hold is under the pointer."""
    return hold_at(axis.studio.keyframes.all, axis, point, KEYS)


def keys_between(axis: Axis, box: QRectF) -> list[Keyframe]:
    """Return the keyframes above or below which a box lies."""
    keys = axis.studio.session.scene.keyframes
    return [key for key in keys if box.left() <= axis.scale.x(key.frame) <= box.right()]
