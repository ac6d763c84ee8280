"""A path is drawn: the scene plays while the hand leads a body, and the body goes where the hand went."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw.camera import project
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, shared_window: Window) -> Window:
    """A window with a chain of three, seen from the front, and the stroke tool in the hand."""
    forces = [ra.force("rod", links=[[0, 1], [1, 2]], length=1.0), ra.force("uniform", acceleration=(0, 0, -9.8))]
    view = ra.View(yaw=0.0, pitch=0.0, distance=8.0)
    scene = ra.make_scene(
        [[0, 0, 1], [0, 0, 0], [0, 0, -1]], np.zeros((3, 3)), 1.0, forces=forces, look=ra.Look(view=view)
    )
    shared_window.studio.session.open(scene)
    qtbot.waitUntil(lambda: shared_window.studio.session.arrived)
    shared_window.actions_by_name["stroke-tool"].trigger()
    return shared_window


def place_of(window: Window, body: int) -> QPoint:
    """Return where a body is on the picture."""
    size = window.viewport.width(), window.viewport.height()
    seen = project(window.studio.session.view, *size, window.studio.session.shot.position[body : body + 1])
    return QPoint(round(seen.x[0]), round(seen.y[0]))


def lead(qtbot: QtBot, window: Window, by: list[QPoint]) -> None:
    """Press on the first body and lead it, a way at each new frame that plays."""
    session, start = window.studio.session, place_of(window, 0)
    QTest.mousePress(window.viewport, Left, pos=start)
    for way in by:
        frame = session.frame
        QTest.mouseMove(window.viewport, start + way)
        qtbot.waitUntil(lambda frame=frame: session.frame > frame)


def test_the_body_goes_where_the_hand_went_and_the_chain_follows(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    lead(qtbot, window, [QPoint(20 * i, 0) for i in range(1, 9)])
    assert window.studio.playback.direction == 1
    end = session.frame
    QTest.mouseRelease(window.viewport, Left, pos=place_of(window, 0) + QPoint(160, 0))
    assert window.studio.playback.direction == 0
    (way,) = [part.values["place"] for part in session.scene.moves]
    assert (way.frames[0], way.frames[-1]) == (1, end)
    assert way.values[0] == pytest.approx([0, 0, 1], abs=0.02)
    assert way.values[-1][0] > 0.5
    assert way.values[:, [1, 2]] == pytest.approx(np.tile([0, 1], (len(way.frames), 1)), abs=0.02)
    assert session.history.count() == 1
    session.show(end)
    qtbot.waitUntil(lambda: session.arrived)
    assert session.shot.position[0] == pytest.approx(way.values[-1], abs=1e-6)
    session.show(1)
    qtbot.waitUntil(lambda: session.arrived)
    assert (session.stand.state == session.scene.bodies.state).all()


def test_escape_takes_it_back_and_a_press_beside_selects(qtbot: QtBot, window: Window) -> None:
    session, before = window.studio.session, window.studio.session.scene
    lead(qtbot, window, [QPoint(20, 0), QPoint(40, 0)])
    QTest.keyClick(window.viewport, Qt.Key.Key_Escape)
    QTest.mouseRelease(window.viewport, Left, pos=place_of(window, 0))
    assert session.scene is before
    assert window.studio.playback.direction == 0
    QTest.mouseClick(window.viewport, Left, pos=QPoint(5, 5))
    assert session.scene is before
