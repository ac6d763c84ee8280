"""The proof that a scene walks back: it walks the range there and back, and counts the bits that differ.

Where it is soon done, the same way is walked in floating point beside it, for comparison.
"""

from PySide6.QtCore import QObject, Signal

from revanim.engine.floating import Rounded, can_float, walk_in_floats
from revanim.engine.verify import Verdict, verify
from revanim.scene.build import make_playhead
from revanim.session.session import Session
from revanim.session.threads.worker import Report, Worker, close_workers

Found = tuple[Verdict, Rounded | None]


class Proof(QObject):
    """Runs one proof at a time, beside the window; another scene stops it, and takes its verdict away."""

    changed = Signal()  # it began, or ended, or there is a verdict, or none any more
    progressed = Signal(object)  # which part is done

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.verdict: Verdict | None = None
        self.rounded: Rounded | None = None  # the same way in floating point
        self.worker: Worker | None = None
        session.scene_changed.connect(self.stop)
        session.closing.connect(self._close)

    def start(self) -> None:
        """Walk there and back through the scene as it is now."""
        scene = self.session.scene

        def work(report: Report) -> Found:
            playhead, first, last = make_playhead(scene), scene.timing.first, scene.timing.last
            both = can_float(playhead.system) and playhead.system.is_short(2 * (last - first))
            share = 0.5 if both else 1.0
            verdict = verify(playhead, first, last, lambda part: report(share * part))
            if not both:
                return verdict, None
            return verdict, walk_in_floats(playhead, first, last, lambda part: report(share + share * part))

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
        self.worker = self.verdict = self.rounded = None
        self.changed.emit()

    def _judge(self, found: Found) -> None:
        self.verdict, self.rounded = found

    def _finish(self) -> None:
        self.worker = None
        self.changed.emit()

    def _close(self) -> None:
        close_workers(self)
