"""Handles under the hand: bodies follow paths, which bend where they are moved at other frames."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.window import Window


@pytest.fixture
def window(qtbot: QtBot, shared_window: Window) -> Window:
    """A window with a chain of three, of which the first is pinned."""
    forces = [ra.force("rod", links=[[0, 1], [1, 2]], length=1.0), ra.force("uniform", acceleration=(0, 0, -9.8))]
    place = [[0, 0, 2], [0, 0, 1], [0, 0, 0]]
    scene = ra.make_scene(place, np.zeros((3, 3)), 1.0, forces=forces, pinned=[True, False, False])
    shared_window.studio.session.open(scene)
    qtbot.waitUntil(lambda: shared_window.studio.session.arrived)
    return shared_window


def act(qtbot: QtBot, window: Window, name: str, *bodies: int) -> None:
    """Select bodies and run a command."""
    session = window.studio.session
    session.select(np.isin(np.arange(session.scene.bodies.count), bodies))
    window.viewport.setFocus()
    window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: session.arrived)


def move(qtbot: QtBot, window: Window, frame: int, text: str) -> None:
    """Go to a frame and type a move."""
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    for letter in text:
        QTest.keyClick(window.viewport, letter)
    QTest.keyClick(window.viewport, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def test_a_pinned_body_is_led_from_key_to_key_and_the_chain_follows(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    act(qtbot, window, "follow-path", 0)
    move(qtbot, window, 25, "gx1.5")
    assert session.scene.timing.home == 1
    assert session.shot.position[0] == pytest.approx([1.5, 0, 2])
    assert session.scene.moves[0].values["place"].frames.tolist() == [1, 25]
    assert abs(session.shot.position[2, 0]) > 0.1
    session.show(1)
    qtbot.waitUntil(lambda: session.arrived)
    assert session.shot.position[0].tolist() == [0, 0, 2]


def test_a_free_body_is_pinned_to_its_path_where_it_is(qtbot: QtBot, window: Window) -> None:
    act(qtbot, window, "follow-path", 2)
    move(qtbot, window, 10, "gy0.5")
    scene = window.studio.session.scene
    assert scene.bodies.pinned.tolist() == [True, False, True]
    assert window.studio.session.shot.position[2] == pytest.approx([0, 0.5, 0])


def test_each_move_is_one_step_back(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    act(qtbot, window, "follow-path", 0)
    before = session.scene
    move(qtbot, window, 25, "gx1.5")
    session.history.undo()
    assert session.scene is before


def test_a_body_is_let_go_and_caught_where_the_artist_says(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    act(qtbot, window, "follow-path", 0)
    move(qtbot, window, 25, "gx1.5")
    session.show(13)
    qtbot.waitUntil(lambda: session.arrived)
    act(qtbot, window, "let-go-here", 0)
    session.show(20)
    qtbot.waitUntil(lambda: session.arrived)
    falls = session.shot.position[0]
    assert falls[2] < 1.9
    act(qtbot, window, "catch-here", 2)
    session.show(60)
    qtbot.waitUntil(lambda: session.arrived)
    rests = session.shot.position[2]
    session.show(80)
    qtbot.waitUntil(lambda: session.arrived)
    assert session.shot.position[2].tolist() == rests.tolist()
    session.show(1)
    qtbot.waitUntil(lambda: session.arrived)
    assert (session.stand.state == session.scene.bodies.state).all()
    for _ in range(2):
        session.history.undo()
    session.show(20)
    qtbot.waitUntil(lambda: session.arrived)
    assert session.shot.position[0, 2] == 2.0


def test_others_go_along_beside_a_leader(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    act(qtbot, window, "follow-path", 0)
    move(qtbot, window, 25, "gx1.5")
    act(qtbot, window, "go-along", 0, 2)
    assert session.shot.position[2] - session.shot.position[0] == pytest.approx([0, 0, -2])
    act(qtbot, window, "go-along", 2, 1)
    assert session.scene.moves[0].bodies.tolist() == [0, 1, 2]


def test_what_stands_in_space_is_led_by_a_handle(qtbot: QtBot, window: Window) -> None:
    session, forces = window.studio.session, window.studio.forces
    act(qtbot, window, "follow-path", 0)
    move(qtbot, window, 25, "gx1.5")
    session.open(ra.edits.add_part(session.scene, ra.force("attractor", point=(1, 0, 0))))
    qtbot.waitUntil(lambda: session.arrived)
    forces.look_at(next(place for place, part in forces.all() if part.kind == "attractor"))
    act(qtbot, window, "lead-standing", 0)
    assert session.scene.forces[-1].values["point"].values[:, 0].tolist() == [1.0, 2.5]
    session.history.undo()
    assert session.scene.forces[-1].values["point"].tolist() == [1, 0, 0]
