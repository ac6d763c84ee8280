"""A row of keys for each value that changes over the frames, below those of groups."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.parameter import LINEAR, SMOOTH
from revanim.window.timeline.value_rows import ROW, ValueLanes, ValueName
from revanim.window.window import Window

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def scene(scene: ra.Scene) -> ra.Scene:
    """Gravity with keys of both its values."""
    strength, softening = ra.keyed([10, 30], [1.0, 2.0]), ra.keyed([20], [0.2])
    return ra.edits.set_forces(scene, [ra.force("gravity", strength=strength, softening=softening)])


@pytest.fixture
def lanes(window: Window) -> ValueLanes:
    """The rows, unfolded."""
    window.studio.timeline.set_rows(True)
    return window.timeline.rows.values


def spot(window: Window, frame: int, row: int = 0) -> QPoint:
    return QPoint(round(window.timeline.axis.scale.x(frame)), row * ROW + ROW // 2)


def frames(window: Window, name: str = "strength") -> list[int]:
    return window.studio.session.scene.forces[0].values[name].frames.tolist()


def chosen(window: Window) -> list[int]:
    return sorted(key.frame for key in window.studio.tracks.selected)


def test_each_value_has_a_row_and_a_name_that_leads_to_its_force(window: Window, lanes: ValueLanes) -> None:
    assert [track.parameter.name for track in lanes.tracks] == ["strength", "softening"]
    names = window.timeline.rows.findChildren(ValueName)
    assert len(names) == 2
    QTest.mouseClick(names[0], Left)
    assert window.studio.forces.place.index == 0


def test_a_key_is_dragged_with_those_that_are_selected_as_one_step(window: Window, lanes: ValueLanes, hand) -> None:
    QTest.mouseClick(lanes, Left, pos=spot(window, 20, 1))
    QTest.mouseClick(lanes, Left, Shift, spot(window, 30))
    hand.drag(lanes, [spot(window, 30), spot(window, 34), spot(window, 37)])
    assert (frames(window), frames(window, "softening")) == ([10, 37], [27])
    assert chosen(window) == [27, 37]
    assert window.studio.session.history.count() == 1
    window.studio.session.history.undo()
    assert (frames(window), frames(window, "softening")) == ([10, 30], [20])


def test_with_ctrl_a_copy_is_dragged(window: Window, lanes: ValueLanes, hand) -> None:
    hand.drag(lanes, [spot(window, 10), spot(window, 14), spot(window, 18)], keys=Control)
    assert frames(window) == [10, 18, 30]


def test_a_click_goes_to_the_frame_of_the_key(window: Window, lanes: ValueLanes) -> None:
    QTest.mouseClick(lanes, Left, pos=spot(window, 30))
    assert window.studio.session.frame == 30


def test_del_deletes_the_selected_keys_but_the_last_of_a_value(qtbot: QtBot, window: Window, lanes: ValueLanes) -> None:
    QTest.mouseClick(lanes, Left, pos=spot(window, 30))
    lanes.setFocus()
    QTest.keyClick(lanes, Qt.Key.Key_Delete)
    assert frames(window) == [10]
    QTest.mouseClick(lanes, Left, pos=spot(window, 10))
    QTest.keyClick(lanes, Qt.Key.Key_Delete)
    assert frames(window) == [10]
    assert "one key" in window.toast.text()


def test_a_box_selects_and_a_right_click_changes_the_way_or_eases(window: Window, lanes: ValueLanes, hand) -> None:
    hand.drag(lanes, [spot(window, 5) - QPoint(0, 10), spot(window, 20), spot(window, 34)])
    assert chosen(window) == [10, 30]
    QTest.mouseClick(lanes, Right, pos=spot(window, 10))
    QApplication.sendEvent(lanes, context_at(lanes, spot(window, 10)))
    (menu,) = [menu for menu in lanes.findChildren(QMenu) if menu.isVisible()]
    next(action for action in menu.actions() if action.objectName() == "way-linear").trigger()
    assert window.studio.session.scene.forces[0].values["strength"].ways.tolist() == [LINEAR, LINEAR]
    menu.close()


def context_at(widget: ValueLanes, point: QPoint) -> object:
    from PySide6.QtGui import QContextMenuEvent

    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, widget.mapToGlobal(point))


def test_i_over_a_value_in_properties_keys_it_and_elsewhere_the_bodies(qtbot: QtBot, window: Window) -> None:
    window.studio.session.show(25)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    button = window.bring("properties").widget().findChild(QToolButton, "animate-strength")
    QTest.mouseMove(window, QPoint(1, 1))
    QTest.mouseMove(button)
    window.actions_by_name["set-key"].trigger()
    assert frames(window) == [10, 25, 30]
    assert window.studio.session.scene.forces[0].values["strength"].ways[1] == SMOOTH
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    QTest.mouseMove(window.viewport)
    window.actions_by_name["set-key"].trigger()
    assert [key.frame for key in window.studio.session.scene.keyframes] == [25]


def test_keys_of_values_are_copied_and_pasted_at_the_playhead(
    qtbot: QtBot, window: Window, lanes: ValueLanes, hand
) -> None:
    hand.drag(lanes, [spot(window, 5) - QPoint(0, 10), spot(window, 20), spot(window, 34)])
    QTest.keyClick(lanes, Qt.Key.Key_C, Control)
    window.studio.session.show(40)
    QTest.keyClick(lanes, Qt.Key.Key_V, Control)
    assert frames(window) == [10, 30, 40, 60]
    assert chosen(window) == [40, 60]
    assert window.studio.session.history.count() == 1
