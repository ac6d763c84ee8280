from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.timeline.boxes import RATES
from revanim.window.window import Window

Place = Callable[[int], QPoint]


def settle(qtbot: QtBot, window: Window) -> None:
    """Wait until the walk is where it was asked to be."""
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def fresh_digest(window: Window, frame: int) -> str:
    """Return the digest of a walk that goes straight from home to a frame."""
    playhead = ra.Playhead(window.studio.session.scene)
    playhead.seek(frame)
    return str(playhead.digest())


def walked_digest(window: Window) -> str:
    """Return the digest of the playhead that the walker has led there; it must stand still."""
    trail = window.studio.session.walker._trail
    assert trail is not None
    return trail.head.digest()


def type_into(field: QLineEdit, text: str) -> None:
    """Click a field, replace what it says, and press Return."""
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_press_on_the_ruler_jumps_there(qtbot: QtBot, window: Window, ruler_x: Place) -> None:
    QTest.mouseClick(window.timeline.ruler, Qt.MouseButton.LeftButton, pos=ruler_x(45))
    assert window.studio.session.frame == 45
    settle(qtbot, window)
    assert window.studio.session.shot is not None
    assert window.studio.session.shot.frame == 45


def test_a_drag_across_the_ruler_scrubs_both_ways(qtbot: QtBot, window: Window, ruler_x: Place, hand) -> None:
    shown: list[int] = []
    window.studio.session.frame_shown.connect(lambda shot: shown.append(shot.frame))
    ruler = window.timeline.ruler
    hand.press(ruler, ruler_x(10))
    settle(qtbot, window)
    for frame in (20, 35, 50):
        hand.move(ruler, ruler_x(frame))
        settle(qtbot, window)
    onward, shown[:] = shown[:], []
    for frame in (40, 20, 5):
        hand.move(ruler, ruler_x(frame))
        settle(qtbot, window)
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=ruler_x(5))
    assert {10, 20, 35, 50} <= set(onward)
    assert {40, 20, 5} <= set(shown)
    assert shown[-1] == window.studio.session.frame == 5


def test_scrubbing_leaves_exactly_the_bits_of_a_fresh_walk(qtbot: QtBot, window: Window, ruler_x: Place, hand) -> None:
    hand.drag(window.timeline.ruler, [ruler_x(frame) for frame in (3, 60, 1, 58, 2, 44, 37)])
    settle(qtbot, window)
    assert walked_digest(window) == fresh_digest(window, 37)
    window.studio.session.show(20)
    settle(qtbot, window)
    assert walked_digest(window) == fresh_digest(window, 20)


def test_the_newest_target_wins(qtbot: QtBot, window: Window) -> None:
    shown: list[int] = []
    window.studio.session.frame_shown.connect(lambda shot: shown.append(shot.frame))
    for frame in (60, -100_000, 100_000, 30):
        window.studio.session.show(frame)
    settle(qtbot, window)
    assert shown[-1] == 30
    assert max(map(abs, shown)) < 1000


def test_a_scrub_stops_what_plays(window: Window, ruler_x: Place) -> None:
    window.studio.playback.play(1)
    QTest.mouseClick(window.timeline.ruler, Qt.MouseButton.LeftButton, pos=ruler_x(45))
    assert window.studio.playback.direction == 0


def test_escape_takes_a_scrub_back(window: Window, ruler_x: Place, hand) -> None:
    ruler = window.timeline.ruler
    ruler.setFocus()
    hand.press(ruler, ruler_x(40))
    hand.move(ruler, ruler_x(50))
    QTest.keyClick(ruler, Qt.Key.Key_Escape)
    assert window.studio.session.frame == 20
    hand.move(ruler, ruler_x(55))
    assert window.studio.session.frame == 20


