"""Values that change over the frames: which there are, which of their keys are selected, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.engine.parameter import Animated, Floats, Keyed, Parameter
from revanim.error import RevanimError
from revanim.scene import keys
from revanim.scene.ease import Ease, eased
from revanim.scene.edits.parts import replace_part
from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene
from revanim.sentence import Sentence, named
from revanim.session.drag import Drag
from revanim.session.session import Session
from revanim.session.work.forces import Forces, Place, same_parts
from revanim.session.work.titles import title_of

Change = Callable[[Keyed], Keyed]
Act = Callable[["Track", Keyed, list[int]], Keyed]  # what is done with some keys of a track


@dataclass(frozen=True)
class Track:
    """A parameter that changes over the frames, and the force or move that has it."""

    place: Place
    parameter: Parameter

    def value(self, part: Part) -> Keyed:
        """Return its keys in a force or move; rows are keys that stay until the next."""
        value = part.values[self.parameter.name]
        assert isinstance(value, Animated)
        return keys.as_keys(value, self.parameter)

    @property
    def title(self) -> Sentence:
        """What the parameter is called."""
        return named(self.parameter.name)

    def held(self, values: Floats) -> Floats:
        """Return the nearest values that the parameter may have."""
        return np.clip(values, self.parameter.low, self.parameter.high)


@dataclass(frozen=True)
class TrackKey:
    """A key of a track: the one at this frame."""

    track: Track
    frame: int


class Tracks(QObject):
    """The tracks of the session's scene; every deed is one undo step, or says in a sentence why it cannot be."""

    changed = Signal()  # which keys are selected

    def __init__(self, session: Session, forces: Forces) -> None:
        super().__init__(session)
        self.session, self.forces = session, forces
        self.selected: frozenset[TrackKey] = frozenset()
        self.copied: dict[Track, Keyed] = {}  # keys that were kept to be pasted
        session.scene_changed.connect(self._refresh)
        session.opened.connect(lambda: self.select(()))

    def all(self) -> list[Track]:
        """Return every value that changes over the frames and has a field in the form."""
        return [
            Track(place, parameter)
            for place, part in self.forces.all()
            for parameter in kind_of(part).parameters
            if parameter.shown and not parameter.shape and isinstance(part.values[parameter.name], Animated)
        ]

    def lives(self, track: Track) -> bool:
        """Whether the scene still has a track."""
        part = dict(self.forces.all()).get(track.place)
        return part is not None and isinstance(part.values.get(track.parameter.name), Animated)

    def title(self, track: Track) -> Sentence:
        """Return what a track is called, with the force or move that has it."""
        part = self.forces.at(track.place)
        return Sentence("{part}, {name}", part=title_of(part), name=track.title)

    def value(self, track: Track) -> Keyed:
        """Return the keys of a track."""
        return track.value(self.forces.at(track.place))

    def put(self, track: Track, text: Sentence, change: Change, drag: Drag | None = None) -> None:
        """Change the keys of a track; raises RevanimError where they cannot be so."""

        def changed(part: Part) -> Part:
            return replace(part, values={**part.values, track.parameter.name: change(track.value(part))})

        self.forces.put(text, track.place, changed, drag)

    def attempt(self, track: Track, text: Sentence, change: Change) -> bool:
        """Change the keys of a track, or say why they cannot be so."""
        try:
            self.put(track, text, change)
        except RevanimError as error:
            self.session.failed.emit(error.sentence)
            return False
        return True

    # A key at the playhead

    def key_here(self, track: Track) -> int | None:
        """Return which key of a track is at the playhead, if there is one."""
        return keys.key_at(self.value(track), self.session.frame)

    def toggle(self, place: Place, parameter: Parameter) -> None:
        """Set a key at the playhead with the value that is there; or take away the one that is there."""
        value, frame, name = self.forces.at(place).values[parameter.name], self.session.frame, named(parameter.name)
        if value is None:
            return
        if not isinstance(value, Animated):
            self.forces.animating.emit()  # first, so that the curve is seen to come
            begun = keys.keyed([frame], value[None], "step" if parameter.whole else "smooth")
            self._set(place, parameter, Sentence("Animate {name}", name=name), begun)
            self.forces.look_at(place)
            return
        track = Track(place, parameter)
        here, there = self.key_here(track), self.value(track)
        if here is None:
            text, sheet = Sentence("Set key of {name}", name=name), keys.value_at(keys.of_keys(there), parameter, frame)
            self.attempt(track, text, lambda value: keys.with_key(value, parameter, frame, sheet))
        elif len(there.frames) > 1:
            self.attempt(
                track, Sentence("Delete key of {name}", name=name), lambda value: keys.without_keys(value, [here])
            )
        else:
            self.still(place, parameter)

    def still(self, place: Place, parameter: Parameter) -> None:
        """Let a value stay as it is at the playhead, at all frames."""
        value, name = self.forces.at(place).values[parameter.name], named(parameter.name)
        if isinstance(value, Animated):
            here = keys.value_at(value, parameter, self.session.frame)
            self._set(place, parameter, Sentence("Still {name}", name=name), here)

    def _set(self, place: Place, parameter: Parameter, text: Sentence, value: Floats | Animated) -> None:
        self.forces.change(text, place, lambda part: replace(part, values={**part.values, parameter.name: value}))

    def neighbour(self, track: Track, direction: int) -> int | None:
        """Return the frame of the next key of a track (+1) or the one before (-1), if there is one."""
        beyond = [int(frame) for frame in self.value(track).frames if (frame - self.session.frame) * direction > 0]
        return min(beyond, key=lambda frame: abs(frame - self.session.frame), default=None)

    # The selected keys

    def select(self, chosen: Iterable[TrackKey]) -> None:
        """Make these the selected keys."""
        self.selected = frozenset(chosen)
        self.changed.emit()

    def move(self, by: int, copy: bool = False) -> None:
        """Move the selected keys by some frames, or leave them and set copies there."""
        act = keys.copied if copy else keys.moved
        text = Sentence("Copy keys of values") if copy else Sentence("Move keys of values")
        gone = self.selected
        if self._each(text, lambda track, value, which: act(value, which, by)):
            self.select(TrackKey(key.track, key.frame + by) for key in gone)

    def copy(self) -> None:
        """Keep the selected keys, to be pasted elsewhere."""
        self.copied = {
            track: keys.some(value, _keys_at(value, frames))
            for track, frames in self._frames().items()
            for value in (self.value(track),)
        }

    def paste(self) -> None:
        """Set copies of the keys that were kept in their tracks, the first of them at the playhead."""
        there = {track: value for track, value in self.copied.items() if self.lives(track)}
        if not there:
            self.session.failed.emit(
                Sentence("The values of the keys that were copied change over the frames no more.")
            )
            return
        by = self.session.frame - min(int(value.frames[0]) for value in there.values())

        def changed(scene: Scene) -> Scene:
            for track, value in there.items():
                scene = _reshaped(scene, track, partial(keys.pasted, other=value, by=by))
            return scene

        if self.session.attempt(Sentence("Paste keys of values"), changed):
            self.select(TrackKey(track, int(frame) + by) for track, value in there.items() for frame in value.frames)

    def remove(self) -> None:
        """Take the selected keys away; a value that would lose all of them stays as it is."""
        gone = self.selected
        self._each(Sentence("Delete keys of values"), lambda track, value, which: keys.without_keys(value, which))
        self.select(self.selected - gone)

    def go_on(self, way: int) -> None:
        """Let values go on from the selected keys in another way: STEP, LINEAR or SMOOTH."""
        self._each(Sentence("Set way of keys"), lambda track, value, which: keys.going(value, which, way))

    def ease(self, ease: Ease) -> None:
        """Let values go on from the selected keys to the next in the way of a preset."""
        self._each(
            Sentence("Ease keys: {name}", name=Sentence(ease.title)),
            lambda track, value, which: eased(ease, value, which, track.parameter),
        )

    def _each(self, text: Sentence, act: Act) -> bool:
        """Do something with the selected keys of every track as one undo step; return whether it could be done."""
        frames = self._frames()

        def changed(scene: Scene) -> Scene:
            for track, chosen in frames.items():
                scene = _reshaped(scene, track, partial(_acted, act, track, chosen))
            return scene

        return bool(frames) and self.session.attempt(text, changed)

    def _frames(self) -> dict[Track, list[int]]:
        """Return the frames of the selected keys of each track."""
        frames: dict[Track, list[int]] = {}
        for key in self.selected:
            frames.setdefault(key.track, []).append(key.frame)
        return frames

    def _refresh(self, before: Scene, scene: Scene) -> None:
        """Forget the keys that have gone."""
        if same_parts(before, scene):
            return
        there = frozenset(key for key in self.selected if self.lives(key.track) and self._stands(key))
        if there != self.selected:
            self.select(there)

    def _stands(self, key: TrackKey) -> bool:
        return keys.key_at(self.value(key.track), key.frame) is not None


def _keys_at(value: Keyed, frames: Iterable[int]) -> list[int]:
    """Return which keys are at some frames."""
    return [key for key in (keys.key_at(value, frame) for frame in frames) if key is not None]


def _acted(act: Act, track: Track, frames: list[int], value: Keyed) -> Keyed:
    return act(track, value, _keys_at(value, frames))


def _reshaped(scene: Scene, track: Track, change: Change) -> Scene:
    """Return a scene in which the keys of a track are others."""
    place, name = track.place, track.parameter.name
    part: Part = getattr(scene, place.among)[place.index]
    changed = replace(part, values={**part.values, name: change(track.value(part))})
    return replace_part(scene, place.among, place.index, changed)
