"""Whether the picture is late: what was asked for takes so long that what is shown is not true any more."""

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.jobs import Job, Jobs
from revanim.session.work.playback import Playback

SOON = 0.4  # seconds without a new picture on the way: most walks are over by then
BEAT = 100  # milliseconds between two looks at how far the walk is


class Working(QObject):
    """Watches the walk on its way to what was asked for, and lets it be given up.

    Playing is no wait: each of its pictures is true until the next one comes, however long that takes.
    """

    changed = Signal()  # whether the picture is late, or how far the walk is

    def __init__(self, session: Session, jobs: Jobs, playback: Playback) -> None:
        super().__init__(session)
        self.session, self.jobs, self.playback = session, jobs, playback
        self._job: Job | None = None
        self._since = 0.0  # when there was nothing to wait for, or the last picture came
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._look)
        session.frame_changed.connect(self._begin)
        session.scene_changed.connect(self._begin)
        session.frame_shown.connect(self._rest)
        session.failed.connect(self._rest)
        session.closing.connect(self._timer.stop)

    @property
    def late(self) -> bool:
        """Whether what is shown is not current."""
        return self._job is not None

    @property
    def percent(self) -> int:
        """How much of the way is walked."""
        return int(100 * self.session.walker.fraction)

    def cancel(self) -> None:
        """Give up the way to what was asked for."""
        self.session.stay()

    def _begin(self) -> None:
        if not self._timer.isActive():
            self._since = perf_counter()
            self._timer.start()

    def _rest(self) -> None:
        """Wait anew: there is a picture on the way, or the last one."""
        self._since = perf_counter()
        self._look()

    def _look(self) -> None:
        session = self.session
        if not session.under_way:
            self._timer.stop()
            self._end()
        elif (self.playback.direction and session.stand is not None) or perf_counter() - self._since < SOON:
            self._end()
        else:
            if self._job is None:
                self._job = self.jobs.begin(Sentence("Walking to frame {frame}…", frame=session.frame), self.cancel)
            self.jobs.hear(self._job, session.walker.fraction)
            self.changed.emit()

    def _end(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            self.jobs.end(job)
            self.changed.emit()
