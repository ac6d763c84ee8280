"""Time laid along the timeline: which frame is at which pixel, what a drag snaps to, and what it would do."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QWheelEvent

from revanim.scene.scene import Keyframe, Marker
from revanim.sentence import NOTHING, Sentence
from revanim.session.studio import Studio
from revanim.window.timeline.scale import Scale, fit, pan, zoom

MARGIN = 28
SNAP = 10  # pixels to either side of what a drag snaps to
NOTCH = 120  # wheel units
ZOOM = 1.25  # by one notch
MARKING = Sentence("Drag across the ruler to mark the frames that play  ·  P takes it back")


@dataclass(frozen=True)
class KeyDrag:
    """Where a drag would put the selected keys: so many frames on, themselves or copies of them."""

    by: int = 0
    copy: bool = False


class Axis(QObject):
    """What the ruler and the rows below it have in common; drags are given it, and the widgets show it."""

    laid_out = Signal()  # another stretch of time, or another look of it
    dragged = Signal()  # a drag would do something else now
    marking_changed = Signal()

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self.studio = studio
        self.width = 0.0  # pixels
        self.scale = Scale(0.0, 1.0)
        self.fitted = True  # all frames of the scene are shown, however many they become
        self.marking = False  # the next drag marks the range that plays
        self.key_drag = KeyDrag()
        self.value_drag = KeyDrag()
        self.key_menu: list[QAction] = []  # what can be done with a key
        self.hold_drag: tuple[Keyframe, int] | None = None  # a key, and for how many frames it would hold
        self.marker_drag: tuple[Marker, int] | None = None  # a marker, and the frame to which a drag would take it

    def frame_at(self, x: float) -> int:
        """Return the frame at a pixel; beyond the ruler, that of its edge."""
        return self.scale.frame(min(max(x, 0.0), self.width))

    def snapped(self, x: float, held: Qt.KeyboardModifier, but: Collection[int] = ()) -> int:
        """Return the frame at a pixel, or the key, marker or end of a range nearby where drags snap.

        They do where that is switched on, and Ctrl turns it round; drags do not snap to frames in `but`.
        """
        frame, control = self.frame_at(x), bool(held & Qt.KeyboardModifier.ControlModifier)
        if self.studio.timeline.snapping == control:
            return frame
        near = min(self._landmarks().difference(but), key=lambda mark: abs(self.scale.x(mark) - x), default=frame)
        return near if abs(self.scale.x(near) - x) <= SNAP else frame

    def _landmarks(self) -> set[int]:
        session = self.studio.session
        timing, keys, markers = session.scene.timing, self.studio.keyframes.all, self.studio.markers.all
        ends = {*session.range, timing.first, timing.last, timing.home}
        return ends.union((key.frame for key in keys), (key.end for key in keys), (marker.frame for marker in markers))

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of time."""
        self.scale, self.fitted = scale, False
        self.laid_out.emit()

    def fit(self) -> None:
        """Show all frames of the scene, and go on doing so when the window changes its size."""
        timing = self.studio.session.scene.timing
        self.scale, self.fitted = fit(timing.first, timing.last, self.width, MARGIN), True
        self.laid_out.emit()

    def turn_wheel(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; with Shift, or across, slide."""
        turn, across = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(across) > abs(turn):
            self.set_scale(pan(self.scale, across or turn))
        else:
            self.set_scale(zoom(self.scale, ZOOM ** (turn / NOTCH), event.position().x()))

    def follow(self) -> None:
        """Turn the page when the playhead leaves the ruler, or keep it in the middle."""
        x, follow = self.scale.x(self.studio.session.frame), self.studio.timeline.follow
        if follow == "centre" and abs(x - self.width / 2) > 0.5:
            self.set_scale(pan(self.scale, self.width / 2 - x))
        elif follow == "page" and not 0 <= x <= self.width:
            self.set_scale(pan(self.scale, MARGIN - x if x > 0 else self.width - MARGIN - x))

    def reveal(self, frame: int) -> None:
        """Bring a frame to the middle, if it cannot be seen."""
        x = self.scale.x(frame)
        if not 0 <= x <= self.width:
            self.set_scale(pan(self.scale, self.width / 2 - x))

    def mark_range(self) -> None:
        """Let the next drag mark the range that plays; a second call takes that back."""
        self.set_marking(not self.marking)

    def set_marking(self, marking: bool) -> None:
        """Let the next drag mark the range that plays, or scrub again."""
        self.marking = marking
        self.marking_changed.emit()
        self.studio.session.hinted.emit(MARKING if marking else NOTHING)

    def show_key_drag(self, drag: KeyDrag) -> None:
        """Show the keys where a drag would put them."""
        self.key_drag = drag
        self.dragged.emit()

    def show_value_drag(self, drag: KeyDrag) -> None:
        """Show the selected keys of values where a drag would put them."""
        self.value_drag = drag
        self.dragged.emit()

    def show_hold_drag(self, drag: tuple[Keyframe, int] | None) -> None:
        """Show a key as long as a drag would let it hold."""
        self.hold_drag = drag
        self.dragged.emit()

    def show_marker_drag(self, drag: tuple[Marker, int] | None) -> None:
        """Show a marker where a drag would put it."""
        self.marker_drag = drag
        self.dragged.emit()