def test_a_walk_that_cannot_go_on_says_so_and_stands_where_it_could(qtbot: QtBot, window: Window) -> None:
    flee = ra.make_scene([[0.0, 0, 0]], [[1.0, 0, 0]], [1.0], forces=(ra.force("uniform", acceleration=(1e3, 0, 0)),))
    window.studio.session.open(flee)
    settle(qtbot, window)
    with qtbot.waitSignal(window.studio.session.failed) as failed:
        window.studio.session.show(200_000)
    assert "frame" in str(failed.args[0])
    assert window.toast.isVisible()
    assert window.studio.session.arrived
    here = window.studio.session.frame
    assert 1 < here < 200_000
    assert walked_digest(window) == fresh_digest(window, here)
    window.studio.session.show(1)
    settle(qtbot, window)
    assert walked_digest(window) == fresh_digest(window, 1)


@pytest.mark.parametrize(("typed", "frame"), [("45", 45), ("+24", 44), ("-10", 10), ("2*20+1", 41), ("1s", 24)])
def test_a_typed_frame_is_shown(qtbot: QtBot, window: Window, typed: str, frame: int) -> None:
    type_into(window.timeline.transport.frame, typed)
    assert window.studio.session.frame == frame
    settle(qtbot, window)
    assert window.timeline.transport.frame.text() == str(frame)


def test_a_typed_frame_that_is_none_is_refused_in_a_toast(window: Window) -> None:
    field = window.timeline.transport.frame
    type_into(field, "soon")
    assert window.studio.session.frame == 20
    assert "'soon' is not a frame" in window.toast.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "20"


