"""Who is selected: by lasso, all, none, inverse, linked, grouped; hidden and locked groups are left alone."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.scene.scene import Group
from revanim.sentence import Sentence
from revanim.window.window import Window

Button, Key = Qt.MouseButton, Qt.Key
Control, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def chosen(window: Window) -> list[int]:
    """Return the bodies that are selected."""
    return np.flatnonzero(window.studio.session.selection).tolist()


def place(window: Window, body: int) -> QPoint:
    """Return where a body is on the picture."""
    viewport, position = window.viewport, window.studio.session.shot.position
    seen = camera.project(window.studio.session.view, viewport.width(), viewport.height(), position)
    return QPoint(round(seen.x[body]), round(seen.y[body]))


def around(point: QPoint, reach: int = 14) -> list[QPoint]:
    """Return a way around a point."""
    ways = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [point + QPoint(x * reach, y * reach) for x, y in ways]


def with_groups(window: Window, *groups: Group) -> None:
    """Let the scene have groups."""
    window.studio.session.edit(Sentence("Group"), ra.edits.set_groups(window.studio.session.scene, groups))


def test_all_none_and_inverse(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_A, Control)
    assert chosen(window) == [0, 1, 2, 3, 4]
    QTest.keyClick(window.viewport, Key.Key_A, Alt)
    assert chosen(window) == []
    window.studio.session.select(np.arange(5) < 2)
    QTest.keyClick(window.viewport, Key.Key_I, Control)
    assert chosen(window) == [2, 3, 4]


def test_a_lasso_selects_what_it_surrounds(window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    QTest.keyClick(window.viewport, Key.Key_Q, Shift)
    hand.drag(window.viewport, around(place(window, 2)))
    assert chosen(window) == [2]
    hand.drag(window.viewport, around(place(window, 0)), keys=Shift)
    assert chosen(window) == [0, 2]
    hand.drag(window.viewport, around(place(window, 2)), keys=Control)
    assert chosen(window) == [0]
    QTest.keyClick(window.viewport, Key.Key_Q)
    assert window.viewport.canvas.tool.name == "select"


def test_control_and_alt_draw_a_lasso_with_any_tool(window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    hand.drag(window.viewport, around(place(window, 3)), keys=Control | Alt)
    assert chosen(window) == [3]
    assert not window.studio.session.history.canUndo()


def test_a_lasso_leaves_out_what_lies_in_its_bay(window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    QTest.keyClick(window.viewport, Key.Key_Q, Shift)
    middle, edge = place(window, 1), window.viewport.rect().bottomRight()
    bay = around(middle, 10)
    ring = [QPoint(1, 1), QPoint(edge.x() - 1, 1), edge - QPoint(1, 1), QPoint(1, edge.y() - 1), QPoint(1, 1)]
    hand.drag(window.viewport, [*ring, *bay, QPoint(1, 1)])
    assert chosen(window) == [0, 2, 3, 4]


def test_hidden_and_locked_bodies_are_not_picked(qtbot: QtBot, window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    with_groups(window, Group("Ghosts", np.array([1]), hidden=True), Group("Stage", np.array([3]), locked=True))
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    for body in (1, 3):
        QTest.mouseClick(window.viewport, Button.LeftButton, pos=place(window, body))
        assert chosen(window) == []
    hand.drag(window.viewport, [QPoint(2, 2), QPoint(200, 200), window.viewport.rect().bottomRight() - QPoint(2, 2)])
    assert chosen(window) == [0, 2, 4]
    QTest.keyClick(window.viewport, Key.Key_A, Control)
    assert chosen(window) == [0, 2, 4]


def test_select_linked_follows_springs_and_rods(qtbot: QtBot, window: Window, rods: ra.Scene) -> None:
    free = ra.edits.set_forces(
        rods, [replace(part, links=part.links[:2]) if part.links is not None else part for part in rods.forces]
    )
    window.studio.session.open(free)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.studio.session.select(np.arange(4) == 0)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.viewport, Key.Key_L, Control)
    assert chosen(window) == [0, 1, 2]


def test_groups_are_made_selected_and_dissolved(window: Window) -> None:
    window.studio.session.select(np.isin(np.arange(5), [0, 3]))
    QTest.keyClick(window.viewport, Key.Key_G, Control)
    window.studio.session.select(np.isin(np.arange(5), [1, 2]))
    QTest.keyClick(window.viewport, Key.Key_G, Control)
    assert [(one.name, one.bodies.tolist()) for one in window.studio.session.scene.groups] == [
        ("Group 1", [0, 3]),
        ("Group 2", [1, 2]),
    ]
    window.studio.session.select(np.arange(5) == 3)
    QTest.keyClick(window.viewport, Key.Key_G, Shift)
    assert chosen(window) == [0, 3]
    QTest.keyClick(window.viewport, Key.Key_G, Control | Shift)
    assert [one.name for one in window.studio.session.scene.groups] == ["Group 2"]
    assert window.studio.session.history.count() == 3


def test_a_click_on_a_target_selects_its_key_and_one_on_a_body_leaves_it(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    studio.session.show(40)
    qtbot.waitUntil(lambda: studio.session.arrived)
    away = studio.session.shot.position[[1]] + (0, 0, 1.0)
    studio.session.edit(Sentence("Set key"), ra.edits.add_keyframe(studio.session.scene, 40, [1], position=away))
    qtbot.waitUntil(lambda: studio.session.arrived)
    QTest.keyClick(window.viewport, Key.Key_A)
    seen = camera.project(studio.session.view, window.viewport.width(), window.viewport.height(), away)
    QTest.mouseClick(window.viewport, Button.LeftButton, pos=QPoint(round(seen.x[0]), round(seen.y[0])))
    assert studio.keyframes.selected == set(studio.session.scene.keyframes)
    QTest.mouseClick(window.viewport, Button.LeftButton, pos=place(window, 3))
    assert chosen(window) == [3]
    assert not studio.keyframes.selected
