"""No thread outlives its window, whatever it is at; and one that meets what nobody expected goes on."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits.targets import set_targets
from revanim.sentence import Sentence
from revanim.session.threads import walk
from revanim.session.threads.mishap import TOLD
from revanim.session.work import sources as adding
from revanim.window.sections.proof import Proof
from revanim.window.window import Window


def running() -> list[QThread]:
    """Return the threads that run."""
    wrapped = shiboken6.getAllValidWrappers()
    return [one for one in wrapped if isinstance(one, QThread) and one.isRunning()]


def solve(window: Window, tmp_path: Path) -> None:
    """Begin to solve, with a ghost."""
    scene = window.studio.session.scene
    window.studio.session.edit(Sentence("Pose"), set_targets(scene, 50, np.arange(5), scene.bodies.position[::-1]))
    window.studio.solving.start()


def solve_under_the_hand(window: Window, tmp_path: Path) -> None:
    """Get a solve ready, as the first touch of a target does."""
    window.studio.solving.prepare()


def verify(window: Window, tmp_path: Path) -> None:
    """Begin to verify."""
    window.findChild(Proof).button.click()


def save(window: Window, tmp_path: Path) -> None:
    """Save twice, the second time before the first is done."""
    window.studio.files.path = tmp_path / "five.revanim"
    window.file_dialogs.save()
    window.file_dialogs.save()


def add(window: Window, tmp_path: Path) -> None:
    """Begin to add many bodies."""
    kind = adding.kinds()["galaxy"]
    window.studio.sources.make(adding.Wish(kind, 20_000, None, {}))


def pose(window: Window, tmp_path: Path) -> None:
    """Begin to make a pose of a text."""
    window.studio.poses.type("Word")


def look_around(window: Window, tmp_path: Path) -> None:
    """Begin to walk onion skins and the way ahead."""
    scene = window.studio.session.scene
    window.studio.session.edit(
        Sentence("Look"), replace(scene, look=replace(scene.look, skins=4, ahead=40, color_by="displacement"))
    )


def play(window: Window, tmp_path: Path) -> None:
    """Play."""
    window.studio.playback.play(-1)


def welcome(window: Window, tmp_path: Path) -> None:
    """Let the gallery move."""
    window.welcome.show()


def write_aside(window: Window, tmp_path: Path) -> None:
    """Begin to write the changes aside."""
    window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Changed"))
    window.studio.recovery.write()


JOBS = [solve, solve_under_the_hand, verify, save, add, pose, look_around, play, welcome, write_aside]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.__name__)
@pytest.mark.parametrize("events", [False, True])
def test_a_window_that_closes_during_a_job_ends_it(
    qtbot: QtBot, window: Window, tmp_path: Path, job: Callable[[Window, Path], None], events: bool
) -> None:
    job(window, tmp_path)
    if events:
        QApplication.processEvents()
    window.leave()  # whatever it would ask
    qtbot.waitUntil(lambda: not window.isVisible())
    QApplication.processEvents()
    window.studio.session.frame_shown.emit(window.studio.session.shot)  # what was on its way when it closed
    window.studio.session.scene_changed.emit(window.studio.session.scene, window.studio.session.scene)
    assert running() == []


def test_a_window_that_is_deleted_unasked_ends_its_threads(qtbot: QtBot, scene: ra.Scene) -> None:
    window = Window(scene)
    window.show()
    window.studio.session.edit(Sentence("Rename"), ra.edits.rename(scene, "Changed"))
    window.studio.session.show(50)
    window.close()  # which asks about the changes
    assert running()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(window)
    assert running() == []


NEVER_CLOSED = """
import revanim as ra
from PySide6.QtWidgets import QApplication
from revanim.sentence import Sentence
from revanim.window.window import Window
application = QApplication([])
window = Window(ra.example("ring"))
window.show()
window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Changed"))
window.studio.playback.play(1)
application.processEvents()
"""


@pytest.mark.parametrize("last", ["", "raise SystemExit(0)", "del window", "1 / 0"])
def test_a_program_that_ends_without_closing_its_window_ends_well(last: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", NEVER_CLOSED + last], capture_output=True, check=False
    )
    assert ended.returncode == (1 if last == "1 / 0" else 0), ended.stderr.decode()
    assert b"QThread" not in ended.stderr


def test_two_saves_at_once_are_done_one_after_the_other(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    done: list[int] = []
    window.studio.files.path = tmp_path / "five.revanim"
    window.file_dialogs.save(lambda: done.append(1))
    window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Changed"))
    window.file_dialogs.save(lambda: done.append(2))
    qtbot.waitUntil(lambda: done == [1, 2])
    assert ra.load(window.studio.files.path).name == "Changed"
    assert not window.studio.files.modified


def test_a_walk_that_meets_the_unexpected_is_told_and_the_next_goes_on(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    window.studio.session.failed.connect(heard.append)

    def broken(scene: ra.Scene) -> None:
        raise ZeroDivisionError("a force of somebody else's")

    with qtbot.captureExceptions() as caught:
        with monkeypatch.context() as patch:
            patch.setattr(walk, "build_system", broken)
            window.studio.session.edit(Sentence("Faster"), ra.edits.set_timing(window.studio.session.scene, fps=48.0))
            qtbot.waitUntil(lambda: heard == [TOLD])
        window.studio.session.history.undo()
        window.studio.session.show(30)
        qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_a_picture_that_fails_is_not_the_last(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    painter = window.viewport.painter
    with qtbot.captureExceptions() as caught:
        with monkeypatch.context() as patch:
            patch.setattr(painter, "_paint", lambda request: 1 / 0)
            window.viewport.request()
            qtbot.waitUntil(lambda: bool(caught))
        before = window.viewport.image
        window.viewport.request()
        qtbot.waitUntil(lambda: window.viewport.image is not before)
