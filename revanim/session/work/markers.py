"""Markers: names for frames; each deed is one undo step."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from revanim.scene.edits import set_markers
from revanim.scene.scene import Marker, Scene
from revanim.sentence import Sentence
from revanim.session.session import Session


class Markers(QObject):
    """The markers of the session's scene, and which of them a command is about."""

    changed = Signal()  # which one is chosen
    naming = Signal(object)  # a Marker that wants a name now

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.selected: Marker | None = None
        session.scene_changed.connect(self._refresh)

    @property
    def all(self) -> tuple[Marker, ...]:
        """Every marker, in the order of their frames."""
        return self.session.scene.markers

    @property
    def chosen(self) -> Marker | None:
        """What a command acts on: the selected marker, or one at the playhead."""
        return self.selected or self.at(self.session.frame)

    def at(self, frame: int) -> Marker | None:
        """Return a marker of a frame, if it has one."""
        return next((marker for marker in self.all if marker.frame == frame), None)

    def select(self, marker: Marker | None) -> None:
        """Let commands be about this marker."""
        self.selected = marker
        self.changed.emit()

    def add(self, frame: int) -> None:
        """Mark a frame, or ask for the name of the marker it has."""
        there = self.at(frame)
        if there is not None:
            self.naming.emit(there)
        else:
            self._put(Sentence("Add marker"), None, Marker(frame))

    def name(self, marker: Marker, name: str) -> None:
        """Give a marker a name."""
        if name.strip() != marker.name:
            self._put(Sentence("Name marker"), marker, replace(marker, name=name.strip()))

    def move(self, marker: Marker, frame: int) -> None:
        """Move a marker to another frame, where it takes the place of any other."""
        if frame != marker.frame:
            self._put(Sentence("Move marker"), marker, replace(marker, frame=frame))

    def remove(self, marker: Marker) -> None:
        """Remove a marker."""
        self._put(Sentence("Delete marker"), marker, None)

    def neighbour(self, direction: int) -> int | None:
        """Return the frame of the next marker (+1) or the previous one (-1), if there is one."""
        here = self.session.frame
        beyond = [marker.frame for marker in self.all if (marker.frame - here) * direction > 0]
        return min(beyond, key=lambda frame: abs(frame - here), default=None)

    def _put(self, text: Sentence, before: Marker | None, after: Marker | None) -> None:
        left = [marker for marker in self.all if marker != before and not (after and marker.frame == after.frame)]
        markers = [*left, *([after] if after else [])]
        if self.session.attempt(text, lambda scene: set_markers(scene, markers)):
            self.select(after)

    def _refresh(self, before: Scene, scene: Scene) -> None:
        if self.selected not in scene.markers:
            self.select(None)
