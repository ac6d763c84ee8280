"""Holds on the timeline and in the panel: bars behind diamonds, their ends, and the button."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits import set_groups
from revanim.scene.scene import Group
from revanim.sentence import Sentence
from revanim.window.kit.theme import theme
from revanim.window.timeline.face import KEYS
from revanim.window.timeline.rows import ROW
from revanim.window.timeline.tips import tip_at
from revanim.window.window import Window

Key, Left, Alt = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(window: Window) -> Window:
    """A window whose scene has a key at 24 that holds for ten frames, and one at 50 that does not."""
    scene, place = window.studio.session.scene, window.studio.session.scene.bodies.position
    scene = ra.edits.add_keyframe(scene, 24, [0, 1], position=place[:2], hold=10)
    scene = ra.edits.add_keyframe(scene, 50, [0, 1], position=place[:2])
    window.studio.session.edit(Sentence("Keys"), scene)
    return window


def holds(window: Window) -> list[tuple[int, int]]:
    return [(key.frame, key.hold) for key in window.studio.session.scene.keyframes]


def spot(window: Window, frame: float, y: int = KEYS) -> QPoint:
    return QPoint(round(window.timeline.axis.scale.x(frame)), y)


def end_of_bar(window: Window, frame: float, y: int = KEYS) -> QPoint:
    return spot(window, frame, y) + QPoint(3, 0)


def test_the_end_of_a_bar_is_dragged_and_undone(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    hand.drag(ruler, [end_of_bar(window, 34), spot(window, 38), spot(window, 42)])
    assert holds(window) == [(24, 18), (50, 0)]
    window.studio.session.history.undo()
    assert holds(window) == [(24, 10), (50, 0)]
    hand.drag(ruler, [end_of_bar(window, 34), spot(window, 28), spot(window, 21)])
    assert holds(window) == [(24, 0), (50, 0)]


def test_escape_leaves_a_hold_as_it_was(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    hand.press(ruler, end_of_bar(window, 34))
    hand.move(ruler, spot(window, 44))
    assert window.timeline.axis.hold_drag == (window.studio.session.scene.keyframes[0], 20)
    QTest.keyClick(ruler, Key.Key_Escape)
    assert window.timeline.axis.hold_drag is None
    assert holds(window) == [(24, 10), (50, 0)]


def test_a_key_is_moved_and_copied_with_its_hold(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    hand.drag(ruler, [spot(window, 24), spot(window, 26), spot(window, 28)])
    assert holds(window) == [(28, 10), (50, 0)]
    hand.drag(ruler, [spot(window, 28), spot(window, 38), spot(window, 44)], keys=Alt)
    assert holds(window) == [(28, 10), (44, 10), (50, 0)]


def test_a_bar_is_dragged_on_its_row(window: Window, hand) -> None:
    session = window.studio.session
    session.edit(
        Sentence("Groups"), set_groups(session.scene, [Group("Red", np.array([0])), Group("Blue", np.array([2]))])
    )
    QTest.mouseClick(window.timeline.band_names.disclosure, Left)
    hand.drag(window.timeline.rows.lanes, [end_of_bar(window, 34, ROW // 2), spot(window, 38, ROW // 2)])
    assert holds(window) == [(24, 14), (50, 0)]


def test_a_bar_of_four_pixels_is_painted_up_to_the_last_frame_and_shown_as_it_is_dragged(window: Window, hand) -> None:
    ruler = window.timeline.ruler

    def colored(frame: float, y: int) -> bool:
        """Whether a pixel of the ruler is tinted as keys are: more red than blue."""
        color: QColor = ruler.grab().toImage().pixelColor(spot(window, frame, y))
        return color.red() > color.blue() + 20 if QColor(theme.tokens.key_selected).blue() < 100 else True

    hand.press(ruler, end_of_bar(window, 34))
    hand.move(ruler, spot(window, 38))
    assert [colored(frame, KEYS) for frame in (30, 37.5, 41)] == [True, True, False]
    assert [colored(30, KEYS + down) for down in (-4, 4)] == [False, False]
    QTest.mouseRelease(ruler, Left, pos=spot(window, 38))


def test_the_tip_of_the_end_says_how_long_it_holds(window: Window) -> None:
    tip = tip_at(window.timeline.axis, end_of_bar(window, 34).toPointF())
    assert tip.splitlines()[0] == "Holds to frame 34, 10 frames more"


def test_the_button_holds_for_half_a_second_or_until_the_next_key_and_lets_go(qtbot: QtBot, window: Window) -> None:
    panel = window.bring("keyframes").widget()

    def press(row: int) -> None:
        QTest.mouseClick(panel.rows[row], Left)
        details = panel.rows[row].details
        assert details is not None
        QTest.mouseClick(details.half, Left)

    press(1)
    assert holds(window) == [(24, 10), (50, 12)]
    press(0)
    assert holds(window) == [(24, 0), (50, 12)]
    window.studio.session.edit(Sentence("Near"), ra.edits.move_keyframe(window.studio.session.scene, 1, 30))
    press(0)
    assert holds(window) == [(24, 5), (30, 12)]


def test_a_hold_is_typed_and_what_is_none_is_refused(window: Window, qtbot: QtBot) -> None:
    panel = window.bring("keyframes").widget()
    QTest.mouseClick(panel.rows[1], Left)
    field = panel.rows[1].details.hold
    for text, expected in (("7", 7), ("-3", 7), ("2.5", 7), ("3*4", 12)):
        field = panel.rows[1].details.hold
        QTest.mouseClick(field, Left)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Key.Key_Return)
        assert window.studio.session.scene.keyframes[1].hold == expected


def test_the_command_holds_the_key_at_the_playhead(window: Window, qtbot: QtBot) -> None:
    window.studio.session.show(50)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.actions_by_name["hold-key"].trigger()
    assert holds(window) == [(24, 10), (50, 12)]
    window.studio.session.history.undo()
    assert holds(window) == [(24, 10), (50, 0)]


def test_the_miss_of_a_hold_is_over_the_frames_that_were_passed(window: Window, qtbot: QtBot) -> None:
    studio = window.studio
    key = studio.session.scene.keyframes[0]
    for frame in (24, 25, 30):
        studio.session.show(frame)
        qtbot.waitUntil(lambda: studio.session.arrived)
    playhead, squares = ra.Playhead(studio.session.scene), []
    for frame in sorted(studio.keyframes._passed[key]):
        playhead.seek(frame)
        squares.append(np.mean(np.sum((playhead.position[:2] - key.position) ** 2, axis=1)))
    assert len(squares) >= 3
    assert studio.keyframes.misses[key] == pytest.approx(np.sqrt(np.mean(squares)))
