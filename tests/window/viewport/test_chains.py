"""Members of a chain under the hand: rods keep their lengths, unless the artist lets them stretch."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.sentence import Sentence
from revanim.window.viewport.gizmo import gizmo_handles
from revanim.window.viewport.transform import MOVE
from revanim.window.window import Window

Button, Key = Qt.MouseButton, Qt.Key
KEPT = "Links keep their lengths; L lets them stretch"


@pytest.fixture
def scene(rods: ra.Scene) -> ra.Scene:
    """A pendulum of three rods."""
    return rods


def show(qtbot: QtBot, window: Window, frame: int) -> None:
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_A)


def select(window: Window, *bodies: int) -> None:
    window.studio.session.select(np.isin(np.arange(window.studio.session.scene.bodies.count), bodies))


def spot(window: Window, place: np.ndarray) -> QPoint:
    """Return where a place is on the picture."""
    seen = camera.project(window.studio.session.view, *window.viewport.canvas.size, place[None])
    return QPoint(round(seen.x[0]), round(seen.y[0]))


def lengths(place: np.ndarray) -> np.ndarray:
    return np.linalg.norm(np.diff(place, axis=0), axis=1)


def drag_free(window: Window, hand, way: QPoint, *keys: str) -> None:
    """Drag the free handle of the move tool."""
    QTest.keyClick(window.viewport, "w")
    handle = next(one for one in gizmo_handles(window.viewport.canvas, MOVE) if all(one.axes))
    grip = QPoint(*(round(x) for x in handle.line.mean(axis=0)))
    hand.press(window.viewport, grip)
    for part in range(1, 6):
        hand.move(window.viewport, grip + way * part / 5)
    for key in keys:
        QTest.keyClick(window.viewport, key)


def let_go(window: Window) -> None:
    QTest.mouseRelease(window.viewport, Button.LeftButton)


def test_the_end_of_a_chain_is_dragged_at_any_frame_and_no_rod_stretches(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 24)
    session, before = window.studio.session, window.studio.session.scene
    seen, energy = session.shot.position.copy(), ra.Playhead(before).energy()
    select(window, 3)
    drag_free(window, hand, QPoint(-60, -50))
    assert KEPT in window.status.hint.text()
    qtbot.waitUntil(lambda: session.arrived)
    assert lengths(session.shot.position) == pytest.approx(lengths(seen), abs=1e-12)  # what is seen while it moves
    let_go(window)
    after = session.scene
    assert after.timing.home == 24
    assert lengths(after.bodies.position) == pytest.approx(lengths(seen), abs=1e-12)
    assert np.abs(after.bodies.position[3] - seen[3]).max() > 0.1
    assert after.bodies.position[0].tolist() == seen[0].tolist()
    assert abs(ra.Playhead(after).energy() - energy) < 10.0
    assert session.history.count() == 1
    session.history.undo()
    assert session.scene is before


def test_a_drag_beyond_reach_says_so_and_l_lets_rods_stretch(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 10)
    seen = window.studio.session.shot.position.copy()
    select(window, 3)
    drag_free(window, hand, QPoint(500, 0))
    assert "The links reach no farther; L lets them stretch" in window.status.hint.text()
    assert lengths(window.studio.session.scene.bodies.position) == pytest.approx(lengths(seen), abs=1e-12)
    QTest.keyClick(window.viewport, "l")
    assert "Links stretch; L keeps their lengths" in window.status.hint.text()
    assert lengths(window.studio.session.scene.bodies.position)[2] > 1.0
    QTest.keyClick(window.viewport, "l")
    let_go(window)
    assert lengths(window.studio.session.scene.bodies.position) == pytest.approx(lengths(seen), abs=1e-12)
    assert window.studio.session.history.count() == 1
    assert not window.studio.playback.direction  # L plays only where no hand is at work


@pytest.mark.parametrize("typed", ["gx0.4", "rz40", "s0.7"])
def test_several_members_are_moved_turned_and_scaled_as_rods_allow(qtbot: QtBot, window: Window, typed: str) -> None:
    show(qtbot, window, 10)
    seen = window.studio.session.shot.position.copy()
    select(window, 1, 3)
    for letter in typed:
        QTest.keyClick(window.viewport, letter)
    QTest.keyClick(window.viewport, Key.Key_Return)
    after = window.studio.session.scene.bodies.position
    assert lengths(after) == pytest.approx(lengths(seen), abs=1e-12)
    assert np.abs(after - seen).max() > 0.05
    assert window.studio.session.history.count() == 1


def test_esc_takes_a_drag_of_a_chain_back(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 10)
    before = window.studio.session.scene
    select(window, 2)
    drag_free(window, hand, QPoint(60, 40))
    assert window.studio.session.scene is not before
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.session.scene is before


def test_the_pinned_end_is_moved_by_a_hand_and_the_chain_follows(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, 10)
    seen = window.studio.session.shot.position.copy()
    select(window, 0)
    for letter in "gx2":
        QTest.keyClick(window.viewport, letter)
    QTest.keyClick(window.viewport, Key.Key_Return)
    after = window.studio.session.scene.bodies.position
    assert after[0] == pytest.approx(seen[0] + (2.0, 0.0, 0.0), abs=1e-9)
    assert lengths(after) == pytest.approx(lengths(seen), abs=1e-12)


def test_a_throw_pulls_at_no_rod(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 10)
    session = window.studio.session
    QTest.keyClick(window.viewport, "y")
    start = spot(window, session.shot.position[3])
    hand.drag(window.viewport, [start, start + QPoint(40, 30), start + QPoint(90, 60)])
    place, speed = session.scene.bodies.position, session.scene.bodies.velocity
    apart, faster = np.diff(place, axis=0), np.diff(speed, axis=0)
    assert np.abs(np.sum(apart * faster, axis=1)).max() < 0.1
    assert np.abs(speed[3]).max() > 0.5


def test_a_target_of_a_chain_stays_within_reach_and_takes_others_along(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 30)
    session = window.studio.session
    seen = session.shot.position.copy()
    QTest.keyClick(window.viewport, "v")
    start = spot(window, seen[3])
    hand.press(window.viewport, start)
    for step in range(1, 6):
        hand.move(window.viewport, start + QPoint(250 * step, 0))
    assert "reach no farther" in window.status.hint.text()
    let_go(window)
    (key,) = session.scene.keyframes
    assert np.linalg.norm(key.position[0] - seen[0]) == pytest.approx(1.5, rel=0.01)
    select(window, 1, 2, 3)
    session.attempt(Sentence("Whole"), lambda scene: ra.edits.set_targets(scene, 30, np.array([1, 2, 3]), seen[1:]))
    window.studio.keyframes.select(())
    select(window)
    hand.press(window.viewport, start)
    for step in range(1, 6):
        hand.move(window.viewport, start + QPoint(0, -12 * step))
    let_go(window)
    (key,) = session.scene.keyframes
    posed = np.vstack([seen[:1], key.position])
    assert lengths(posed) == pytest.approx(lengths(seen), abs=1e-9)
    assert np.abs(key.position[2] - seen[3]).max() > 0.1


def test_a_large_net_is_led_beside_the_window_and_is_one_step(qtbot: QtBot, window: Window, hand) -> None:
    body = np.arange(60)
    place = np.outer(0.1 * body, (0.8, 0.6, 0.0))
    rods = ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=0.1)
    scene = ra.make_scene(place, 0 * place, 1.0, (rods,), pinned=body == 0, planar=True, steps_per_frame=16)
    window.studio.session.open(scene)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    show(qtbot, window, 1)
    session = window.studio.session
    select(window, 59)
    drag_free(window, hand, QPoint(-120, 60))
    let_go(window)
    qtbot.waitUntil(lambda: "Take back" not in session.history.undoText() and session.scene is not scene)
    qtbot.waitUntil(lambda: not window.studio.viewing.foreseeing)
    assert lengths(session.scene.bodies.position) == pytest.approx(np.full(59, 0.1), abs=1e-12)
    assert session.history.count() == 1
    session.history.undo()
    assert session.scene is scene
