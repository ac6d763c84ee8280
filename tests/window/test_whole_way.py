"""From a file to a pose that is hit, and back, by mouse and keyboard alone, as an animator goes."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.file import encode
from revanim.sentence import Sentence
from revanim.window.window import Window

Key, Left, Control = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
FRAME, BODY = 76, 5  # a second after home, and the end of the chain
ABOVE_THE_KEYS = 6  # pixels


def on_the_picture(window: Window, place: Floats) -> QPoint:
    """Return where a place of the scene is on the picture."""
    viewport = window.viewport
    seen = camera.project(window.studio.session.view, viewport.width(), viewport.height(), np.atleast_2d(place))
    return QPoint(round(seen.x[0]), round(seen.y[0]))


def scrub(qtbot: QtBot, window: Window, hand, *frames: int) -> None:
    """Drag along the ruler, and wait until the last frame is shown."""
    ruler = window.timeline.ruler
    hand.drag(ruler, [QPoint(round(ruler.axis.scale.x(frame)), ABOVE_THE_KEYS) for frame in frames])
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert window.studio.session.frame == frames[-1]


def test_a_pendulum_is_loaded_posed_solved_accepted_scrubbed_and_undone(
    qtbot: QtBot, window: Window, hand, tmp_path: Path
) -> None:
    studio, path = window.studio, tmp_path / "pendulum.revanim"
    ra.save(ra.example("pendulum"), path)
    window.file_dialogs.open(path)
    qtbot.waitUntil(lambda: studio.session.scene.name == "Pendulum" and studio.session.arrived)
    loaded = encode(studio.session.scene, b"")

    # Scrub a second ahead, and drag the end of the chain with the pose tool.
    scrub(qtbot, window, hand, 52, 60, 70, FRAME)
    before = studio.session.shot.position[BODY].copy()
    start, way = on_the_picture(window, before), QPoint(48, -32)
    QTest.keyClick(window.viewport, Key.Key_V)
    hand.drag(window.viewport, [start + way * step / 8 for step in range(9)])
    (key,) = studio.session.scene.keyframes
    assert (key.frame, key.bodies.tolist()) == (FRAME, [BODY])
    assert (on_the_picture(window, key.position[0]) - start - way).manhattanLength() <= 1
    assert np.array_equal(studio.session.shot.position[BODY], before)  # the body itself stays where it is

    # Solve, and see in the panel that the ghost hits.
    QTest.mouseClick(window.bring("solver").widget().button, Left)
    solving = studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)
    panel = window.bring("keyframes").widget()
    assert panel.rows[0].miss.text() == "hit"
    assert studio.session.history.count() == 1  # nothing has changed yet

    # Accept, scrub away and back, and measure.
    QTest.mouseClick(window.bring("solver").widget().accept, Left)
    assert studio.session.history.undoText() == "Solve"
    scrub(qtbot, window, hand, FRAME, 60, 53)
    scrub(qtbot, window, hand, 53, 70, FRAME)
    assert np.linalg.norm(studio.session.shot.position[BODY] - key.position[0]) < 1e-5
    assert panel.rows[0].miss.text() == "hit"

    # Undo both steps, and nothing is left of them, to the last bit.
    for _ in range(2):
        QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert not studio.session.history.canUndo()
    assert encode(studio.session.scene, b"") == loaded
    qtbot.waitUntil(lambda: studio.session.arrived)
    assert np.array_equal(studio.session.shot.position[BODY], before)


def test_the_pose_at_the_playhead_is_kept_with_one_key_and_hit_again_after_a_kick(
    qtbot: QtBot, window: Window, rods: ra.Scene, hand
) -> None:
    """I keeps a pose; whatever is done to the start, Hit this pose finds the way back to it."""
    studio = window.studio
    studio.session.open(rods)
    qtbot.waitUntil(lambda: studio.session.arrived)
    scrub(qtbot, window, hand, 1, 8, 13)
    QTest.keyClick(window.viewport, Key.Key_I)
    (key,) = studio.session.scene.keyframes
    wanted = studio.session.shot.position[key.bodies].copy()
    studio.session.edit(Sentence("Kick"), ra.edits.set_motion(studio.session.scene, [3], velocity=[[0.5, 0.0, 0.0]]))
    qtbot.waitUntil(lambda: studio.session.arrived)
    assert np.abs(studio.session.shot.position[key.bodies] - wanted).max() > 1e-2
    QTest.mouseClick(window.findChild(type(window.bring("solver").widget().button), "hit"), Left)
    solving = studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)
    QTest.mouseClick(window.bring("solver").widget().accept, Left)
    assert studio.session.history.undoText() == "Solve"
    qtbot.waitUntil(lambda: studio.session.arrived)
    assert np.abs(studio.session.shot.position[key.bodies] - wanted).max() < 1e-3
