"""The export queue: films and files that are written one after the other, beside whatever else the window does."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

import revanim as ra
from revanim.scene.scene import Scene
from revanim.sentence import N_, NOTHING, Sentence
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker

Then = Callable[[Path], object]


class State(Enum):
    """What has become of an export."""

    WAITING = N_("Waiting")
    WRITING = N_("Writing")
    DONE = "Done"
    FAILED = N_("Failed")
    CANCELLED = N_("Cancelled")


@dataclass(eq=False)
class QueuedExport:
    """A scene as it was when it was put into the queue, and how it is written."""

    scene: Scene
    path: Path
    exporter: str
    frames: tuple[int, int]
    values: Mapping[str, Any]
    then: Then | None = None  # what is done with the file
    state: State = State.WAITING
    fraction: float = 0.0  # of it that is written
    seconds: float = 0.0
    why: Sentence = NOTHING  # it failed
    started: float = field(default=0.0, repr=False)

    @property
    def over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state not in (State.WAITING, State.WRITING)


class Exports(QObject):
    """One export is written at a time; the others wait."""

    changed = Signal()  # exports were added or removed, or one of them is in another state
    progressed = Signal(object)  # the QueuedExport that is being written

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        self.queue: list[QueuedExport] = []
        self._worker: Worker | None = None
        session.finishing.connect(self.stop)

    def add(self, export: QueuedExport) -> None:
        """Put an export at the end of the queue."""
        self.queue.append(export)
        self.changed.emit()
        self._go_on()

    def cancel(self, export: QueuedExport) -> None:
        """Write no more of an export; what was there before under its name stays."""
        if export.state is State.WRITING and self._worker is not None:
            self._worker.cancel()
        elif export.state is State.WAITING:
            export.state = State.CANCELLED
            self.changed.emit()

    def clear(self) -> None:
        """Forget the exports of which nothing more will become."""
        self.queue = [export for export in self.queue if not export.over]
        self.changed.emit()

    def stop(self) -> None:
        """Cancel everything, and wait for it."""
        for export in self.queue:
            if export.state is State.WAITING:
                export.state = State.CANCELLED
        if self._worker is not None:
            self._worker.close()

    @property
    def waiting(self) -> int:
        """How many exports are not over."""
        return sum(not export.over for export in self.queue)

    def _go_on(self) -> None:
        export = next((export for export in self.queue if export.state is State.WAITING), None)
        if self._worker is not None or export is None:
            return
        export.state, export.started = State.WRITING, time.perf_counter()

        def work(report: Report) -> None:
            ra.export(
                export.scene, export.path, export.frames, exporter=export.exporter, passed=report, **export.values
            )

        self._worker = worker = Worker(self, work)
        worker.reported.connect(lambda fraction: self._hear(export, fraction))
        worker.done.connect(lambda: self._end(export, State.DONE))
        worker.failed.connect(lambda why: self._end(export, State.FAILED, why))
        worker.ended.connect(lambda: self._leave(export))
        name = Sentence("Writing “{name}”…", name=export.path.name)
        self.jobs.watch(name, worker, lambda: self.cancel(export))
        self.changed.emit()

    def _hear(self, export: QueuedExport, fraction: float) -> None:
        export.fraction, export.seconds = fraction, time.perf_counter() - export.started
        self.progressed.emit(export)

    def _end(self, export: QueuedExport, state: State, why: Sentence = NOTHING) -> None:
        export.state, export.why, export.seconds = state, why, time.perf_counter() - export.started
        if state is State.FAILED:
            self.session.failed.emit(Sentence("{name} was not written: {why}", name=export.path.name, why=why))
        elif export.then is not None:
            export.then(export.path)
        else:
            self.session.told.emit(Sentence("{name} is written.", name=export.path.name))

    def _leave(self, export: QueuedExport) -> None:
        if export.state is State.WRITING:
            export.state = State.CANCELLED
        self._worker = None
        self.changed.emit()
        self._go_on()
