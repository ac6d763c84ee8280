"""The takes panel: keep, switch, rename, compare and remove, each one undo step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.panels.takes import Takes
from revanim.window.window import Window


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def panel(window: Window) -> Takes:
    """Return the panel, in front."""
    return window.bring("takes").widget()


def press(button: object) -> None:
    """Press a button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names(takes: Takes) -> list[str]:
    """Return what the list says."""
    return [takes.list.item(row).text() for row in range(takes.list.count())]


def test_a_take_is_kept_switched_and_undone(window: Window) -> None:
    takes, first = panel(window), window.studio.session.scene
    assert takes.teach.isVisible()
    press(takes.keep)
    assert names(takes) == ["Take 1", "Take 2   in front"]
    window.studio.session.edit(Sentence("Mass"), ra.edits.set_bodies(window.studio.session.scene, [0], mass=9.0))
    takes.list.setCurrentRow(0)
    takes.list.itemActivated.emit(takes.list.item(0))
    assert window.studio.session.scene.bodies is first.bodies
    assert names(takes) == ["Take 1   in front", "Take 2"]
    for _ in range(3):
        window.studio.session.history.undo()
    assert window.studio.session.scene is first
    assert takes.teach.isVisible()


def test_a_take_behind_is_seen_as_a_ghost_where_the_playhead_is(qtbot: QtBot, window: Window) -> None:
    takes = panel(window)
    press(takes.keep)
    window.studio.session.edit(
        Sentence("Move"), ra.edits.set_motion(window.studio.session.scene, [0], position=[[3.0, 0.0, 0.0]])
    )
    takes.list.setCurrentRow(0)
    press(takes.compare)
    qtbot.waitUntil(lambda: window.studio.takes.ghost is not None)
    window.studio.session.show(30)
    qtbot.waitUntil(lambda: window.studio.session.arrived and window.studio.takes.ghost.frame == 30)
    other = ra.Playhead(window.studio.takes.scene)
    other.seek(30)
    assert (window.studio.takes.ghost.position == other.position).all()
    press(takes.compare)
    assert window.studio.takes.ghost is None


def test_a_name_that_is_taken_is_refused_and_the_old_one_stays(window: Window) -> None:
    takes = panel(window)
    press(takes.keep)
    takes.list.item(1).setText("Take 1")
    assert window.toast.isVisible()
    assert names(takes) == ["Take 1", "Take 2   in front"]
    takes.list.item(1).setText("Heavier")
    assert names(takes) == ["Heavier   in front", "Take 1"]


def test_a_removed_take_comes_back_with_undo(window: Window) -> None:
    takes = panel(window)
    press(takes.keep)
    takes.list.setCurrentRow(1)
    assert not takes.remove.isEnabled()
    takes.list.setCurrentRow(0)
    press(takes.remove)
    assert names(takes) == []
    window.studio.session.history.undo()
    assert names(takes) == ["Take 1", "Take 2   in front"]


def test_the_history_lists_what_was_done_and_goes_there(window: Window) -> None:
    view = window.bring("history").widget()
    for mass in (2.0, 3.0):
        window.studio.session.edit(
            Sentence("Mass {mass:g}", mass=mass), ra.edits.set_bodies(window.studio.session.scene, [0], mass=mass)
        )
    model = view.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["As it was opened", "Mass 2", "Mass 3"]
    view.setCurrentIndex(model.index(1, 0))
    assert window.studio.session.scene.bodies.mass[0] == 2.0
