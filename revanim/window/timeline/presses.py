"""What a press on the ruler takes hold of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from revanim.scene.scene import Keyframe
from revanim.window.kit.gesture import Gesture
from revanim.window.timeline.face import BAR, HEIGHT, KEYS, NUMBERS
from revanim.window.timeline.gestures import MarkRange, Scrub, Slide, SlideRange
from revanim.window.timeline.keys import DragKeys, Held, SelectKeys, key_at
from revanim.window.timeline.markers import DragMarker, marker_at

if TYPE_CHECKING:
    from revanim.window.timeline.ruler import Ruler

GRIP = 6  # pixels to either side of an edge


def begin(ruler: Ruler, event: QMouseEvent) -> Gesture | None:
    """Return what a press begins."""
    point, studio = event.position(), ruler.studio
    if event.button() == Qt.MouseButton.MiddleButton:
        return Slide(ruler, point)
    if event.button() != Qt.MouseButton.LeftButton:
        return None
    if marker_at(studio, ruler, point) is not None and event.type() == QEvent.Type.MouseButtonDblClick:
        return None  # it is named
    return take(ruler, point, event.modifiers()) or sweep(ruler, point, event.modifiers())


def take(ruler: Ruler, point: QPointF, held: Held) -> Gesture | None:
    """Begin to drag what lies under the pointer, if anything does."""
    studio = ruler.studio
    first, last = studio.session.range
    edge, marker, key = edge_at(ruler, point), marker_at(studio, ruler, point), key_on(ruler, point)
    if edge is not None:
        return MarkRange(studio, ruler, last if edge == first else first)
    if studio.session.has_play_range and point.y() >= HEIGHT - BAR and first <= ruler.scale.time(point.x()) <= last:
        return SlideRange(studio, ruler, point)
    if marker is not None:
        return DragMarker(studio, ruler, marker)
    if key is not None:
        return DragKeys(ruler, ruler.gestures, key, held)
    return None


def sweep(ruler: Ruler, point: QPointF, held: Held) -> Gesture:
    """Begin to scrub, to select keys, or to mark the range that plays."""
    studio = ruler.studio
    if held & Held.ControlModifier and point.y() > NUMBERS:
        more = bool(held & Held.ShiftModifier)
        return SelectKeys(studio, ruler, point, lambda box: keys_between(ruler, box), more)
    if ruler.marking or held & Held.ShiftModifier:
        ruler.set_marking(False)
        return MarkRange(studio, ruler, ruler.caught(point.x()))
    return Scrub(studio, ruler, point)


def is_grip(ruler: Ruler, point: QPointF) -> bool:
    """Whether a press at a point would take hold of something."""
    found = edge_at(ruler, point), marker_at(ruler.studio, ruler, point), key_on(ruler, point)
    return any(each is not None for each in found)


def edge_at(ruler: Ruler, point: QPointF) -> int | None:
    """Return the end of the range whose grip is under the pointer."""
    near = [edge for edge in ruler.studio.session.range if abs(ruler.scale.x(edge) - point.x()) <= GRIP]
    return near[0] if near and point.y() >= HEIGHT - BAR - 4 else None


def key_on(ruler: Ruler, point: QPointF) -> Keyframe | None:
    """Return the keyframe whose diamond is under the pointer."""
    return key_at(ruler.studio.keyframes.all, ruler, point, KEYS)


def keys_between(ruler: Ruler, box: QRectF) -> list[Keyframe]:
    """Return the keyframes above or below which a box lies."""
    keys = ruler.studio.session.scene.keyframes
    return [key for key in keys if box.left() <= ruler.scale.x(key.frame) <= box.right()]
