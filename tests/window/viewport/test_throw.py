"""Velocities under the hand: arrows of bodies and targets are drawn by their tips, with real presses and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.sentence import Sentence
from revanim.window.viewport.sight import arrow_seconds
from revanim.window.window import Window

Button, Key = Qt.MouseButton, Qt.Key


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


@pytest.fixture
def thrower(qtbot: QtBot, window: Window) -> Window:
    """The window with the throw tool in the hand, at a frame other than home."""
    window.studio.session.show(30)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    QTest.keyClick(window.viewport, Key.Key_A)
    QTest.keyClick(window.viewport, Key.Key_Y)
    assert window.viewport.canvas.tool.name == "throw"
    return window


def seconds(window: Window) -> float:
    """Return for how long an arrow would carry a body."""
    return arrow_seconds(window.studio.session.scene, window.studio.session.scene.keyframes)


def spot(window: Window, place: Floats) -> QPoint:
    """Return where a place is on the picture."""
    seen = camera.project(window.studio.session.view, window.viewport.width(), window.viewport.height(), place[None])
    return QPoint(round(seen.x[0]), round(seen.y[0]))


def tip(window: Window, body: int) -> QPoint:
    """Return where the tip of the arrow of a body is."""
    shot = window.studio.session.shot
    return spot(window, shot.position[body] + shot.velocity[body] * seconds(window))


def near(one: QPoint, other: QPoint, pixels: int = 3) -> bool:
    """Whether two points are the same but for rounding."""
    return (one - other).manhattanLength() <= pixels


def test_a_body_is_thrown_by_the_tip_of_its_arrow_and_home_follows(qtbot: QtBot, thrower: Window, hand) -> None:
    session, place = thrower.studio.session, thrower.studio.session.shot.position.copy()
    QTest.mouseClick(thrower.viewport, Button.LeftButton, pos=spot(thrower, place[1]))
    assert session.selection.tolist() == [False, True, False, False, False]
    assert session.history.count() == 0  # a click throws nothing
    start, to = tip(thrower, 1), QPoint(60, -40)
    hand.drag(thrower.viewport, [start, start + to / 2, start + to])
    qtbot.waitUntil(lambda: session.arrived)
    assert near(tip(thrower, 1), start + to)
    assert session.scene.timing.home == 30
    assert session.history.undoText() == "Throw"
    assert session.history.count() == 1
    assert np.array_equal(session.scene.bodies.position, place)


def test_a_drag_from_a_body_lets_its_arrow_end_under_the_pointer(qtbot: QtBot, thrower: Window, hand) -> None:
    start = spot(thrower, thrower.studio.session.shot.position[2])
    hand.drag(thrower.viewport, [start, start + QPoint(30, 30), start + QPoint(80, 10)])
    qtbot.waitUntil(lambda: thrower.studio.session.arrived)
    assert near(tip(thrower, 2), start + QPoint(80, 10))
    assert thrower.studio.session.selection[2]


def test_all_selected_bodies_are_thrown_alike(qtbot: QtBot, thrower: Window, hand) -> None:
    session, before = thrower.studio.session, thrower.studio.session.shot.velocity.copy()
    session.select(np.array([True, True, False, False, False]))
    start = tip(thrower, 0)
    hand.drag(thrower.viewport, [start, start + QPoint(20, 20), start + QPoint(0, 50)])
    change = session.scene.bodies.velocity - before
    assert change[0] == pytest.approx(change[1], abs=1e-9)
    assert np.abs(change[0]).max() > 0.05
    assert np.abs(change[2:]).max() < 1e-9


def test_a_typed_speed_along_a_locked_axis_is_what_the_body_has_then(qtbot: QtBot, thrower: Window, hand) -> None:
    session, before = thrower.studio.session, thrower.studio.session.shot.velocity.copy()
    start = spot(thrower, session.shot.position[3])
    hand.press(thrower.viewport, start)
    hand.move(thrower.viewport, start + QPoint(30, 0))
    for letter in "x2":
        QTest.keyClick(thrower.viewport, letter)
    assert "Throw along X 2" in thrower.status.hint.text()
    QTest.keyClick(thrower.viewport, Key.Key_Return)
    assert session.scene.bodies.velocity[3] == pytest.approx((2, *before[3, 1:]), abs=1e-9)
    QTest.mouseRelease(thrower.viewport, Button.LeftButton, pos=start)


def test_the_way_ahead_is_seen_while_a_body_is_thrown_and_esc_takes_it_back(
    qtbot: QtBot, thrower: Window, hand
) -> None:
    studio, before = thrower.studio, thrower.studio.session.scene
    start = spot(thrower, studio.session.shot.position[2])
    hand.press(thrower.viewport, start)
    hand.move(thrower.viewport, start + QPoint(40, 20))
    qtbot.waitUntil(lambda: studio.session.arrived and studio.viewing.dress(studio.session.shot).ahead is not None)
    way = studio.viewing.dress(studio.session.shot).ahead
    play = ra.Playhead(studio.session.scene)
    play.seek(studio.session.frame + 5)
    assert np.array_equal(way[5, 2], play.position[2])
    assert np.isnan(way[5, 3]).all()  # of who is not in the hand, nothing is shown
    QTest.keyClick(thrower.viewport, Key.Key_Escape)
    assert studio.session.scene is before
    qtbot.waitUntil(lambda: studio.session.arrived)
    assert studio.viewing.dress(studio.session.shot).ahead is None


def test_a_pinned_body_is_not_thrown(qtbot: QtBot, thrower: Window, hand) -> None:
    session = thrower.studio.session
    session.edit(Sentence("Pin"), ra.edits.set_bodies(session.scene, [2], pinned=True))
    qtbot.waitUntil(lambda: session.arrived)
    before, start = session.scene, spot(thrower, session.shot.position[2])
    hand.drag(thrower.viewport, [start, start + QPoint(30, 30)])
    assert session.scene is before


def test_a_target_is_given_a_velocity_by_its_arrow(qtbot: QtBot, thrower: Window, hand) -> None:
    studio = thrower.studio
    place = np.array([[0.2, 1.6, 0.0]])
    studio.session.edit(Sentence("Set key"), ra.edits.add_keyframe(studio.session.scene, 30, [1], position=place))
    qtbot.waitUntil(lambda: studio.session.arrived)
    start, to = spot(thrower, place[0]), QPoint(50, -30)
    hand.drag(thrower.viewport, [start, start + to / 2, start + to])
    (key,) = studio.session.scene.keyframes
    assert near(spot(thrower, place[0] + key.velocity[0] * seconds(thrower)), start + to)
    assert np.array_equal(key.position, place)
    assert studio.session.history.undoText() == "Throw target"
    assert key in studio.keyframes.selected
    hand.drag(thrower.viewport, [start + to, start + QPoint(10, 10), start - to])  # by its tip
    (key,) = studio.session.scene.keyframes
    assert near(spot(thrower, place[0] + key.velocity[0] * seconds(thrower)), start - to)
    assert studio.session.history.count() == 3


def test_a_throw_where_energy_is_lost_is_a_push_that_keeps_the_past_and_can_be_an_edit_instead(
    qtbot: QtBot, thrower: Window, hand
) -> None:
    session = thrower.studio.session
    slowed = ra.edits.set_moves(session.scene, [ra.move("drag", rate=0.5)])
    session.edit(Sentence("Drag"), slowed)
    qtbot.waitUntil(lambda: session.arrived and session.there)
    before, velocity = session.scene, session.shot.velocity[2].copy()
    start = spot(thrower, session.shot.position[2])
    hand.drag(thrower.viewport, [start, start + QPoint(30, 30), start + QPoint(80, 10)])
    assert session.scene.timing.home == 20
    assert session.scene.bodies is before.bodies
    assert [part.kind for part in session.scene.forces] == ["gravity", "nudge"]
    assert thrower.toast.text().startswith("Pushed at frame 30; what was before stays.")
    qtbot.waitUntil(lambda: session.arrived and session.there)
    assert session.shot.velocity[2] == pytest.approx(velocity, abs=0)  # it acts from this frame to the next
    thrower.toast.button.click()
    assert session.scene.timing.home == 30
    assert [part.kind for part in session.scene.forces] == ["gravity"]
    assert session.history.undoText() == "Throw"
    qtbot.waitUntil(lambda: session.arrived)
    assert near(tip(thrower, 2), start + QPoint(80, 10))
