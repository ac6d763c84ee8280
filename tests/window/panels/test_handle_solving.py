"""The solver moves the keys of a path: ticked in its panel, solved, accepted as one step."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.panels.solver import SolverPanel
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def scene() -> ra.Scene:
    """A chain on a handle, whose end shall be somewhere at frame 24."""
    forces = [ra.force("rod", links=[[0, 1], [1, 2]], length=1.0), ra.force("uniform", acceleration=(0, 0, -9.8))]
    place = [[0, 0, 2], [0, 0, 1], [0, 0, 0]]
    scene = ra.make_scene(place, np.zeros((3, 3)), 1.0, forces=forces, frames=(1, 30), steps_per_frame=4)
    scene = ra.edits.set_path(scene, 0, [1, 12, 24], [[0, 0, 2], [0.5, 0, 2], [0.2, 0, 2]])
    return ra.edits.add_keyframe(scene, 24, [2], position=[[0.9, 0.1, 0.1]])


def test_the_keys_of_a_path_are_solved_for_and_accepted(qtbot: QtBot, window: Window) -> None:
    session, solving = window.studio.session, window.studio.solving
    panel = window.bring("solver").widget()
    assert isinstance(panel, SolverPanel)
    QTest.mouseClick(panel.automatic, Left, pos=QPoint(8, panel.automatic.height() // 2))
    QTest.mouseClick(panel.chosen, Left)
    boxes = panel.may_change.boxes
    assert "handle.place" in boxes
    for name, box in boxes.items():
        if box.isChecked() != (name == "handle.place"):
            box.click()
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)
    before = session.scene
    window.actions_by_name["accept-solve"].trigger()
    (way,), (old,) = ([part.values["place"] for part in one.moves] for one in (session.scene, before))
    assert way.frames.tolist() == [1, 12, 24]
    assert abs(way.values - old.values).max() > 0.01
    play = ra.Playhead(session.scene)
    play.seek(24)
    assert play.position[2] == pytest.approx([0.9, 0.1, 0.1], abs=2e-3)
    assert play.position[0] == pytest.approx(way.values[2], abs=1e-6)
    session.history.undo()
    assert session.scene is before
