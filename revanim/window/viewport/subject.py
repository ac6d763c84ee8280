"""What a gesture moves: the selected bodies as they are shown, targets at the shown frame, or what stands in space."""

from functools import partial
from typing import Protocol

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene import edits
from revanim.scene.edits.bring import joined
from revanim.scene.edits.paths import led
from revanim.scene.scene import Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.session import Selection
from revanim.session.studio import Studio
from revanim.session.threads.newest import Newest
from revanim.session.work import bodies as editing
from revanim.window.viewport.picking import place_of
from revanim.window.viewport.standing import standing_part
from revanim.window.viewport.targets import (
    SOON,
    Targets,
    posed,
    replacing,
    selected_targets,
    short,
    targets_of_bodies,
    word_on_links,
)


class Subject(Protocol):
    """Some points that move together; the scene follows them until they are kept or put back.

    Where stiff links hold them they keep their lengths, unless the hand lets them stretch: then it is `loose`.
    """

    place: Floats  # float64[k, 3], before
    loose: bool

    @property
    def links(self) -> Sentence:
        """What the links among the points do, in a few words; nothing where there are none."""

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        """Let the points be at float64[k, 3]; `turning`, float64[3, 3], is what turned them, if something did."""

    def keep(self) -> None:
        """Leave the points where they are."""

    def drop(self) -> None:
        """Put the points back."""


class SelectedBodies:
    """The selected bodies of a scene at home; the session's scene changes as they move, in one undo step.

    A step that has begun already is told by its `gesture`, and by the scene and the selection `before` it; it keeps
    its name.
    """

    def __init__(
        self, studio: Studio, scene: Scene, gesture: object = None, before: tuple[Scene, Selection] | None = None
    ) -> None:
        self.studio, self.scene, self.gesture = studio, scene, gesture or self
        self.before, self.selected = before or (studio.session.scene, studio.session.selection)
        self.text = studio.session.last_step if gesture else NOTHING
        self.who = editing.chosen(studio.session)
        self.place, self.velocity = scene.bodies.position[self.who], scene.bodies.velocity[self.who]
        self.loose, self._links, self._short = False, joined(scene, self.who), False
        self._latest = studio.session.scene
        self._work = Newest(studio.viewing, studio.session.hinted.emit, aside=self._links > SOON)

    @property
    def links(self) -> Sentence:
        return word_on_links(self.loose, self._short) if self._links else NOTHING

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        self.change(text, place, None if turning is None else self.velocity @ turning.T)

    def change(self, text: Sentence, place: Floats | None, velocity: Floats | None) -> None:
        """Let the bodies be where the hand wants them, or so fast, as far as their links allow."""
        change = edits.bring_bodies if self._links and not self.loose else edits.set_motion
        self._work.do(
            partial(change, self.scene, self.who, position=place, velocity=velocity), partial(self._take, text, place)
        )

    def _take(self, text: Sentence, place: Floats | None, scene: Scene) -> None:
        """Show what has come of it, unless somebody else has edited the scene meanwhile."""
        if self.studio.session.scene is self._latest:
            self._short = place is not None and short(place, scene.bodies.position[self.who])
            self._latest = scene
            self.studio.viewing.foresee(True)
            self.studio.session.edit(self.text or text, scene, self.gesture)

    def keep(self) -> None:
        self._work.finish(self._keep)

    def _keep(self) -> None:
        self.studio.viewing.foresee(False)
        editing.say_home(self.studio.session, self.before)

    def drop(self) -> None:
        self._work.leave()
        self.studio.viewing.foresee(False)
        if self.studio.session.scene is not self.before:
            self.studio.session.edit(Sentence("Take back"), self.before, self.gesture)
            self.studio.session.select(self.selected)
        self.studio.session.hinted.emit(NOTHING)


class Handles:
    """The selected bodies, all of which follow paths: each path gets a key where its body is let go."""

    loose, links = False, NOTHING

    def __init__(self, studio: Studio, place: Floats) -> None:
        session, self.studio, self.place = studio.session, studio, place
        self.before, self.frame, self.who = session.scene, session.frame, editing.chosen(session)

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        by = place - self.place
        self.studio.session.attempt(text, lambda _: edits.lead_to(self.before, self.frame, self.who, by), self)

    def keep(self) -> None:
        self.studio.session.hinted.emit(NOTHING)
        self.studio.session.noted.emit(Sentence("The path has a key at frame {frame}.", frame=self.frame))

    def drop(self) -> None:
        if self.studio.session.scene is not self.before:
            self.studio.session.edit(Sentence("Take back"), self.before, self)
        self.studio.session.hinted.emit(NOTHING)


def handles(studio: Studio) -> Handles | None:
    """Return the selected bodies as they are shown, if all of them follow paths."""
    session, who = studio.session, editing.chosen(studio.session)
    if session.shot is None or not who.size or led(session.scene, who).size < who.size:
        return None
    return Handles(studio, session.shot.position[who])


def subject_of(studio: Studio, posing: bool) -> Subject | None:
    """Return what there is to move: selected targets, else what the selected bodies stand for; or None."""
    if targets := selected_targets(studio):
        return replacing(studio, targets)
    if not studio.session.selection.any():
        return standing_part(studio)
    if studio.session.shot is None:
        return None
    studio.playback.stop()
    if not posing and (held := handles(studio)):
        return held
    scene = editing.scene_seen(studio.session)
    if scene is None:
        return None
    return _targets_of_selected(studio, studio.session.frame) if posing else SelectedBodies(studio, scene)


def _targets_of_selected(studio: Studio, frame: int) -> Targets | None:
    who = np.flatnonzero(studio.session.selection & ~studio.session.scene.bodies.pinned)
    if not who.size:
        studio.session.failed.emit(Sentence("Pinned bodies never move, so they have no targets; select others."))
    elif studio.keyframes.possible(frame):
        return targets_of_bodies(studio, who)
    return None


def points_of(studio: Studio, posing: bool) -> Floats | None:
    """Return where the points lie that `subject_of` would move, float64[k, 3]; None where there are none."""
    if held := selected_targets(studio):
        return np.concatenate([place_of(key)[rows] for key, rows in held])
    shot, selection = studio.session.shot, studio.session.selection
    if not selection.any():
        standing = standing_part(studio)
        return standing.place if standing else None
    if shot is None or not selection.any() or len(shot.position) != len(selection):
        return None
    return posed(studio)[selection & ~studio.session.scene.bodies.pinned] if posing else shot.position[selection]
