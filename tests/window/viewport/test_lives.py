"""Bodies come out of an emitter by one press, and begin and end where the artist says so."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.cards.source_card import SourceCard, open_card
from revanim.window.window import Window


def show(qtbot: QtBot, window: Window, frame: int) -> None:
    """Go to a frame."""
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


@pytest.fixture
def window(qtbot: QtBot, shared_window: Window) -> Window:
    """A window with three bodies that fly apart."""
    scene = ra.make_scene([[-1, 0, 0], [0, 0, 0], [1, 0, 0]], [[0, 0, 1], [0, 0, 2], [0, 0, 3]], 1.0)
    shared_window.studio.session.open(scene)
    qtbot.waitUntil(lambda: shared_window.studio.session.arrived)
    return shared_window


def act(qtbot: QtBot, window: Window, name: str, *bodies: int) -> ra.Scene:
    """Select bodies and run a command."""
    session = window.studio.session
    session.select(np.isin(np.arange(session.scene.bodies.count), bodies))
    window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: session.arrived)
    return session.scene


def emitter_card(window: Window) -> SourceCard:
    """Open the card by its key, and choose the emitter."""
    if before := open_card(window.viewport):
        before.close()
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    card = open_card(window.viewport)
    assert card is not None
    card.choose("emitter")
    return card


def test_bodies_are_born_and_end_at_the_shown_frame(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    show(qtbot, window, 25)
    place = session.shot.position
    scene = act(qtbot, window, "born-here", 0, 1)
    assert scene.timing.home == 25
    show(qtbot, window, 49)
    scene = act(qtbot, window, "end-here", 1)
    assert scene.timing.home == 25
    assert [scene.bodies.alive(frame).tolist() for frame in (24, 25, 49, 50)] == [
        [False, False, True], [True, True, True], [True, True, True], [True, False, True],
    ]  # fmt: skip
    show(qtbot, window, 1)
    assert session.shot.position[:2] == pytest.approx(place[:2])
    assert session.shot.position[2] == pytest.approx([1, 0, 0])
    assert window.studio.viewing.shown.tolist() == [False, False, True]
    scene = act(qtbot, window, "always-there", 0, 1)
    assert scene.bodies.lives is None
    session.history.undo()
    assert session.scene.bodies.lives is not None


def test_only_those_alive_are_selected_by_all(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, 25)
    act(qtbot, window, "born-here", 0)
    show(qtbot, window, 5)
    window.actions_by_name["select-all"].trigger()
    assert window.studio.session.selection.tolist() == [False, True, True]


def test_the_frames_are_typed_in_the_properties(qtbot: QtBot, window: Window) -> None:
    act(qtbot, window, "end-here", 0)
    section = window.findChild(QWidget, "bodies")
    field = section.findChild(QLineEdit, "ends")
    assert field.isVisibleTo(section)
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, "30")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.studio.session.scene.bodies.dies[0] == 30


def test_an_emitter_is_added_with_a_press_and_its_bodies_are_born_from_here_on(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    show(qtbot, window, 10)
    card = emitter_card(window)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.scene.bodies.count > 3 and not window.studio.sources.busy)
    scene = session.scene
    assert scene.bodies.count == 2003
    assert scene.bodies.born[3:].min() >= 10
    show(qtbot, window, 40)
    flying = window.studio.viewing.shown[3:].sum()
    assert 100 < flying < 1000
    show(qtbot, window, 10)
    assert (session.stand.state == scene.bodies.state).all()


def test_an_emitter_on_a_handle_goes_along_with_it(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    session.open(ra.edits.set_path(session.scene, 0, [1, 97], [[0, 0, 0], [4, 0, 0]]))
    qtbot.waitUntil(lambda: session.arrived)
    session.select(np.array([True, False, False]))
    card = emitter_card(window)
    assert "follows" in [each.name for each in window.studio.sources.asked(window.studio.sources.kinds()["emitter"])]
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.scene.bodies.count > 3 and not window.studio.sources.busy)
    bodies = session.scene.bodies
    late = bodies.born > 90
    assert late.sum() > 100
    assert bodies.position[late, 0] == pytest.approx(np.full(late.sum(), 4.0), abs=0.4)
