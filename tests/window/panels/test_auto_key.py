"""Keys that are set by themselves: what is moved after home becomes a target, and the body stays until it is solved."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.viewport.gizmo import gizmo_handles
from revanim.window.viewport.transform import MOVE
from revanim.window.window import Window

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def recording(qtbot: QtBot, window: Window) -> Window:
    """The window with auto-key on and one body selected, after home."""
    QTest.keyClick(window.viewport, Key.Key_I, Shift)
    at(qtbot, window, 40)
    window.studio.session.select(np.arange(5) == 2)
    window.viewport.setFocus()
    return window


def at(qtbot: QtBot, window: Window, frame: int) -> None:
    """Go to a frame."""
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def keys(window: Window, text: str) -> None:
    """Type into the viewport, and end with Return."""
    for letter in text:
        QTest.keyClick(window.viewport, letter)
    QTest.keyClick(window.viewport, Key.Key_Return)


def test_what_is_moved_after_home_becomes_a_key_and_the_body_stays(recording: Window) -> None:
    session, seen = recording.studio.session, recording.studio.session.shot.position.copy()
    state = session.scene.bodies.state
    keys(recording, "gx0.5")
    (key,) = session.scene.keyframes
    assert (key.frame, key.bodies.tolist()) == (40, [2])
    assert key.position[0] - seen[2] == pytest.approx((0.5, 0, 0), abs=1e-9)
    assert session.scene.bodies.state is state
    assert session.scene.timing.home == 20
    keys(recording, "gy1")  # goes on from the target, and joins the key
    (key,) = session.scene.keyframes
    assert key.position[0] - seen[2] == pytest.approx((0.5, 1, 0), abs=1e-9)
    session.history.undo()
    session.history.undo()
    assert not session.scene.keyframes


def test_at_home_the_bodies_themselves_move(qtbot: QtBot, recording: Window) -> None:
    at(qtbot, recording, 20)
    before = recording.studio.session.scene.bodies.position[2]
    keys(recording, "gx0.5")
    assert not recording.studio.session.scene.keyframes
    assert recording.studio.session.scene.bodies.position[2] - before == pytest.approx((0.5, 0, 0), abs=1e-9)


def test_a_gizmo_stands_at_the_target_and_moves_it_on(qtbot: QtBot, recording: Window, hand) -> None:
    keys(recording, "gx0.5")
    QTest.keyClick(recording.viewport, Key.Key_W)
    handle = gizmo_handles(recording.viewport.canvas, MOVE)[0]
    start = QPoint(*(int(part) for part in handle.line.mean(axis=0)))
    hand.drag(recording.viewport, [start, start + QPoint(20, 0), start + QPoint(40, 0)])
    (key,) = recording.studio.session.scene.keyframes
    assert recording.studio.session.history.count() == 2
    assert key.position[0, 0] > recording.studio.session.shot.position[2, 0] + 0.5


def test_a_typed_place_becomes_a_target(recording: Window) -> None:
    field = recording.bring("properties").widget().findChild(object, "bodies").rows["position"].fields[1]
    field.setFocus()
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(recording.focusWidget(), "2.5")
    QTest.keyClick(recording.focusWidget(), Key.Key_Return)
    (key,) = recording.studio.session.scene.keyframes
    assert key.position[0, 1] == pytest.approx(2.5)
    assert key.position[0, 0] == pytest.approx(recording.studio.session.shot.position[2, 0])
    assert recording.studio.session.scene.timing.home == 20


def test_the_fields_show_the_target_that_typing_moves_and_say_so(qtbot: QtBot, recording: Window) -> None:
    section = recording.bring("properties").widget().findChild(object, "bodies")
    name, row, seen = section._names["position"], section.rows["position"], recording.studio.session.shot.position[2]
    assert name.text() == "Position"
    assert "becomes their target" in name.toolTip()
    keys(recording, "gx0.5")
    qtbot.waitUntil(lambda: name.text() == "Target")
    assert row.fields[0].values == pytest.approx([seen[0] + 0.5])
    assert row.fields[1].values == pytest.approx([seen[1]])
    at(qtbot, recording, 41)
    qtbot.waitUntil(lambda: name.text() == "Position")
    assert row.fields[0].values == pytest.approx([recording.studio.session.shot.position[2, 0]])
    at(qtbot, recording, 40)
    qtbot.waitUntil(lambda: name.text() == "Target")
    QTest.keyClick(recording.viewport, Key.Key_I, Shift)  # no longer set by themselves: the bodies are moved, and shown
    qtbot.waitUntil(lambda: name.text() == "Position")
    assert row.fields[0].values == pytest.approx([seen[0]])
    assert name.toolTip() == "Where they are at the shown frame"


def test_the_fields_follow_a_target_under_the_hand(qtbot: QtBot, recording: Window, hand) -> None:
    section = recording.bring("properties").widget().findChild(object, "bodies")
    row, seen = section.rows["position"], recording.studio.session.shot.position[2].copy()
    QTest.keyClick(recording.viewport, Key.Key_W)
    handle = gizmo_handles(recording.viewport.canvas, MOVE)[0]
    start = QPoint(*(int(part) for part in handle.line.mean(axis=0)))
    hand.press(recording.viewport, start)
    hand.move(recording.viewport, start + QPoint(20, 0))
    hand.move(recording.viewport, start + QPoint(40, 0))
    qtbot.waitUntil(lambda: row.fields[0].values[0] > seen[0] + 0.1)
    assert section._names["position"].text() == "Target"
    QTest.keyClick(recording.viewport, Key.Key_Escape)
    qtbot.waitUntil(lambda: section._names["position"].text() == "Position")
    assert row.fields[0].values == pytest.approx([seen[0]])


def test_a_pinned_body_is_no_target_and_the_others_stay(qtbot: QtBot, recording: Window) -> None:
    session = recording.studio.session
    session.edit(Sentence("Pin"), ra.edits.set_bodies(session.scene, [2], pinned=True))
    qtbot.waitUntil(lambda: session.arrived)
    scene = session.scene
    QTest.keyClick(recording.viewport, Key.Key_G)
    assert recording.viewport.canvas.hand.current is None
    assert session.scene is scene
    assert "Pinned" in recording.toast.text()


def test_the_button_beside_the_transport_is_lit_while_keys_are_set(recording: Window) -> None:
    (button,) = (b for b in recording.timeline.transport.findChildren(QToolButton) if b.text() == "Auto-Key")
    assert button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not recording.studio.keyframes.auto
    keys(recording, "gx0.5")
    assert not recording.studio.session.scene.keyframes
    assert recording.studio.session.scene.timing.home == 40
