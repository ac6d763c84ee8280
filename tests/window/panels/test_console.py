"""Python over the scene: typed, completed, stopped, undone; and scripts from the folder of the person."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from revanim.window.panels.console import Console
from revanim.window.window import Window

Key = Qt.Key
Type = Callable[[str], str]


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


@pytest.fixture
def panel(window: Window) -> Console:
    made = window.bring("console").widget()
    assert isinstance(made, Console)
    made.output.clear()
    made.prompt.clear()
    made.prompt.setFocus()
    return made


@pytest.fixture
def enter(qtbot: QtBot, panel: Console) -> Type:
    """Return what types lines, waits until they have run, and returns what they have written."""

    def entered(text: str) -> str:
        panel.output.clear()
        for line in text.split("\n"):
            QTest.keyClicks(panel.prompt, line)
            QTest.keyClick(panel.prompt, Key.Key_Return)
        qtbot.waitUntil(lambda: not panel.lines.running)
        return panel.output.toPlainText()

    return entered


def test_a_line_shows_its_value_and_an_edit_is_one_step(window: Window, enter: Type) -> None:
    session = window.studio.session
    before = session.scene
    assert enter("scene.bodies.count + 1").splitlines()[-1] == str(before.bodies.count + 1)
    assert enter("scene = ra.edits.rename(scene, 'Mine')").count("\n") == 1
    assert session.scene.name == "Mine"
    assert session.history.undoText() == "Console: scene = ra.edits.rename(scene, 'Mine')"
    session.history.undo()
    assert session.scene is before


def test_names_stay_and_many_lines_are_one(enter: Type) -> None:
    enter("x = 20")
    assert "0 1 2" in enter("for k in range(3):\n    print(k, end=' ')\n")
    assert "22" in enter("x + 2")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1/0", "ZeroDivisionError: division by zero"),
        ("scene = ra.edits.remove_sound(ra.edits.mark_beats(scene))", "The scene has no sound yet; add one first."),
        ("scene = 5", "`scene` is to be a scene, and is a int."),
        ("nothing", "NameError: name 'nothing' is not defined"),
        ("2 +* 3", "SyntaxError"),
        ("raise SystemExit", "The window stays"),
    ],
)
def test_what_goes_wrong_is_said_plainly_and_nothing_changes(window: Window, enter: Type, line: str, said: str) -> None:
    scene = window.studio.session.scene
    written = enter(line)
    assert said in written
    assert "interpreter.py" not in written
    assert window.studio.session.scene is scene


def test_a_long_line_is_stopped_and_the_window_lives_on(qtbot: QtBot, panel: Console, enter: Type) -> None:
    QTest.keyClicks(panel.prompt, "while True: pass")
    QTest.keyClick(panel.prompt, Key.Key_Return)
    QTest.keyClick(panel.prompt, Key.Key_Return)
    assert panel.lines.running
    assert panel.stop.isEnabled()
    qtbot.waitUntil(lambda: panel.lines.interpreter._thread is not None)
    QTest.keyClick(panel.prompt, Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.lines.running)
    assert "Stopped." in panel.output.toPlainText()
    assert "4" in enter("2 + 2")


def test_a_long_walk_is_stopped_too(qtbot: QtBot, panel: Console, enter: Type) -> None:
    QTest.keyClicks(panel.prompt, "play = ra.Playhead(scene); play.seek(900000)")
    QTest.keyClick(panel.prompt, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.lines.interpreter._thread is not None)
    QTest.keyClick(panel.prompt, Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.lines.running)
    assert "4" in enter("2 + 2")


def test_what_never_ends_to_write_is_stopped(enter: Type) -> None:
    assert "it was stopped" in enter("while True: print('x' * 1000)\n")


def test_earlier_lines_come_back_and_names_are_completed(panel: Console, enter: Type) -> None:
    enter("first = 1")
    enter("second = 2")
    QTest.keyClick(panel.prompt, Key.Key_Up)
    QTest.keyClick(panel.prompt, Key.Key_Up)
    assert panel.prompt.toPlainText() == "first = 1"
    QTest.keyClick(panel.prompt, Key.Key_Down)
    QTest.keyClick(panel.prompt, Key.Key_Down)
    assert panel.prompt.toPlainText() == ""
    QTest.keyClicks(panel.prompt, "ra.edits.mark_b")
    QTest.keyClick(panel.prompt, Key.Key_Tab)
    assert panel.prompt.toPlainText().startswith("ra.edits.mark_beats")
    panel.prompt.setPlainText("")
    QTest.keyClicks(panel.prompt, "ra.edits.add_s")
    QTest.keyClick(panel.prompt, Key.Key_Tab)
    assert panel.prompt.toPlainText().startswith("ra.edits.add_sound")


def test_a_script_of_the_folder_is_run_from_the_menu(qtbot: QtBot, window: Window, panel: Console) -> None:
    console, session = window.studio.console, window.studio.session
    script = console.folder / "calm.py"
    script.write_text("print('calm')\nscene = ra.edits.set_note(scene, 'Calm.')\n", encoding="utf-8")
    choices = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Scripts")
    choices.aboutToShow.emit()
    next(action for action in choices.actions() if action.text() == "calm").trigger()
    qtbot.waitUntil(lambda: not console.running)
    assert session.scene.note == "Calm."
    assert session.history.undoText() == "Console: calm.py"
    script.unlink()
