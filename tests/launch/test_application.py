"""What a Mac tells the program: a file was double-clicked while its window is open."""

import subprocess
import sys
from pathlib import Path

import revanim as ra

# The whole program on one file, with a change in no file, when the system hands it another.
RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QPushButton
from revanim.launch import start
from revanim.launch.begin import begin
from revanim.window.frame.question import Question
from revanim.scene.edits import rename
from revanim.sentence import Sentence

def hand_over():
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))
    QCoreApplication.sendEvent(QCoreApplication.instance(), QFileOpenEvent(sys.argv[2]))
    print(window.studio.files.path.name, window.studio.session.scene.name)
    buttons = window.findChild(Question).findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Don't Save").click()
    print(window.studio.files.path.name, window.studio.session.scene.name)
    window.leave()

def opened(path, open_window=start.open_window):
    global window
    window = open_window(path)
    QTimer.singleShot(0, window, hand_over)
    return window

start.open_window = opened
sys.exit(begin(Path(sys.argv[1])))
"""

# The program without a file, when the system hands it one before there is a window.
EARLY = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFileOpenEvent
from revanim.launch import start
from revanim.launch.begin import begin
from revanim.launch.splash import Splash

def appear(splash, shown=Splash.appear):
    shown(splash)
    QCoreApplication.sendEvent(QCoreApplication.instance(), QFileOpenEvent(sys.argv[1]))

def opened(path, open_window=start.open_window):
    window = open_window(path)
    print(window.studio.files.path.name, window.studio.session.scene.name)
    QTimer.singleShot(0, window, window.leave)
    return window

Splash.appear, start.open_window = appear, opened
sys.exit(begin())
"""


def test_a_file_that_the_system_hands_over_is_opened_after_asking(scene: ra.Scene, tmp_path: Path) -> None:
    one, other = tmp_path / "one.revanim", tmp_path / "other.revanim"
    ra.save(scene, one)
    ra.save(scene, other)
    ended = subprocess.run([sys.executable, "-c", RUN, one, other], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["one.revanim Changed", "other.revanim Five"]


def test_a_file_that_comes_before_the_window_is_what_it_opens_with(scene: ra.Scene, tmp_path: Path) -> None:
    ra.save(scene, tmp_path / "one.revanim")
    command = [sys.executable, "-c", EARLY, tmp_path / "one.revanim"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["one.revanim Five"]
