"""The curve editor in the real window, by mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.parameter import Curve
from revanim.sentence import Sentence
from revanim.window.kit.fields.number_field import NumberField
from revanim.window.panels.curves import Curves
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Shift = Qt.KeyboardModifier.ShiftModifier
STEPS = [1.0, 2.0, 2.5, 1.5, 1.0, 0.5]


@pytest.fixture
def scene(scene: ra.Scene) -> ra.Scene:
    """Gravity that changes every ten frames."""
    return ra.edits.set_forces(scene, [ra.force("gravity", strength=Curve(1, 10, np.array(STEPS)), softening=0.2)])


@pytest.fixture
def panel(qtbot: QtBot, window: Window) -> Curves:
    """The panel, on its own and drawn."""
    dock = window.bring("curves")
    made = dock.widget()
    assert isinstance(made, Curves)
    dock.setFloating(True)
    dock.resize(640, 400)
    qtbot.waitUntil(lambda: made.plot.canvas.places()[0, 0].x() > 40)
    made.plot.grab()
    return made


def curve(window: Window) -> Curve:
    value = window.studio.session.scene.forces[0].values["strength"]
    assert isinstance(value, Curve)
    return value


def steps(window: Window) -> list[float]:
    return curve(window).values.tolist()


def point(panel: Curves, row: int, number: int = 0) -> QPoint:
    """Return where a point of the curve is."""
    return panel.plot.canvas.places()[row, number].toPoint()


def drag(panel: Curves, hand, start: QPoint, by: QPoint, keys=Qt.KeyboardModifier.NoModifier) -> None:
    hand.drag(panel.plot.surface, [start + by * part / 8 for part in range(9)], keys=keys)


def type_over(line: QLineEdit, text: str) -> None:
    QTest.mouseDClick(line, Left)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)


def test_a_point_is_dragged_as_one_step_and_only_it_moves(window: Window, panel: Curves, hand) -> None:
    before = window.studio.session.scene
    drag(panel, hand, point(panel, 2), QPoint(5, -40))
    after = steps(window)
    assert after[2] > 2.6
    assert after[:2] + after[3:] == STEPS[:2] + STEPS[3:]
    assert window.studio.session.history.count() == 1
    window.studio.session.history.undo()
    assert window.studio.session.scene is before


def test_shift_takes_more_points_and_they_move_together(window: Window, panel: Curves, hand) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 0))
    QTest.mouseClick(panel.plot.surface, Left, Shift, point(panel, 4))
    assert panel.plot.canvas.selected == {(0, 0), (4, 0)}
    drag(panel, hand, point(panel, 4), QPoint(0, -30))
    after = steps(window)
    assert after[0] == after[4] > 1
    assert after[1] == 2


def test_a_box_with_shift_selects_the_points_in_it(window: Window, panel: Curves, hand) -> None:
    start, end = point(panel, 1) + QPoint(-12, 40), point(panel, 3) + QPoint(12, -60)
    end.setY(min(end.y(), point(panel, 2).y() - 12))
    drag(
        panel,
        hand,
        QPoint(start.x(), point(panel, 3).y() + 14),
        end - QPoint(start.x(), point(panel, 3).y() + 14),
        Shift,
    )
    assert panel.plot.canvas.selected == {(1, 0), (2, 0), (3, 0)}
    assert steps(window) == STEPS


def test_escape_in_a_drag_leaves_the_curve_as_it_was(window: Window, panel: Curves, hand) -> None:
    before = window.studio.session.scene
    hand.press(panel.plot.surface, point(panel, 2))
    hand.move(panel.plot.surface, point(panel, 2) + QPoint(0, 30))
    assert window.studio.session.scene is not before
    QTest.keyClick(panel.plot.plot, Key.Key_Escape)
    QTest.mouseRelease(panel.plot.surface, Left, pos=point(panel, 2))
    assert window.studio.session.scene is before
    assert not window.studio.session.history.canUndo()


def test_a_drag_elsewhere_scrubs_and_the_playhead_follows_the_frame(qtbot, window: Window, panel: Curves, hand) -> None:
    place = panel.plot.canvas.place_of(35, 0.8)
    drag(panel, hand, place, panel.plot.canvas.place_of(47, 0.8) - place)
    assert window.studio.session.frame == 47
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.studio.session.show(12)
    assert panel.plot.playhead.value() == 12
    assert not window.studio.session.history.canUndo()


def test_a_double_click_puts_a_point_and_beyond_the_end_lengthens_the_curve(window: Window, panel: Curves) -> None:
    QTest.mouseDClick(panel.plot.surface, Left, pos=panel.plot.canvas.place_of(33, 2.2))
    assert steps(window)[3] == pytest.approx(2.2, abs=0.02)
    type_over(panel.findChild(NumberField, "every"), "5")
    panel.plot.plot.setXRange(0, 90)
    QTest.mouseDClick(panel.plot.surface, Left, pos=panel.plot.canvas.place_of(82, 1.0))
    assert len(steps(window)) == 17
    assert steps(window)[-1] == pytest.approx(1.0, abs=0.02)


def test_delete_takes_points_from_the_end_and_lets_others_hold_on(window: Window, panel: Curves) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 5))
    QTest.keyClick(panel.plot.plot, Key.Key_Delete)
    assert steps(window) == STEPS[:5]
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 2))
    QTest.mouseClick(panel.findChild(QToolButton, "delete-points"), Left)
    assert steps(window) == [1.0, 2.0, 2.0, 1.5, 1.0]


def test_the_last_point_cannot_be_deleted_and_the_toast_says_so(window: Window, panel: Curves) -> None:
    panel.plot.canvas.select({(row, 0) for row in range(6)})
    panel.plot.plot.setFocus()
    QTest.keyClick(panel.plot.plot, Key.Key_Delete)
    assert steps(window) == STEPS
    assert "one point" in window.toast.text()


def test_numbers_are_typed_for_beginning_pace_and_value(window: Window, panel: Curves) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 1))
    type_over(panel.findChild(NumberField, "value"), "1/4")
    assert steps(window)[1] == 0.25
    type_over(panel.findChild(NumberField, "first"), "-9")
    type_over(panel.findChild(NumberField, "every"), "20")
    assert (curve(window).first, curve(window).every) == (-9, 20)
    assert steps(window) == [1.0, 2.5, 1.0]


@pytest.mark.parametrize(("name", "text"), [("every", "0"), ("every", "2.5"), ("first", "1e9"), ("value", "1e13")])
def test_numbers_that_cannot_be_are_refused(window: Window, panel: Curves, name: str, text: str) -> None:
    before = window.studio.session.scene
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 1))
    field = panel.findChild(NumberField, name)
    type_over(field, text)
    assert window.studio.session.scene is before
    assert field.property("wrong")
    assert window.status.hint.text().endswith(".")


def test_a_parameter_that_is_animated_comes_here_and_goes_when_it_is_stilled(window: Window, panel: Curves) -> None:
    properties = window.bring("properties").widget()
    QTest.mouseClick(properties.findChild(QToolButton, "animate-softening"), Left)
    assert panel.choice.currentText() == "Gravity, softening"
    QTest.mouseClick(properties.findChild(QToolButton, "animate-softening"), Left)
    QTest.mouseClick(properties.findChild(QToolButton, "animate-strength"), Left)
    assert panel.choice.count() == 0
    assert panel.track is None
    window.studio.session.history.undo()
    assert panel.choice.currentText() == "Gravity, strength"


def test_a_vector_has_a_line_for_each_axis_and_the_selected_bodies_their_own(window: Window, panel: Curves) -> None:
    push = ra.force("nudge", push=Curve(1, 5, np.arange(60.0).reshape(4, 5, 3)))
    window.studio.session.edit(Sentence("Nudge"), ra.edits.set_forces(window.studio.session.scene, [push]))
    assert len(panel.plot.lines) == 12
    window.studio.session.select(np.arange(5) == 3)
    assert panel.plot.canvas.columns.tolist() == [9, 10, 11]
    assert panel.plot.lines[1].getData()[1].tolist()[:2] == [10, 10]


def test_curves_come_forward_when_a_value_is_animated_and_properties_stay(qtbot: QtBot, window: Window) -> None:
    curves, properties = window.dock("curves"), window.bring("properties")
    curves.close()
    button = properties.findChild(QToolButton, "animate-softening")
    QTest.mouseClick(button, Left)
    qtbot.waitUntil(lambda: not curves.visibleRegion().isEmpty())
    assert not properties.visibleRegion().isEmpty()
    assert curves.widget().choice.currentText() == "Gravity, softening"
    window.bring("outliner")
    QTest.mouseClick(button, Left)  # stilled again
    assert curves.visibleRegion().isEmpty()


def test_the_curve_that_is_animated_is_shown_though_there_was_another(window: Window) -> None:
    strength = ra.force("gravity", strength=Curve(1, 5, np.linspace(1, 2, 4)), softening=0.1)
    window.studio.session.edit(Sentence("Animate"), ra.edits.set_forces(window.studio.session.scene, [strength]))
    button = window.bring("properties").widget().findChild(QToolButton, "animate-softening")
    QTest.mouseClick(button, Left)
    assert window.dock("curves").widget().choice.currentText() == "Gravity, softening"
