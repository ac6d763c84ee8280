"""The proof that a scene walks back: it walks the range there and back, and counts the bits that differ."""

from PySide6.QtCore import QObject, Signal

from revanim.engine.verify import Verdict, verify
from revanim.scene.build import make_playhead
from revanim.session.session import Session
from revanim.session.threads.worker import Report, Worker, close_workers


class Proof(QObject):
    """Runs one proof at a time, beside the window; another scene stops it, and takes its verdict away."""

    changed = Signal()  # it began, or ended, or there is a verdict, or none any more
    progressed = Signal(object)  # which part is done

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.verdict: Verdict | None = None
        self.worker: Worker | None = None
        session.scene_changed.connect(self.stop)
        session.closing.connect(self._close)

    def start(self) -> None:
        """Walk there and back through the scene as it is now."""
        scene = self.session.scene

        def work(report: Report) -> Verdict:
            return verify(make_playhead(scene), scene.timing.first, scene.timing.last, report)

        self.stop()
        self.worker = Worker(self, work)
        self.worker.reported.connect(self.progressed)
        self.worker.done.connect(self._judge)
        self.worker.failed.connect(self.session.failed)
        self.worker.ended.connect(self._finish)
        self.changed.emit()

    def stop(self) -> None:
        """Leave the proof that runs, and forget the verdict of the last."""
        if self.worker is None and self.verdict is None:
            return
        if self.worker is not None:
            self.worker.leave()
        self.worker = self.verdict = None
        self.changed.emit()

    def _judge(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def _finish(self) -> None:
        self.worker = None
        self.changed.emit()

    def _close(self) -> None:
        close_workers(self)
