"""A floor or a fixed ball that was chosen in the list of forces is moved, turned and scaled in the picture."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.session.work.forces import Place
from revanim.window.viewport.gizmo import gizmo_handles
from revanim.window.viewport.transform import MOVE
from revanim.window.window import Window

FLOOR, BALL = 0, 1


@pytest.fixture
def scene() -> ra.Scene:
    """Return two bodies over a floor and a fixed ball."""
    moves = [ra.move("floor", height=-1.0), ra.move("sphere", center=(0.5, 0.0, 0.0), size=0.5)]
    return ra.make_scene([[0, 0, 2], [0.5, 0, 2]], np.zeros((2, 3)), 1.0, moves=moves, scheme="leapfrog")


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def choose(window: Window, index: int) -> None:
    """Choose one of the moves, while no body is selected."""
    window.studio.session.select(window.studio.session.selection & False)
    window.studio.forces.look_at(Place("moves", index))
    window.viewport.setFocus()


def type_in(window: Window, text: str) -> None:
    for letter in text:
        QTest.keyClick(window.viewport, letter)
    QTest.keyClick(window.viewport, Qt.Key.Key_Return)


def value(window: Window, index: int, name: str) -> Floats:
    return window.studio.session.scene.moves[index].values[name]


def test_a_chosen_ball_is_moved_and_scaled_by_keys_each_in_one_step(window: Window) -> None:
    before = window.studio.session.scene
    choose(window, BALL)
    type_in(window, "gz0.75")
    np.testing.assert_allclose(value(window, BALL, "center"), (0.5, 0, 0.75))
    assert window.studio.session.history.undoText() == "Move Fixed ball"
    type_in(window, "s2")
    np.testing.assert_allclose(value(window, BALL, "size"), 1.0)
    for _ in range(2):
        QTest.keyClick(window.viewport, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.studio.session.scene is before


def test_a_chosen_floor_is_tilted_and_esc_takes_it_back(window: Window) -> None:
    before = window.studio.session.scene
    choose(window, FLOOR)
    type_in(window, "rx90")
    np.testing.assert_allclose(value(window, FLOOR, "normal"), (0, -1, 0), atol=1e-9)
    for letter in "gz3":
        QTest.keyClick(window.viewport, letter)
    QTest.keyClick(window.viewport, Qt.Key.Key_Escape)
    np.testing.assert_allclose(value(window, FLOOR, "normal"), (0, -1, 0), atol=1e-9)
    QTest.keyClick(window.viewport, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.studio.session.scene is before


def test_the_gizmo_stands_at_it_and_moves_it_along_an_axis(window: Window, hand) -> None:
    choose(window, BALL)
    QTest.keyClick(window.viewport, "w")
    up = next(one for one in gizmo_handles(window.viewport.canvas, MOVE) if one.axes == (False, False, True))
    grip, way = (QPoint(round(x), round(y)) for x, y in (up.line[-1], up.line[-1] - up.line[0]))
    hand.drag(window.viewport, [grip, grip + way / 2, grip + way])
    x, y, z = value(window, BALL, "center")
    assert (x, y) == (0.5, 0.0)
    assert z > 0.1


def test_a_click_on_nothing_leaves_it(qtbot: QtBot, window: Window, hand) -> None:
    choose(window, BALL)
    assert gizmo_handles(window.viewport.canvas, MOVE)
    QTest.mouseClick(window.viewport, Qt.MouseButton.LeftButton, pos=QPoint(8, window.viewport.height() - 8))
    assert not gizmo_handles(window.viewport.canvas, MOVE)


def test_bodies_that_are_selected_come_first(window: Window) -> None:
    choose(window, BALL)
    window.studio.session.select(np.array([True, False]))
    type_in(window, "gz1")
    assert value(window, BALL, "center").tolist() == [0.5, 0, 0]
    assert window.studio.session.scene.bodies.position[0, 2] == pytest.approx(3.0)
