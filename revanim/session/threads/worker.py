"""A long piece of work beside the window: it reports as it goes, and can be stopped at every report."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Qt, Signal

from revanim.sentence import Sentence
from revanim.session.threads.runner import Abandoned, Runner, nothing

BEAT = 0.03  # seconds between two reports

Report = Callable[[object], None]
Work = Callable[[Report], object]
Outcome = Callable[[], object]


class Worker(QObject):
    """Runs `work(report)` in its own thread, tells in the window's what came of it, and deletes itself.

    Whoever listens right after making one misses nothing of the outcome, however short the work is; of the reports it
    hears as many as an eye can follow.
    """

    reported = Signal(object)
    done = Signal(object)  # what the work returned
    failed = Signal(object)  # a Sentence
    ended = Signal()  # the last word, unless it was left
    over = Signal()  # it has ended, or was left

    def __init__(self, parent: QObject, work: Work) -> None:
        super().__init__(parent)
        self._left = False
        self._reported = 0.0  # when it last did
        self._outcome: Outcome = nothing
        self._runner = Runner[Work, Outcome](self, self._follow, nothing, self._fail)
        self._runner.finished.connect(self._tell)
        self._runner.order_last(work)

    def isRunning(self) -> bool:
        """Whether its thread is at work."""
        return self._runner.isRunning()

    def cancel(self) -> None:
        """End at the next report, or in the midst of a walk; what it would have returned is not told."""
        self._runner.give_up()

    def leave(self) -> None:
        """End as soon as may be, and tell nothing any more; nobody waits for that."""
        self._left = True
        self.cancel()
        self.over.emit()

    def wait(self) -> None:
        """Wait until the work is done."""
        self._runner.wait()

    def close(self) -> None:
        """End as soon as may be, and wait for it; nothing is told any more."""
        self.leave()
        self.wait()

    def _follow(self, work: Work) -> None:
        self._outcome = partial(self.done.emit, work(self._report))

    def _fail(self, work: Work, sentence: Sentence) -> None:
        self._outcome = partial(self.failed.emit, sentence)

    def _report(self, report: object) -> None:
        if self._runner.isInterruptionRequested():
            raise Abandoned
        now = perf_counter()
        if now - self._reported > BEAT:
            self._reported = now
            self.reported.emit(report)

    def _tell(self) -> None:
        if not self._left:
            self._outcome()
            self.ended.emit()
            self.over.emit()
        self.deleteLater()


def close_workers(parent: QObject) -> None:
    """End whatever its own workers do, and wait for it."""
    for worker in parent.findChildren(Worker, options=Qt.FindChildOption.FindDirectChildrenOnly):
        worker.close()
