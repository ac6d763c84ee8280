"""Vortices, rings and smoke from the card that adds bodies: they look right at once, and join one fluid."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.session.work.suggested import CALM
from revanim.window.cards.source_card import SourceCard, open_card
from revanim.window.viewport.canvas import tools
from revanim.window.window import Window


@pytest.fixture
def scene() -> ra.Scene:
    """Return a new scene, empty."""
    return ra.make_scene(np.zeros((0, 3)), np.zeros((0, 3)), 1.0)


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def put(card: SourceCard, name: str, value: str) -> None:
    """Type a value."""
    field = card.options.findChild(QWidget, name)
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, value)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def add(qtbot: QtBot, window: Window) -> Callable[[str, int], ra.Scene]:
    """What adds so many bodies from a source by the card, and returns the scene."""

    def add(name: str, count: int, text: str = "") -> ra.Scene:
        if (card := open_card(window.viewport)) is None:
            window.viewport.setFocus()
            QTest.keyClick(window.viewport, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
            card = open_card(window.viewport)
        assert card is not None
        card.choose(name)
        if text:
            QTest.keyClicks(card.word, text)
        put(card, "count", str(count))
        QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not window.studio.sources.busy)
        qtbot.waitUntil(lambda: window.studio.session.arrived)
        return window.studio.session.scene

    return add


def spin_in_a_step(scene: ra.Scene) -> float:
    """Return how far a core turns in a step, radians."""
    (flow,) = scene.flows
    strongest = float(np.abs(flow.values["circulation"]).max())
    return strongest / (2 * np.pi * float(flow.values["core"]) ** 2) * scene.timing.step_seconds


def test_a_pair_of_vortices_in_a_new_scene_glows_lies_flat_and_travels_to_the_right(window: Window, add) -> None:
    before = window.studio.session.scene
    scene = add("vortex_pair", 60)
    assert scene.planar
    assert (scene.look.style, window.studio.session.view.flat) == ("glow", True)
    assert len(np.unique(scene.bodies.color, axis=0)) > 2
    assert 0 < spin_in_a_step(scene) <= CALM * 1.01
    play = ra.Playhead(scene)
    play.seek(25)
    assert (play.position[:2, 0] > scene.bodies.position[:2, 0]).all()
    assert play.position[:2, 1] == pytest.approx(scene.bodies.position[:2, 1], abs=1e-3)
    QTest.keyClick(window.viewport, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.studio.session.scene is before


def test_all_that_is_added_becomes_one_fluid(window: Window, add) -> None:
    add("vortex_pair", 20)
    add("stirrer", 1)
    add("smoke_disc", 30)
    scene = add("text", 12, "O")
    (flow,) = scene.flows
    assert flow.bodies.tolist() == list(range(63))
    assert np.flatnonzero(flow.values["circulation"]).tolist() == [0, 1, 20]
    assert np.flatnonzero(scene.bodies.pinned).tolist() == [20]
    assert spin_in_a_step(scene) <= CALM * 1.01
    assert window.studio.session.history.count() == 4


def test_what_the_add_tool_puts_into_a_fluid_is_smoke(window: Window, add, hand) -> None:
    before = add("vortex_pair", 20)
    session, middle = window.studio.session, window.viewport.rect().center()
    window.viewport.canvas.take(tools()["add"])
    QTest.mouseClick(window.viewport, Qt.MouseButton.LeftButton, pos=middle)
    hand.drag(window.viewport, [middle + QPoint(30 * step, 60) for step in range(4)])
    (flow,) = session.scene.flows
    assert session.scene.bodies.count > 22
    assert flow.bodies.tolist() == list(range(session.scene.bodies.count))
    assert flow.values["circulation"][:20].tolist() == before.flows[0].values["circulation"].tolist()
    assert not flow.values["circulation"][20:].any()


def test_a_ring_of_smoke_is_a_closed_loop_whose_links_are_no_longer_than_its_core(window: Window, add) -> None:
    scene = add("smoke_ring", 120)
    (flow,) = scene.flows
    assert not scene.planar
    assert np.bincount(flow.links.ravel()).tolist() == [2] * len(flow.links)
    way = np.diff(scene.bodies.position[flow.links], axis=1)[:, 0]
    assert np.linalg.norm(way, axis=1).max() <= float(flow.values["core"])
    assert 0 < spin_in_a_step(scene) <= CALM * 1.01
    play = ra.Playhead(scene)
    play.seek(13)
    risen = play.position - scene.bodies.position
    assert (risen[: len(flow.links), 2] > 0).all()
    assert np.abs(play.position).max() < 10


def test_vortices_are_refused_where_bodies_stand_in_space_with_what_to_do(window: Window, add) -> None:
    before = add("ring", 5)
    assert add("vortex_pair", 20) is before
    assert "all in one plane" in window.toast.text()


def test_a_ring_that_is_no_longer_resolved_is_said_once(qtbot: QtBot, window: Window, add) -> None:
    add("smoke_ring", 40)
    session, said = window.studio.session, []
    session.told.connect(said.append)
    session.attempt(Sentence("Set"), lambda scene: ra.edits.set_values(scene, "flows", 0, core=0.15))
    qtbot.waitUntil(lambda: bool(said))
    session.show(2)
    qtbot.waitUntil(lambda: session.arrived)
    assert list(map(str, said)) == [
        "Vortex filaments: stretched from frame 1 on; the fluid is no longer resolved.",
    ]


def test_a_ring_with_a_thin_core_asks_for_more_bodies(window: Window, add) -> None:
    add("smoke_ring", 40)
    QTest.keyClick(window.viewport, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    card = open_card(window.viewport)
    assert card is not None
    put(card, "core", "0.01")
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert window.studio.session.scene.bodies.count == 0
