from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from revanim.draw.shot import Shot
from revanim.scene.edits import set_look, set_timing
from revanim.sentence import Sentence
from revanim.session.work.playback import SLOW, advance
from revanim.window.window import Window


def frames(first: int, last: int, mode: str, direction: int, start: int, count: int) -> list[int]:
    """Return what plays from a frame, one after another."""
    seen, frame = [], start
    while len(seen) < count and direction:
        frame, direction = advance(frame, direction, first, last, mode)
        seen.append(frame)
    return seen


def test_a_loop_begins_again() -> None:
    assert frames(1, 3, "loop", 1, 2, 4) == [3, 1, 2, 3]
    assert frames(1, 3, "loop", -1, 2, 4) == [1, 3, 2, 1]


def test_ping_pong_turns_at_both_ends_without_showing_them_twice() -> None:
    assert frames(1, 3, "ping-pong", 1, 2, 6) == [3, 2, 1, 2, 3, 2]
    assert frames(1, 3, "ping-pong", -1, 2, 3) == [1, 2, 3]


def test_once_stops_at_the_end() -> None:
    assert frames(1, 3, "once", 1, 1, 9) == [2, 3]
    assert frames(1, 3, "once", -1, 3, 9) == [2, 1]


def test_a_long_step_lands_where_short_steps_would() -> None:
    for mode in ("loop", "ping-pong"):
        frame, direction = 2, 1
        for _ in range(7):
            frame, direction = advance(frame, direction, 1, 4, mode)
        assert advance(2, 7, 1, 4, mode) == (frame, direction)


def test_a_range_of_one_frame_plays_that_frame() -> None:
    for mode in ("once", "loop", "ping-pong"):
        assert set(frames(5, 5, mode, 1, 5, 4)) == {5}


def passed(qtbot: QtBot, window: Window, count: int) -> list[int]:
    """Return the next frames that are shown."""
    seen: list[int] = []

    def note(shot: Shot) -> None:
        seen.append(shot.frame)

    window.studio.session.frame_shown.connect(note)
    qtbot.waitUntil(lambda: len(set(seen)) >= count)
    window.studio.session.frame_shown.disconnect(note)
    return list(dict.fromkeys(seen))


def test_space_plays_and_stops(qtbot: QtBot, window: Window) -> None:
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Qt.Key.Key_Space)
    assert window.studio.playback.direction == 1
    seen = passed(qtbot, window, 5)
    assert seen == sorted(seen)
    QTest.keyClick(window.viewport, Qt.Key.Key_Space)
    assert window.studio.playback.direction == 0


def test_shift_space_plays_in_reverse(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.viewport, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert window.studio.playback.direction == -1
    seen = passed(qtbot, window, 5)
    assert seen == sorted(seen, reverse=True)


def test_every_frame_is_shown_when_it_must(qtbot: QtBot, window: Window) -> None:
    window.studio.session.edit(Sentence("Fast"), set_timing(window.studio.session.scene, fps=200.0))
    window.studio.playback.show_every_frame(True)
    window.studio.playback.play(1)
    seen = passed(qtbot, window, 12)
    assert seen[1:] == list(range(seen[1], seen[1] + len(seen) - 1))


def test_ping_pong_turns_in_the_window(qtbot: QtBot, window: Window) -> None:
    window.studio.session.edit(Sentence("Turn"), set_look(window.studio.session.scene, play="ping-pong"))
    window.studio.session.set_play_range((18, 22))
    window.studio.playback.play(1)
    qtbot.waitUntil(lambda: window.studio.playback.direction == -1)
    qtbot.waitUntil(lambda: window.studio.playback.direction == 1)


def test_once_stops_by_itself_and_starts_over(qtbot: QtBot, window: Window) -> None:
    window.studio.session.edit(Sentence("Once"), set_look(window.studio.session.scene, play="once"))
    window.studio.session.set_play_range((20, 24))
    window.studio.playback.play(1)
    qtbot.waitUntil(lambda: window.studio.playback.direction == 0)
    assert window.studio.session.frame == 24
    window.studio.playback.play(1)
    assert window.studio.session.frame == 20


def test_l_shuttles_faster_with_every_press_and_k_stops(qtbot: QtBot, window: Window) -> None:
    speeds = []
    for _ in range(3):
        QTest.keyClick(window.viewport, Qt.Key.Key_L)
        speeds.append(window.studio.playback.speed)
    assert speeds == [1, 2, 4]
    QTest.keyClick(window.viewport, Qt.Key.Key_J)
    assert (window.studio.playback.direction, window.studio.playback.speed) == (-1, 1)
    QTest.keyClick(window.viewport, Qt.Key.Key_K)
    assert window.studio.playback.direction == 0


def test_k_held_with_l_or_j_plays_slowly_while_both_are_held(qtbot: QtBot, window: Window) -> None:
    playback, viewport = window.studio.playback, window.viewport
    for key, direction in ((Qt.Key.Key_L, 1), (Qt.Key.Key_J, -1)):
        QTest.keyPress(viewport, Qt.Key.Key_K)
        QTest.keyPress(viewport, key)
        assert (playback.direction, playback.speed) == (direction, SLOW)
        QTest.keyRelease(viewport, key)
        assert playback.direction == 0
        QTest.keyRelease(viewport, Qt.Key.Key_K)
    QTest.keyClick(viewport, Qt.Key.Key_L)
    assert (playback.direction, playback.speed) == (1, 1)


def test_a_tap_on_l_while_k_is_held_goes_one_frame_on(qtbot: QtBot, window: Window) -> None:
    shown = []
    window.studio.session.frame_changed.connect(shown.append)
    QTest.keyPress(window.viewport, Qt.Key.Key_K)
    QTest.keyPress(window.viewport, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: len(shown) >= 1)
    QTest.keyRelease(window.viewport, Qt.Key.Key_L)
    QTest.keyRelease(window.viewport, Qt.Key.Key_K)
    assert shown[0] == 21


def test_the_speed_is_picked_or_typed_and_multiplies_the_rate(window: Window) -> None:
    box, playback = window.timeline.transport.speed, window.studio.playback
    box.setCurrentIndex(box.findText("0.5×"))
    box.activated.emit(box.currentIndex())
    assert playback.rate == 12
    for typed, pace in (("2x", 2.0), ("1/4", 0.25), ("10×", 10.0)):
        QTest.mouseClick(box.field, Qt.MouseButton.LeftButton)
        box.field.selectAll()
        QTest.keyClicks(box.field, typed)
        QTest.keyClick(box.field, Qt.Key.Key_Return)
        assert playback.pace == pace
        assert box.field.text() == f"{pace:g}×"
    QTest.keyClick(window.viewport, Qt.Key.Key_L)
    QTest.keyClick(window.viewport, Qt.Key.Key_L)
    assert playback.rate == 24 * 2 * 10


def test_a_speed_out_of_bounds_is_refused_in_a_toast(window: Window) -> None:
    box = window.timeline.transport.speed
    for typed, words in (("0.01", "allowed are 0.1 to 10"), ("0", "allowed"), ("fast", "not a speed"), ("nan", "not")):
        QTest.mouseClick(box.field, Qt.MouseButton.LeftButton)
        box.field.selectAll()
        QTest.keyClicks(box.field, typed)
        QTest.keyClick(box.field, Qt.Key.Key_Return)
        assert words in window.toast.text()
        assert window.studio.playback.pace == 1
        QTest.keyClick(box.field, Qt.Key.Key_Escape)
