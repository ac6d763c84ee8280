"""A restart: what is open comes back as it was, saved or not, and nothing is asked."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.app import settings
from revanim.app.question import Question
from revanim.app.restart import ASIDE, command, take_kept
from revanim.app.sheets.preferences import PreferencePage
from revanim.app.window import Window
from revanim.scene.edits import rename


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What was started instead of another window."""
    programs: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        QProcess, "startDetached", lambda program, arguments: programs.append((program, arguments)) or 1
    )
    return programs


def restart(window: Window) -> None:
    """Choose another size, and press the button that appears."""
    window.actions_by_name["preferences"].trigger()
    line = window.findChild(PreferencePage).lines["scale"]
    line.control.setCurrentIndex(line.control.findText("150 %"))
    line.control.activated.emit(line.control.currentIndex())
    QTest.mouseClick(line.again, Qt.MouseButton.LeftButton)


def test_unsaved_changes_come_back_at_the_frame_where_one_was(
    qtbot: QtBot, window: Window, tmp_path: Path, started: list[tuple[str, list[str]]]
) -> None:
    path = tmp_path / "five.revanim"
    ra.save(window.session.scene, path)
    window.files.open(path)
    window.session.edit("Rename", rename(window.session.scene, "Changed"))
    window.session.show(33)
    qtbot.waitUntil(lambda: window.session.arrived)
    restart(window)
    assert started == [command()]
    assert not window.isVisible()
    assert window.findChild(Question) is None
    kept = take_kept()
    assert kept is not None
    other = Window(kept.scene)
    qtbot.addWidget(other)
    kept.resume(other)
    assert other.session.scene.name == "Changed"
    assert other.files.path == path
    assert other.files.modified
    assert other.session.frame == 33
    assert np.array_equal(other.session.scene.bodies.state, window.session.scene.bodies.state)
    assert take_kept() is None  # once
    other.session.history.setClean()
    other.close()
    QApplication.processEvents()


def test_where_the_program_cannot_start_again_the_window_stays(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QProcess, "startDetached", lambda program, arguments: 0)
    restart(window)
    assert window.isVisible()
    assert window.toast.isVisible()
    assert take_kept() is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"scene": "/nowhere.revanim", "path": "", "frame": 1}'])
def test_what_was_laid_aside_and_is_gone_or_damaged_is_forgotten(text: str, qapp: QApplication) -> None:
    settings.remember(ASIDE, text)
    assert take_kept() is None
    assert settings.remembered(ASIDE) == ""
