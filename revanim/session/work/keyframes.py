"""Keyframes under the hand: which are selected, what a drag would make of them, and how far the motion misses them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.draw.shot import Shot
from revanim.error import RevanimError
from revanim.scene.edits import set_keyframes
from revanim.scene.edits.targets import set_targets
from revanim.scene.keyframe import changed, check_after_home, in_order, shifted
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion
from revanim.session.work.assignments import Assignments
from revanim.session.work.bodies import still_walking

AUTO = Sentence("What you move after frame {home} becomes a key there; the bodies follow when you solve")


class Keyframes(QObject):
    """The keyframes of the session's scene, and what a person does with them; each deed is one undo step."""

    changed = Signal()  # the selection, the draft, or what is known of the misses

    def __init__(self, session: Session, assignments: Assignments) -> None:
        super().__init__(session)
        self.session, self.assignments = session, assignments
        self.selected: frozenset[Keyframe] = frozenset()
        self.auto = False  # whether what a hand moves after home becomes a key
        self.draft: Scene | None = None  # what the drag under way would make of the scene
        self.misses: dict[Keyframe, float] = {}  # of the scene's own motion, as far as the walk has passed them
        self._passed: dict[Keyframe, dict[int, float]] = {}  # the frames of each that it has passed, with their misses
        session.scene_changed.connect(self._refresh)
        session.frame_shown.connect(self._read)
        assignments.changed.connect(self._read_again)

    @property
    def all(self) -> tuple[Keyframe, ...]:
        """Every keyframe, as the drag under way would have them."""
        return (self.draft or self.session.scene).keyframes

    @property
    def here(self) -> list[Keyframe]:
        """The keyframes at the playhead."""
        return [key for key in self.session.scene.keyframes if key.frame == self.session.frame]

    @property
    def chosen(self) -> frozenset[Keyframe]:
        """What a command acts on: the selected keyframes, or those at the playhead."""
        return self.selected or frozenset(self.here)

    def select(self, keys: Iterable[Keyframe]) -> None:
        """Make these the selected keyframes."""
        self.selected = frozenset(keys)
        self.changed.emit()

    def set_draft(self, scene: Scene | None) -> None:
        """Show what a drag would make of the scene, or the scene itself again."""
        self.draft = scene
        self.assignments.know(self.all)
        self.changed.emit()

    def set_auto(self, auto: bool) -> None:
        """Let what a hand moves become a key, or move the bodies themselves."""
        self.auto = auto
        self.session.hinted.emit(AUTO.with_values(home=self.session.scene.timing.home) if auto else NOTHING)
        self.changed.emit()

    @property
    def aiming(self) -> bool:
        """Whether what is moved at this frame becomes a key; at home and before it the bodies themselves move."""
        return self.auto and self.session.frame > self.session.scene.timing.home

    def possible(self, frame: int) -> bool:
        """Return whether a keyframe can be at a frame, or say why not."""
        home = self.session.scene.timing.home
        if frame <= home:
            self.session.failed.emit(
                Sentence("The bodies start at frame {home}; set keys at the frames after it.", home=home)
            )
        return frame > home

    def set_here(self) -> None:
        """Ask for the places that the selected bodies, or all, have now."""
        session, shot = self.session, self.session.shot
        if not self.possible(session.frame):
            return
        if shot is None or not session.there:
            session.failed.emit(still_walking(session))
        else:
            bodies = free_bodies(session.scene, session.selection)
            place = shot.position[bodies]
            if session.attempt(Sentence("Set key"), lambda scene: set_targets(scene, shot.frame, bodies, place)):
                self.select(self.here)

    def remove(self) -> None:
        """Remove the selected keyframes, or those at the playhead."""
        gone, keys = self.chosen, self.session.scene.keyframes
        if gone:
            left = [key for key in keys if key not in gone]
            text = Sentence("Delete key") if len(gone) == 1 else Sentence("Delete keys")
            self.session.attempt(text, lambda scene: set_keyframes(scene, left))

    def move(self, keys: frozenset[Keyframe], by: int, copy: bool = False) -> None:
        """Move keyframes by some frames, or leave them and set copies there."""
        moved = {key: shifted(key, by) for key in keys}
        if not all(self.possible(first_frame(key)) for key in moved.values()):
            return
        copies = moved.values()
        if not copy:
            self.put(Sentence("Move keys"), moved)
        elif self.session.attempt(
            Sentence("Copy keys"), lambda scene: set_keyframes(scene, [*scene.keyframes, *copies])
        ):
            self.select(copies)

    def nail(self, keys: Iterable[Keyframe]) -> None:
        """Let keyframes be hit, not merely approached."""
        nailed = {key: replace(key, nail=True) for key in keys if not key.nail}
        if nailed:
            self.put(Sentence("Nail keys"), nailed)

    def hold(self, keys: Iterable[Keyframe]) -> None:
        """Let keyframes hold for half a second, or until the next key of the same bodies; let go if all do hold."""
        keys = list(keys)
        if keys and all(key.hold for key in keys):
            self.put(Sentence("Let go of key"), {key: replace(key, hold=0) for key in keys})
            return
        scene = self.session.scene
        held = {key: replace(key, hold=usual_hold(key, scene)) for key in keys if not key.hold}
        crowded = next((key for key, longer in held.items() if not longer.hold), None)
        if crowded is not None:
            text = Sentence("The key at frame {frame} cannot hold; the next one follows at once.", frame=crowded.frame)
            self.session.failed.emit(text)
        elif held:
            self.put(Sentence("Hold key"), held)

    def pin(self, keys: Iterable[Keyframe]) -> None:
        """Keep who goes where as it is now, whatever the motion will be."""
        orders = {key: self.assignments.of(key) for key in keys if key.shape and key.assignment is None}
        for key, order in orders.items():
            if order is None:
                text = Sentence(
                    "Who goes where at frame {frame} is not known yet; show it there, or solve, and then pin it.",
                    frame=key.frame,
                )
                self.session.failed.emit(text)
                return
        self._assign(Sentence("Pin assignment"), orders)

    def free(self, keys: Iterable[Keyframe]) -> None:
        """Let any body take any target again."""
        self._assign(
            Sentence("Free assignment"), {key: None for key in keys if key.shape and key.assignment is not None}
        )

    def _assign(self, text: Sentence, orders: Mapping[Keyframe, Index | None]) -> None:
        if orders:
            self.put(text, {key: replace(key, assignment=order) for key, order in orders.items()})

    def change(self, key: Keyframe, text: Sentence, **fields: object) -> None:
        """Change fields of one keyframe, or say why they cannot be so."""
        try:
            after = changed(key, **fields)
            check_after_home(after, self.session.scene.timing)
        except RevanimError as error:
            self.session.failed.emit(error.sentence)
        else:
            self.put(text, {key: after})

    def put(self, text: Sentence, instead: Mapping[Keyframe, Keyframe]) -> None:
        """Put keyframes in the place of others; what was selected stays so."""
        instead = {key: in_order(after) for key, after in instead.items()}  # the very ones that the scene will have
        selected = [instead.get(key, key) for key in self.selected]
        every = [instead.get(key, key) for key in self.session.scene.keyframes]
        if self.session.attempt(text, lambda scene: set_keyframes(scene, every)):
            self.select(selected)

    def know(self, misses: Mapping[Keyframe, float]) -> None:
        """Take over how far the scene's own motion misses some keyframes."""
        self.misses.update(misses)
        self.changed.emit()

    def neighbour(self, direction: int) -> int | None:
        """Return the frame of the next keyframe (+1) or the previous one (-1), if there is one."""
        frames = [key.frame for key in self.session.scene.keyframes]
        beyond = [frame for frame in frames if (frame - self.session.frame) * direction > 0]
        return min(beyond, key=lambda frame: abs(frame - self.session.frame), default=None)

    def _refresh(self, before: Scene, scene: Scene) -> None:
        self.selected &= frozenset(scene.keyframes)
        self.assignments.know(self.all)
        if not same_motion(before, scene):
            self.misses.clear()
            self._passed.clear()
        if self.session.shot is not None and same_motion(before, scene):
            self._read(self.session.shot)
        self.changed.emit()

    def _read(self, shot: Shot) -> None:
        """Know the miss of a keyframe when the walk passes it: of a hold, over the frames that it has passed."""
        found = dict[Keyframe, float]()
        for key in self.session.scene.keyframes:
            passed = self._passed.get(key, {})
            if not key.frame <= shot.frame <= key.end or shot.frame in passed or (key in self.misses and not passed):
                continue
            order = key.assignment
            if key.shape and order is None:
                order = self.assignments.find(key, shot)
            if order is not None or not key.shape:
                self._passed[key] = passed = {**passed, shot.frame: miss(key, shot, order)}
                found[key] = float(np.sqrt(np.mean(np.square(list(passed.values())))))
        if found:
            self.know(found)

    def _read_again(self) -> None:
        if self.session.shot is not None and self.session.arrived:
            self._read(self.session.shot)


