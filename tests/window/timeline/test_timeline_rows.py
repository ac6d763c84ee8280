"""A row of keys for each group below the ruler."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from revanim.scene.edits import add_keyframe, remove_bodies, set_groups
from revanim.scene.scene import Group
from revanim.sentence import Sentence
from revanim.window.timeline.face import KEYS
from revanim.window.timeline.rows import ROW, Name, rows_of
from revanim.window.window import Window

Left, Alt, Shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def with_groups(window: Window) -> None:
    """Put two groups and three keys into the scene: of the first group, of the second, and of all bodies."""
    scene, place = window.studio.session.scene, window.studio.session.scene.bodies.position
    scene = set_groups(scene, [Group("Red", np.array([0, 1])), Group("Blue", np.array([2, 3]))])
    for frame, bodies in ((30, [0]), (40, [2, 3]), (50, [0, 1, 2, 3, 4])):
        scene = add_keyframe(scene, frame, bodies, position=place[bodies])
    window.studio.session.edit(Sentence("Groups"), scene)


def unfold(window: Window) -> None:
    """Press the disclosure left of the ruler."""
    QTest.mouseClick(window.timeline.band_names.disclosure, Left)


def spot(window: Window, frame: float, row: int) -> QPoint:
    """Return where a frame lies on a row."""
    return QPoint(round(window.timeline.axis.scale.x(frame)), row * ROW + ROW // 2)


def frames(window: Window) -> list[int]:
    """Return the frames of all keyframes."""
    return [key.frame for key in window.studio.session.scene.keyframes]


def selected(window: Window) -> list[int]:
    """Return the frames of the selected keyframes."""
    return sorted(key.frame for key in window.studio.keyframes.selected)


def test_rows_are_folded_away_until_one_asks_for_them(qtbot: QtBot, window: Window) -> None:
    with_groups(window)
    rows, low = window.timeline.rows, window.foot.height()
    assert not rows.isVisible()
    unfold(window)
    assert rows.isVisible()
    qtbot.waitUntil(lambda: window.foot.height() > low + 2 * ROW)
    unfold(window)
    assert not rows.isVisible()
    qtbot.waitUntil(lambda: window.foot.height() <= low + 1)


def test_a_key_stands_in_the_row_of_every_group_it_concerns(window: Window) -> None:
    with_groups(window)
    rows = {row.name: [key.frame for key in row.keys] for row in rows_of(window.studio.session.scene)}
    assert rows == {"Red": [30, 50], "Blue": [40, 50], "In no group": [50]}


def test_rows_lie_below_the_ruler_frame_for_frame(qtbot: QtBot, window: Window) -> None:
    with_groups(window)
    unfold(window)
    ruler, lanes = window.timeline.ruler, window.timeline.rows.lanes
    qtbot.waitUntil(lambda: lanes.mapTo(window, QPoint(0, 0)).x() == ruler.mapTo(window, QPoint(0, 0)).x())


def test_keys_are_dragged_and_copied_on_their_row(window: Window, hand) -> None:
    with_groups(window)
    unfold(window)
    lanes = window.timeline.rows.lanes
    hand.drag(lanes, [spot(window, frame, 0) for frame in (30, 32, 35)])
    assert frames(window) == [35, 40, 50]
    hand.drag(lanes, [spot(window, frame, 1) for frame in (40, 42, 45)], keys=Alt)
    assert frames(window) == [35, 40, 45, 50]
    assert window.studio.session.history.count() == 3
    QTest.mouseClick(lanes, Left, pos=spot(window, 35, 0))
    assert window.studio.session.frame == 35


def test_a_box_selects_on_the_rows_it_covers_and_shift_adds(window: Window, hand) -> None:
    with_groups(window)
    unfold(window)
    lanes = window.timeline.rows.lanes
    hand.drag(lanes, [spot(window, 25, 0) - QPoint(0, 8), spot(window, 45, 0), spot(window, 55, 0)])
    assert selected(window) == [30, 50]
    hand.drag(lanes, [spot(window, 36, 1), spot(window, 40, 1), spot(window, 44, 1)], keys=Shift)
    assert selected(window) == [30, 40, 50]
    QTest.mouseClick(lanes, Left, pos=spot(window, 10, 0))
    assert selected(window) == []


def test_shift_clicks_on_diamonds_add_them_and_take_them_out(window: Window) -> None:
    with_groups(window)
    ruler = window.timeline.ruler
    QTest.mouseClick(ruler, Left, pos=QPoint(spot(window, 30, 0).x(), KEYS))
    QTest.mouseClick(ruler, Left, Shift, QPoint(spot(window, 40, 0).x(), KEYS))
    assert selected(window) == [30, 40]
    assert window.studio.session.frame == 30
    unfold(window)
    QTest.mouseClick(window.timeline.rows.lanes, Left, Shift, spot(window, 30, 0))
    assert selected(window) == [40]


def test_a_click_on_the_name_selects_its_bodies(window: Window) -> None:
    with_groups(window)
    unfold(window)
    name = next(each for each in window.timeline.rows.findChildren(Name) if each.shown.name == "Blue")
    QTest.mouseClick(name, Left)
    assert np.flatnonzero(window.studio.session.selection).tolist() == [2, 3]


def test_rows_follow_what_happens_to_groups_and_bodies(window: Window) -> None:
    with_groups(window)
    unfold(window)
    lanes = window.timeline.rows.lanes
    window.studio.session.edit(Sentence("Remove"), remove_bodies(window.studio.session.scene, [4]))
    assert [row.name for row in lanes.rows] == ["Red", "Blue"]
    window.studio.session.edit(Sentence("Ungroup"), set_groups(window.studio.session.scene, ()))
    assert lanes.rows == []
    assert window.timeline.rows.teaching.isVisible()
    window.studio.session.history.undo()
    window.studio.session.history.undo()
    assert [row.name for row in lanes.rows] == ["Red", "Blue", "In no group"]


def test_the_wheel_over_the_rows_zooms_the_ruler(window: Window, wheel) -> None:
    with_groups(window)
    unfold(window)
    before = window.timeline.axis.scale
    wheel(window.timeline.rows.lanes, spot(window, 40, 1), 120)
    assert window.timeline.axis.scale.pixels > before.pixels


def test_keys_are_copied_with_ctrl_c_and_pasted_at_the_playhead(qtbot: QtBot, window: Window) -> None:
    with_groups(window)
    unfold(window)
    lanes = window.timeline.rows.lanes
    QTest.mouseClick(lanes, Left, pos=spot(window, 30, 0))
    QTest.mouseClick(lanes, Left, Shift, spot(window, 40, 1))
    lanes.setFocus()
    QTest.keyClick(lanes, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    window.studio.session.show(44)
    QTest.keyClick(lanes, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert frames(window) == [30, 40, 44, 50, 54]
    assert selected(window) == [44, 54]
    QTest.keyClick(lanes, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert frames(window) == [30, 40, 50]


def test_ctrl_drag_copies_a_key_and_a_right_click_offers_its_commands(qtbot: QtBot, window: Window, hand) -> None:
    with_groups(window)
    unfold(window)
    lanes = window.timeline.rows.lanes
    control = Qt.KeyboardModifier.ControlModifier
    hand.drag(lanes, [spot(window, 30, 0), spot(window, 33, 0), spot(window, 36, 0)], keys=control)
    assert frames(window) == [30, 36, 40, 50]
    place = spot(window, 40, 1)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, lanes.mapToGlobal(place))
    QApplication.sendEvent(lanes, asked)
    (menu,) = [menu for menu in lanes.findChildren(QMenu) if menu.isVisible()]
    assert selected(window) == [40]
    assert {"copy", "delete-key", "hold-key"} <= {action.objectName() for action in menu.actions()}
    menu.close()
