"""The panel of the look, worked by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.panels.look import NUMBERS, SWITCHES, Look
from revanim.window.window import Window

Key = Qt.Key


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


@pytest.fixture
def panel(qtbot: QtBot, window: Window) -> Look:
    panel = window.bring("look").widget()
    assert isinstance(panel, Look)
    qtbot.waitUntil(panel.isVisible)
    return panel


def enter(field, text: str) -> None:
    """Double-click a number, type, and press Return."""
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton, pos=field.rect().center())
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)


@pytest.mark.parametrize(("name", "text", "value"), [
    ("trail", "12", 12), ("ahead", "2*6", 12), ("skins", "4", 4), ("spacing", "+=1", 7),
    ("size", "2.5", 2.5), ("exposure", "1/2", 0.5), ("halo", "0", 0.0),
])  # fmt: skip
def test_a_typed_number_is_one_undo_step(window: Window, panel: Look, name: str, text: str, value: float) -> None:
    before = window.studio.session.scene
    enter(panel.numbers[name].fields[0], text)
    assert getattr(window.studio.session.scene.look, name) == value
    window.studio.session.history.undo()
    assert window.studio.session.scene is before


@pytest.mark.parametrize(("name", "text"), [("trail", "nonsense"), ("spacing", "1/0"), ("exposure", "")])
def test_nonsense_changes_nothing(window: Window, panel: Look, name: str, text: str) -> None:
    before = window.studio.session.scene
    enter(panel.numbers[name].fields[0], text)
    assert window.studio.session.scene is before


@pytest.mark.parametrize(("name", "text"), [("skins", "1000"), ("trail", "-5"), ("size", "1e9")])
def test_no_number_leaves_its_limits(window: Window, panel: Look, name: str, text: str) -> None:
    enter(panel.numbers[name].fields[0], text)
    limits = NUMBERS[name][3]
    assert limits.low <= getattr(window.studio.session.scene.look, name) <= limits.high


def test_a_drag_on_a_number_is_one_undo_step(window: Window, panel: Look, hand) -> None:
    before, field = window.studio.session.scene, panel.numbers["size"].fields[0]
    middle = field.rect().center()
    hand.drag(field, [middle, middle + QPoint(20, 0), middle + QPoint(50, 0), middle + QPoint(80, 0)])
    assert window.studio.session.scene.look.size > 1.0
    window.studio.session.history.undo()
    assert window.studio.session.scene is before


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_one_undo_step(window: Window, panel: Look, name: str) -> None:
    before = getattr(window.studio.session.scene.look, name)
    panel.switches[name].click()
    assert getattr(window.studio.session.scene.look, name) != before
    window.studio.session.history.undo()
    assert panel.switches[name].isChecked() == before


def test_choices_are_made_with_the_keys(window: Window, panel: Look) -> None:
    for choice, field, value in (
        (panel.color_by, "color_by", "speed"),
        (panel.style_, "style", "clay"),
        (panel.background, "background", "deep"),
    ):
        choice.setFocus()
        QTest.keyClick(choice, Key.Key_Down)
        assert getattr(window.studio.session.scene.look, field) == value
    while window.studio.session.history.canUndo():
        window.studio.session.history.undo()
    assert (panel.color_by.currentIndex(), panel.style_.currentIndex(), panel.background.currentIndex()) == (0, 0, 0)


def test_a_typed_colour_makes_the_background_plain(window: Window, panel: Look) -> None:
    panel.plain.text.setFocus()
    panel.plain.text.selectAll()
    QTest.keyClicks(panel.plain.text, "#00b140")
    QTest.keyClick(panel.plain.text, Key.Key_Return)
    look = window.studio.session.scene.look
    assert (look.background, look.plain) == ("plain", (0, 177, 64))


def test_the_camera_is_set_and_looked_through_from_the_panel(window: Window, panel: Look) -> None:
    assert not panel.through.isEnabled()
    panel.set_camera.click()
    panel.through.click()
    assert window.studio.viewing.through
    assert panel.through.text() == "Leave"
    enter(panel.picture.fields[1], "1920")
    assert window.studio.session.scene.look.picture == (1920, 1920)
    assert window.studio.viewing.through
    panel.through.click()
    assert not window.studio.viewing.through


def test_the_panel_shows_the_look_of_another_scene(window: Window, panel: Look) -> None:
    window.studio.session.open(ra.edits.set_look(ra.example("figure-eight"), skins=9, color_by="mass"))
    assert panel.numbers["skins"].fields[0].text().startswith("9")
    assert panel.color_by.currentData() == "mass"
