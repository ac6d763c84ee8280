"""Who goes where: which target of a shape each body takes, as far as that is known; it can be shown and pinned."""

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.edits import color_by_targets
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.motion import same_motion
from revanim.session.threads.runner import nothing
from revanim.session.threads.worker import Report, Worker
from revanim.session.work.playback import Playback
from revanim.solve.assignment import assign
from revanim.solve.auction import is_ready

IN_PASSING = 300  # bodies of a shape: who goes where then takes some milliseconds
IN_A_WHILE = 10_000  # bodies: some seconds
REST = 400  # milliseconds at one frame, after which a larger shape may cost a core without anybody asking for it


class Assignments(QObject):
    """The assignments of the session's shapes: pinned by the artist, chosen by the solver, or found in passing."""

    changed = Signal()  # whether they are shown, or what is known of them

    def __init__(self, session: Session, jobs: Jobs, playback: Playback) -> None:
        super().__init__(session)
        self.session, self.jobs, self.playback = session, jobs, playback
        self.shown = False  # as lines in the viewport
        self._keys = session.scene.keyframes  # as a drag under way would have them
        self._solved: tuple[Index, ...] = ()  # by the candidate of a solve, for each of them
        self._solving = False  # whether a better candidate is being looked for
        self._found: dict[Keyframe, Index] = {}  # for the scene's own motion
        self._worker: Worker | None = None
        self._left: set[Keyframe] = set()  # which the person does not want to wait for
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._look_up)
        session.scene_changed.connect(self._forget)
        session.frame_shown.connect(self._look)
        session.closing.connect(self._stop)

    def of(self, key: Keyframe) -> Index | None:
        """Return int64[k], the target that each body of a keyframe takes; None where each has its own, or none yet."""
        if not key.shape or key.assignment is not None:
            return key.assignment
        keys, solved = self._keys, self._solved
        if key in keys and len(keys) == len(solved) and solved[keys.index(key)].size == key.bodies.size:
            return solved[keys.index(key)]
        return self._found.get(key)

    def know(self, keys: tuple[Keyframe, ...]) -> None:
        """Take these as the keyframes that there are, or that a drag under way would make."""
        self._keys = keys

    def follow(self, solved: tuple[Index, ...], solving: bool) -> None:
        """Take over who goes where in the candidate of a solve, and whether it is still solved for a better one."""
        self._solved, self._solving = solved, solving

    def find(self, key: Keyframe, shot: Shot) -> Index | None:
        """Return who goes where when the walk passes a shape; None where that would take a while."""
        if key not in self._found and key.bodies.size <= IN_PASSING and is_ready():
            self._found[key] = nearest(key, shot.position)
        return self._found.get(key)

    def remember(self, found: dict[Keyframe, Index]) -> None:
        """Take over what a solve has found, once its motion is that of the scene."""
        self._found.update(found)
        self.changed.emit()

    def show(self, shown: bool) -> None:
        """Lead a line from each body to its target, or leave that out."""
        self.shown = shown
        self._left.clear()
        self._look()
        self.changed.emit()

    def color(self, keys: Iterable[Keyframe]) -> None:
        """Give the bodies of keyframes the colours of their targets, as soon as it is known who goes where."""
        painted = [key for key in keys if key.color is not None]
        unknown = next((key for key in painted if key.shape and self.of(key) is None), None)
        if unknown is None:
            scene = self.session.scene
            for key in painted:
                scene = color_by_targets(scene, scene.keyframes.index(key), self.of(key))
            if painted:
                self.session.edit(Sentence("Colour bodies"), scene)
        elif self.session.shot is None or self.session.shot.frame != unknown.frame:
            text = Sentence(
                "Who goes where at frame {frame} is not known yet; go there or solve, then colour them.",
                frame=unknown.frame,
            )
            self.session.failed.emit(text)
        elif self._worker is None:
            self._left.discard(unknown)
            self._learn(unknown, self.session.shot.position, lambda: self.color(painted))

    def _forget(self, before: Scene, scene: Scene) -> None:
        if not same_motion(before, scene):
            self._found.clear()
            self._left.clear()

    def _look(self) -> None:
        """Find out who goes where in a larger shape at which the playhead stands: now, or once it has come to rest."""
        self._rest.stop()
        if self.shown:
            self._look_up()
        elif self._unknown:
            self._rest.start()

    @property
    def _unknown(self) -> list[Keyframe]:
        """The larger shapes at the playhead of which that is to be found out."""
        session = self.session
        if self._worker is not None or self.playback.direction or self._solving or not session.arrived:
            return []
        here = [key for key in session.scene.keyframes if key.frame == session.frame]
        shapes = [key for key in here if key.shape and key.bodies.size <= IN_A_WHILE]
        return [key for key in shapes if self.of(key) is None and key not in self._left]

    def _look_up(self) -> None:
        """Find it out in a thread of its own."""
        if self.session.shot is not None and (unknown := self._unknown):
            self._learn(unknown[0], self.session.shot.position)

    def _learn(self, key: Keyframe, position: Floats, then: Callable[[], object] = nothing) -> None:
        scene = self.session.scene

        def work(report: Report) -> Index:
            return nearest(key, position, report)

        def leave() -> None:
            self._left.add(key)
            worker.cancel()

        def keep(order: Index) -> None:
            if same_motion(scene, self.session.scene):
                self.remember({key: order})
                then()

        self._worker = worker = Worker(self, work)
        worker.done.connect(keep)
        worker.ended.connect(self._end)
        self.jobs.watch(Sentence("Finding out who goes where…"), worker, leave)

    def _end(self) -> None:
        self._worker = None

    def _stop(self) -> None:
        self._rest.stop()
        if self._worker is not None:
            self._worker.close()


def nearest(key: Keyframe, position: Floats, passed: Passed = silent) -> Index:
    """Return who goes where so that all bodies, placed at float64[n, 3], travel least along the axes that count."""
    assert key.position is not None
    axes = np.array(key.axes)
    return assign(position[key.bodies] * axes, key.position * axes, passed)
