"""Loops: the play range is to end as it begins."""

from PySide6.QtCore import QObject

from revanim.scene.edits import add_loop
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker
from revanim.session.work.keyframes import Keyframes
from revanim.session.work.solving.solve import Solving

NEXT = Sentence("A key asks for the state of frame {first} at frame {last}; Solve changes only the frames between")
EDITED = Sentence("The scene was edited before the loop was ready; ask for it again.")


class Loops(QObject):
    """Sets the key of a loop, once a walk beside the window has found the state at its beginning."""

    def __init__(self, session: Session, jobs: Jobs, keyframes: Keyframes, solving: Solving) -> None:
        super().__init__(session)
        self.session, self.jobs, self.keyframes, self.solving = session, jobs, keyframes, solving
        self._worker: Worker | None = None
        session.closing.connect(self._stop)

    def loop(self) -> None:
        """Ask that the last frame that plays is as the first one, and let the solver change only those between."""
        scene, (first, last) = self.session.scene, self.session.range
        if self._worker is not None:
            return

        def work(report: Report) -> Scene:
            return add_loop(scene, first, last, report)

        def take(looped: Scene) -> None:
            if self.session.scene is not scene:
                self.session.failed.emit(EDITED)
                return
            self.session.edit(Sentence("Loop"), looped)
            self.keyframes.select([key for key in looped.keyframes if key not in scene.keyframes])
            self.solving.choices.set_only_range(True)
            self.session.noted.emit(NEXT.with_values(first=first, last=last))

        self._worker = worker = Worker(self, work)
        worker.done.connect(take)
        worker.failed.connect(self.session.failed)
        worker.over.connect(self._end)
        self.jobs.watch(Sentence("Walking to the first frame of the loop…"), worker, worker.cancel)

    def _end(self) -> None:
        self._worker = None

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.close()
