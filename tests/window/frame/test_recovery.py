"""Work that is in no file survives a crash, and nothing is left behind by a clean end."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits import rename
from revanim.sentence import Sentence
from revanim.session.files.folders import state_folder
from revanim.session.files.recovery import unsaved_work
from revanim.session.threads.mishap import TOLD, catch_mishaps
from revanim.window.frame.banner import Banner
from revanim.window.frame.recover import ask_to_recover
from revanim.window.window import Window


def change(window: Window, name: str = "Changed") -> None:
    """Make an edit that is in no file."""
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, name))


def left_behind(qtbot: QtBot, window: Window) -> list[str]:
    """Let the window write aside what it has, and return the names of what lies there."""
    window.studio.recovery.write()
    qtbot.waitUntil(lambda: window.studio.recovery._worker is None)
    return sorted(path.suffix for path in state_folder("recovery").iterdir() if path.suffix != ".lock")


def press(banner: Banner, text: str) -> None:
    """Press a button of a banner."""
    button = next(one for one in banner.findChildren(QPushButton) if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def crashed(qtbot: QtBot, window: Window) -> ra.Scene:
    """Work that another process wrote aside before it was killed."""
    code = """
import os, sys
from PySide6.QtWidgets import QApplication
application = QApplication(["revanim"])
application.setApplicationName(sys.argv[1])
application.setOrganizationName(sys.argv[2])
import revanim as ra
from revanim.sentence import Sentence
from revanim.window.window import Window
window = Window(ra.example("spring"))
window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Nearly lost"))
window.studio.recovery.write_now()
os._exit(9)
"""
    names = [QCoreApplication.applicationName(), QCoreApplication.organizationName()]
    ended = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, check=False)
    assert ended.returncode == 9, ended.stderr.decode()
    return ra.edits.rename(ra.example("spring"), "Nearly lost")


def test_changes_are_written_aside_and_gone_when_they_are_saved(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    assert left_behind(qtbot, window) == []
    change(window)
    assert left_behind(qtbot, window) == [".json", ".revanim"]
    assert ra.load(window.studio.recovery.scene_path).name == "Changed"
    window.studio.files.path = tmp_path / "five.revanim"
    window.file_dialogs.save()
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert left_behind(qtbot, window) == []


def test_changes_that_are_undone_or_dropped_leave_nothing(qtbot: QtBot, window: Window) -> None:
    change(window)
    assert left_behind(qtbot, window)
    window.studio.session.history.undo()
    assert left_behind(qtbot, window) == []
    change(window)
    assert left_behind(qtbot, window)
    window.studio.session.history.setClean()
    window.close()
    assert [path.name for path in state_folder("recovery").iterdir()] == []


def test_the_work_of_an_open_window_is_not_lost(qtbot: QtBot, window: Window) -> None:
    change(window)
    assert left_behind(qtbot, window)
    assert list(unsaved_work()) == []


def test_lost_work_is_offered_and_recovered_as_a_change(window: Window, crashed: ra.Scene) -> None:
    (lost,) = unsaved_work()
    assert (lost.title, lost.path) == ("Nearly lost", None)
    ask_to_recover(window)
    banner = window.findChild(Banner)
    assert banner is not None
    press(banner, "Recover")
    assert window.studio.session.scene.name == "Nearly lost"
    assert ra.Playhead(window.studio.session.scene).digest() == ra.Playhead(crashed).digest()
    assert window.studio.files.modified
    assert list(unsaved_work()) == []
    assert window.studio.recovery.scene_path.is_file()


def test_lost_work_can_be_discarded_or_left_for_later(window: Window, crashed: ra.Scene) -> None:
    before = window.studio.session.scene
    ask_to_recover(window)
    banner = window.findChild(Banner)
    assert banner is not None
    press(banner, "Later")
    assert len(list(unsaved_work())) == 1
    ask_to_recover(window)
    press(next(one for one in window.findChildren(Banner) if not one.isHidden()), "Discard")
    assert list(unsaved_work()) == []
    assert window.studio.session.scene is before


def test_facts_that_are_damaged_do_not_hide_the_work(window: Window, crashed: ra.Scene) -> None:
    (lost,) = unsaved_work()
    lost.scene.with_suffix(".json").write_text(json.dumps(["no facts"]))
    assert [one.title for one in unsaved_work()] == ["Untitled"]


@pytest.fixture
def hooks() -> Iterator[None]:
    """Leave the hooks of the interpreter as they were."""
    kept = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = kept


def test_the_unexpected_writes_the_work_aside_first_and_then_tells(
    window: Window, hooks: None, caplog: pytest.LogCaptureFixture
) -> None:
    change(window)
    told: list[str] = []

    def tell(sentence: str) -> None:
        assert window.studio.recovery.scene_path.is_file()
        told.append(sentence)

    catch_mishaps(window.studio.recovery.write_now, tell)
    try:
        raise ZeroDivisionError("a plug-in force")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert told == [TOLD]
    assert "a plug-in force" in caplog.text
    assert ra.load(window.studio.recovery.scene_path).name == "Changed"


def test_what_was_half_written_is_tidied_away_and_never_offered(window: Window, crashed: ra.Scene) -> None:
    folder = state_folder("recovery")
    (whole,) = [path for path in folder.glob("*.revanim") if path.stem != window.studio.recovery.scene_path.stem]
    half = [folder / f".{whole.name}.0123abcd.revanim", folder / ".gone.revanim.4567abcd.revanim"]
    for path in half:
        path.write_bytes(whole.read_bytes()[:100])
    (folder / "lonely.lock").write_bytes(whole.with_suffix(".lock").read_bytes())  # of the process that is dead
    (folder / "lonely.json").write_text("{}")
    assert [work.scene for work in unsaved_work()] == [whole]
    assert not any(path.exists() for path in (*half, folder / "lonely.lock", folder / "lonely.json"))
    assert window.studio.recovery.scene_path.with_suffix(".lock").exists()


def test_what_could_not_be_written_aside_is_tried_again_and_told_once(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery, told = window.studio.recovery, list[str]()
    window.studio.session.failed.connect(lambda sentence: told.append(str(sentence)))
    change(window)
    with monkeypatch.context() as full:
        full.setattr("revanim.session.files.recovery.write_whole", refuse)
        assert left_behind(qtbot, window) == left_behind(qtbot, window) == []
    assert len(told) == 1
    assert left_behind(qtbot, window) == [".json", ".revanim"]
    assert recovery._written is window.studio.session.scene


def refuse(path: Path, data: bytes) -> None:
    """Refuse, as a full disk does."""
    raise ra.RevanimError("No space left.")
