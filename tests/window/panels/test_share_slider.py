"""The slider from guided to physical under a real mouse: ghost and effort follow while it moves."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def scene() -> ra.Scene:
    """Four bodies that pull at each other, with two keys."""
    random = np.random.default_rng(5)
    place = random.normal(size=(4, 3))
    scene = ra.make_scene(
        place, 0 * place, 1.0, (ra.force("gravity", strength=1.0, softening=0.5),), frames=(1, 60), steps_per_frame=4
    )
    for frame in (20, 44):
        scene = ra.edits.add_keyframe(scene, frame, range(4), position=2.0 + random.normal(size=(4, 3)))
    return scene


def test_the_ghost_and_the_effort_follow_the_slider_while_it_is_dragged(qtbot: QtBot, window: Window, hand) -> None:
    panel, solving = window.bring("solver").widget(), window.studio.solving
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: solving.candidate is not None and not solving.running)
    slider, seen = panel.physical, [solving.candidate]
    before, room, edge = panel.effort.text(), slider.geometry(), panel.effort.geometry().right()
    at = QPoint(slider.width() - 7, slider.height() // 2)
    hand.press(slider, at)
    for part in (0.7, 0.4, 0.1):
        hand.move(slider, QPoint(round(part * slider.width()), at.y()))
        assert solving.candidate is seen[-1]  # until there is another
        qtbot.waitUntil(lambda: not solving.running)
        assert solving.candidate is not seen[-1]
        assert solving.progress.hit
        assert panel.effort.text().endswith(f"{solving.progress.effort:.2g}")
        seen.append(solving.candidate)
    assert slider.isSliderDown()
    QTest.mouseRelease(slider, Left, pos=QPoint(round(0.1 * slider.width()), at.y()))
    assert solving.choices.physical < 0.2
    assert panel.effort.text() != before
    assert slider.geometry() == room  # nothing moves under the hand
    assert panel.effort.geometry().right() == edge
    assert edge == panel.findings.geometry().right()  # in line with what is below
    assert window.studio.session.history.count() == 0
