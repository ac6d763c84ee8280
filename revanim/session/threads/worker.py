"""A long piece of work beside the window: it reports as it goes, and can be stopped at every report."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QThread, Signal

from revanim.error import RevanimError
from revanim.session.threads.mishap import TOLD
from revanim.session.threads.runner import begin, leave_a_core, mishap

BEAT = 0.03  # seconds between two reports

Report = Callable[[object], None]


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody asked the work to end."""


class Worker(QThread):
    """Runs `work(report)` in its own thread, tells in the window's what came of it, and deletes itself.

    Whoever listens right after making one misses nothing of the outcome, however short the work is; of the reports it
    hears as many as an eye can follow.
    """

    reported = Signal(object)
    done = Signal(object)  # what the work returned
    failed = Signal(object)  # a Sentence
    ended = Signal()  # the last word, unless it was left
    over = Signal()  # it has ended, or was left

    def __init__(self, parent: QObject, work: Callable[[Report], object]) -> None:
        super().__init__(parent)
        self._work, self._left = work, False
        self._told = 0.0
        self._outcome: Callable[[], object] = nothing
        self.finished.connect(self._tell)
        begin(self)

    def leave(self) -> None:
        """End at the next report, and tell nothing any more; nobody waits for that."""
        self._left = True
        self.requestInterruption()
        self.over.emit()

    def close(self) -> None:
        """End so, and wait for it."""
        self.leave()
        self.wait()

    def _report(self, report: object) -> None:
        if self.isInterruptionRequested():
            raise Stopped
        now = perf_counter()
        if now - self._told > BEAT:
            self._told = now
            self.reported.emit(report)

    def _tell(self) -> None:
        if not self._left:
            self._outcome()
            self.ended.emit()
            self.over.emit()
        self.deleteLater()

    def run(self) -> None:
        leave_a_core()
        try:
            self._outcome = partial(self.done.emit, self._work(self._report))
        except RevanimError as error:
            self._outcome = partial(self.failed.emit, error.sentence)
        except Stopped:
            pass
        except Exception as error:
            mishap(error)
            self._outcome = partial(self.failed.emit, TOLD)


def close_workers(parent: QObject) -> None:
    """End whatever its own workers do, and wait for it."""
    for worker in parent.findChildren(Worker, options=Qt.FindChildOption.FindDirectChildrenOnly):
        worker.close()


def nothing() -> None:
    """Do nothing: where something may be done."""
