"""Markers: set, named, moved and removed by hand on the ruler."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from revanim.scene.edits import set_markers
from revanim.scene.scene import Marker
from revanim.sentence import Sentence
from revanim.window.timeline.face import NUMBERS
from revanim.window.timeline.markers import NameMarker
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def flag(window: Window, frame: int) -> QPoint:
    """Return where the flag of a marker lies on the ruler."""
    return QPoint(round(window.timeline.axis.scale.x(frame)), NUMBERS + 6)


def frames(window: Window) -> list[int]:
    """Return the frames of all markers."""
    return [marker.frame for marker in window.studio.session.scene.markers]


def field(window: Window) -> NameMarker:
    """Return the field in which a marker is named now."""
    return next(found for found in window.timeline.ruler.findChildren(NameMarker) if found.isVisible())


def with_markers(window: Window, *markers: Marker) -> None:
    """Put markers into the scene."""
    window.studio.session.edit(Sentence("Markers"), set_markers(window.studio.session.scene, markers))


def test_m_marks_the_frame_in_one_undo_step(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_M)
    window.studio.session.show(40)
    QTest.keyClick(window.viewport, Key.Key_M)
    assert window.studio.session.scene.markers == (Marker(20), Marker(40))
    assert window.studio.session.history.count() == 2
    QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert frames(window) == [20]


def test_m_marks_while_it_plays(window: Window) -> None:
    window.studio.playback.play(1)
    QTest.keyClick(window.viewport, Key.Key_M)
    assert frames(window) == [window.studio.session.frame]
    assert window.studio.playback.direction == 1


def test_m_on_a_marker_and_a_double_click_name_it(window: Window) -> None:
    with_markers(window, Marker(20), Marker(40))
    QTest.keyClick(window.viewport, Key.Key_M)
    QTest.keyClicks(field(window), "Here")
    QTest.keyClick(field(window), Key.Key_Return)
    assert window.studio.session.scene.markers[0] == Marker(20, "Here")
    QTest.mouseDClick(window.timeline.ruler, Left, pos=flag(window, 40))
    QTest.keyClicks(field(window), "There")
    QTest.keyClick(field(window), Key.Key_Return)
    assert window.studio.session.scene.markers[1] == Marker(40, "There")
    assert window.studio.session.history.count() == 3


def test_escape_and_leaving_keep_the_old_name(window: Window) -> None:
    with_markers(window, Marker(20, "Old"))
    QTest.keyClick(window.viewport, Key.Key_M, Control)
    QTest.keyClicks(field(window), "New")
    QTest.keyClick(field(window), Key.Key_Escape)
    assert window.studio.session.scene.markers == (Marker(20, "Old"),)
    QTest.keyClick(window.viewport, Key.Key_M, Control)
    QTest.keyClicks(field(window), "New")
    window.viewport.setFocus()
    assert window.studio.session.scene.markers == (Marker(20, "Old"),)
    assert window.studio.session.history.count() == 1


def test_letters_in_the_name_are_no_commands(window: Window) -> None:
    with_markers(window, Marker(20))
    QTest.keyClick(window.viewport, Key.Key_M)
    QTest.keyClicks(field(window), "mapl ")
    assert field(window).text() == "mapl "
    assert window.studio.playback.direction == 0
    assert len(window.studio.session.scene.markers) == 1


def test_a_marker_is_dragged_in_one_step_and_escape_leaves_it(window: Window, hand) -> None:
    with_markers(window, Marker(20, "A"), Marker(40, "B"))
    ruler = window.timeline.ruler
    hand.drag(ruler, [flag(window, 20), flag(window, 25), flag(window, 33)])
    assert window.studio.session.scene.markers == (Marker(33, "A"), Marker(40, "B"))
    assert window.studio.session.history.count() == 2
    ruler.setFocus()
    hand.press(ruler, flag(window, 40))
    hand.move(ruler, flag(window, 50))
    QTest.keyClick(ruler, Key.Key_Escape)
    assert frames(window) == [33, 40]
    assert window.studio.session.history.count() == 2


def test_a_marker_dropped_on_another_takes_its_place_and_undo_brings_it_back(window: Window, hand) -> None:
    with_markers(window, Marker(20, "A"), Marker(40, "B"))
    hand.drag(window.timeline.ruler, [flag(window, 20), flag(window, 30), flag(window, 40)])
    assert window.studio.session.scene.markers == (Marker(40, "A"),)
    QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert window.studio.session.scene.markers == (Marker(20, "A"), Marker(40, "B"))


def test_a_click_on_a_marker_goes_there_and_selects_it_to_be_deleted(window: Window) -> None:
    with_markers(window, Marker(10, "A"), Marker(40, "B"))
    QTest.mouseClick(window.timeline.ruler, Left, pos=flag(window, 40))
    assert window.studio.session.frame == 40
    QTest.keyClick(window.viewport, Key.Key_M, Shift)
    assert window.studio.session.scene.markers == (Marker(10, "A"),)
    assert not window.actions_by_name["delete-marker"].isEnabled()
    QTest.keyClick(window.viewport, Key.Key_M, Shift)
    assert window.studio.session.scene.markers == (Marker(10, "A"),)


def test_shift_up_and_down_walk_from_marker_to_marker(window: Window) -> None:
    with_markers(window, Marker(5), Marker(30), Marker(50))
    passed = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_Up):
        QTest.keyClick(window.viewport, key, Shift)
        passed.append(window.studio.session.frame)
    assert passed == [30, 50, 50, 30, 5, 5]


def test_a_right_click_offers_what_can_be_done_with_the_marker_beneath(window: Window) -> None:
    with_markers(window, Marker(40, "B"))
    ruler = window.timeline.ruler
    ruler.open_menu(flag(window, 40), ruler.mapToGlobal(flag(window, 40)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.objectName() == "delete-marker").trigger()
    menu.close()
    assert window.studio.session.scene.markers == ()


def test_the_ruler_says_which_marker_is_under_the_pointer(window: Window, hand) -> None:
    with_markers(window, Marker(40, "B"))
    hand.move(window.timeline.ruler, flag(window, 40), Qt.MouseButton.NoButton)
    assert window.timeline.ruler.toolTip().startswith("B, frame 40")


@pytest.mark.parametrize("frame", [10_000_001, -10_000_001])
def test_a_marker_too_far_away_is_refused_in_a_toast(window: Window, frame: int) -> None:
    window.studio.markers.add(frame)
    assert window.studio.session.scene.markers == ()
    assert "Frames may lie between" in window.toast.text()


def test_undo_under_the_name_field_takes_the_field_away(window: Window) -> None:
    with_markers(window, Marker(20))
    QTest.keyClick(window.viewport, Key.Key_M)
    window.studio.session.history.undo()
    QApplication.sendPostedEvents(None, 0)
    assert window.studio.session.scene.markers == ()
    QTest.keyClick(window.viewport, Key.Key_M)
    assert frames(window) == [20]
