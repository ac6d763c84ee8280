"""The camera with keys, by keys, menus and fields: set, looked through while frames pass, and shown on the timeline."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from revanim.draw.eye import eye_at
from revanim.window.command import commands
from revanim.window.panels.outliner import Outliner
from revanim.window.panels.properties import Properties
from revanim.window.window import Window

Key, Button = Qt.Key, Qt.MouseButton
ControlAlt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def go(qtbot: QtBot, window: Window, frame: int) -> None:
    """Show a frame, and wait until it is there."""
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def two_keys(qtbot: QtBot, window: Window) -> None:
    """Set a key at frame 1, turn, and set another at frame 21."""
    go(qtbot, window, 1)
    QTest.keyClick(window.viewport, Key.Key_K, ControlAlt)
    go(qtbot, window, 21)
    window.studio.session.look_from(replace(window.studio.session.view, flat=False, yaw=70.0, distance=3.0))
    QTest.keyClick(window.viewport, Key.Key_K, ControlAlt)


def choose(window: Window, text: str) -> None:
    """Run a choice of the submenu that moves the camera."""
    next(one for one in commands()["move-camera"].choices(window) if one.text == text).run()


def test_keys_are_set_and_the_picture_is_seen_through_them(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    two_keys(qtbot, window)
    (part,) = studio.session.scene.cues
    assert part.values["yaw"].frames.tolist() == [1, 21]
    QTest.keyClick(window.viewport, Key.Key_0)
    assert studio.viewing.through
    assert studio.session.view.yaw == 70.0
    go(qtbot, window, 11)
    assert studio.viewing.through  # and goes along
    assert studio.session.view.yaw == eye_at(studio.session.scene, 11).yaw
    assert studio.viewing.scope.frame is not None
    assert studio.viewing.to_save().look.view.yaw == 70.0  # the artist's own stays free
    QTest.keyClick(window.viewport, Key.Key_0)
    assert studio.session.view.distance == 3.0
    studio.session.history.undo()
    studio.session.history.undo()
    assert not studio.session.scene.cues


def test_a_key_set_after_turning_out_of_the_camera_keeps_the_lens(qtbot: QtBot, window: Window, hand) -> None:
    studio = window.studio
    two_keys(qtbot, window)
    QTest.keyClick(window.viewport, Key.Key_0)
    go(qtbot, window, 15)
    lens = studio.viewing.camera.lens
    hand.drag(window.viewport, [QPoint(300, 300), QPoint(330, 310)], Button.MiddleButton)
    assert not studio.viewing.through
    QTest.keyClick(window.viewport, Key.Key_K, ControlAlt)
    seen = eye_at(studio.session.scene, 15)
    assert seen.lens == pytest.approx(lens)
    assert seen.yaw == pytest.approx(studio.session.view.yaw)


def test_a_turntable_takes_one_click_and_ends_where_it_begins(window: Window) -> None:
    first, last = window.studio.session.range
    choose(window, "Turntable")
    scene = window.studio.session.scene
    assert eye_at(scene, last + 1).yaw - eye_at(scene, first).yaw == 360.0
    assert window.studio.session.history.count() == 1


def test_it_follows_what_is_selected(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    action = window.actions_by_name["follow-with-camera"]
    studio.session.select(np.zeros(studio.session.scene.bodies.count, bool))
    assert not action.isEnabled()
    chosen = np.arange(studio.session.scene.bodies.count) == 1
    studio.session.select(chosen)
    action.trigger()
    QTest.keyClick(window.viewport, Key.Key_0)
    for frame in (1, 12):
        go(qtbot, window, frame)
        assert studio.session.view.target == tuple(studio.session.shot.position[1])


def test_its_keys_are_rows_of_the_timeline_and_its_values_a_section(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    studio.timeline.set_rows(True)
    choose(window, "Orbit Once")
    assert [track.parameter.name for track in window.timeline.rows.values.tracks] == ["yaw"]
    (section,) = [part for part in window.findChild(Properties).parts if part.place.among == "cues"]
    assert [row.parameter.name for row in section.rows][:4] == ["target", "yaw", "pitch", "distance"]
    rows = window.findChild(Outliner).rows.root.rows
    assert [row.text for row in next(one for one in rows if one.text == "Picture").rows] == ["Camera"]
    section.findChild(type(section.mute), "remove").click()
    assert not studio.session.scene.cues


def test_a_caption_is_added_typed_and_shown(window: Window) -> None:
    studio = window.studio
    window.actions_by_name["add-caption"].trigger()
    (section,) = [part for part in window.findChild(Properties).parts if part.place.among == "cues"]
    section.words.setFocus()
    section.words.selectAll()
    QTest.keyClicks(section.words, "The end")
    QTest.keyClick(section.words, Key.Key_Return)
    assert studio.session.scene.cues[0].text == "The end"
    assert section.words.text() == "The end"
    studio.session.history.undo()
    studio.session.history.undo()
    assert not studio.session.scene.cues
