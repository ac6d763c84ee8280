"""A window that is closed while it works asks first; one that is told to end by the system does so well."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits import rename
from revanim.sentence import Sentence
from revanim.session.files import settings
from revanim.session.files.recovery import unsaved_work
from revanim.session.work.exports import QueuedExport, State
from revanim.window.frame.question import Question
from revanim.window.window import Window

Aside = Callable[[], list[str]]
PATIENCE = 600.0  # seconds: longer than any thread takes to end on a machine that is busy


@pytest.fixture
def shots(window: Window, tmp_path: Path) -> list[QueuedExport]:
    """Two exports that take longer than anybody waits."""
    made = [
        QueuedExport(window.studio.session.scene, tmp_path / f"{name}.npz", "npz", (1, 100_000), {}) for name in "ab"
    ]
    for shot in made:
        window.studio.exports.add(shot)
    return made


def asked(window: Window) -> Question:
    """Return the one question that is open."""
    (question,) = (each for each in window.findChildren(Question) if each.isVisible())
    return question


def said(question: Question) -> str:
    """Return all that a question says."""
    return " ".join(each.text() for each in question.findChildren(QLabel))


def press(question: Question, text: str) -> None:
    """Press a button."""
    button = next(each for each in question.findChildren(QPushButton) if each.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_window_that_writes_asks_before_it_closes_and_stays(
    qtbot: QtBot, window: Window, shots: list[QueuedExport], key: Qt.Key
) -> None:
    window.close()
    question = asked(window)
    assert "2 exports are not written yet." in said(question)
    QTest.keyClick(question, key)
    qtbot.waitUntil(lambda: not question.isVisible())
    assert window.isVisible()
    assert [shot.over for shot in shots] == [False, False]


def test_exports_that_are_given_up_leave_nothing(window: Window, shots: list[QueuedExport], tmp_path: Path) -> None:
    window.close()
    press(asked(window), "Cancel the Exports")
    assert not window.isVisible()
    assert shots[1].state is State.CANCELLED
    assert list(tmp_path.glob("*.npz")) == []


def test_changes_are_asked_about_first_and_then_the_work(window: Window, shots: list[QueuedExport]) -> None:
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))
    window.close()
    press(asked(window), "Don't Save")
    assert window.isVisible()
    press(asked(window), "Stay")
    assert window.isVisible()
    assert window.studio.files.modified
    assert window.studio.exports.waiting == 2


def test_a_solve_is_asked_about_too(qtbot: QtBot, window: Window) -> None:
    scene = window.studio.session.scene
    window.studio.session.open(
        ra.edits.add_keyframe(scene, 50, [0, 1], position=scene.bodies.position[[1, 0]], nail=True)
    )
    window.studio.solving.choices.iterations = 100_000
    window.studio.solving.start()
    window.close()
    question = asked(window)
    assert "A solve is under way" in said(question)
    press(question, "Stay")
    assert window.studio.solving.running
    window.close()
    press(asked(window), "Stop the Solve")
    assert not window.isVisible()


# Processes of their own


CODE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from revanim.launch import start
from revanim.scene.edits import rename
from revanim.sentence import Sentence

def work(window):
    if sys.argv[2]:
        window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, sys.argv[2]))
        window.studio.recovery.write_now()
    print("ready", flush=True)

open_window = start.open_window
def opened(path):
    window = open_window(path)
    QTimer.singleShot(0, window, lambda: work(window))
    return window
start.open_window = opened
start.PATIENCE = float(sys.argv[3])
from revanim.launch.begin import begin
sys.exit(begin(Path(sys.argv[1])))
"""


def begin(path: Path, name: str = "", seconds: float = PATIENCE) -> "subprocess.Popen[str]":
    """Open a window in a process of its own, whose threads may take so long to end, and change its scene's name."""
    command = [sys.executable, "-c", CODE, str(path), name, str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()
    return process


def end(process: "subprocess.Popen[str]", number: int) -> tuple[int, str]:
    """Send a signal, and return how the process ended and what it complained about."""
    process.send_signal(number)
    _, complaints = process.communicate()
    lines = [line for line in complaints.splitlines() if "propagateSizeHints" not in line]
    return process.returncode, "\n".join(lines)


@pytest.fixture
def aside(qapp: QApplication) -> Iterator[Aside]:
    """Return the names of the scenes that lie aside, as the next start of the program finds them."""
    names = qapp.applicationName(), qapp.organizationName()
    qapp.setApplicationName("revanim")
    qapp.setOrganizationName("")
    yield lambda: sorted(ra.load(lost.scene).name for lost in unsaved_work())
    qapp.setApplicationName(names[0])
    qapp.setOrganizationName(names[1])


@pytest.fixture
def file(scene: ra.Scene, tmp_path: Path) -> Path:
    """A file of the small scene."""
    path = tmp_path / "five.revanim"
    ra.save(scene, path)
    return path


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
@pytest.mark.parametrize(("number", "seconds"), [(signal.SIGTERM, PATIENCE), (signal.SIGINT, 0.0)])
def test_a_window_that_is_told_to_end_writes_its_work_aside(
    file: Path, aside: Aside, number: int, seconds: float
) -> None:
    assert end(begin(file, "Unsaved", seconds), number) == (128 + number, "")
    assert aside() == ["Unsaved"]


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
def test_a_window_without_changes_leaves_nothing_when_it_is_told_to_end(file: Path, aside: Aside) -> None:
    assert end(begin(file), signal.SIGTERM) == (128 + signal.SIGTERM, "")
    assert aside() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
def test_two_windows_keep_their_work_apart(file: Path, aside: Aside) -> None:
    one, other = begin(file, "One"), begin(file, "Other")
    assert aside() == []  # both live
    one.kill()
    one.communicate()
    assert aside() == ["One"]
    assert end(other, signal.SIGTERM)[0] == 128 + signal.SIGTERM
    assert aside() == ["One", "Other"]


REMEMBERING = """
import sys
from pathlib import Path
from revanim.session.files.settings import remember_file
print("ready", flush=True)
input()
for each in range(4):
    remember_file(Path(f"/{sys.argv[1]}{each}"))
"""


def test_two_processes_remember_files_at_once_and_lose_none() -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([sys.executable, "-c", REMEMBERING, name], **pipes) for name in ("a", "b")]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        process.communicate()
    settings.settings().sync()
    assert {path.name for path in settings.recent_files()} == {f"{name}{each}" for name in "ab" for each in range(4)}
