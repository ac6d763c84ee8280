"""What else a keyframe asks for, set in the panel by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.file import encode
from revanim.sentence import Sentence
from revanim.window.keyframes.key_details import KeyDetails
from revanim.window.kit.fields.field import Field
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
PLACES = np.array([[1.0, -0.5, 0.0], [0.5, -1.0, 0.0]])


@pytest.fixture
def scene(rods: ra.Scene) -> ra.Scene:
    """A pendulum, and a pose for its last two bodies at frame 10."""
    return ra.edits.add_keyframe(rods, 10, [2, 3], position=PLACES, axes=(True, True, False))


@pytest.fixture
def window(shared_window: Window, qtbot: QtBot) -> Window:
    """The window at frame 10 with the row of the key clicked."""
    QTest.mouseClick(shared_window.bring("keyframes").widget().rows[0], Left)
    qtbot.waitUntil(lambda: shared_window.studio.session.arrived)
    return shared_window


def key_of(window: Window) -> ra.Keyframe:
    (key,) = window.studio.session.scene.keyframes
    return key


def details(window: Window) -> KeyDetails:
    """Return the open details of the one key."""
    found: KeyDetails = window.dock("keyframes").widget().rows[0].details
    assert found.isVisible()
    return found


def enter(field: Field, text: str) -> None:
    """Click into a field, type over what is there, and press Return."""
    QTest.mouseClick(field, Left)
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)


def select(window: Window, *bodies: int) -> None:
    window.studio.session.select(np.isin(np.arange(4), bodies))


def test_the_details_show_while_one_key_is_selected(window: Window) -> None:
    shown = details(window)
    assert [button.isChecked() for button in shown.axes] == [True, True, False]
    window.studio.keyframes.select(())
    assert not shown.isVisible()
    window.studio.keyframes.select([key_of(window)])
    assert shown.isVisible()


def test_an_axis_is_left_out_and_the_last_one_is_not(window: Window) -> None:
    QTest.mouseClick(details(window).axes[0], Left)
    assert key_of(window).axes == (False, True, False)
    assert window.studio.session.history.undoText() == "Set axes"
    QTest.mouseClick(details(window).axes[1], Left)
    assert key_of(window).axes == (False, True, False)
    assert details(window).axes[1].isChecked()
    assert "along no axis" in window.toast.text()


def test_the_selected_bodies_of_a_key_are_weighed(window: Window) -> None:
    select(window, 1, 3)
    assert details(window).whose.text() == "of 1 selected"
    enter(details(window).weights, "4")
    assert key_of(window).weights.tolist() == [1.0, 4.0]
    assert details(window).weights.text() == "4"
    select(window)
    assert details(window).weights.text() == "various"
    enter(details(window).weights, "1")
    assert key_of(window).weights is None
    QTest.keyClick(window.viewport, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert key_of(window).weights.tolist() == [1.0, 4.0]


@pytest.mark.parametrize("text", ["-1", "much", "1e999", "nan"])
def test_a_wrong_weight_is_refused_in_words(text: str, window: Window) -> None:
    before = window.studio.session.scene
    enter(details(window).weights, text)
    assert window.studio.session.scene is before
    assert window.toast.text()


def test_the_time_of_a_key_is_opened_and_fixed_again(window: Window) -> None:
    enter(details(window).window_, "6 to 20")
    assert key_of(window).window == (6, 20)
    assert details(window).window_.text() == "6 to 20"
    enter(details(window).window_, "5-12")
    assert key_of(window).window == (5, 12)
    enter(details(window).window_, "")
    assert key_of(window).window is None
    assert details(window).window_.placeholderText() == "fixed at 10"


@pytest.mark.parametrize(
    ("text", "sentence"), [("20 to 30", "outside its window"), ("1 to 20", "after the home frame"), ("soon", "no span")]
)
def test_a_wrong_window_is_refused_in_words(text: str, sentence: str, window: Window) -> None:
    before = window.studio.session.scene
    enter(details(window).window_, text)
    assert window.studio.session.scene is before
    assert sentence in window.toast.text()


def test_a_velocity_is_asked_of_all_bodies_and_then_of_one(window: Window) -> None:
    enter(details(window).velocity, "1, 0, 0")
    assert key_of(window).velocity.tolist() == [[1, 0, 0], [1, 0, 0]]
    select(window, 2)
    enter(details(window).velocity, "0 2 0")
    assert key_of(window).velocity.tolist() == [[0, 2, 0], [1, 0, 0]]
    select(window)
    assert details(window).velocity.text() == "various"
    enter(details(window).velocity, "")
    assert key_of(window).velocity is None


def test_the_velocities_that_bodies_have_are_taken(window: Window) -> None:
    QTest.mouseClick(details(window).now, Left)
    assert np.array_equal(key_of(window).velocity, window.studio.session.shot.velocity[[2, 3]])


def test_velocities_are_not_taken_from_another_frame(window: Window, qtbot: QtBot) -> None:
    window.studio.session.show(15)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    QTest.mouseClick(details(window).now, Left)
    assert key_of(window).velocity is None
    assert "Go to frame 10" in window.toast.text()


def test_weight_nail_and_tolerance_keep_the_key_selected(window: Window) -> None:
    row = window.dock("keyframes").widget().rows[0]
    enter(row.weight, "0")
    window.dock("keyframes").widget().rows[0].nail.click()
    enter(window.dock("keyframes").widget().rows[0].tolerance, "0.02")
    key = key_of(window)
    assert (key.weight, key.nail, key.tolerance) == (0.0, True, 0.02)
    assert window.studio.keyframes.selected == {key}
    assert details(window).isVisible()


def test_a_second_nail_that_wants_something_else_is_refused_in_words(window: Window) -> None:
    scene = ra.edits.replace_keyframe(window.studio.session.scene, 0, nail=True)
    scene = ra.edits.add_keyframe(scene, 10, [3], position=[[0.0, 0.0, 0.0]])
    window.studio.session.edit(Sentence("Set key"), scene)
    window.dock("keyframes").widget().rows[1].nail.click()
    assert "Two nails want body 3 at two places at frame 10" in window.toast.text()
    assert window.studio.session.scene is scene
    assert not window.dock("keyframes").widget().rows[1].nail.isChecked()


def test_a_key_for_velocities_alone_tells_how_far_they_are_off(window: Window, qtbot: QtBot) -> None:
    scene = ra.edits.set_keyframes(window.studio.session.scene, [ra.keyframe(10, [3], velocity=[[0.0, 0.0, 0.0]])])
    window.studio.session.edit(Sentence("Set key"), scene)
    row = window.dock("keyframes").widget().rows[0]
    qtbot.waitUntil(lambda: "too fast or slow" in row.miss.text())
    speed = np.linalg.norm(window.studio.session.shot.velocity[3])
    assert row.miss.text().startswith(f"{speed:.3g} ")


def test_a_wish_is_saved(window: Window, tmp_path) -> None:
    enter(details(window).window_, "6 to 20")
    enter(details(window).velocity, "1, 0, 0")
    enter(details(window).weights, "2")
    ra.save(window.studio.session.scene, tmp_path / "it.revanim")
    assert encode(ra.load(tmp_path / "it.revanim"), b"") == encode(window.studio.session.scene, b"")
