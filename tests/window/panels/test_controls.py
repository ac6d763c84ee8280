"""What the solver may change: of whom, within which bounds and at what price, set in its panel."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.solve.controls.control import Control
from revanim.window.keyframes.control_details import ControlDetails
from revanim.window.kit.fields.field import Field
from revanim.window.panels.solver import SolverPanel
from revanim.window.window import Window

Left = Qt.MouseButton.LeftButton
PLACES = np.array([[0.0, 0, 0], [1, 0, 0], [3, 0, 0]])
UP = np.array([0.0, 1.0, 0.0])


@pytest.fixture
def scene() -> ra.Scene:
    """Three bodies at rest, and places beside them for frame 13."""
    still = ra.make_scene(PLACES, 0 * PLACES, [1.0, 1.0, 1.0], frames=(1, 24), radius=0.1)
    return ra.edits.add_keyframe(still, 13, [0, 1, 2], position=PLACES + UP)


@pytest.fixture
def window(window: Window) -> Window:
    """The window with the solver in front, nothing chosen by itself, and its limits unfolded."""
    QTest.mouseClick(panel_of(window).automatic, Left, pos=QPoint(8, panel_of(window).automatic.height() // 2))
    assert not window.studio.solving.choices.automatic
    for fold in (panel_of(window).chosen, panel_of(window).may_change.limits):
        QTest.mouseClick(fold, Left)
    return window


def panel_of(window: Window) -> SolverPanel:
    """Return the solver's panel."""
    found = window.bring("solver").widget()
    assert isinstance(found, SolverPanel)
    return found


def enter(window: Window, field: Field, text: str) -> None:
    """Scroll to a field, click into it, type, and press Return."""
    panel_of(window)._area.ensureWidgetVisible(field)
    QTest.mouseClick(field, Left)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def only(window: Window, *names: str) -> list[ControlDetails]:
    """Tick these and nothing else, and return their parts."""
    panel = panel_of(window)
    for name, box in panel.may_change.boxes.items():
        if box.isChecked() != (name in names):
            box.click()
    return [panel.may_change.details[name] for name in names]


def solved(qtbot: QtBot, window: Window) -> ra.Scene:
    """Press Solve, wait for the end, and return the candidate."""
    QTest.mouseClick(panel_of(window).button, Left)
    solving = window.studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)
    assert solving.candidate is not None
    return solving.candidate


def test_there_is_a_part_for_each_thing_that_is_ticked(window: Window) -> None:
    assert list(panel_of(window).may_change.details) == ["velocity"]
    only(window, "velocity", "position", "mass")
    assert list(panel_of(window).may_change.details) == ["velocity", "position", "mass"]
    assert all(part.isVisible() for part in panel_of(window).may_change.details.values())
    only(window, "mass")
    assert list(panel_of(window).may_change.details) == ["mass"]
    QTest.mouseClick(panel_of(window).may_change.limits, Left)
    assert not panel_of(window).may_change.details["mass"].isVisible()


def test_only_the_selected_bodies_may_change(qtbot: QtBot, window: Window) -> None:
    (part,) = only(window, "velocity")
    assert not part.choose.isEnabled()
    window.studio.session.select(np.array([True, False, True]))
    QTest.mouseClick(part.choose, Left)
    assert window.studio.solving.choices.wish("velocity").bodies == (0, 2)
    assert part.whose.text() == "2 chosen"
    found = solved(qtbot, window)
    assert np.allclose(found.bodies.velocity[[0, 2], 1], 2.0)
    assert not found.bodies.velocity[1].any()
    QTest.mouseClick(part.choose, Left)
    assert window.studio.solving.choices.wish("velocity").bodies is None


