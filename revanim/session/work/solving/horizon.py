"""How far a launch can aim, measured beside the window while somebody wants to know."""

from PySide6.QtCore import QObject, QTimer, Signal

from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion
from revanim.session.threads.worker import Report, Worker, close_workers
from revanim.solve.horizon import launch_horizon

REST = 300  # milliseconds without another scene before it is measured anew


class Horizon(QObject):
    """The frame beyond which no launch can aim; None where there is none before the last frame, or nobody asks."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.frame: int | None = None
        self.watched = False
        self._measured: Scene | None = None  # whose horizon is known, or on its way
        self._worker: Worker | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._measure)
        session.opened.connect(self._look)
        session.scene_changed.connect(self._look)
        session.closing.connect(lambda: close_workers(self))

    def watch(self, watched: bool) -> None:
        """Measure it from now on, or no more."""
        self.watched = watched
        self._look()

    def _look(self) -> None:
        """Leave what is of no use any more, and measure once the scene has come to rest."""
        known, scene = self._measured, self.session.scene
        fits = known is not None and same_motion(known, scene) and known.timing.last == scene.timing.last
        if not self.watched or not fits:
            self._leave()
        if self.watched and not fits:
            self._rest.start()
        self.changed.emit()

    def _leave(self) -> None:
        self._rest.stop()
        if self._worker is not None:
            self._worker.leave()
        self._worker, self._measured, self.frame = None, None, None

    def _measure(self) -> None:
        scene = self._measured = self.session.scene
        self._worker = Worker(self, lambda report: _measured(scene, report))
        self._worker.done.connect(self._hear)
        self._worker.failed.connect(lambda sentence: None)  # a motion that ends has no horizon
        self._worker.ended.connect(self._end)

    def _hear(self, frame: int | None) -> None:
        self.frame = frame
        self.changed.emit()

    def _end(self) -> None:
        self._worker = None


def _measured(scene: Scene, report: Report) -> int | None:
    def stopped() -> bool:
        report(None)  # which raises where nobody waits any more
        return False

    return launch_horizon(scene, scene.timing.last, stopped)
