"""Frames, seconds and timecode; the ruler that follows; presses, pages and ranges."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw.shot import Shot
from revanim.engine.parameter import Curve
from revanim.scene.build import make_playhead
from revanim.scene.edits import add_keyframe, set_forces, set_timing
from revanim.sentence import Sentence
from revanim.session.clock import UNITS, timecode, written
from revanim.session.files.settings import settings
from revanim.session.files.timeline import TimelineSettings
from revanim.session.session import Session
from revanim.session.work.readings import Readings
from revanim.window.timeline.drags import STEP, ScrubAnywhere
from revanim.window.timeline.face import KEYS, STRIP
from revanim.window.timeline.typed import typed_frame
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton


def type_into(field: QLineEdit, text: str) -> None:
    """Click a field, replace what it says, and press Return."""
    QTest.mouseClick(field, Left)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("frame", "fps", "text"),
    [
        (96, 24.0, "00:00:04:00"),
        (97, 24.0, "00:00:04:01"),
        (-25, 24.0, "-00:00:01:01"),
        (24 * 3661, 23.976, "01:01:01:00"),
        (125, 120.0, "00:00:01:005"),
    ],
)
def test_a_timecode_counts_frames_within_seconds(frame: int, fps: float, text: str) -> None:
    assert timecode(frame, fps) == text


@pytest.mark.parametrize("fps", [0.5, 12.0, 23.976, 24.0, 29.97, 60.0, 240.0, 1000.0])
@pytest.mark.parametrize("unit", UNITS)
def test_what_is_written_can_be_typed(unit: str, fps: float) -> None:
    for frame in (0, 1, 23, 95, 96, 97, 1001, 86_399):
        assert typed_frame(written(frame, unit, fps), here=7, fps=fps, unit=unit) == frame


def test_a_click_switches_between_frames_seconds_and_timecode(window: Window) -> None:
    transport = window.timeline.transport
    window.studio.session.show(60)
    seen = []
    for _ in range(4):
        seen.append((transport.frame.text(), transport.unit.text()))
        QTest.mouseClick(transport.unit, Left)
    frames, seconds, code = ("60", "2.50 s"), ("2.50 s", "00:00:02:12"), ("00:00:02:12", "frame 60")
    assert seen == [frames, seconds, code, frames]


@pytest.mark.parametrize("typed", ["48", "+28", "2s", "00:00:02:00", "0:02:00", "2:00", "48f"])
def test_a_moment_can_be_typed_in_any_unit(window: Window, typed: str) -> None:
    type_into(window.timeline.transport.frame, typed)
    assert window.studio.session.frame == 48


def test_a_bare_number_is_seconds_where_seconds_are_shown(window: Window) -> None:
    window.studio.timeline.set_unit("seconds")
    type_into(window.timeline.transport.frame, "1.5")
    assert window.studio.session.frame == 36
    type_into(window.timeline.transport.frame, "+0.5")
    assert window.studio.session.frame == 48
    type_into(window.timeline.transport.frame, "12f")
    assert window.studio.session.frame == 12


@pytest.mark.parametrize("typed", ["1:2:3:4:5", ":", "00:00:4s:00", "4:-1", "99999999:00:00:00"])
def test_a_timecode_that_is_none_is_refused_in_a_toast(window: Window, typed: str) -> None:
    type_into(window.timeline.transport.frame, typed)
    assert window.studio.session.frame == 20
    assert window.toast.isVisible()


def test_the_menu_sets_the_unit_too_and_it_is_kept(window: Window) -> None:
    window.actions_by_name["show-timecode"].trigger()
    assert window.studio.timeline.unit == "timecode"
    assert window.actions_by_name["show-timecode"].isChecked()
    assert not window.actions_by_name["show-frames"].isChecked()
    assert TimelineSettings(window.studio.session).unit == "timecode"


def test_settings_that_nobody_knows_are_forgotten(window: Window) -> None:
    settings().setValue("timeline/unit", "fortnights")
    assert TimelineSettings(window.studio.session).unit == "frames"


def test_the_ruler_stays_turns_pages_or_keeps_the_playhead_in_its_middle(window: Window) -> None:
    ruler = window.timeline.ruler
    window.studio.timeline.set_follow("off")
    before = ruler.axis.scale
    window.studio.session.show(500)
    assert ruler.axis.scale == before
    window.studio.timeline.set_follow("page")
    window.studio.session.show(510)
    assert 0 <= ruler.axis.scale.x(510) <= ruler.width()
    window.studio.timeline.set_follow("centre")
    for frame in (20, 300, -40):
        window.studio.session.show(frame)
        assert ruler.axis.scale.x(frame) == pytest.approx(ruler.width() / 2, abs=1)


def test_a_scrub_does_not_move_the_ruler_under_the_hand(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    window.studio.timeline.set_follow("centre")
    window.studio.session.show(20)
    before = ruler.axis.scale
    hand.press(ruler, QPoint(200, 40))
    hand.move(ruler, QPoint(300, 40))
    assert ruler.axis.scale == before
    QTest.mouseRelease(ruler, Left, pos=QPoint(300, 40))


def test_the_second_of_two_quick_presses_scrubs_like_the_first(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    x = [QPoint(round(ruler.axis.scale.x(frame)), 36) for frame in (30, 40)]
    QTest.mouseDClick(ruler, Left, pos=x[0])
    assert window.studio.session.frame == 30
    hand.drag(ruler, x)
    assert window.studio.session.frame == 40


def test_the_bar_of_the_play_range_slides_as_a_whole(window: Window, hand) -> None:
    ruler = window.timeline.ruler
    window.studio.session.set_play_range((10, 20))
    foot = ruler.height() - 3
    hand.drag(ruler, [QPoint(round(ruler.axis.scale.x(frame)), foot) for frame in (15, 20, 25)])
    assert window.studio.session.range == (20, 30)
    assert window.studio.session.frame == 20


def test_a_scrub_over_any_widget_goes_a_frame_for_every_few_pixels(window: Window) -> None:
    start = QPoint(100, 100).toPointF()
    scrub = ScrubAnywhere(window.studio, start)
    scrub.move(start + QPoint(round(5 * STEP), 0).toPointF())
    assert window.studio.session.frame == 25
    scrub.move(start - QPoint(round(5 * STEP), 0).toPointF())
    assert window.studio.session.frame == 15
    scrub.cancel()
    assert window.studio.session.frame == 20


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("fps", [0.01, 23.976, 60.0, 10_000.0])
def test_the_ruler_can_be_painted_at_every_zoom_in_every_unit(window: Window, wheel, unit: str, fps: float) -> None:
    ruler = window.timeline.ruler
    window.studio.session.edit(Sentence("Rate"), set_timing(window.studio.session.scene, fps=fps))
    window.studio.timeline.set_unit(unit)
    for units in (*[-1200] * 6, *[1200] * 12):
        wheel(ruler, QPoint(300, 30), units)
        assert not ruler.grab().isNull()


def test_the_strip_fills_as_the_walk_goes_by_and_empties_when_the_motion_changes(qtbot: QtBot, window: Window) -> None:
    readings = window.studio.readings
    assert readings.at(20) is not None
    assert readings.at(45) is None
    for frame in range(20, 46):
        window.studio.session.show(frame)
        qtbot.waitUntil(lambda: window.studio.session.arrived)
    drift = readings.at(45)
    assert drift is not None
    assert drift < 1e-3
    assert readings.at(46) is None
    assert readings.at(-5) is None
    window.studio.session.edit(Sentence("Rate"), set_timing(window.studio.session.scene, fps=30.0))
    assert readings.at(45) is None
    qtbot.waitUntil(lambda: window.studio.session.arrived)


@pytest.mark.parametrize(("first", "then", "known"), [(30, 55, True), (15, 3, True), (20, 50, True), (55, 30, False)])
def test_the_strip_has_no_gaps_where_the_walk_goes_away_from_home(
    qapp, scene, first: int, then: int, known: bool
) -> None:
    session = Session(scene)  # at home in frame 20
    readings = Readings(session)
    session.walked.emit(1.0, 0)  # so slow that both shots are far from each other
    for frame in (first, then):
        session.frame_shown.emit(Shot(frame, 0.0, scene.bodies.position, scene.bodies.velocity, drift=1e-6))
    session.close()
    assert (readings.at((first + then) // 2) is not None) == known


def test_the_strip_holds_a_bounded_number_of_readings_for_any_length(qtbot: QtBot, window: Window) -> None:
    window.studio.session.edit(
        Sentence("Long"), set_timing(window.studio.session.scene, first=-4_000_000, last=9_000_000)
    )
    readings = window.studio.readings
    assert readings.drift.size <= 4096
    window.studio.session.show(22)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert readings.at(22) is not None
    assert readings.at(9_000_000) is None


def test_the_tip_over_the_strip_tells_the_drift(qtbot: QtBot, window: Window, hand) -> None:
    ruler = window.timeline.ruler
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    for frame, words in ((20, "Energy drift at frame 20: "), (50, "not passed yet")):
        hand.move(ruler, QPoint(round(ruler.axis.scale.x(frame)), STRIP + 2), Qt.MouseButton.NoButton)
        assert words in ruler.toolTip()


def test_a_force_that_changes_over_the_frames_leaves_no_drift_to_read(qtbot: QtBot, window: Window, hand) -> None:
    scene, ruler = window.studio.session.scene, window.timeline.ruler
    part = scene.forces[0]
    rising = Curve(1, 12, np.array([1.0, 1.5, 2.0, 2.5, 3.0]))
    window.studio.session.edit(
        Sentence("Animate"), set_forces(scene, [replace(part, values={**part.values, "strength": rising})])
    )
    window.studio.session.show(30)
    qtbot.waitUntil(lambda: window.studio.session.arrived and window.studio.session.shot.frame == 30)
    assert window.studio.readings.at(30) is None
    hand.move(ruler, QPoint(round(ruler.axis.scale.x(30)), STRIP + 2), Qt.MouseButton.NoButton)
    assert "No drift to show" in ruler.toolTip()
    assert not ruler.grab().isNull()
    shot = window.studio.session.shot
    assert shot.drift is None
    assert shot.work == pytest.approx(shot.energy - scene_energy(window), rel=1e-9)
    plot = window.bring("energy").widget().plots["Energy drift"]
    qtbot.waitUntil(lambda: plot._title == "Work since home")
    window.studio.session.history.undo()
    qtbot.waitUntil(lambda: window.studio.session.arrived and window.studio.session.shot.drift is not None)
    qtbot.waitUntil(lambda: plot._title == "Energy drift")


def scene_energy(window: Window) -> float:
    """Return the energy of the scene at home."""
    return make_playhead(window.studio.session.scene).energy()


def test_the_tip_over_a_diamond_tells_how_far_it_is_missed_once_the_walk_has_passed(
    qtbot: QtBot, window: Window, hand
) -> None:
    scene, ruler = window.studio.session.scene, window.timeline.ruler
    window.studio.session.edit(Sentence("Key"), add_keyframe(scene, 24, [0, 1], position=scene.bodies.position[:2]))
    over = QPoint(round(ruler.axis.scale.x(24)), KEYS)
    hand.move(ruler, over, Qt.MouseButton.NoButton)
    assert ruler.toolTip().startswith("Key of 2 bodies, frame 24\n")
    window.studio.session.show(24)
    qtbot.waitUntil(lambda: bool(window.studio.keyframes.misses))
    hand.move(ruler, over, Qt.MouseButton.NoButton)
    assert " off · " in ruler.toolTip()
    assert not ruler.grab().isNull()


def test_the_film_is_reversed_where_the_playhead_is(window: Window) -> None:
    session, before = window.studio.session, ra.Playhead(window.studio.session.scene)
    before.seek(12)
    session.show(20)
    window.actions_by_name["reverse-from-here"].trigger()
    assert session.range == (1, 39)
    after = ra.Playhead(session.scene)
    for frame in (12, 28):
        after.seek(frame)
        assert np.array_equal(after.position, before.position)
    window.actions_by_name["undo"].trigger()
    assert not session.scene.moves


def test_a_film_that_would_not_come_back_says_why(window: Window) -> None:
    session = window.studio.session
    session.edit(Sentence("Drag"), ra.edits.add_part(session.scene, ra.move("drag")))
    scene = session.scene
    window.actions_by_name["reverse-from-here"].trigger()
    assert session.scene is scene
    assert "takes what does not come back when bodies turn around" in window.toast.text()
