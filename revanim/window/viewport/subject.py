"""What a gesture moves: the selected bodies as they are shown, or targets of keyframes at the shown frame."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.edits.targets import pose_at, set_targets
from revanim.scene.given import frozen
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.session import Selection
from revanim.session.studio import Studio
from revanim.session.work import bodies as editing
from revanim.window.viewport.picking import place_of

Placed = Callable[[Floats], Scene]  # the scene with the targets at float64[k, 3]
Held = list[tuple[Keyframe, Index]]  # keyframes, each with the rows that move


class Subject(Protocol):
    """Some points that move together; the scene follows them until they are kept or put back."""

    place: Floats  # float64[k, 3], before

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

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        velocity = None if turning is None else self.velocity @ turning.T
        try:
            scene = edits.set_motion(self.scene, self.who, position=place, velocity=velocity)
        except RevanimError as error:
            self.studio.session.hinted.emit(error.sentence)
        else:
            self.studio.viewing.foresee(True)
            self.studio.session.edit(self.text or text, scene, self.gesture)

    def keep(self) -> None:
        self.studio.viewing.foresee(False)
        editing.say_home(self.studio.session, self.before)

    def drop(self) -> None:
        self.studio.viewing.foresee(False)
        if self.studio.session.scene is not self.before:
            self.studio.session.edit(Sentence("Take back"), self.before, self.gesture)
            self.studio.session.select(self.selected)
        self.studio.session.hinted.emit(NOTHING)


class Targets:
    """Targets at the shown frame; the scene changes once, when they are kept, and a live solve follows them."""

    def __init__(self, studio: Studio, place: Floats, placed: Placed) -> None:
        self.studio, self.place, self.placed = studio, place, placed
        self.text = NOTHING

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        self.text = Sentence("{what} targets" if len(self.place) > 1 else "{what} target", what=text)
        try:
            scene = self.placed(place)
        except RevanimError as error:
            self.studio.session.hinted.emit(error.sentence)
        else:
            self.studio.keyframes.set_draft(scene)
            self.studio.solving.bend(scene)

    def keep(self) -> None:
        keys, draft, before = self.studio.keyframes, self.studio.keyframes.draft, self.studio.session.scene.keyframes
        self.studio.session.hinted.emit(NOTHING)
        if draft is None:
            return
        keys.draft = None
        self.studio.session.edit(self.text, draft)
        if self.studio.solving.candidate is not None:
            self.studio.solving.bend(draft, patient=True)
        keys.select(key for key in draft.keyframes if key not in before)

    def drop(self) -> None:
        if self.text:
            self.studio.solving.discard()
        self.studio.keyframes.set_draft(None)
        self.studio.session.hinted.emit(NOTHING)


def subject_of(studio: Studio, posing: bool) -> Subject | None:
    """Return what there is to move: selected targets, else what the selected bodies stand for; or None."""
    if held := selected_targets(studio):
        return Targets(studio, np.concatenate([place_of(key)[rows] for key, rows in held]), replacing(studio, held))
    if not studio.session.selection.any() or studio.session.shot is None:
        return None
    studio.playback.stop()
    if posing:
        return _targets_of_selected(studio, studio.session.shot.frame)
    scene = editing.scene_here(studio.session)
    return None if scene is None else SelectedBodies(studio, scene)


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
    if shot is None or not selection.any() or len(shot.position) != len(selection):
        return None
    return posed(studio)[selection & ~studio.session.scene.bodies.pinned] if posing else shot.position[selection]


def selected_targets(studio: Studio) -> Held:
    """Return the selected keyframes at the shown frame, each with the rows that move.

    Those are the targets of the selected bodies, or all where none of them is selected or nobody has one of his own.
    """
    if studio.session.shot is None:
        return []
    held = []
    for key in studio.session.scene.keyframes:
        if key in studio.keyframes.selected and key.frame == studio.session.shot.frame and key.position is not None:
            rows = np.flatnonzero(studio.session.selection[key.bodies])
            held.append((key, np.arange(key.bodies.size) if key.shape or not rows.size else rows))
    return held


def replacing(studio: Studio, held: Held) -> Placed:
    """Return what gives some targets of keyframes other places, one after the other."""
    scene, index = studio.session.scene, {id(key): number for number, key in enumerate(studio.session.scene.keyframes)}

    def placed(place: Floats) -> Scene:
        after, first = scene, 0
        for key, rows in held:
            position = place_of(key).copy()
            position[rows] = place[first : first + rows.size]
            first += rows.size
            sealed = frozen(position, Sentence("The positions of a keyframe"))
            after = edits.replace_keyframe(after, index[id(key)], position=sealed)
        return after

    return placed


def targets_of_bodies(studio: Studio, who: Index) -> Targets:
    """Return the targets of some bodies, which begin where those bodies are, or have a target already."""
    scene, shot = studio.session.scene, studio.session.shot
    frame = studio.session.frame if shot is None else shot.frame
    return Targets(studio, posed(studio)[who], lambda place: set_targets(scene, frame, who, place))


def posed(studio: Studio, scene: Scene | None = None) -> Floats:
    """Return where the bodies are at the shown frame, or shall be in a scene that moves alike, float64[n, 3]."""
    assert studio.session.shot is not None
    keyframes = (scene or studio.session.scene).keyframes
    place, index = (
        studio.session.shot.position.copy(),
        pose_at(scene or studio.session.scene, studio.session.shot.frame),
    )
    if index is not None:
        key = keyframes[index]
        place[key.bodies] = place_of(key)
    return place


def have_targets(studio: Studio, who: Index) -> bool:
    """Tell whether some bodies have targets of their own at the shown frame, or would with the drag under way."""
    keys, frame = studio.keyframes, studio.session.frame if studio.session.shot is None else studio.session.shot.frame
    index = pose_at(keys.draft or studio.session.scene, frame)
    return index is not None and bool(np.isin(who, keys.all[index].bodies).any())
