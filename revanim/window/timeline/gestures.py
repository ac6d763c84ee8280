"""What a drag on the ruler does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from revanim.session.studio import Studio
from revanim.window.timeline.scale import pan

if TYPE_CHECKING:
    from revanim.window.timeline.ruler import Ruler

STEP = 8.0  # pixels a frame, where there is no ruler under the pointer


class Scrub:
    """Show the frame under the pointer, onward and back."""

    def __init__(self, studio: Studio, ruler: Ruler, point: QPointF) -> None:
        self.studio, self.ruler, self.before = studio, ruler, studio.session.frame
        studio.playback.stop()
        self.move(point)

    def move(self, point: QPointF) -> None:
        frame = self.ruler.caught(point.x())
        if frame != self.studio.session.frame:
            self.studio.session.show(frame)

    def finish(self) -> None:
        """The frame is shown already."""

    def cancel(self) -> None:
        self.studio.session.show(self.before)


class ScrubAnywhere:
    """Go a frame on for every few pixels to the right, a frame back for those to the left, over any widget."""

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

    def __init__(self, studio: Studio, ruler: Ruler, anchor: int) -> None:
        self.studio, self.ruler, self.anchor = studio, ruler, anchor
        self.before = studio.session.range if studio.session.has_play_range else None

    def move(self, point: QPointF) -> None:
        frame = self.ruler.caught(point.x(), but=self.studio.session.range)
        if frame != self.anchor:
            self.studio.session.set_play_range((self.anchor, frame))

    def finish(self) -> None:
        """The range is set already."""

    def cancel(self) -> None:
        self.studio.session.set_play_range(self.before)


class SlideRange:
    """Slide the frames that play along under the pointer."""

    def __init__(self, studio: Studio, ruler: Ruler, point: QPointF) -> None:
        self.studio, self.ruler, self.before = studio, ruler, studio.session.range
        self.start = ruler.frame_at(point.x())

    def move(self, point: QPointF) -> None:
        by = self.ruler.frame_at(point.x()) - self.start
        self.studio.session.set_play_range((self.before[0] + by, self.before[1] + by))

    def finish(self) -> None:
        """The range lies there already."""

    def cancel(self) -> None:
        self.studio.session.set_play_range(self.before)


class Slide:
    """Slide the ruler along under the pointer."""

    def __init__(self, ruler: Ruler, point: QPointF) -> None:
        self.ruler, self.x, self.before = ruler, point.x(), ruler.scale

    def move(self, point: QPointF) -> None:
        self.ruler.set_scale(pan(self.before, point.x() - self.x))

    def finish(self) -> None:
        """The ruler lies there already."""

    def cancel(self) -> None:
        self.ruler.set_scale(self.before)