def test_letters_typed_into_a_field_are_no_commands(window: Window) -> None:
    field = window.timeline.transport.frame
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    before = window.studio.session.view, window.studio.session.scene
    for key in (Qt.Key.Key_A, Qt.Key.Key_T, Qt.Key.Key_Space, Qt.Key.Key_L, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(field, key)
    assert (window.studio.session.view, window.studio.session.scene) == before
    assert window.studio.playback.direction == 0
    assert window.studio.session.frame == 20


@pytest.mark.parametrize("index", range(len(RATES)))
def test_a_preset_sets_the_frame_rate(window: Window, index: int) -> None:
    box = window.timeline.transport.fps
    box.setCurrentIndex(index)
    box.activated.emit(index)
    assert window.studio.session.scene.timing.fps == RATES[index]


def test_a_typed_frame_rate_is_one_undo_step(window: Window) -> None:
    type_into(window.timeline.transport.fps.field, "12.5")
    assert window.studio.session.scene.timing.fps == 12.5
    QTest.keyClick(window.viewport, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.studio.session.scene.timing.fps == 24
    assert window.timeline.transport.fps.field.text() == "24 fps"
    QTest.keyClick(window.viewport, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.studio.session.scene.timing.fps == 12.5


def test_playhead_and_play_range_stay_at_their_seconds_or_at_their_frames(qtbot: QtBot, window: Window) -> None:
    studio = window.studio  # at home in frame 20
    studio.session.set_play_range((10, 30))
    studio.session.show(26)
    type_into(window.timeline.transport.fps.field, "48")
    assert (studio.session.frame, studio.session.range) == (32, (0, 40))
    window.actions_by_name["keep-frames"].trigger()
    type_into(window.timeline.transport.fps.field, "24")
    assert (studio.session.frame, studio.session.range) == (32, (0, 40))


def test_a_typed_frame_rate_is_not_completed_to_a_preset(window: Window) -> None:
    type_into(window.timeline.transport.fps.field, "5")
    assert window.studio.session.scene.timing.fps == 5


def test_another_frame_rate_walks_anew_from_home(qtbot: QtBot, window: Window) -> None:
    window.studio.session.show(40)
    settle(qtbot, window)
    type_into(window.timeline.transport.fps.field, "30")
    qtbot.waitUntil(lambda: window.studio.session.arrived and walked_digest(window) == fresh_digest(window, 45))


def test_an_impossible_range_is_refused(window: Window) -> None:
    type_into(window.timeline.transport.first, "900")
    assert window.studio.session.scene.timing.first == 1
    assert "range" in window.toast.text()


def test_the_keys_step_and_jump(window: Window) -> None:
    none, shift, control = (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
    )
    steps = [
        (Qt.Key.Key_Right, none, 21),
        (Qt.Key.Key_Left, none, 20),
        (Qt.Key.Key_Period, none, 21),
        (Qt.Key.Key_Comma, none, 20),
        (Qt.Key.Key_Right, shift, 30),
        (Qt.Key.Key_Left, shift, 20),
        (Qt.Key.Key_Right, control, 44),
        (Qt.Key.Key_Left, control, 20),
        (Qt.Key.Key_End, none, 60),
        (Qt.Key.Key_Home, none, 1),
    ]
    for widget in (window.viewport, window.timeline.ruler):
        window.studio.session.show(20)
        widget.setFocus()
        for key, held, frame in steps:
            QTest.keyClick(widget, key, held)
            assert window.studio.session.frame == frame


def test_brackets_trim_the_play_range_and_alt_p_clears_it(window: Window) -> None:
    window.studio.session.show(25)
    QTest.keyClick(window.viewport, Qt.Key.Key_BracketLeft)
    window.studio.session.show(35)
    QTest.keyClick(window.viewport, Qt.Key.Key_BracketRight)
    assert window.studio.session.range == (25, 35)
    QTest.keyClick(window.viewport, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert window.studio.session.range == (1, 60)


def test_p_and_a_drag_mark_the_play_range(window: Window, ruler_x: Place, hand) -> None:
    QTest.keyClick(window.viewport, Qt.Key.Key_P)
    hand.drag(window.timeline.ruler, [ruler_x(40), ruler_x(30), ruler_x(12)])
    assert window.studio.session.range == (12, 40)
    assert window.studio.session.frame == 20
    hand.drag(window.timeline.ruler, [ruler_x(30), ruler_x(31)])
    assert window.studio.session.frame == 31


def test_the_ends_of_the_range_can_be_dragged(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    foot = ruler.height() - 3
    hand.drag(ruler, [QPoint(round(ruler.axis.scale.x(frame)), foot) for frame in (60, 50, 48)])
    assert window.studio.session.range == (1, 48)


def test_the_wheel_zooms_at_the_cursor(qtbot: QtBot, window: Window, ruler_x: Place, wheel) -> None:
    ruler = window.timeline.ruler
    before, place = ruler.axis.scale, ruler_x(40)
    wheel(ruler, place, 120)
    assert ruler.axis.scale.pixels > before.pixels
    assert ruler.axis.scale.time(place.x()) == pytest.approx(before.time(place.x()))
    QTest.keyClick(window.viewport, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert ruler.axis.scale == before


def test_a_middle_drag_slides_the_ruler_and_shows_no_other_frame(window: Window, ruler_x: Place, hand) -> None:
    ruler, before = window.timeline.ruler, window.timeline.axis.scale
    hand.drag(ruler, [QPoint(300, 30), QPoint(250, 30), QPoint(200, 30)], Qt.MouseButton.MiddleButton)
    assert ruler.axis.scale.x(30) == pytest.approx(before.x(30) - 100)
    assert window.studio.session.frame == 20


def test_the_ruler_turns_the_page_after_the_playhead(window: Window) -> None:
    ruler = window.timeline.ruler
    window.studio.session.show(500)
    assert 0 <= ruler.axis.scale.x(500) <= ruler.width()


def test_the_rate_that_is_reached_is_shown_while_playing(qtbot: QtBot, window: Window) -> None:
    window.studio.session.edit(Sentence("Fast"), ra.edits.set_timing(window.studio.session.scene, fps=50.0))
    window.studio.playback.play(1)
    label = window.timeline.transport.rate
    qtbot.waitUntil(lambda: "fps" in label.text())
    window.studio.playback.stop()
    assert label.text() == ""
