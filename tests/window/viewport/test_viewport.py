import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from revanim.draw import camera
from revanim.scene.scene import View
from revanim.window.window import Window

Button, Key = Qt.MouseButton, Qt.Key
Control, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
DRAG = [QPoint(300, 300), QPoint(330, 310), QPoint(360, 330)]


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def place(window: Window, body: int) -> QPoint:
    """Return where a body is on the picture."""
    shot, viewport = window.studio.session.shot, window.viewport
    assert shot is not None
    seen = camera.project(window.studio.session.view, viewport.width(), viewport.height(), shot.position)
    return QPoint(round(seen.x[body]), round(seen.y[body]))


def chosen(window: Window) -> list[int]:
    """Return the bodies that are selected."""
    return np.flatnonzero(window.studio.session.selection).tolist()


def painted(qtbot: QtBot, window: Window) -> QImage:
    """Return the next picture."""
    before = window.viewport.image
    window.viewport.request()
    qtbot.waitUntil(lambda: window.viewport.image is not before)
    return window.viewport.image


@pytest.mark.parametrize(
    ("button", "keys", "scheme", "changed"),
    [
        (Button.MiddleButton, Qt.KeyboardModifier.NoModifier, "blender", {"yaw", "pitch"}),
        (Button.RightButton, Qt.KeyboardModifier.NoModifier, "blender", {"yaw", "pitch"}),
        (Button.MiddleButton, Shift, "blender", {"target"}),
        (Button.MiddleButton, Control, "blender", {"distance", "target"}),
        (Button.LeftButton, Alt, "maya", {"yaw", "pitch"}),
        (Button.MiddleButton, Alt, "maya", {"target"}),
        (Button.RightButton, Alt, "maya", {"distance", "target"}),
    ],
)
def test_a_drag_orbits_pans_or_zooms_as_the_mouse_scheme_says(
    window: Window, hand, button: Qt.MouseButton, keys: Qt.KeyboardModifier, scheme: str, changed: set[str]
) -> None:
    window.follow_mouse_scheme(scheme)
    before = window.studio.session.view
    hand.drag(window.viewport, DRAG, button, keys)
    after = window.studio.session.view
    assert {name for name in View.__dataclass_fields__ if getattr(before, name) != getattr(after, name)} == changed
    assert not window.studio.session.history.canUndo()


def test_a_flat_view_slides_where_a_free_one_orbits(window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_D)
    before = window.studio.session.view
    assert before.flat
    hand.drag(window.viewport, DRAG, Button.MiddleButton)
    after = window.studio.session.view
    assert (before.yaw, before.pitch) == (after.yaw, after.pitch)
    assert before.target != after.target


def test_escape_puts_the_camera_back(window: Window, hand) -> None:
    before = window.studio.session.view
    window.viewport.setFocus()
    hand.press(window.viewport, DRAG[0], Button.MiddleButton)
    hand.move(window.viewport, DRAG[2], Button.MiddleButton)
    assert window.studio.session.view != before
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.session.view == before


def test_the_wheel_comes_nearer(window: Window, wheel) -> None:
    before = window.studio.session.view.distance
    wheel(window.viewport, QPoint(200, 200), 120)
    assert window.studio.session.view.distance < before


def test_a_frames_all_bodies(window: Window) -> None:
    window.studio.session.look_from(View(target=(50.0, 0.0, 0.0), distance=1.0))
    QTest.keyClick(window.viewport, Key.Key_A)
    inside = [window.viewport.rect().contains(place(window, body)) for body in range(5)]
    assert all(inside)


