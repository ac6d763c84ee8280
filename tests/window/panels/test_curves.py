"""The curve editor in the real window, by mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.parameter import LINEAR, SMOOTH, STEP, Curve
from revanim.sentence import Sentence
from revanim.window.kit.fields.number_field import NumberField
from revanim.window.panels.curves import Curves
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Shift, Alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
FRAMES, HEIGHTS = [1, 11, 21, 31, 41, 51], [1.0, 2.0, 2.5, 1.5, 1.0, 0.5]


@pytest.fixture
def scene(scene: ra.Scene) -> ra.Scene:
    """Gravity with a key every ten frames."""
    strength = ra.keyed(FRAMES, HEIGHTS)
    return ra.edits.set_forces(scene, [ra.force("gravity", strength=strength, softening=0.2)])


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


def value(window: Window) -> ra.Keyed:
    found = window.studio.session.scene.forces[0].values["strength"]
    assert isinstance(found, ra.Keyed)
    return found


def heights(window: Window) -> list[float]:
    return value(window).values.tolist()


def point(panel: Curves, key: int, number: int = 0) -> QPoint:
    """Return where a key of the curve is."""
    return panel.plot.canvas.places()[key, number].toPoint()


def end(panel: Curves, key: int, side: int) -> QPoint:
    """Return where a handle of a selected key ends."""
    return panel.plot.canvas.place_of(*panel.plot.canvas.handles()[key, 0, side])


def drag(panel: Curves, hand, start: QPoint, by: QPoint, keys=Qt.KeyboardModifier.NoModifier) -> None:
    hand.drag(panel.plot.surface, [start + by * part / 8 for part in range(9)], keys=keys)


def type_over(line: QLineEdit, text: str) -> None:
    QTest.mouseDClick(line, Left)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)


def test_a_key_is_dragged_up_as_one_step_and_only_it_moves(window: Window, panel: Curves, hand) -> None:
    before = window.studio.session.scene
    drag(panel, hand, point(panel, 2), QPoint(0, -40))
    after = heights(window)
    assert after[2] > 2.6
    assert after[:2] + after[3:] == HEIGHTS[:2] + HEIGHTS[3:]
    assert value(window).frames.tolist() == FRAMES
    assert window.studio.session.history.count() == 1
    window.studio.session.history.undo()
    assert window.studio.session.scene is before


def test_a_key_is_dragged_to_another_frame(window: Window, panel: Curves, hand) -> None:
    canvas = panel.plot.canvas
    drag(panel, hand, point(panel, 2), canvas.place_of(25, 2.5) - canvas.place_of(21, 2.5))
    assert value(window).frames.tolist() == [1, 11, 25, 31, 41, 51]
    assert panel.plot.canvas.selected == {(2, 0)}
    assert {key.frame for key in window.studio.tracks.selected} == {25}


def test_shift_takes_more_points_and_they_move_together(window: Window, panel: Curves, hand) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 0))
    QTest.mouseClick(panel.plot.surface, Left, Shift, point(panel, 4))
    assert panel.plot.canvas.selected == {(0, 0), (4, 0)}
    drag(panel, hand, point(panel, 4), QPoint(0, -30))
    after = heights(window)
    assert after[0] == after[4] > 1
    assert after[1] == 2


def test_a_handle_bends_the_curve_and_with_alt_only_on_its_side(window: Window, panel: Curves, hand) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 2))
    drag(panel, hand, end(panel, 2, 1), QPoint(0, -30))
    bent = value(window)
    assert bent.free.tolist() == [False, False, True, False, False, False]
    assert bent.rise[2, 0] > 0
    assert bent.rise[2, 1] > 0
    drag(panel, hand, end(panel, 2, 0), QPoint(0, -30), Alt)
    assert value(window).rise[2, 1] == bent.rise[2, 1]
    assert value(window).rise[2, 0] < bent.rise[2, 0]
    assert window.studio.session.history.count() == 2


def test_buttons_let_the_curve_go_on_in_another_way(window: Window, panel: Curves) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 1))
    for name, way in (("way-step", STEP), ("way-linear", LINEAR), ("way-smooth", SMOOTH)):
        button = panel.findChild(QToolButton, name)
        QTest.mouseClick(button, Left)
        assert value(window).ways.tolist() == [SMOOTH, way, SMOOTH, SMOOTH, SMOOTH, SMOOTH]
        assert button.isChecked()


def test_a_preset_shapes_the_way_from_the_selected_key(window: Window, panel: Curves) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 3))
    bounce = next(action for action in panel.ease.menu().actions() if action.text() == "Bounce")
    bounce.trigger()
    assert len(value(window).frames) > 6
    assert value(window).frames[:4].tolist() == FRAMES[:4]


def test_a_box_with_shift_selects_the_points_in_it(window: Window, panel: Curves, hand) -> None:
    start = QPoint(point(panel, 1).x() - 12, point(panel, 3).y() + 14)
    drag(panel, hand, start, QPoint(point(panel, 3).x() + 12, point(panel, 2).y() - 12) - start, Shift)
    assert panel.plot.canvas.selected == {(1, 0), (2, 0), (3, 0)}
    assert heights(window) == HEIGHTS


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


def test_a_double_click_sets_a_key_through_which_the_curve_passes(window: Window, panel: Curves) -> None:
    QTest.mouseDClick(panel.plot.surface, Left, pos=panel.plot.canvas.place_of(36, 2.2))
    assert value(window).frames.tolist() == [1, 11, 21, 31, 36, 41, 51]
    assert heights(window)[4] == pytest.approx(2.2, abs=0.02)


def test_delete_takes_keys_and_the_last_one_stays(window: Window, panel: Curves) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 5))
    QTest.keyClick(panel.plot.plot, Key.Key_Delete)
    assert heights(window) == HEIGHTS[:5]
    panel.plot.canvas.select({(key, 0) for key in range(5)})
    QTest.mouseClick(panel.findChild(QToolButton, "delete-points"), Left)
    assert heights(window) == HEIGHTS[:5]
    assert "one key" in window.toast.text()


def test_numbers_are_typed_for_the_frame_and_the_value(window: Window, panel: Curves) -> None:
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 1))
    type_over(panel.findChild(NumberField, "value"), "1/4")
    assert heights(window)[1] == 0.25
    type_over(panel.findChild(NumberField, "at-frame"), "15")
    assert value(window).frames.tolist() == [1, 15, 21, 31, 41, 51]
    type_over(panel.findChild(NumberField, "at-frame"), "+=2")
    assert value(window).frames.tolist() == [1, 17, 21, 31, 41, 51]


@pytest.mark.parametrize(("name", "text"), [("at-frame", "2.5"), ("at-frame", "1e9"), ("value", "1e13")])
def test_numbers_that_cannot_be_are_refused(window: Window, panel: Curves, name: str, text: str) -> None:
    before = window.studio.session.scene
    QTest.mouseClick(panel.plot.surface, Left, pos=point(panel, 1))
    field = panel.findChild(NumberField, name)
    type_over(field, text)
    assert window.studio.session.scene is before
    assert field.property("wrong")
    assert window.status.hint.text().endswith(".")


def test_a_value_that_is_keyed_comes_here_and_goes_when_its_last_key_goes(window: Window, panel: Curves) -> None:
    properties = window.bring("properties").widget()
    button = properties.findChild(QToolButton, "animate-softening")
    QTest.mouseClick(button, Left)
    assert panel.choice.currentText() == "Mutual gravity, softening"
    assert button.property("keyed") == "here"
    QTest.mouseClick(button, Left)
    assert panel.choice.count() == 1
    assert button.property("keyed") == ""


def test_what_is_typed_at_another_frame_becomes_a_key_there(qtbot: QtBot, window: Window) -> None:
    properties = window.bring("properties").widget()
    QTest.mouseClick(properties.findChild(QToolButton, "animate-softening"), Left)
    window.studio.session.show(25)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    type_over(properties.parts[0].findChild(NumberField, "softening"), "0.6")
    found = window.studio.session.scene.forces[0].values["softening"]
    assert found.frames.tolist() == [20, 25]
    assert found.values.tolist() == [0.2, 0.6]


def test_rows_are_shown_as_keys_that_stay_and_become_such_when_they_are_touched(
    window: Window, panel: Curves, hand
) -> None:
    rows = ra.force("gravity", strength=Curve(1, 10, np.array(HEIGHTS)), softening=0.2)
    window.studio.session.edit(Sentence("Rows"), ra.edits.set_forces(window.studio.session.scene, [rows]))
    panel.plot.grab()
    assert panel.plot.canvas.value.ways.tolist() == [STEP] * 6
    drag(panel, hand, point(panel, 2), QPoint(0, -40))
    assert value(window).ways.tolist() == [STEP] * 6


def test_a_vector_has_a_line_for_each_axis_and_the_selected_bodies_their_own(window: Window, panel: Curves) -> None:
    push = ra.force("nudge", push=Curve(1, 5, np.arange(60.0).reshape(4, 5, 3)))
    window.studio.session.edit(Sentence("Nudge"), ra.edits.set_forces(window.studio.session.scene, [push]))
    assert len(panel.plot.lines) == 12
    window.studio.session.select(np.arange(5) == 3)
    assert panel.plot.canvas.columns.tolist() == [9, 10, 11]
    assert {10, 25, 40, 55} <= set(panel.plot.lines[1].getData()[1].tolist())


def test_curves_come_forward_when_a_value_is_animated_and_properties_stay(qtbot: QtBot, window: Window) -> None:
    curves, properties = window.dock("curves"), window.bring("properties")
    curves.close()
    button = properties.findChild(QToolButton, "animate-softening")
    QTest.mouseClick(button, Left)
    qtbot.waitUntil(lambda: not curves.visibleRegion().isEmpty())
    assert not properties.visibleRegion().isEmpty()
    assert curves.widget().choice.currentText() == "Mutual gravity, softening"
    window.bring("outliner")
    QTest.mouseClick(button, Left)  # stilled again
    assert curves.visibleRegion().isEmpty()


def test_a_formula_is_typed_below_the_curve_and_drawn(window: Window, panel: Curves) -> None:
    line, _, _ = panel.formula.fields
    QTest.mouseClick(line, Left)
    QTest.keyClicks(line, "value + 0.5*sin(t*tau/20)")
    QTest.keyClick(line, Key.Key_Return)
    assert value(window).formula.texts == ("value + 0.5*sin(t*tau/20)",)
    times, drawn = panel.plot.lines[0].getData()
    assert drawn[times.tolist().index(21.0)] == pytest.approx(2.5 + 0.5 * np.sin(21 * np.pi / 10))
    assert times.size > 100
    assert heights(window) == HEIGHTS
    window.studio.session.history.undo()
    assert line.text() == ""
    window.studio.session.history.redo()
    assert line.text() == "value + 0.5*sin(t*tau/20)"
    QTest.mouseClick(line, Left)
    QTest.keyClick(line, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Key.Key_Backspace)
    QTest.keyClick(line, Key.Key_Return)
    assert value(window).formula is None
    assert line.text() == ""


def test_what_is_no_formula_is_said_with_its_place_and_can_be_mended(window: Window, panel: Curves) -> None:
    line, scene = panel.formula.fields[0], window.studio.session.scene
    QTest.mouseClick(line, Left)
    QTest.keyClicks(line, "2*sine(t)")
    QTest.keyClick(line, Key.Key_Return)
    assert "not known at character 3: sine" in window.toast.text()
    assert line.text() == "2*sine(t)"
    assert window.studio.session.scene is scene
    QTest.keyClicks(line, "2*sin(t)")
    QTest.keyClick(line, Key.Key_Return)
    assert value(window).formula.texts == ("2*sin(t)",)


def test_each_axis_of_a_vector_has_its_own_formula(window: Window, panel: Curves) -> None:
    wind = ra.force("uniform", acceleration=ra.keyed([1, 20], [[0, 0, 0], [0, 0, -1.0]]))
    window.studio.session.edit(Sentence("Wind"), ra.edits.set_forces(window.studio.session.scene, [wind]))
    QTest.mouseClick(panel.formula.fields[1], Left)
    QTest.keyClicks(panel.formula.fields[1], "t/10")
    QTest.keyClick(panel.formula.fields[1], Key.Key_Return)
    held = window.studio.session.scene.forces[0].values["acceleration"]
    assert held.formula.texts == ("value", "t/10", "value")
    assert [each.text() for each in panel.formula.fields] == ["value", "t/10", "value"]
