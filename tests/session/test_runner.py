"""What every thread beside the window keeps to: the newest order wins, halts, and none dies of what it is told."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.build import make_playhead
from revanim.scene.edits.targets import set_targets
from revanim.sentence import Sentence
from revanim.session.threads.ghost import GhostWalker
from revanim.session.threads.mishap import TOLD
from revanim.session.threads.runner import Runner
from revanim.session.threads.solve import Solver, SolveTask
from revanim.session.threads.surroundings import SurroundingsWalker
from revanim.session.threads.walk import Walker
from revanim.session.threads.worker import Report, Worker
from revanim.solve.controls.control import Control


class Owner(QObject):
    """What threads belong to."""

    closing = Signal()


@dataclass
class Thread:
    """One of the threads, and how it is told where to stand."""

    runner: Runner[Any, Any]
    order: Callable[[ra.Scene, int], object]
    frame: Callable[[Any], int | None]  # of news
    heard: list[Any]

    def stands_at(self, frame: int) -> bool:
        """Whether that is the frame of the last that was heard."""
        return bool(self.heard) and self.frame(self.heard[-1]) == frame


def walker(owner: Owner, heard: list[Any]) -> Thread:
    """Return the thread that owns the playhead."""
    walker = Walker(owner, heard.append)
    owner.closing.connect(walker.close)
    return Thread(walker.runner, walker.show, lambda news: news.shot and news.shot.frame, heard)


def ghost(owner: Owner, heard: list[Any]) -> Thread:
    """Return the thread that walks a motion that might be."""
    ghost = GhostWalker(owner, heard.append, owner.closing)
    return Thread(ghost.runner, ghost.show, lambda shot: shot.frame, heard)


def surroundings(owner: Owner, heard: list[Any]) -> Thread:
    """Return the thread that walks around a frame."""
    around = SurroundingsWalker(owner, heard.append, owner.closing)

    def order(scene: ra.Scene, frame: int) -> None:
        around.walk_from(replace(scene, look=replace(scene.look, ahead=3)), frame, make_playhead(scene).stand)

    return Thread(around.runner, order, lambda news: news.frame, heard)


def solver(owner: Owner, heard: list[Any]) -> Thread:
    """Return the thread that solves: for a key at the frame that is ordered."""
    solver = Solver(owner, heard.append, owner.closing)

    def order(scene: ra.Scene, frame: int) -> None:
        posed = set_targets(scene, frame, np.arange(2), scene.bodies.position[[1, 0]])
        solver.solve(SolveTask(posed, (Control("velocity"),), 3))

    return Thread(solver.runner, order, lambda news: news.task.scene.keyframes[0].frame, heard)


THREADS = [walker, ghost, surroundings, solver]
WALKING = [walker, ghost, surroundings]  # those that a halt ends in the midst of a frame


def orbit(steps: int = 8, count: int = 3) -> ra.Scene:
    """Return a few bodies that fall around each other, or many with frames that take minutes."""
    place = np.random.default_rng(0).normal(size=(count, 3))
    gravity = ra.force("gravity", softening=0.1)
    return ra.make_scene(place, 0 * place, np.full(count, 1 / count), (gravity,), steps_per_frame=steps)


def endless() -> ra.Scene:
    """Return a scene whose frames take minutes each."""
    return orbit(steps=100_000, count=600)


@pytest.fixture
def owner(qapp: object) -> Iterator[Owner]:
    """Something that threads belong to, and that ends in the end."""
    owner = Owner()
    yield owner
    owner.closing.emit()
    owner.deleteLater()


@pytest.mark.parametrize("make", THREADS)
def test_the_newest_order_wins(qtbot: QtBot, owner: Owner, make: Callable[[Owner, list[Any]], Thread]) -> None:
    thread, scene = make(owner, []), orbit()
    for frame in range(2, 40):
        thread.order(scene, frame)
    qtbot.waitUntil(lambda: thread.stands_at(39))


@pytest.mark.parametrize("make", WALKING)
def test_an_order_for_another_motion_halts_the_walk(
    qtbot: QtBot, owner: Owner, make: Callable[[Owner, list[Any]], Thread]
) -> None:
    thread, scene = make(owner, []), orbit()
    thread.order(endless(), 5)
    qtbot.waitUntil(lambda: thread.runner.motion is not None)
    thread.order(scene, 3)
    qtbot.waitUntil(lambda: thread.stands_at(3))


@pytest.mark.parametrize("make", WALKING)
def test_a_motion_that_was_halted_is_walked_all_the_same_when_it_is_wanted_again(
    qtbot: QtBot, owner: Owner, make: Callable[[Owner, list[Any]], Thread]
) -> None:
    thread, scene = make(owner, []), orbit()
    thread.order(scene, 3)
    qtbot.waitUntil(lambda: thread.stands_at(3))
    thread.runner.motion.system.halt()  # as an order does that is replaced before the thread has looked
    thread.order(scene, 6)
    qtbot.waitUntil(lambda: thread.stands_at(6))


@pytest.mark.parametrize("make", THREADS)
def test_a_mishap_is_told_once_and_the_thread_goes_on(
    qtbot: QtBot, owner: Owner, make: Callable[[Owner, list[Any]], Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, scene = make(owner, []), orbit()
    follow, failed = thread.runner._follow, threading.Event()

    def break_once(order: object) -> None:
        if not failed.is_set():
            failed.set()
            raise ZeroDivisionError("an item of somebody else's")
        follow(order)

    monkeypatch.setattr(thread.runner, "_follow", break_once)
    with qtbot.captureExceptions() as caught:
        thread.order(scene, 3)
        qtbot.waitUntil(lambda: bool(caught))
        thread.order(scene, 5)
        qtbot.waitUntil(lambda: thread.stands_at(5))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


@pytest.mark.parametrize("make", THREADS)
def test_it_ends_with_what_it_belongs_to_and_nothing_is_heard_any_more(
    qtbot: QtBot, owner: Owner, make: Callable[[Owner, list[Any]], Thread]
) -> None:
    thread = make(owner, [])
    thread.order(orbit(count=200) if make is solver else endless(), 5)
    if make in WALKING:
        qtbot.waitUntil(lambda: thread.runner.motion is not None)
    owner.closing.emit()
    assert not thread.runner.isRunning()
    heard = len(thread.heard)
    thread.order(orbit(), 3)
    QCoreApplication.processEvents()  # whatever it had sent
    assert not thread.runner.isRunning()
    assert len(thread.heard) == heard


def test_a_walk_that_cannot_go_on_says_why(qtbot: QtBot, owner: Owner) -> None:
    thread, scene = walker(owner, []), orbit()
    far = ra.edits.set_motion(scene, [0], velocity=[[1900.0, 0.0, 0.0]])
    thread.order(far, 10_000)
    qtbot.waitUntil(lambda: bool(thread.heard) and bool(thread.heard[-1].stopped))
    thread.order(scene, 3)
    qtbot.waitUntil(lambda: not thread.heard[-1].stopped and thread.heard[-1].shot.frame == 3)


def test_no_thread_dies_of_anything_it_is_told(qtbot: QtBot, owner: Owner) -> None:
    done: list[int] = []

    def follow(order: BaseException | int) -> None:
        if isinstance(order, BaseException):
            raise order
        done.append(order)

    def fail(order: object, sentence: Sentence) -> None:
        raise IndexError("what is told of a failure fails, too")

    runner = Runner[BaseException | int, int](owner, follow, done.append, fail, until=owner.closing)
    with qtbot.captureExceptions() as caught:
        for number, error in enumerate((ZeroDivisionError(), ra.RevanimError("No."), SystemExit(1), KeyError())):
            heard = len(caught)
            runner.order(error)
            qtbot.waitUntil(lambda: len(caught) > heard)  # noqa: B023 - called at once
            runner.order(number)
            qtbot.waitUntil(lambda: done == list(range(number + 1)))  # noqa: B023
        assert runner.isRunning()


def test_a_thread_that_has_died_is_begun_anew(qtbot: QtBot, owner: Owner) -> None:
    done: list[int] = []
    runner = Runner[int, int](owner, done.append, done.append, until=owner.closing)
    attend, died = runner._attend, threading.Event()

    def die_once(order: int) -> None:
        if not died.is_set():
            died.set()
            raise SystemError("beyond all that is caught")
        attend(order)

    runner._attend = die_once  # type: ignore[method-assign]
    with qtbot.captureExceptions():
        runner.order(1)
        qtbot.waitUntil(runner.isFinished)
    runner.order(2)
    qtbot.waitUntil(lambda: done == [2])


def test_an_order_that_the_frame_under_way_does_not_lead_to_halts_it(qtbot: QtBot, owner: Owner) -> None:
    thread, scene = walker(owner, []), endless()
    thread.order(scene, scene.timing.home)
    qtbot.waitUntil(lambda: thread.stands_at(scene.timing.home))
    thread.order(scene, 5)
    motion = thread.runner.motion
    assert motion is not None
    qtbot.waitUntil(lambda: motion.walked > 0)
    thread.heard.clear()
    thread.order(scene, scene.timing.home)  # the frame that was begun would take minutes
    qtbot.waitUntil(lambda: thread.stands_at(scene.timing.home))


def test_a_solve_that_is_stopped_is_halted_in_the_midst_of_a_walk(qtbot: QtBot, owner: Owner) -> None:
    heard: list[Any] = []
    thread, scene = solver(owner, heard), orbit()
    thread.order(endless(), 5)
    QThread.msleep(50)  # wherever it is by then
    thread.order(scene, 3)
    qtbot.waitUntil(lambda: thread.stands_at(3) and heard[-1].over)


# A worker follows one order alone


def outcome(worker: Worker) -> list[object]:
    """Return what will be told of a worker, word for word."""
    told: list[object] = []
    worker.done.connect(lambda result: told.append(("done", result)))
    worker.failed.connect(lambda sentence: told.append(("failed", sentence)))
    worker.ended.connect(lambda: told.append("ended"))
    worker.over.connect(lambda: told.append("over"))
    return told


def endless_work(report: Report) -> None:
    """Go on until somebody stops it."""
    while True:
        report(0.5)


def refused(report: Report) -> None:
    """Cannot be done."""
    raise ra.RevanimError("This cannot be.")


def broken(report: Report) -> None:
    """Meet what nobody expected."""
    raise ZeroDivisionError("an item of somebody else's")


def test_work_tells_what_came_of_it(qtbot: QtBot, owner: Owner) -> None:
    told = outcome(Worker(owner, lambda report: 42))
    qtbot.waitUntil(lambda: told == [("done", 42), "ended", "over"])


def test_work_that_is_refused_says_why(qtbot: QtBot, owner: Owner) -> None:
    told = outcome(Worker(owner, refused))
    qtbot.waitUntil(lambda: told == [("failed", Sentence("This cannot be.")), "ended", "over"])


def test_work_that_meets_the_unexpected_is_told_once(qtbot: QtBot, owner: Owner) -> None:
    with qtbot.captureExceptions() as caught:
        told = outcome(Worker(owner, broken))
        qtbot.waitUntil(lambda: told == [("failed", TOLD), "ended", "over"])
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_work_that_is_cancelled_says_only_that_it_has_ended(qtbot: QtBot, owner: Owner) -> None:
    worker = Worker(owner, endless_work)
    told = outcome(worker)
    worker.cancel()
    qtbot.waitUntil(lambda: told == ["ended", "over"])


def test_work_that_is_left_says_nothing_but_that(qtbot: QtBot, owner: Owner) -> None:
    worker = Worker(owner, endless_work)
    told = outcome(worker)
    worker.close()
    assert not worker.isRunning()
    QCoreApplication.processEvents()  # whatever it had sent
    assert told == ["over"]


def test_work_that_is_cancelled_is_halted_in_the_midst_of_a_walk(qtbot: QtBot, owner: Owner) -> None:
    scene, begun = endless(), threading.Event()

    def work(report: Report) -> None:
        playhead = make_playhead(scene)
        begun.set()
        playhead.seek(5)  # which would take minutes, and reports nothing

    worker = Worker(owner, work)
    told = outcome(worker)
    qtbot.waitUntil(begun.is_set)
    worker.cancel()
    qtbot.waitUntil(lambda: told == ["ended", "over"])


def test_work_is_done_even_where_its_end_is_waited_for_at_once(owner: Owner) -> None:
    done: list[int] = []
    worker = Worker(owner, lambda report: done.append(1))
    worker.wait()
    assert done == [1]
