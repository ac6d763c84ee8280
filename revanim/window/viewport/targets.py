"""Targets of keyframes under the hand, at the shown frame."""

from collections.abc import Callable
from functools import partial

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene import edits
from revanim.scene.edits.bring import joined, led_places
from revanim.scene.edits.targets import pose_at, set_targets
from revanim.scene.given import frozen
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.studio import Studio
from revanim.session.threads.newest import Newest
from revanim.window.viewport.picking import place_of

# The scene with the targets at float64[k, 3]; where links hold bodies also where these bring all, float64[n, 3].
Placed = Callable[[Floats, Floats | None], Scene]
Held = list[tuple[Keyframe, Index]]  # keyframes, each with the rows that move
SOON = 40  # links: more of them are followed beside the window, which would wait for them too long
NOBODY: Index = np.zeros(0, np.int64)
NEAR = 1e-6  # of the largest coordinate: nobody sees that a body is so far from where the hand wants it
KEPT = Sentence("Links keep their lengths; L lets them stretch")
SHORT = Sentence("The links reach no farther; L lets them stretch")
LOOSE = Sentence("Links stretch; L keeps their lengths")


def word_on_links(loose: bool, short: bool) -> Sentence:
    """Return what links do under the hand, and the key that changes it."""
    return LOOSE if loose else SHORT if short else KEPT


def short(wanted: Floats, found: Floats) -> bool:
    """Whether bodies have not come to where the hand wants them."""
    return float(np.abs(wanted - found).max(initial=0.0)) > NEAR * float(np.abs(wanted).max(initial=0.0))


class Targets:
    """Targets at the shown frame; the scene changes once, when they are kept, and a live solve follows them.


    Those of `bodies` that stiff links hold are led as these allow, from `posed` on, float64[n, 3]; the targets of
    `others` stay where they are, or come along where they must.
    """

    loose = False

    def __init__(
        self,
        studio: Studio,
        place: Floats,
        placed: Placed,
        bodies: Index = NOBODY,
        others: Index = NOBODY,
        posed: Floats | None = None,
    ) -> None:
        self.studio, self.place, self.placed = studio, place, placed
        self.bodies, self.others, self.posed = bodies, others, posed
        self.text = NOTHING
        self._links = 0 if posed is None else joined(studio.session.scene, bodies)
        self._short = False
        self._work = Newest(studio.viewing, studio.session.hinted.emit, aside=self._links > SOON)

    @property
    def links(self) -> Sentence:
        return word_on_links(self.loose, self._short) if self._links else NOTHING

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        self.text = Sentence("{what} targets" if len(self.place) > 1 else "{what} target", what=text)
        shot = self.studio.session.shot
        like = None if shot is None or self.loose or not self._links else shot.position
        self._work.do(partial(self._made, place, self.studio.session.scene, like), self._take)

    def _made(self, place: Floats, scene: Scene, like: Floats | None) -> tuple[Scene, bool]:
        """Return the scene with the targets at places, or as near as links as long as at `like` let them come."""
        if like is None or self.posed is None:
            return self.placed(place, None), False
        whole = led_places(scene, self.posed, like, self.bodies, place, self.others)
        return self.placed(place, whole), short(place, whole[self.bodies])

    def _take(self, made: tuple[Scene, bool]) -> None:
        scene, self._short = made
        self.studio.keyframes.set_draft(scene)
        self.studio.solving.bend(scene)

    def keep(self) -> None:
        self._work.finish(self._keep)

    def _keep(self) -> None:
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
        self._work.leave()
        if self.text:
            self.studio.solving.discard()
        self.studio.keyframes.set_draft(None)
        self.studio.session.hinted.emit(NOTHING)


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


def replacing(studio: Studio, held: Held) -> Targets:
    """Return some targets of keyframes, one after the other; those of bodies on rods take those of others along."""
    scene, index = studio.session.scene, {id(key): number for number, key in enumerate(studio.session.scene.keyframes)}
    before = np.concatenate([place_of(key)[rows] for key, rows in held])

    def placed(place: Floats, whole: Floats | None) -> Scene:
        after, first = scene, 0
        for key, rows in held:
            position = place_of(key).copy() if whole is None else whole[key.bodies]
            position[rows] = place[first : first + rows.size] if whole is None else position[rows]
            first += rows.size
            sealed = frozen(position, Sentence("The positions of a keyframe"))
            after = edits.replace_keyframe(after, index[id(key)], position=sealed)
        return after

    bodies = np.concatenate([key.bodies[rows] for key, rows in held])
    if any(key.shape for key, _ in held) or np.unique(bodies).size < bodies.size:
        return Targets(studio, before, placed)
    here = posed(studio)
    for key, _ in held:
        here[key.bodies] = place_of(key)
    return Targets(studio, before, placed, bodies, np.concatenate([key.bodies for key, _ in held]), here)


def targets_of_bodies(studio: Studio, who: Index) -> Targets:
    """Return the targets of some bodies, which begin where those bodies are, or have a target already.

    Targets of other bodies at the frame come along where rods ask for it.
    """
    scene, shot = studio.session.scene, studio.session.shot
    frame = studio.session.frame if shot is None else shot.frame
    here, index = posed(studio), pose_at(scene, frame)
    others = NOBODY if index is None else np.setdiff1d(scene.keyframes[index].bodies, who)

    def placed(place: Floats, whole: Floats | None) -> Scene:
        if whole is None:
            return set_targets(scene, frame, who, place)
        along = np.r_[who, others[(whole[others] != here[others]).any(axis=1)]]
        return set_targets(scene, frame, along, whole[along])

    return Targets(studio, here[who], placed, who, others, here)


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