def test_a_click_selects_shift_adds_and_control_takes_away(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    viewport = window.viewport
    QTest.mouseClick(viewport, Button.LeftButton, pos=place(window, 1))
    assert chosen(window) == [1]
    QTest.mouseClick(viewport, Button.LeftButton, Shift, place(window, 3))
    assert chosen(window) == [1, 3]
    QTest.mouseClick(viewport, Button.LeftButton, Control, place(window, 1))
    assert chosen(window) == [3]
    QTest.mouseClick(viewport, Button.LeftButton, pos=QPoint(3, 3))
    assert chosen(window) == []


def test_a_box_selects_what_is_in_it(qtbot: QtBot, window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    hand.drag(window.viewport, [QPoint(2, 2), QPoint(200, 200), window.viewport.rect().bottomRight() - QPoint(2, 2)])
    assert chosen(window) == [0, 1, 2, 3, 4]
    corner = place(window, 2) + QPoint(6, 6)
    hand.drag(window.viewport, [corner - QPoint(12, 12), corner], keys=Control)
    assert 2 not in chosen(window)


def test_f_frames_what_is_selected(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    everything = window.studio.session.view
    QTest.mouseClick(window.viewport, Button.LeftButton, pos=place(window, 1))
    QTest.keyClick(window.viewport, Key.Key_F)
    assert window.studio.session.view.target != everything.target
    assert (place(window, 1) - window.viewport.rect().center()).manhattanLength() < 4


def test_a_selection_shows_in_the_picture(qtbot: QtBot, window: Window) -> None:
    before = painted(qtbot, window).copy()
    QTest.keyClick(window.viewport, Key.Key_A, Control)
    # The picture may be there before the key's event has been dealt with, so do not wait for the next one.
    qtbot.waitUntil(lambda: window.viewport.image != before)


def test_the_picture_follows_the_size_of_the_viewport(qtbot: QtBot, window: Window) -> None:
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.viewport.image.deviceIndependentSize().toSize() == window.viewport.size())


def test_t_shows_trails_as_an_undo_step(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_T)
    trail = window.studio.session.scene.look.trail
    assert trail > 0
    qtbot.waitUntil(lambda: window.studio.session.shot is not None and window.studio.session.shot.trail is not None)
    qtbot.waitUntil(lambda: len(window.studio.session.shot.trail) == trail + 1)
    window.studio.session.history.undo()
    qtbot.waitUntil(lambda: window.studio.session.shot is not None and window.studio.session.shot.trail is None)


def context_menu(window: Window) -> QMenu | None:
    """Return the menu that is open over the picture."""
    return next((menu for menu in window.viewport.findChildren(QMenu, "context") if menu.isVisible()), None)


@pytest.mark.parametrize("scheme", ["blender", "maya"])
def test_a_right_click_on_a_body_offers_what_can_be_done_with_it(qtbot: QtBot, window: Window, scheme: str) -> None:
    window.follow_mouse_scheme(scheme)
    QTest.keyClick(window.viewport, Key.Key_A)
    spot, view = place(window, 3), window.studio.session.view
    QTest.mouseClick(window.viewport, Button.RightButton, pos=spot)
    menu = context_menu(window)
    assert menu is not None
    assert window.studio.session.selection.tolist() == [False, False, False, True, False]
    assert window.studio.session.view == view
    texts = [action.text() for action in menu.actions()]
    assert {"Move", "Pin", "Isolate", "Set Key Here", "Add Bodies From…"} <= set(texts)
    menu.actions()[texts.index("Pin")].trigger()
    assert window.studio.session.scene.bodies.pinned.tolist() == [False, False, False, True, False]
    menu.close()
    window.studio.session.select(np.ones(5, np.bool_))
    QTest.mouseClick(window.viewport, Button.RightButton, pos=spot)  # it is selected, and so are the others
    assert window.studio.session.selection.all()
    context_menu(window).close()


def test_a_right_drag_turns_and_offers_nothing(window: Window, hand) -> None:
    view = window.studio.session.view
    hand.drag(window.viewport, [QPoint(100, 100), QPoint(140, 120), QPoint(160, 130)], Button.RightButton)
    assert window.studio.session.view != view
    assert context_menu(window) is None


def test_the_menu_key_opens_it_too(window: Window) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(window.viewport, event)
    assert context_menu(window) is not None
    context_menu(window).close()
