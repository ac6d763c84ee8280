"""Drags on the ruler catch at keys, markers and the ends of ranges, where one wants them to."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from revanim.scene.edits import add_keyframe, set_markers, set_timing
from revanim.scene.scene import Marker
from revanim.sentence import Sentence
from revanim.window.timeline.face import KEYS, NUMBERS
from revanim.window.window import Window

Control = Qt.KeyboardModifier.ControlModifier
Left = Qt.MouseButton.LeftButton


def place(window: Window, frame: float, y: int = NUMBERS - 8) -> QPoint:
    """Return a point over a frame: in the numbers, unless further down."""
    return QPoint(round(window.timeline.axis.scale.x(frame)), y)


def with_marks(window: Window) -> None:
    """Put a key at frame 30 and a marker at frame 45 into the scene, and let 600 frames make each narrow."""
    scene = window.studio.session.scene
    scene = add_keyframe(scene, 30, np.arange(5), position=scene.bodies.position)
    window.studio.session.edit(Sentence("Marks"), set_timing(set_markers(scene, [Marker(45)]), last=600))


def test_n_lets_a_scrub_catch_at_keys_markers_and_ends(window: Window, hand) -> None:
    with_marks(window)
    ruler = window.timeline.ruler
    caught = []
    for snapping in (False, True):
        if snapping:
            QTest.keyClick(window.viewport, Qt.Key.Key_N)
        assert window.studio.timeline.snapping == snapping
        hand.press(ruler, place(window, 200))
        for frame in (31, 44, 598, 300):
            hand.move(ruler, place(window, frame))
            caught.append(window.studio.session.frame)
        QTest.mouseRelease(ruler, Left, pos=place(window, 300))
    assert caught == [31, 44, 598, 300, 30, 45, 600, 300]


def test_ctrl_turns_snapping_round_while_it_is_held(window: Window, hand) -> None:
    with_marks(window)
    ruler = window.timeline.ruler
    hand.press(ruler, place(window, 200), keys=Control)
    assert window.studio.session.frame == 200
    hand.move(ruler, place(window, 44), keys=Control)
    assert window.studio.session.frame == 45
    hand.move(ruler, place(window, 44))
    assert window.studio.session.frame == 44
    window.studio.timeline.set_snapping(True)
    hand.move(ruler, place(window, 43), keys=Control)
    assert window.studio.session.frame == 43
    QTest.mouseRelease(ruler, Left, pos=place(window, 43))


def test_a_dragged_key_catches_at_a_marker_but_not_where_it_was(window: Window, hand) -> None:
    with_marks(window)
    window.studio.timeline.set_snapping(True)
    ruler = window.timeline.ruler
    hand.drag(ruler, [place(window, frame, KEYS) for frame in (30, 35, 44)])
    assert [key.frame for key in window.studio.session.scene.keyframes] == [45]
    hand.drag(ruler, [place(window, frame, KEYS) for frame in (45, 60, 120, 123)])
    assert [key.frame for key in window.studio.session.scene.keyframes] == [123]
    hand.drag(ruler, [place(window, frame, KEYS) for frame in (123, 125, 124)])
    assert [key.frame for key in window.studio.session.scene.keyframes] == [124]


def test_a_dragged_marker_and_a_range_catch_too(window: Window, hand) -> None:
    with_marks(window)
    window.studio.timeline.set_snapping(True)
    ruler = window.timeline.ruler
    hand.drag(ruler, [place(window, frame, NUMBERS + 6) for frame in (45, 40, 31)])
    assert window.studio.session.scene.markers == (Marker(30),)
    QTest.keyClick(window.viewport, Qt.Key.Key_P)
    hand.drag(ruler, [place(window, frame) for frame in (100, 60, 29)])
    assert window.studio.session.range == (30, 100)


def test_snapping_is_kept_for_the_next_start(window: Window) -> None:
    QTest.keyClick(window.viewport, Qt.Key.Key_N)
    assert type(window.studio.timeline)(window.studio.session).snapping
