"""Solving for the play range alone, and closing it to a loop, with mouse and menus."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def scene() -> ra.Scene:
    """A moving cloud, with a key at frame 25."""
    random = np.random.default_rng(4)
    place, speed = random.normal(size=(6, 3)), 0.3 * random.normal(size=(6, 3))
    gravity = ra.force("gravity", softening=0.3)
    scene = ra.make_scene(place, speed, 1 / 6, [gravity], steps_per_frame=4, frames=(1, 60))
    return ra.edits.add_keyframe(scene, 25, [0], position=[[0.2, 0.1, 0.0]])


def state(scene: ra.Scene, frame: int) -> np.ndarray:
    playhead = ra.Playhead(scene)
    playhead.seek(frame)
    return playhead.state


def solve(window: Window, qtbot: QtBot) -> None:
    """Press Solve, wait, and press Accept."""
    panel = window.bring("solver").widget()
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: window.studio.solving.candidate is not None and not window.studio.solving.running)
    QTest.mouseClick(panel.accept, Left)


def test_a_tick_lets_only_the_frames_that_play_change(window: Window, qtbot: QtBot) -> None:
    studio, before = window.studio, window.studio.session.scene
    panel = window.bring("solver").widget()
    studio.session.set_play_range((9, 49))
    QTest.mouseClick(panel.only_range, Left, pos=panel.only_range.rect().center() / 4)
    assert studio.solving.choices.between == (9, 49)
    assert not panel.may_change.boxes["velocity"].isEnabled()
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: studio.solving.candidate is not None and not studio.solving.running)
    assert "Before frame 9, 0 bits differ" in panel.findings.used.text()
    QTest.mouseClick(panel.accept, Left)
    after = studio.session.scene
    assert np.array_equal(state(before, 9), state(after, 9))
    assert studio.keyframes.misses[after.keyframes[0]] < 1e-9
    grid = after.bodies.grid
    assert np.abs(state(before, 60) - state(after, 60))[:3].max() * grid.length_unit < 1e-9
    studio.session.history.undo()
    assert studio.session.scene is before


def test_the_play_range_is_looped(window: Window, qtbot: QtBot) -> None:
    studio = window.studio
    studio.session.edit(Sentence("No keys"), ra.edits.set_keyframes(studio.session.scene, ()))
    before = studio.session.scene
    studio.session.set_play_range((9, 49))
    window.actions_by_name["loop-range"].trigger()
    qtbot.waitUntil(lambda: len(studio.session.scene.keyframes) == 1)
    assert [key.frame for key in studio.keyframes.selected] == [49]
    assert studio.solving.choices.only_range
    solve(window, qtbot)
    looped = studio.session.scene
    assert np.abs(state(looped, 9) - state(looped, 49)).max() < 1e6
    studio.session.history.undo()
    studio.session.history.undo()
    assert studio.session.scene is before


def test_a_loop_that_begins_before_home_is_refused_in_a_sentence(window: Window, qtbot: QtBot) -> None:
    studio, said = window.studio, []
    studio.session.failed.connect(lambda sentence: said.append(str(sentence)))
    studio.session.set_play_range((-5, 40))
    window.actions_by_name["loop-range"].trigger()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("A loop from frame -5 to 40 cannot be")
    assert len(studio.session.scene.keyframes) == 1


def test_a_range_without_a_key_is_refused_in_a_sentence(window: Window, qtbot: QtBot) -> None:
    studio, said = window.studio, []
    studio.session.failed.connect(lambda sentence: said.append(str(sentence)))
    studio.session.set_play_range((30, 50))
    studio.solving.choices.set_only_range(True)
    studio.solving.start()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["There is no keyframe after frame 30 and up to frame 50; set one there first."]
    assert not studio.solving.running
