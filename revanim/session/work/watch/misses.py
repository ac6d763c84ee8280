"""How far the motion misses the keyframes that the walk has not passed: looked up beside the window, once a hand rests.

So a file that is opened says it, and so does a step that is undone; a walk that takes long is left to the person.
"""

from collections import defaultdict

import numpy as np
from PySide6.QtCore import QObject, QTimer

from revanim.draw.trail import shot_at
from revanim.error import RevanimError
from revanim.scene.build import at_home, build_system
from revanim.scene.scene import Keyframe, Scene
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion
from revanim.session.threads.worker import Report, Worker, close_workers
from revanim.session.work.assignments import IN_PASSING, nearest
from revanim.session.work.keyframes import Keyframes, miss

REST = 500  # milliseconds without an edit

Misses = dict[Keyframe, float]


class LookedUp(QObject):
    """Walks to the keys whose misses are unknown, and lets the keyframes know."""

    def __init__(self, session: Session, keyframes: Keyframes) -> None:
        super().__init__(session)
        self.session, self.keyframes = session, keyframes
        self._worker: Worker | None = None
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._look_up)
        session.scene_changed.connect(self._wait)
        session.closing.connect(self._close)
        self._wait()

    def _wait(self) -> None:
        self._leave()
        if self.session.scene.keyframes:
            self._rest.start()

    def _look_up(self) -> None:
        scene = self.session.scene
        unknown = [key for key in scene.keyframes if key not in self.keyframes.misses and can_be_looked_up(key)]
        if unknown:
            self._worker = Worker(self, lambda report: misses_of(scene, unknown, report))
            self._worker.done.connect(lambda found: self._know(scene, found))
            self._worker.ended.connect(self._finish)

    def _know(self, scene: Scene, found: Misses) -> None:
        if same_motion(scene, self.session.scene):
            there = self.session.scene.keyframes
            self.keyframes.know({key: far for key, far in found.items() if key in there})

    def _finish(self) -> None:
        self._worker = None

    def _leave(self) -> None:
        self._rest.stop()
        if self._worker is not None:
            self._worker.leave()
            self._worker = None

    def _close(self) -> None:
        self._leave()
        close_workers(self)


def can_be_looked_up(key: Keyframe) -> bool:
    """Whether it is soon known who goes where."""
    return not key.shape or key.assignment is not None or key.bodies.size <= IN_PASSING


def misses_of(scene: Scene, keys: list[Keyframe], report: Report) -> Misses:
    """Return by how much the motion of a scene misses some of its keys, as far as it goes; of none if that is long."""
    system, home = build_system(scene), scene.timing.home
    if not system.is_short(max(abs(key.end - home) for key in keys)):
        return {}
    playhead = at_home(system, scene)
    passed: dict[Keyframe, list[float]] = defaultdict(list)
    for frame in sorted({frame for key in keys for frame in range(key.frame, key.end + 1)}):
        report(None)
        try:
            playhead.seek(frame)
        except RevanimError:
            break
        shot = shot_at(playhead, scene)
        for key in (key for key in keys if key.frame <= frame <= key.end):
            order = nearest(key, shot.position) if key.shape and key.assignment is None else key.assignment
            passed[key].append(miss(key, shot, order))
    return {key: float(np.sqrt(np.mean(np.square(far)))) for key, far in passed.items()}
