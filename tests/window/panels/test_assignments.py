"""Who goes where in a shape: shown, pinned, freed, and kept by what is solved."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.sentence import Sentence
from revanim.session.work import assignments
from revanim.window.keyframes.key_details import KeyDetails
from revanim.window.viewport.sight import sight_of
from revanim.window.window import Window

Key, Left, Control = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
HOME = np.array([[0.0, 0, 0], [1, 0, 0], [2, 0, 0]])
BESIDE = np.array([0.15, 0.0, 0.0])
TARGETS = np.array([[2.0, 1, 0], [0, 1, 0], [1, 1, 0]])  # in another order


@pytest.fixture
def scene() -> ra.Scene:
    """Three bodies at rest, and a shape for them at frame 12."""
    look = ra.Look(view=ra.View(target=(1.0, 0.5, 0.0), distance=6.0, flat=True), grid=False, axes=False)
    still = ra.make_scene(HOME, 0 * HOME, np.ones(3), frames=(1, 24), planar=True, radius=0.1, look=look)
    return ra.edits.add_keyframe(still, 12, [0, 1, 2], position=TARGETS, shape=True, axes=(True, True, False))


@pytest.fixture
def window(window: Window, qtbot: QtBot) -> Window:
    """The window at the frame of the shape, whose row was clicked."""
    QTest.mouseClick(window.bring("keyframes").widget().rows[0], Left)
    qtbot.waitUntil(lambda: window.studio.session.arrived and window.studio.session.frame == 12)
    qtbot.waitUntil(lambda: not window.viewport.image.isNull())
    key = window.studio.session.scene.keyframes[0]
    qtbot.waitUntil(lambda: window.studio.assignments.of(key) is not None)  # it is compiled first
    return window


def details(window: Window) -> KeyDetails:
    found: KeyDetails = window.dock("keyframes").widget().rows[0].details
    return found


def click(widget: QWidget) -> None:
    """Click on what it says, which is at its left."""
    QTest.mouseClick(widget, Left, pos=widget.rect().center() - widget.rect().center() / 2)


def key_of(window: Window) -> ra.Keyframe:
    (key,) = window.studio.session.scene.keyframes
    return key


def brightness(window: Window, place: np.ndarray) -> int:
    """Return how bright the picture is at a place of the scene."""
    seen = camera.project(window.studio.session.view, window.viewport.width(), window.viewport.height(), place[None])
    return window.viewport.image.pixelColor(round(seen.x[0]), round(seen.y[0])).lightness()


def solved(qtbot: QtBot, window: Window) -> None:
    solving = window.studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)


def contrast(window: Window) -> int:
    """Return by how much the way from body 0 to target 1, straight above it, is brighter than what lies beside."""
    way = [np.array([0.0, y, 0.0]) for y in np.linspace(0.4, 0.6, 81)]
    beside = [place + BESIDE for place in way]
    return max(brightness(window, place) for place in way) - max(brightness(window, place) for place in beside)


def test_lines_lead_to_the_targets_while_they_are_shown(window: Window, qtbot: QtBot) -> None:
    assert contrast(window) == 0
    click(details(window).shown)
    assert window.studio.assignments.shown
    qtbot.waitUntil(lambda: contrast(window) > 30)
    window.actions_by_name["show-assignment"].trigger()
    qtbot.waitUntil(lambda: contrast(window) == 0)
    assert not details(window).shown.isChecked()


def test_who_goes_where_is_pinned_in_one_step_and_freed_again(window: Window) -> None:
    assert sight_of(window.studio).orders[0].tolist() == [1, 2, 0]
    click(details(window).pin)
    assert key_of(window).assignment.tolist() == [1, 2, 0]
    assert window.studio.session.history.undoText() == "Pin assignment"
    assert window.studio.keyframes.selected == {key_of(window)}
    assert details(window).pin.text() == "Free"
    click(details(window).pin)
    assert key_of(window).assignment is None
    for _ in range(2):
        QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert key_of(window).assignment is None
    assert not window.studio.session.history.canUndo()


def test_the_commands_pin_and_free_what_is_at_the_playhead(window: Window) -> None:
    window.studio.keyframes.select(())
    pin, free = (window.actions_by_name[f"{name}-assignment"] for name in ("pin", "free"))
    assert pin.isEnabled()
    assert not free.isEnabled()
    pin.trigger()
    assert key_of(window).assignment.tolist() == [1, 2, 0]
    assert free.isEnabled()
    assert not pin.isEnabled()
    free.trigger()
    assert key_of(window).assignment is None


def test_a_pinned_assignment_is_saved_and_stays_whatever_the_motion_is(window: Window, tmp_path) -> None:
    click(details(window).pin)
    ra.save(window.studio.session.scene, tmp_path / "it.revanim")
    again = ra.load(tmp_path / "it.revanim")
    assert again.keyframes[0].assignment.tolist() == [1, 2, 0]
    swapped = ra.edits.set_motion(again, [0, 2], position=HOME[[2, 0]])
    *_, last = ra.solve(swapped)
    playhead = ra.Playhead(last.scene)
    playhead.seek(12)
    assert np.allclose(playhead.position, TARGETS[[1, 2, 0]], atol=1e-3)


def test_pinning_what_was_solved_keeps_the_ghost(window: Window, qtbot: QtBot) -> None:
    window.studio.solving.start()
    solved(qtbot, window)
    candidate = window.studio.solving.candidate
    click(details(window).pin)
    assert key_of(window).assignment.tolist() == window.studio.solving.orders[0].tolist()
    assert window.studio.solving.candidate is candidate
    QTest.keyClick(window.viewport, Key.Key_Return)
    assert window.studio.session.history.undoText() == "Solve"
    assert key_of(window).assignment is not None
    assert window.studio.keyframes.misses[key_of(window)] < 1e-3
    row = window.dock("keyframes").widget().rows[0]
    assert row.miss.text() != "—"


def test_the_assignment_of_a_solve_is_known_once_it_is_accepted(window: Window, qtbot: QtBot) -> None:
    window.studio.solving.start()
    solved(qtbot, window)
    order = window.studio.solving.orders[0].tolist()
    window.studio.solving.accept()
    assert window.studio.assignments.of(key_of(window)).tolist() == order


def test_a_large_shape_is_assigned_beside_the_window_when_it_is_shown(
    window: Window, qtbot: QtBot, monkeypatch
) -> None:
    monkeypatch.setattr(assignments, "IN_PASSING", 2)
    window.studio.session.edit(
        Sentence("Set keys"), ra.edits.replace_keyframe(window.studio.session.scene, 0, weight=2.0)
    )
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.studio.keyframes.select([key_of(window)])
    click(details(window).pin)
    assert "not known yet" in window.toast.text()
    assert key_of(window).assignment is None
    click(details(window).shown)
    qtbot.waitUntil(lambda: window.studio.assignments.of(key_of(window)) is not None)
    assert window.studio.keyframes.misses[key_of(window)] == pytest.approx(1.0)
    click(details(window).pin)
    assert key_of(window).assignment.tolist() == [1, 2, 0]


def test_a_row_that_is_taller_than_the_list_is_shown_from_its_top(window: Window, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    window.studio.keyframes.select(())
    panel = window.dock("keyframes").widget()
    panel._area.verticalScrollBar().setValue(panel._area.verticalScrollBar().maximum())
    window.studio.keyframes.select([key_of(window)])
    qtbot.waitUntil(lambda: not panel.rows[0].frame.visibleRegion().isEmpty())
    assert panel.rows[0].frame.visibleRegion().boundingRect() == panel.rows[0].frame.rect()
