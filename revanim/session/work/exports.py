"""The export queue: shots that are written one after the other, beside whatever else the window does."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

import revanim as ra
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker
from revanim.session.words import said, tr

Then = Callable[[Path], object]


class State(Enum):
    """What has become of a shot."""

    WAITING = "Waiting"
    WRITING = "Writing"
    DONE = "Done"
    FAILED = "Failed"
    CANCELLED = "Cancelled"


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
    part: float = 0.0  # of it that is written
    seconds: float = 0.0
    why: str = ""  # it failed
    started: float = field(default=0.0, repr=False)

    @property
    def over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state not in (State.WAITING, State.WRITING)


class Exports(QObject):
    """One shot is written at a time; the others wait."""

    changed = Signal()  # shots were added or removed, or one of them is in another state
    progressed = Signal(object)  # the QueuedExport that is being written

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        self.shots: list[QueuedExport] = []
        self._worker: Worker | None = None
        session.finishing.connect(self.stop)

    def add(self, shot: QueuedExport) -> None:
        """Put a shot at the end of the queue."""
        self.shots.append(shot)
        self.changed.emit()
        self._go_on()

    def cancel(self, shot: QueuedExport) -> None:
        """Write no more of a shot; what was there before under its name stays."""
        if shot.state is State.WRITING and self._worker is not None:
            self._worker.requestInterruption()
        elif shot.state is State.WAITING:
            shot.state = State.CANCELLED
            self.changed.emit()

    def clear(self) -> None:
        """Forget the shots of which nothing more will become."""
        self.shots = [shot for shot in self.shots if not shot.over]
        self.changed.emit()

    def stop(self) -> None:
        """Cancel everything, and wait for it."""
        for shot in self.shots:
            if shot.state is State.WAITING:
                shot.state = State.CANCELLED
        if self._worker is not None:
            self._worker.close()

    @property
    def waiting(self) -> int:
        """How many shots are not over."""
        return sum(not shot.over for shot in self.shots)

    def _go_on(self) -> None:
        shot = next((shot for shot in self.shots if shot.state is State.WAITING), None)
        if self._worker is not None or shot is None:
            return
        shot.state, shot.started = State.WRITING, time.perf_counter()

        def work(report: Report) -> None:
            ra.export(shot.scene, shot.path, shot.frames, exporter=shot.exporter, passed=report, **shot.values)

        self._worker = worker = Worker(self, work)
        worker.reported.connect(lambda part: self._hear(shot, part))
        worker.done.connect(lambda: self._end(shot, State.DONE))
        worker.failed.connect(lambda why: self._end(shot, State.FAILED, why))
        worker.ended.connect(lambda: self._leave(shot))
        name = tr("Writing “{name}”…", name=shot.path.name)
        self.jobs.watch(name, worker, lambda: self.cancel(shot))
        self.changed.emit()

    def _hear(self, shot: QueuedExport, part: float) -> None:
        shot.part, shot.seconds = part, time.perf_counter() - shot.started
        self.progressed.emit(shot)

    def _end(self, shot: QueuedExport, state: State, why: str = "") -> None:
        shot.state, shot.why, shot.seconds = state, why, time.perf_counter() - shot.started
        if state is State.FAILED:
            self.session.failed.emit(tr("{name} was not written: {why}", name=shot.path.name, why=said(why)))
        elif shot.then is not None:
            shot.then(shot.path)
        else:
            self.session.told.emit(tr("{name} is written.", name=shot.path.name))

    def _leave(self, shot: QueuedExport) -> None:
        if shot.state is State.WRITING:
            shot.state = State.CANCELLED
        self._worker = None
        self.changed.emit()
        self._go_on()
