"""The thread that solves: the newest task wins, and what it finds comes at the rate of the display."""

from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, QThread, Signal

from revanim.error import RevanimError
from revanim.scene.scene import Index, Scene
from revanim.session.threads.mailbox import Mailbox
from revanim.session.threads.mishap import TOLD
from revanim.session.threads.runner import begin, leave_a_core, mishap
from revanim.solve.controls import Control
from revanim.solve.run import Progress
from revanim.solve.solve import solve

BEAT = 0.016  # seconds between two pieces of news
# The first iteration of a live solve takes about eight walks to the last keyframe, each of the next two.
LIVE_WALK = 0.020  # seconds that a walk may take; with a longer one the hand runs ahead
# A live solve gives way to the next after so many. On a chain of five rods one takes 27 ms and is a thousandth of the
# chain behind, two 35 ms and a few ten-thousandths, four 70 ms: nobody sees more than the delay.
LIVE_ITERATIONS, LIVE_SECONDS = 2, 0.03


@dataclass(frozen=True, eq=False)
class Task:
    """What to solve. A live one goes on from the last solution, and the next of its kind is already on the way."""

    scene: Scene
    controls: tuple[Control, ...]
    iterations: int
    live: bool = False
    rehearsal: bool = False  # nobody waits for what comes of it
    patient: bool = False  # a live one that is done however long it takes: the hand has come to rest


@dataclass(frozen=True, eq=False)
class News:
    """How far a task is."""

    task: Task
    progress: Progress | None
    candidate: Scene | None  # the scene that moves as the best so far
    costs: tuple[float, ...]  # after every iteration
    orders: tuple[Index, ...]  # of each keyframe, int64[k]: which target its bodies go to
    over: bool
    failed: str = ""  # one plain sentence


class Solver(QThread):
    """Solves one task at a time; before each walk it looks whether it is still wanted."""

    rang = Signal()  # there is news to `take`

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks: Mailbox[Task] = Mailbox()
        self._news: Mailbox[News] = Mailbox()
        self._wanted: Task | None = None

    def solve(self, task: Task) -> None:
        """Solve this, and leave whatever is being solved."""
        self._wanted = task
        self._tasks.put(task)
        if self._tasks.open and not self.isRunning():
            begin(self)

    def stop(self) -> None:
        """Leave what is being solved, when the walk under way is done."""
        self._wanted = None

    def take(self) -> News | None:
        """Return the newest news, once."""
        return self._news.take()

    def close(self) -> None:
        """Finish the walk, and the thread."""
        self.stop()
        self._tasks.close()
        self.wait()

    def run(self) -> None:
        leave_a_core()
        for task in self._tasks:
            try:
                self._follow(task)
            except RevanimError as error:
                self._tell(News(task, None, None, (), (), True, str(error)))
            except Exception as error:
                mishap(error)
                self._tell(News(task, None, None, (), (), True, TOLD))

    def _follow(self, task: Task) -> None:
        costs: list[float] = []
        due = 0.0
        dropped = partial(self._dropped, task)
        for progress in solve(task.scene, task.controls, task.iterations, 1 if task.live else 3, stopped=dropped):
            costs += [progress.cost] * (progress.iteration == len(costs))
            worth = not task.live or enough(progress)
            if task.live and progress.evaluations == 1 and not task.patient and progress.seconds > LIVE_WALK:
                self._tell(News(task, None, None, (), (), over=True))
                return
            news = self._look(task, progress, costs)
            if worth and (task.live or perf_counter() >= due):
                self._tell(news)
                due = perf_counter() + BEAT
            if worth and self._wanted is not task:
                return
        if not dropped():
            self._tell(replace(news, over=True))

    def _dropped(self, task: Task) -> bool:
        """Whether a task is to be left at once; a live one comes to its first picture."""
        return self._wanted is not task and not task.live

    def _look(self, task: Task, progress: Progress, costs: list[float]) -> News:
        orders = tuple(term.order.copy() for term in progress.objective.terms)
        return News(task, progress, progress.scene, tuple(costs), orders, over=False)

    def _tell(self, news: News) -> None:
        if self._news.put(news):
            self.rang.emit()


def enough(progress: Progress) -> bool:
    """Whether a live solve has come so far that the next may follow."""
    return progress.iteration >= LIVE_ITERATIONS or (progress.iteration > 0 and progress.seconds > LIVE_SECONDS)
