"""Ramps in the panel, by the mouse and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from revanim.draw.picture import picture
from revanim.window.panels.look import Look
from revanim.window.sections.look_ramps import LookRamps
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


@pytest.fixture
def ramps(window: Window) -> LookRamps:
    """The section, with bodies whose size follows their speed and whose colour follows their mass."""
    window.bring("look")
    found = window.findChild(Look).ramps
    choose(found, "size", "speed")
    choose(found, "color", "mass")
    return found


def choose(ramps: LookRamps, kind: str, name: str) -> None:
    """Take an attribute with the keys."""
    choice = ramps.choices[kind]
    choice.setFocus()
    while choice.currentData() != name:
        QTest.keyClick(choice, Key.Key_Down)


def at(field, x: float, y: float) -> QPoint:
    """Return a point of a field by shares of its strip."""
    strip = field.strip
    return QPointF(strip.left() + x * strip.width(), strip.top() + y * strip.height()).toPoint()


def test_a_stop_of_a_size_is_dragged_as_one_step(window: Window, ramps: LookRamps, hand) -> None:
    session, field = window.studio.session, ramps.fields["size"]
    before, count = session.scene.look.size_ramp, session.history.count()
    first = field.place_of(0).toPoint()
    hand.drag(field, [first, first + QPoint(10, -4), first + QPoint(30, -9)])
    after = session.scene.look.size_ramp
    assert after.at[0] > before.at[0]
    assert after.values[0][0] > before.values[0][0]
    assert session.history.count() == count + 1
    session.history.undo()
    assert session.scene.look.size_ramp == before
    assert field.ramp == before


def test_a_double_click_sets_a_stop_that_changes_nothing_and_delete_takes_it_away(window, ramps: LookRamps) -> None:
    field = ramps.fields["size"]
    before = field.ramp
    QTest.mouseDClick(field, Left, pos=at(field, 0.5, 0.1))
    made = window.studio.session.scene.look.size_ramp
    assert len(made.at) == 3
    assert made.at[1] == pytest.approx(0.5, abs=0.02)
    assert made.values[1][0] == pytest.approx(1.0, abs=0.05)
    QTest.keyClick(field, Key.Key_Delete)
    assert window.studio.session.scene.look.size_ramp == before


def test_a_double_click_on_a_stop_asks_for_its_colour(window, ramps: LookRamps) -> None:
    field = ramps.fields["color"]
    QTest.mouseDClick(field, Left, pos=field.place_of(0).toPoint())
    menu = field.findChild(QMenu)
    menu.findChild(QToolButton, "tile-#ff3f6e").click()
    assert window.studio.session.scene.look.color_ramp.values[0] == (255.0, 63.0, 110.0)
    window.studio.session.history.undo()
    assert window.studio.session.scene.look.color_ramp is None


def test_a_preset_is_taken_and_the_picture_shows_it(window: Window, ramps: LookRamps) -> None:
    session = window.studio.session
    button = ramps.findChild(QToolButton, "size-presets")
    next(one for one in button.menu().actions() if one.text() == "Shrinks").trigger()
    assert session.scene.look.size_ramp.values == ((1.0,), (0.0,))
    pictures = []
    for _ in range(2):
        image = picture(session.scene, session.shot, 160, 90)
        pictures.append(np.frombuffer(image.constBits(), np.uint8).copy())
        session.history.undo()
    assert not np.array_equal(*pictures)


def test_a_ramp_rests_while_no_attribute_is_chosen(window: Window, ramps: LookRamps) -> None:
    assert not ramps.fields["opacity"].isEnabled()
    choose(ramps, "opacity", "distance")
    assert ramps.fields["opacity"].isEnabled()
