"""What a drag on the ruler does."""

from PySide6.QtCore import QPointF

from revanim.session.studio import Studio
from revanim.window.kit.gesture import Hand
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.scale import pan

STEP = 8.0  # pixels a frame, where there is no ruler under the pointer


class Scrub:
    """Show the frame under the pointer."""

    def __init__(self, axis: Axis, hand: Hand, point: QPointF) -> None:
        self.studio, self.axis, self.hand = axis.studio, axis, hand
        self.before = self.studio.session.frame
        self.studio.playback.stop()
        self.move(point)

    def move(self, point: QPointF) -> None:
        frame = self.axis.snapped(point.x(), self.hand.held)
        if frame != self.studio.session.frame:
            self.studio.session.show(frame)

    def finish(self) -> None:
        """The frame is shown already."""

    def cancel(self) -> None:
        self.studio.session.show(self.before)


class ScrubAnywhere:
    """Go a frame on for every few pixels to the right, and back to the left, over any widget."""

    def __init__(self, studio: Studio, point: QPointF) -> None:
        self.studio, self.x, self.before = studio, point.x(), studio.session.frame
        studio.playback.stop()

    def move(self, point: QPointF) -> None:
        frame = self.before + round((point.x() - self.x) / STEP)
        if frame != self.studio.session.frame:
            self.studio.session.show(frame)

    def finish(self) -> None:
        """The frame is shown already."""

    def cancel(self) -> None:
        self.studio.session.show(self.before)


class MarkRange:
    """Mark the frames that play, from `anchor` to the pointer."""

    def __init__(self, axis: Axis, hand: Hand, anchor: int) -> None:
        self.session, self.axis, self.hand, self.anchor = axis.studio.session, axis, hand, anchor
        self.before = self.session.range if self.session.has_play_range else None

    def move(self, point: QPointF) -> None:
        frame = self.axis.snapped(point.x(), self.hand.held, but=self.session.range)
        if frame != self.anchor:
            self.session.set_play_range((self.anchor, frame))

    def finish(self) -> None:
        """The range is set already."""

    def cancel(self) -> None:
        self.session.set_play_range(self.before)


class SlideRange:
    """Slide the frames that play along under the pointer."""

    def __init__(self, axis: Axis, point: QPointF) -> None:
        self.session, self.axis, self.before = axis.studio.session, axis, axis.studio.session.range
        self.start = axis.frame_at(point.x())

    def move(self, point: QPointF) -> None:
        by = self.axis.frame_at(point.x()) - self.start
        self.session.set_play_range((self.before[0] + by, self.before[1] + by))

    def finish(self) -> None:
        """The range lies there already."""

    def cancel(self) -> None:
        self.session.set_play_range(self.before)


class Slide:
    """Slide the ruler along under the pointer."""

    def __init__(self, axis: Axis, point: QPointF) -> None:
        self.axis, self.x, self.before = axis, point.x(), axis.scale

    def move(self, point: QPointF) -> None:
        self.axis.set_scale(pan(self.before, point.x() - self.x))

    def finish(self) -> None:
        """The ruler lies there already."""

    def cancel(self) -> None:
        self.axis.set_scale(self.before)
