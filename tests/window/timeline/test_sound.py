"""The sound in the real window: dropped, seen along the ruler, marked, followed by a value, and taken away."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.kit.theme import theme
from revanim.window.sections.part import PartSection
from revanim.window.timeline.face import NUMBERS, STRIP
from revanim.window.window import Window

pytest.importorskip("av")


@pytest.fixture
def sounding(qtbot: QtBot, window: Window, tone: Path) -> Window:
    """The window, with a sound that was added."""
    window.studio.sounds.add(tone)
    qtbot.waitUntil(lambda: window.studio.sounds.sound is not None)
    return window


def blue(window: Window) -> np.ndarray:
    """Return in how many rows of pixels each column of the ruler has the colour of the sound."""
    image = window.timeline.ruler.grab().toImage()
    plain, loud = QColor(theme.tokens.panel), QColor(theme.tokens.future)
    counts = np.zeros(image.width())
    for x in range(image.width()):
        for y in range(NUMBERS + 1, STRIP - 1, 3):
            color = image.pixelColor(x, y)
            counts[x] += color.blue() - color.red() > 30 and color != plain and loud.blue() > 0
    return counts


def test_a_dropped_sound_is_laid_along_the_frames(
    qtbot: QtBot, window: Window, tone: Path, drop: Callable[..., object]
) -> None:
    drop(window, tone)
    qtbot.waitUntil(lambda: window.studio.sounds.sound is not None)
    assert window.studio.sounds.sound.name == "tone.wav"
    assert window.toast.text() == "tone.wav is heard from frame 1 on."
    assert window.studio.session.history.undoText().startswith("Add sound")
    window.studio.session.history.undo()
    assert window.studio.sounds.sound is None


def test_it_is_seen_along_the_ruler_louder_where_it_is_louder(sounding: Window) -> None:
    ruler = sounding.timeline.ruler
    columns = blue(sounding)
    at = [round(ruler.axis.scale.x(frame)) for frame in (1.6, 11.5, 58)]
    assert columns[at[0]] > columns[at[1]]
    assert columns[at[2]] == 0


def test_beats_are_marked_and_it_begins_elsewhere_and_goes(sounding: Window) -> None:
    actions, session = sounding.actions_by_name, sounding.studio.session
    actions["mark-beats"].trigger()
    assert [marker.frame for marker in session.scene.markers] == pytest.approx([1, 13, 25, 37], abs=1)
    session.show(7)
    actions["begin-sound-here"].trigger()
    assert session.scene.sound.first == 7
    actions["remove-sound"].trigger()
    assert session.scene.sound is None
    assert not actions["mark-beats"].isEnabled()


def test_a_value_is_let_to_follow_it_from_its_menu(sounding: Window) -> None:
    session = sounding.studio.session
    session.edit(Sentence("Pull"), ra.edits.set_forces(session.scene, [ra.force("gravity", strength=3.0)]))
    sounding.bring("properties")
    section = sounding.findChildren(PartSection)[0]
    parameter = next(each for each in ra.forces() if each.name == "gravity").parameters[0]
    section._offer(parameter, QPoint(0, 0))
    menu = next(each for each in section.findChildren(QMenu) if each.title() == "Follow the Sound")
    next(action for action in menu.actions() if action.text() == "bass").trigger()
    assert session.scene.forces[0].values["strength"].formula.texts == ("3 * value",)


def test_what_is_no_sound_is_said_and_nothing_changes(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "talk.mp3"
    path.write_bytes(b"no sound" * 50)
    scene = window.studio.session.scene
    with qtbot.waitSignal(window.studio.session.failed):
        window.studio.sounds.add(path)
    assert window.studio.session.scene is scene


def test_it_is_silenced_by_a_switch(window: Window) -> None:
    action = window.actions_by_name["hear-sound"]
    assert action.isChecked()
    action.trigger()
    assert not window.studio.loudspeaker.on
    action.trigger()
    assert action.isChecked()