def free_bodies(scene: Scene, selection: np.ndarray) -> Index:
    """Return the bodies that a pose is about: the selected ones that can move, or all that can."""
    free = ~scene.bodies.pinned
    return np.flatnonzero(free & selection) if (free & selection).any() else np.flatnonzero(free)


def usual_hold(key: Keyframe, scene: Scene) -> int:
    """Return for how many frames a keyframe holds by itself: half a second, or until the next of its bodies."""
    later = [other for other in scene.keyframes if other.frame > key.frame and np.isin(other.bodies, key.bodies).any()]
    return min([round(scene.timing.fps / 2), *(other.frame - 1 - key.frame for other in later)])


def first_frame(key: Keyframe) -> int:
    """Return the first frame at which a keyframe may be hit."""
    return key.frame if key.window is None else key.window[0]


def miss(key: Keyframe, shot: Shot, order: Index | None) -> float:
    """Return how far the bodies are from their targets, or off their velocities if only those are asked for.

    It is the root mean square over the bodies; `order` is the target of each, if it is not its own.
    """
    wish, there = (key.velocity, shot.velocity) if key.position is None else (key.position, shot.position)
    assert wish is not None
    gap = (there[key.bodies] - (wish if order is None else wish[order])) * np.array(key.axes)
    return float(np.sqrt(np.mean(np.sum(gap**2, axis=1))))
