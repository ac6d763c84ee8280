"""The work beside the window that a person may wait for: what it is called, how far it is, and the way out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from revanim.sentence import Sentence
from revanim.session.threads.worker import Worker

Cancel = Callable[[], object]


@dataclass(eq=False)
class Job:
    """One piece of work, from its beginning to its end."""

    name: Sentence
    cancel: Cancel | None  # None where it is not to be stopped halfway
    fraction: float | None = None  # of it that is done, where that is known
    began: float = field(default_factory=perf_counter)


class Jobs(QObject):
    """All that is under way; each piece of work says here that it begins, how it goes and that it is over."""

    changed = Signal()  # one began, or is over
    progressed = Signal(object)  # the Job that is farther

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.running: list[Job] = []

    def begin(self, name: Sentence, cancel: Cancel | None = None) -> Job:
        """Say that work begins."""
        job = Job(name, cancel)
        self.running.append(job)
        self.changed.emit()
        return job

    def hear(self, job: Job, fraction: object) -> None:
        """Say how far it is, from 0 to 1; None where nobody knows."""
        job.fraction = fraction if isinstance(fraction, float | int) else None
        self.progressed.emit(job)

    def end(self, job: Job) -> None:
        """Say that it is over; once is enough."""
        if job in self.running:
            self.running.remove(job)
            self.changed.emit()

    def watch(self, name: Sentence, worker: Worker, cancel: Cancel | None = None) -> None:
        """Follow a worker from now until it is over, or left."""
        job = self.begin(name, cancel)
        worker.reported.connect(lambda fraction: self.hear(job, fraction))
        worker.over.connect(lambda: self.end(job))
