"""Every key of the default preset, pressed where an animator presses it: in the viewport or on the ruler."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.frame.search.palette import CommandPalette
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.workspaces import WORKSPACES
from revanim.window.viewport.canvas import tools
from revanim.window.viewport.transform import MOVE, ROTATE, SCALE
from revanim.window.window import Window

HERE = 30  # the frame at which each key is pressed
Read = Callable[[Window], Any]
PLACES: dict[str, Callable[[Window], QWidget]] = {
    "viewport": lambda window: window.viewport,
    "ruler": lambda window: window.timeline.ruler,
}


def frame(window: Window) -> int:
    """The frame that is asked for."""
    return window.studio.session.frame


def plays(window: Window) -> tuple[int, float]:
    """Which way it plays, and how fast."""
    return window.studio.playback.direction, window.studio.playback.speed


def keys_here(window: Window) -> int:
    """How many keys there are at the frame."""
    return len(window.studio.keyframes.here)


def tool(window: Window) -> str:
    """What is in the hand."""
    return window.viewport.canvas.tool.name


def workspace(window: Window) -> str:
    """Which workspace it is."""
    return window.workspaces.current.name


def open_now(kind: type[QWidget]) -> Read:
    """Whether a page of a kind lies over the window."""
    return lambda window: any(each.isVisible() for each in window.findChildren(kind))


# Keys one after the other, what they change, and what it is then.
TABLE: list[tuple[str, Read, Any]] = [
    ("Space", plays, (1, 1)),
    ("Space, Space", plays, (0, 1)),
    ("Shift+Space", plays, (-1, 1)),
    ("Shift+Space, Shift+Space", plays, (0, 1)),
    ("L", plays, (1, 1)),
    ("L, L", plays, (1, 2)),
    ("J", plays, (-1, 1)),
    ("J, K", plays, (0, 1)),
    ("Right", frame, HERE + 1),
    ("Left", frame, HERE - 1),
    (".", frame, HERE + 1),
    (",", frame, HERE - 1),
    ("Shift+Right", frame, HERE + 10),
    ("Shift+Left", frame, HERE - 10),
    ("Ctrl+Right", frame, HERE + 24),
    ("Ctrl+Left", frame, HERE - 24),
    ("Home", frame, 1),
    ("End", frame, 60),
    ("Down", frame, 45),
    ("End, Up", frame, 45),
    ("I", keys_here, 1),
    ("I, Alt+I", keys_here, 0),
    ("I, Del", keys_here, 0),
    ("M", lambda window: [mark.frame for mark in window.studio.session.scene.markers], [HERE]),
    ("M, Shift+M", lambda window: len(window.studio.session.scene.markers), 0),
    ("[", lambda window: window.studio.session.range, (HERE, 60)),
    ("]", lambda window: window.studio.session.range, (1, HERE)),
    ("[, Alt+P", lambda window: window.studio.session.has_play_range, False),
    ("P", lambda window: window.timeline.axis.marking, True),
    ("P, P", lambda window: window.timeline.axis.marking, False),
    ("O", lambda window: bool(window.studio.session.scene.look.skins), True),
    ("T", lambda window: bool(window.studio.session.scene.look.trail), True),
    ("W", tool, "move"),
    ("E", tool, "rotate"),
    ("Shift+R", tool, "scale"),
    ("V", tool, "pose"),
    ("Y", tool, "throw"),
    ("W, Q", tool, "select"),
    *[(f"7, {number}", workspace, each.name) for number, each in enumerate(WORKSPACES, start=1)],
    ("Tab", lambda window: window.strip.isHidden(), True),
    ("Tab, Tab", lambda window: window.strip.isHidden(), False),
    ("Ctrl+Space", lambda window: window.foot.isHidden(), True),
    ("Ctrl+Space, Ctrl+Space", lambda window: window.foot.isHidden(), False),
    ("F11", lambda window: window.isFullScreen(), True),
    ("F11, F11", lambda window: window.isFullScreen(), False),
    ("F3", open_now(CommandPalette), True),
    ("Ctrl+Shift+P", open_now(CommandPalette), True),
    ("F1", open_now(Sheet), True),
    ("Ctrl+,", open_now(Sheet), True),
    ("O, Ctrl+Z", lambda window: window.studio.session.scene.look.skins, 0),
    ("O, Ctrl+Z, Ctrl+Shift+Z", lambda window: bool(window.studio.session.scene.look.skins), True),
    ("O, Ctrl+Z, Ctrl+Y", lambda window: bool(window.studio.session.scene.look.skins), True),
]


@pytest.fixture
def scene(scene: ra.Scene) -> ra.Scene:
    """The five bodies with a key at frame 45, and home before every frame that is pressed at."""
    scene = ra.edits.rehome(scene, scene.bodies.state, 1)
    return ra.edits.add_keyframe(scene, 45, [0], position=np.zeros((1, 3)))


def press(keys: str) -> None:
    """Press keys one after the other, wherever the keyboard is."""
    for text in keys.split(", ") if keys != "," else [keys]:
        pressed = QKeySequence(text)[0]
        QTest.keyClick(QApplication.focusWidget(), pressed.key(), pressed.keyboardModifiers())


def begin_anew(qtbot: QtBot, window: Window, place: QWidget, scene: ra.Scene) -> None:
    """Let the window be as before, with the keyboard in a place."""
    for page in [*window.findChildren(Sheet), *window.findChildren(CommandPalette)]:
        page.close()
    window.showNormal()
    window.workspaces.show_panels()
    window.workspaces.go(WORKSPACES[0])
    window.timeline.axis.mark_range() if window.timeline.axis.marking else None
    window.viewport.canvas.take(tools()["select"])
    window.studio.session.open(scene)
    window.studio.session.show(HERE)
    window.activateWindow()
    place.setFocus()
    qtbot.waitUntil(lambda: window.studio.session.arrived and QApplication.focusWidget() is place)


@pytest.mark.parametrize("where", PLACES)
def test_every_key_does_what_it_says(qtbot: QtBot, window: Window, where: str) -> None:
    place, scene, wrong = PLACES[where](window), window.studio.session.scene, []
    for keys, read, wanted in TABLE:
        begin_anew(qtbot, window, place, scene)
        press(keys)
        if read(window) != wanted:
            wrong.append(f"{keys}: {read(window)} instead of {wanted}")
    begin_anew(qtbot, window, place, scene)
    assert not wrong, "\n".join(wrong)


def test_f_and_a_move_the_camera_and_the_hand_hears_g_r_and_s(qtbot: QtBot, window: Window) -> None:
    begin_anew(qtbot, window, window.viewport, window.studio.session.scene)
    window.studio.session.select(np.arange(5) == 2)
    before = window.studio.session.view
    press("F")
    near = window.studio.session.view
    press("A")
    assert len({before, near, window.studio.session.view}) == 3
    for key, mode in (("G", MOVE), ("R", ROTATE), ("S", SCALE)):
        press(key)
        assert window.viewport.canvas.hand.current.mode is mode
        press("Esc")
        assert window.viewport.canvas.hand.current is None


def test_a_letter_in_a_field_is_a_letter(qtbot: QtBot, window: Window) -> None:
    field, before = window.timeline.transport.frame, window.studio.session.scene
    field.setFocus()
    field.clear()
    press("O, T, I, V, Y, [")
    assert field.text() == "otivy["
    assert window.studio.session.scene is before
    assert tool(window) == "select"
