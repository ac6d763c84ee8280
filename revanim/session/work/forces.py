"""Forces and moves under the hand: which is looked at, and what a person does with them; each deed one undo step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.engine.force import force_kinds
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.edits import add_links, add_part, link_bodies
from revanim.scene.edits.parts import replace_part, set_parts
from revanim.scene.part import force, move
from revanim.scene.scene import Index, Part, Scene
from revanim.scene.values import act_on
from revanim.sentence import Sentence, named
from revanim.session.drag import Drag, origin_of
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.work.bodies import still_walking, way_here
from revanim.session.work.watch.weighing import Weighing


@dataclass(frozen=True)
class Place:
    """Where a force or a move stands in the scene."""

    among: Literal["forces", "moves"]
    index: int


class Forces(QObject):
    """The forces and moves of the session's scene."""

    changed = Signal()  # which one is looked at
    animating = Signal()  # a value is about to change over the frames

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session = session
        self.weighing = Weighing(session, jobs)
        self.place: Place | None = None
        session.scene_changed.connect(self._refresh)

    def all(self) -> list[tuple[Place, Part]]:
        """Return every force and then every move, with its place."""
        scene = self.session.scene
        forces = [(Place("forces", index), part) for index, part in enumerate(scene.forces)]
        return forces + [(Place("moves", index), part) for index, part in enumerate(scene.moves)]

    def at(self, place: Place) -> Part:
        """Return the part at a place."""
        part: Part = getattr(self.session.scene, place.among)[place.index]
        return part

    def look_at(self, place: Place | None) -> None:
        """Let the window show this one in full."""
        self.place = place
        self.changed.emit()

    def put(self, text: Sentence, place: Place, change: Callable[[Part], Part], drag: Drag | None = None) -> None:
        """Change one part; raises RevanimError where it cannot be so. A drag starts from the scene before it."""
        scene = origin_of(drag, self.session.scene)
        part = getattr(scene, place.among)[place.index]
        self.session.edit(text, replace_part(scene, place.among, place.index, change(part)), drag)

    def change(self, text: Sentence, place: Place, change: Callable[[Part], Part]) -> None:
        """Change one part, or say why it cannot be so."""
        self.session.attempt(text, lambda scene: replace_part(scene, place.among, place.index, change(self.at(place))))

    def add(self, name: str, way: str = "In a chain") -> None:
        """Add a force or a move, after asking where frames would take long.

        One along links goes among the selected bodies, or all, in one of WAYS.
        """
        kind = force_kinds().get(name)
        now = self.session.scene
        place = Place("forces", len(now.forces)) if kind else Place("moves", len(now.moves))

        def added(scene: Scene) -> Scene:
            if kind and kind.linked:
                return add_links(scene, name, *self._chosen(way))
            return add_part(scene, force(name) if kind else move(name))

        self.weighing.add(Sentence("Add {part}", part=named(name)), added, lambda: self.look_at(place))

    def _chosen(self, way: str) -> tuple[Index, str, Floats]:
        """Return the selected bodies, or all, the way to link them, and where each is in the frame asked for."""
        session = self.session
        stand = way_here(session)
        if stand is None:
            raise RevanimError(still_walking(session))
        place = stand().bodies.position
        chosen = session.selection if session.selection.any() else np.ones_like(session.selection)
        return np.flatnonzero(chosen), way, place

    def link(self, place: Place, way: str) -> None:
        """Let a force act along the links among the selected bodies, or all."""
        text = Sentence("Link {part}", part=title_of(self.at(place)))
        self.session.attempt(text, lambda scene: link_bodies(scene, place.index, *self._chosen(way)))

    def act_on(self, place: Place, bodies: Index | None) -> None:
        """Let a part act on these bodies, or on all."""
        count = self.session.scene.bodies.count
        self.change(
            Sentence("{part} acts on others", part=title_of(self.at(place))),
            place,
            lambda part: act_on(part, bodies, count),
        )

    def mute(self, place: Place) -> None:
        """Let a part rest, or act again."""
        part = self.at(place)
        name = title_of(part)
        text = Sentence("Unmute {part}" if part.muted else "Mute {part}", part=name)
        self.change(text, place, lambda part: replace(part, muted=not part.muted))

    def remove(self, place: Place) -> None:
        """Take a part out of the scene."""
        scene, part = self.session.scene, self.at(place)
        left = [other for other in getattr(scene, place.among) if other is not part]
        self.session.edit(Sentence("Remove {part}", part=title_of(part)), set_parts(scene, place.among, left))

    def reorder(self, place: Place, index: int) -> None:
        """Put a part before the one that is at an index now, or at the end."""
        scene, part = self.session.scene, self.at(place)
        order = list(getattr(scene, place.among))
        order.insert(index, part)
        del order[place.index + (index <= place.index)]
        if order != list(getattr(scene, place.among)):
            self.session.edit(Sentence("Move {part}", part=title_of(part)), set_parts(scene, place.among, order))

    def _refresh(self, before: Scene, scene: Scene) -> None:
        if self.place and self.place.index >= len(getattr(scene, self.place.among)):
            self.look_at(None)


def title_of(part: Part) -> Sentence:
    """Return the name of a part as one writes it."""
    return named(part.kind)