def test_bodies_that_move_as_one_keep_their_shape(qtbot: QtBot, window: Window) -> None:
    (part,) = only(window, "position")
    panel_of(window)._area.ensureWidgetVisible(part.together)
    QTest.mouseClick(part.together, Left, pos=QPoint(8, part.together.height() // 2))
    assert window.studio.solving.choices.wish("position").together
    uneven = ra.edits.replace_keyframe(window.studio.session.scene, 0, position=PLACES + np.outer([1, 2, 3], UP))
    window.studio.session.edit(Sentence("Set key"), uneven)
    found = solved(qtbot, window)
    assert np.allclose(found.bodies.position - PLACES, 2 * UP, atol=1e-6)


def test_bounds_hold(qtbot: QtBot, window: Window) -> None:
    (part,) = only(window, "velocity")
    enter(window, part.low, "-0.25")
    enter(window, part.high, "1.5")
    wish = window.studio.solving.choices.wish("velocity")
    assert (wish.low, wish.high) == (-0.25, 1.5)
    found = solved(qtbot, window)
    assert np.allclose(found.bodies.velocity[:, 1], 1.5)
    QTest.mouseClick(panel_of(window).discard, Left)
    enter(window, part.high, "")
    assert window.studio.solving.choices.wish("velocity").high == np.inf
    assert part.high.text() == ""


def test_bounds_the_wrong_way_round_are_told(qtbot: QtBot, window: Window) -> None:
    (part,) = only(window, "velocity")
    enter(window, part.low, "2")
    enter(window, part.high, "1")
    QTest.mouseClick(panel_of(window).button, Left)
    qtbot.waitUntil(lambda: "wrong way round" in window.toast.text())


def test_nudges_have_an_interval_and_a_price(qtbot: QtBot, window: Window) -> None:
    (part,) = only(window, "nudge")
    enter(window, part.every, "3")
    enter(window, part.effort, "0.5")
    enter(window, part.smoothness, "2")
    assert window.studio.solving.choices.wish("nudge") == Control("nudge", every=3, effort=0.5, smoothness=2.0)
    dear = solved(qtbot, window)
    assert dear.forces[-1].values["push"].every == 3
    assert np.allclose(dear.bodies.state, window.studio.session.scene.bodies.state)
    QTest.mouseClick(panel_of(window).discard, Left)
    enter(window, part.effort, "0")
    enter(window, part.smoothness, "0")
    free = solved(qtbot, window)
    assert np.abs(free.forces[-1].values["push"].values).sum() > np.abs(dear.forces[-1].values["push"].values).sum()
    QTest.mouseClick(panel_of(window).accept, Left)
    assert window.studio.session.history.undoText() == "Solve"
    assert not panel_of(window).may_change.details["nudge"].every.isEnabled()


def test_a_parameter_of_a_force_has_bounds(qtbot: QtBot, window: Window) -> None:
    wind = ra.force("uniform", acceleration=(0.0, 0.0, 0.0))
    window.studio.session.edit(Sentence("Set forces"), ra.edits.set_forces(window.studio.session.scene, [wind]))
    QTest.mouseClick(panel_of(window).may_change.forces, Left)
    (part,) = only(window, "uniform.acceleration")
    enter(window, part.high, "3")
    found = solved(qtbot, window)
    assert np.allclose(found.forces[0].values["acceleration"], [0.0, 3.0, 0.0], atol=1e-6)


def test_another_scene_begins_without_limits(window: Window, scene: ra.Scene) -> None:
    (part,) = only(window, "velocity")
    enter(window, part.high, "1")
    window.studio.session.open(scene)
    assert window.studio.solving.choices.wishes == (Control("velocity"),)
    assert panel_of(window).may_change.details["velocity"].high.text() == ""


def test_the_news_of_a_solve_scroll_into_view(qtbot: QtBot, window: Window) -> None:
    window.resize(1280, 720)
    only(window, "velocity", "nudge", "mass")
    solved(qtbot, window)
    picture = panel_of(window).findings.plot.findChild(QGraphicsView).viewport()
    qtbot.waitUntil(lambda: picture.visibleRegion().boundingRect().height() == picture.height())
