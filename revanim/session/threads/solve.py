"""The thread that solves: the newest task wins, and what it finds comes at the rate of the display."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter, thread_time

import numpy as np
from PySide6.QtCore import QObject, SignalInstance

from revanim.scene.scene import Index, Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.threads.runner import Runner
from revanim.solve.advice.advice import Advice, Wishes
from revanim.solve.advice.foresight import refused
from revanim.solve.objective import Objective
from revanim.solve.run import Progress
from revanim.solve.solve import solve

BEAT = 0.016  # seconds between two pieces of news
# The first iteration of a live solve takes about eight walks to the last keyframe, each of the next two.
# Seconds of this thread in which the first may be done, whatever else the machine does; beyond, the hand runs ahead.
LIVE_WALK = 0.020
# A live solve gives way to the next after so many. On a chain of five rods one takes 27 ms and is a thousandth of the
# chain behind, two 35 ms and a few ten-thousandths, four 70 ms: nobody sees more than the delay.
LIVE_ITERATIONS, LIVE_SECONDS = 2, 0.03
LIVE_PATIENCE = 0.5  # seconds; what has shown nothing by then would be seen too late
LIVE_WORK = 1.0  # seconds of this thread; what is not found by then is searched for when the hand rests


@dataclass(frozen=True, eq=False)
class SolveTask:
    """What to solve. A live one goes on from the last solution, and the next of its kind is already on the way."""

    scene: Scene
    controls: Wishes
    iterations: int
    physical: float = 1.0  # the share of the forces that is kept in the end
    own: Scene | None = None  # that moves as nothing was solved yet, if that is another: no result shall be worse
    live: bool = False
    rehearsal: bool = False  # nobody waits for what comes of it
    between: tuple[int, int] | None = None  # the only frames that may change
    patient: bool = False  # a live one that is done however long it takes: the hand has come to rest


@dataclass(frozen=True, eq=False)
class SolveNews:
    """How far a task is."""

    task: SolveTask
    progress: Progress | None
    candidate: Scene | None  # the scene that moves as the best so far
    costs: tuple[float, ...]  # after every iteration
    orders: tuple[Index, ...]  # of each keyframe, int64[k]: which target its bodies go to
    over: bool
    better: bool = False  # than the scene's own motion
    failed: Sentence = NOTHING
    advice: Advice | None = None  # why it did not even begin, or will lead nowhere, and what would help


class Solver:
    """Solves one task at a time; before each walk it looks whether it is still wanted."""

    def __init__(self, parent: QObject, hear: Callable[[SolveNews], object], until: SignalInstance) -> None:
        self.runner = Runner[SolveTask, SolveNews](parent, self._follow, hear, self._fail, until=until)
        self._wanted: SolveTask | None = None
        self._began = 0.0  # when it was ordered

    def solve(self, task: SolveTask) -> None:
        """Solve this, and leave whatever is being solved; a live task comes to its first picture, if that is soon."""
        before, began = self._wanted, self._began
        self._wanted, self._began = task, perf_counter()
        self.runner.order(task, halt=before is not None and not (before.live and self._began - began < LIVE_PATIENCE))

    def stop(self) -> None:
        """Leave what is being solved, in the midst of a walk."""
        self._wanted = None
        self.runner.halt()

    def _is_wanted(self, task: SolveTask) -> bool:
        return self._wanted is task and not self.runner.isInterruptionRequested()

    def _fail(self, task: SolveTask, sentence: Sentence) -> None:
        self.runner.tell(SolveNews(task, None, None, (), (), True, failed=sentence))

    def _follow(self, task: SolveTask) -> None:
        if advice := refused(task.scene, task.controls):
            self.runner.tell(SolveNews(task, None, None, (), (), over=True, advice=advice))
            return
        costs: list[float] = []
        due, began = 0.0, thread_time()
        dropped = partial(self._dropped, task, began)
        for progress in _solved(task, dropped):
            if not np.isfinite(progress.cost):
                self.runner.tell(SolveNews(task, None, None, (), (), over=False, advice=progress.advice))
                continue
            costs += [progress.cost] * (progress.iteration == len(costs))
            worth = not task.live or enough(progress)
            hasty = task.live and not task.patient and progress.evaluations == 1
            if hasty and thread_time() - began > LIVE_WALK:
                self.runner.tell(SolveNews(task, None, None, (), (), over=True))
                return
            news = self._look(task, progress, costs)
            if worth and (task.live or perf_counter() >= due):
                self.runner.tell(news)
                due = perf_counter() + BEAT
            if worth and not self._is_wanted(task):
                return
        if not dropped():
            self.runner.tell(replace(news, over=True, better=news.better and beats(progress, task.own)))

    def _dropped(self, task: SolveTask, began: float) -> bool:
        """Whether a task is to be left at once; a live one comes to its first picture, unless that is far."""
        return not self._is_wanted(task) and (not task.live or thread_time() - began > LIVE_WORK)

    def _look(self, task: SolveTask, progress: Progress, costs: list[float]) -> SolveNews:
        return SolveNews(
            task, progress, progress.scene, tuple(costs), progress.orders, over=False, better=progress.better
        )  # fmt: skip


def beats(progress: Progress, own: Scene | None) -> bool:
    """Whether a result is better than a scene's own motion, or as good as anyone could see; one walk."""
    if own is None or progress.hit or progress.bend is not None:
        return True
    objective = Objective(own)
    excess, cost, _ = objective.judge(objective.start)
    return (progress.excess, progress.cost) < (excess, cost)


def _solved(task: SolveTask, dropped: Callable[[], bool]) -> Iterator[Progress]:
    controls, hasty = "auto" if task.between else task.controls, task.live and not task.patient
    return solve(
        task.scene, controls, task.iterations, 0 if hasty else 1 if task.live else 3, between=task.between,
        physical=task.physical, stopped=dropped, advised=not hasty,
    )  # fmt: skip


def enough(progress: Progress) -> bool:
    """Whether a live solve has come so far that the next may follow."""
    return progress.iteration >= LIVE_ITERATIONS or (progress.iteration > 0 and progress.seconds > LIVE_SECONDS)
