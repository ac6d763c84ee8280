"""A learnt field in the window: added from the menu, seen as arrows and bands, trained beside the work."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.kit.theme import theme
from revanim.window.panels.solver import SolverPanel
from revanim.window.sections.assets import Gain
from revanim.window.timeline.face import LAYER_HEIGHT, NUMBERS
from revanim.window.timeline.ruler import Ruler
from revanim.window.viewport.viewport import Viewport
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton
COUNT, POSE = 30, 13
ALONG = np.linspace(-1, 1, COUNT)
ROW = np.stack([2 + ALONG, 0 * ALONG, 0 * ALONG], axis=1)
HELD_OUT = COUNT // 10


@pytest.fixture
def scene() -> ra.Scene:
    """A row of bodies that shall be a curve at frame 13."""
    look = ra.Look(view=ra.View(target=(2, 0, 0), distance=4, flat=True))
    made = ra.make_scene(
        ROW, 0 * ROW, 1.0, frames=(1, 25), steps_per_frame=1, scheme="leapfrog", planar=True, look=look
    )
    return ra.edits.add_keyframe(made, POSE, range(COUNT), position=ROW + np.outer(ALONG**2, [0, 1, 0]))


@pytest.fixture
def window(window: Window, qtbot: QtBot) -> Window:
    """The window after Add > Learnt field, with few units, so that it learns at once."""
    window.studio.forces.add("field")
    qtbot.waitUntil(lambda: bool(window.studio.session.scene.forces))
    smaller = ra.edits.set_values(window.studio.session.scene, "forces", 0, units=6, layers=2)
    window.studio.session.edit("Fewer units", smaller)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    return window


def save_to(window: Window, button: QPushButton, path: Path) -> None:
    """Press a button, and choose a file in the dialog that comes up."""
    QTest.mouseClick(button, Left)
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_it_is_laid_around_the_bodies_and_lasts_until_the_last_key(window: Window) -> None:
    values = window.studio.session.scene.forces[0].values
    assert values["place"] == pytest.approx([2, 0.5, 0])
    assert values["size"] == pytest.approx(1)
    assert values["begin"] == pytest.approx(1 / 24)
    assert values["seconds"] == pytest.approx((POSE - 1) / 24)


def test_its_layers_are_bands_on_the_ruler(window: Window) -> None:
    ruler = window.findChild(Ruler)
    picture, scale = ruler.grab().toImage(), ruler.axis.scale
    row = NUMBERS + LAYER_HEIGHT // 2
    first, second, after = (picture.pixelColor(int(scale.x(frame)), row).blue() for frame in (3, 10, 20))
    assert first > second > after
    assert theme.tokens.future


def test_a_layer_says_which_it_is_and_what_learning_keeps(window: Window) -> None:
    ruler = window.findChild(Ruler)
    move = QMouseEvent(
        QEvent.Type.MouseMove, at := QPointF(ruler.axis.scale.x(10), NUMBERS + 1), QPointF(ruler.mapToGlobal(at)),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(ruler, move)
    assert ruler.toolTip().startswith("Layer 2 of 2 of the Learnt field, frames 7 to 13")
    assert "two states in memory, whatever the length" in ruler.toolTip()


def test_its_form_says_what_is_gained_and_saves_it_as_an_asset(
    window: Window, qtbot: QtBot, tmp_path: Path, drop: Callable[[QWidget, Path], None]
) -> None:
    (gain,) = window.bring("properties").findChildren(Gain)
    assert any("use it on 50 000" in words.text() for words in gain.findChildren(QLabel))
    path, forces = tmp_path / "wind.revanim", window.studio.session.scene.forces
    save_to(window, gain.findChild(QPushButton), path)
    qtbot.waitUntil(lambda: path.exists())
    assert ra.load(path).bodies.count == 0
    window.studio.session.edit("None", ra.edits.set_forces(window.studio.session.scene, ()))
    drop(window, path)
    (brought,) = window.studio.session.scene.forces
    assert brought.bodies is None
    for name in ("weights", "place", "size"):
        np.testing.assert_array_equal(brought.values[name], forces[0].values[name])
    assert window.studio.forces.looked_at is brought
    window.studio.session.history.undo()
    assert not window.studio.session.scene.forces


def test_an_asset_is_no_scene_to_write_over(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mine.revanim"
    window.studio.files.save(path)
    qtbot.waitUntil(lambda: window.studio.files.path == path)
    before = path.read_bytes()
    save_to(window, window.bring("properties").findChild(Gain).findChild(QPushButton), path)
    qtbot.waitUntil(lambda: "is the file of this scene" in window.toast.text())
    assert path.read_bytes() == before


def test_its_currents_are_arrows_while_it_is_looked_at(window: Window, qtbot: QtBot) -> None:
    viewport, forces = window.findChild(Viewport), window.studio.forces

    def bluish() -> int:
        bits = np.frombuffer(viewport.image.constBits(), np.uint8).reshape(viewport.image.height(), -1, 4).astype(int)
        return int(((bits[..., 0] > 90) & (bits[..., 0] > 2 * bits[..., 2])).sum())

    place = forces.all()[0][0]
    qtbot.waitUntil(lambda: bluish() > 2000)
    forces.look_at(None)
    qtbot.waitUntil(lambda: bluish() < 1200)
    forces.look_at(place)
    qtbot.waitUntil(lambda: bluish() > 2000)


def test_it_is_trained_with_some_bodies_held_out_and_accepted(window: Window, qtbot: QtBot) -> None:
    panel = window.bring("solver").widget()
    assert isinstance(panel, SolverPanel)
    QTest.mouseClick(panel.automatic, Left, pos=QPoint(8, panel.automatic.height() // 2))
    for fold in (panel.chosen, panel.may_change.limits):
        QTest.mouseClick(fold, Left)
    for name, box in panel.may_change.boxes.items():
        if box.isChecked() != (name == "field.weights"):
            box.click()
    (details,) = panel.may_change.details.values()
    assert details.held_out is not None
    assert details.held_out.text() == "10"
    window.studio.solving.choices.iterations = 15
    QTest.mouseClick(panel.button, Left)
    solving = window.studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.acceptable)
    assert int((solving.progress.objective.kept == 0).sum()) == HELD_OUT
    assert len(solving.unseen) == len(solving.costs) > 5
    assert solving.unseen[-1] < 0.1 * solving.unseen[0]
    told = panel.findings.learnt.text()
    assert "Bodies that were held out miss by" in told
    assert "two states, whatever the length; here 12 steps" in told
    QTest.mouseClick(panel.accept, Left)
    assert window.studio.session.scene.forces[0].values["weights"] is not None
