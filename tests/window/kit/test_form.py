"""Number fields under mouse and keys: dragged, typed, cancelled, refused."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.parameter import Parameter
from revanim.window.kit.fields.arithmetic import typed_change
from revanim.window.kit.fields.form import in_form
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.number_field import MIXED, NumberField
from revanim.window.kit.theme import dress

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Owner:
    """Holds the values that a field changes, and what it was told."""

    def __init__(self, *values: float, low: float = -np.inf, high: float = np.inf, whole: bool = False) -> None:
        self.values = np.array(values)
        self.limits = Limits(low, high, whole)
        self.told: list[str] = []
        self.drags: list[object] = []
        self.before: np.ndarray | None = None
        self.field = NumberField(
            "mass",
            "How heavy",
            self.run,
            lambda sentence: self.told.append(str(sentence)),
            self.take_back,
            "kg",
            self.limits,
        )
        self.field.resize(120, 24)
        self.field.display(self.values)

    def run(self, change, drag) -> None:
        if drag is not None and drag not in self.drags:
            self.drags.append(drag)
            self.before = self.values
        after = change(self.values if drag is None else self.before)
        if (after < self.limits.low).any():
            raise ra.RevanimError(f"It must be at least {self.limits.low:g}.")
        self.values = after
        self.field.display(after)

    def take_back(self, drag) -> None:
        assert drag is self.drags[-1]
        self.values = self.before
        self.field.display(self.values)

    def type(self, text: str) -> None:
        """Double-click, type over what is there, and press Return."""
        QTest.mouseDClick(self.field, Left)
        QTest.keyClicks(self.field, text)
        QTest.keyClick(self.field, Key.Key_Return)


@pytest.fixture
def owner(qtbot: QtBot, qapp):
    """Return what makes a field on the screen that shows some values."""
    dress(qapp)

    def make(*values: float, **limits) -> Owner:
        made = Owner(*values, **limits)
        qtbot.addWidget(made.field)
        with qtbot.waitActive(made.field):
            made.field.show()
            made.field.activateWindow()
        return made

    return make


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("2*pi/3", 2 * np.pi / 3), ("1/24", 1 / 24), ("-1.5e3", -1500), ("+=1", 3), ("-= 1/2", 1.5), ("*=3", 6),
     ("/=4", 0.5), ("2^3", 8), ("sqrt(2)", np.sqrt(2)), ("1,5", 1.5)],
)  # fmt: skip
def test_a_sum_or_a_change_is_typed_after_a_double_click(owner, text: str, value: float) -> None:
    made = owner(2.0)
    made.type(text)
    assert made.values == pytest.approx([value])
    assert made.field.isReadOnly()


@pytest.mark.parametrize(
    "text",
    ["", "wide", "1/0", "__import__('os')", "9**9**9**9", "1 2", "(" * 30, "True", "1e999", "x.y", "[1]", "/=0", "nan"],
)
def test_nonsense_is_marked_and_explained_and_nothing_changes(owner, text: str) -> None:
    made = owner(2.0)
    QTest.mouseDClick(made.field, Left)
    QTest.keyClick(made.field, Key.Key_Delete)
    QTest.keyClicks(made.field, text)
    QTest.keyClick(made.field, Key.Key_Return)
    assert made.values == [2.0]
    assert made.field.property("wrong")
    assert made.field.text() == text
    assert len(made.told) == 1
    assert made.told[0].endswith(".")
    QTest.keyClick(made.field, Key.Key_Escape)
    assert not made.field.property("wrong")
    assert made.field.text() == "2"


def test_what_was_wrong_can_be_corrected(owner) -> None:
    made = owner(2.0, low=0.0)
    made.type("-4")
    assert made.told == ["It must be at least 0."]
    QTest.keyClicks(made.field, "4")
    QTest.keyClick(made.field, Key.Key_Return)
    assert made.values == [4.0]
    assert made.told[-1] == ""


def test_escape_leaves_the_value_alone(owner) -> None:
    made = owner(2.0)
    QTest.mouseDClick(made.field, Left)
    QTest.keyClicks(made.field, "77")
    QTest.keyClick(made.field, Key.Key_Escape)
    assert made.values == [2.0]
    assert made.field.text() == "2"
    assert not made.field.hasFocus()


def test_leaving_the_field_takes_what_is_typed(owner) -> None:
    made = owner(2.0)
    QTest.mouseDClick(made.field, Left)
    QTest.keyClicks(made.field, "5")
    made.field.clearFocus()
    assert made.values == [5.0]


def test_values_that_differ_show_a_dash_and_typing_sets_all(owner) -> None:
    made = owner(1.0, 2.0, 4.0)
    assert made.field.text() == MIXED
    made.type("+=1")
    assert made.values.tolist() == [2, 3, 5]
    made.type("7")
    assert made.values.tolist() == [7, 7, 7]
    assert made.field.text() == "7"


def test_a_drag_changes_the_value_shift_finely_and_control_coarsely(owner, hand) -> None:
    gone = {}
    for keys in (Qt.KeyboardModifier.NoModifier, Shift, Control):
        made = owner(2.0)
        hand.drag(made.field, [QPoint(x, 10) for x in range(20, 71)], keys=keys)
        gone[keys] = made.values[0] - 2.0
        assert len(made.drags) == 1
    plain = gone[Qt.KeyboardModifier.NoModifier]
    assert plain > 0
    assert gone[Shift] == pytest.approx(plain / 10)
    assert gone[Control] == pytest.approx(plain * 10)


def test_a_drag_moves_values_that_differ_together_and_stops_at_the_limits(owner, hand) -> None:
    made = owner(1.0, 2.0, low=0.5)
    hand.drag(made.field, [QPoint(x, 10) for x in range(60, 40, -1)])
    assert made.values[1] - made.values[0] == pytest.approx(1.0)
    hand.drag(made.field, [QPoint(x, 10) for x in range(60, -300, -10)])
    assert made.values.tolist() == [0.5, 0.5]


def test_a_drag_leaves_clean_numbers(owner, hand) -> None:
    made = owner(0.068)
    hand.drag(made.field, [QPoint(x, 10) for x in range(20, 60)])
    assert len(repr(float(made.values[0]))) < 9


def test_escape_in_a_drag_brings_the_value_back(owner, hand) -> None:
    made = owner(2.0)
    hand.press(made.field, QPoint(20, 10))
    for x in range(21, 60):
        hand.move(made.field, QPoint(x, 10))
    assert made.values[0] > 2
    QTest.keyClick(made.field, Key.Key_Escape)
    hand.move(made.field, QPoint(90, 10))
    QTest.mouseRelease(made.field, Left, pos=QPoint(90, 10))
    assert made.values == [2.0]


def test_whole_numbers_stay_whole_in_a_drag(owner, hand) -> None:
    made = owner(8.0, low=1.0, whole=True)
    seen = set()
    hand.press(made.field, QPoint(20, 10))
    for x in range(21, 100):
        hand.move(made.field, QPoint(x, 10))
        seen.add(float(made.values[0]))
    QTest.mouseRelease(made.field, Left, pos=QPoint(99, 10))
    assert all(value == int(value) for value in seen)
    assert len(seen) > 3


def test_a_click_alone_changes_nothing(owner) -> None:
    made = owner(2.0)
    QTest.mouseClick(made.field, Left)
    assert made.values == [2.0]
    assert not made.drags
    assert made.field.isReadOnly()


def test_a_narrow_field_shows_fewer_digits_and_typing_shows_all(owner) -> None:
    made = owner(1.23456789)
    made.field.resize(48, 24)
    assert len(made.field.text()) < 8
    QTest.mouseDClick(made.field, Left)
    assert float(made.field.text()) == 1.23456789


def test_signs_as_printed_are_understood() -> None:
    assert typed_change("−2 × 3")(np.zeros(2)).tolist() == [-6, -6]
    assert typed_change("π")(np.zeros(1)) == pytest.approx(np.pi)


def test_a_typed_change_runs_nothing() -> None:
    with pytest.raises(ra.RevanimError, match="not a number"):
        typed_change("exit()")
    with pytest.raises(ra.RevanimError, match="not a number"):
        typed_change("().__class__")


def test_a_form_shows_neither_what_is_hidden_nor_a_table_of_weights() -> None:
    number = Parameter("number", 1.0, "", 0.0, 1.0, "A number.")
    hidden = replace(number, name="hidden", shown=False)
    table = replace(number, name="table", shape=(4, 2))
    assert in_form((number, hidden, table)) == [number]
