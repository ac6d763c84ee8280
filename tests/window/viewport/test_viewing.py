"""What the viewport shows around the bodies, and through which eye, worked by keys and the mouse."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw.overlay.compass import ends
from revanim.scene.attribute import attributes
from revanim.scene.edits import set_groups, set_look
from revanim.scene.scene import Group, Scene
from revanim.sentence import Sentence
from revanim.session.threads.surroundings import Surroundings, SurroundingsWalker
from revanim.window.viewport.painter import compass_place
from revanim.window.window import Window

Button, Key = Qt.MouseButton, Qt.Key
Control, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Keypad = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def walked(scene: Scene, frame: int) -> np.ndarray:
    """Return the positions at a frame, by a playhead of its own."""
    playhead = ra.Playhead(scene)
    playhead.seek(frame)
    return playhead.position


def look(window: Window, **changes: object) -> None:
    """Change the look of the scene that is open."""
    window.studio.session.edit(Sentence("Look"), set_look(window.studio.session.scene, **changes))


def dressed(window: Window):
    """Return the shot with what is seen around it."""
    return window.studio.viewing.dress(window.studio.session.shot)


def choose(window: Window, menu: str, text: str) -> None:
    """Open a submenu of the Look menu or the View menu, and take one of its lines."""
    for top in window.menuBar().actions():
        for action in top.menu().actions() if top.menu() else ():
            if action.text() == menu and action.menu():
                action.menu().aboutToShow.emit()
                next(line for line in action.menu().actions() if line.text().startswith(text)).trigger()
                return
    raise AssertionError(menu)


# Around the frame


def test_o_shows_skins_that_stand_exactly_where_the_bodies_are_then(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_O)
    scene = window.studio.session.scene
    assert scene.look.skins == 3
    qtbot.waitUntil(lambda: len(dressed(window).skins) == 6)
    for skin in dressed(window).skins:
        assert np.array_equal(skin.position, walked(scene, 20 + skin.offset))
    assert sorted(skin.offset for skin in dressed(window).skins) == [-18, -12, -6, 6, 12, 18]
    window.studio.session.show(33)
    qtbot.waitUntil(lambda: window.studio.session.arrived and window.studio.viewing._surroundings.frame == 33)
    for skin in dressed(window).skins:
        assert np.array_equal(skin.position, walked(scene, 33 + skin.offset))
    QTest.keyClick(window.viewport, Key.Key_O)
    assert not dressed(window).skins
    window.studio.session.history.undo()
    assert window.studio.session.scene.look.skins == 3


def test_alt_t_shows_the_way_ahead_and_its_length_follows_that_of_the_trails(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_T)
    QTest.keyClick(window.viewport, Key.Key_T, Alt)
    assert window.studio.session.scene.look.ahead == window.studio.session.scene.look.trail == 24
    choose(window, "Trail Length", "6 frames")
    look_now = window.studio.session.scene.look
    assert (look_now.trail, look_now.ahead) == (6, 6)
    qtbot.waitUntil(lambda: dressed(window).ahead is not None and len(dressed(window).ahead) == 7)
    expected = [walked(window.studio.session.scene, frame) for frame in range(20, 27)]
    assert np.array_equal(dressed(window).ahead, expected)


def painted(qtbot: QtBot, window: Window) -> QImage:
    """Return the next picture."""
    before = window.viewport.image
    window.viewport.request()
    qtbot.waitUntil(lambda: window.viewport.image is not before)
    return window.viewport.image


def test_skins_are_seen_in_the_picture(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    before = painted(qtbot, window).copy()
    QTest.keyClick(window.viewport, Key.Key_O)
    qtbot.waitUntil(lambda: len(dressed(window).skins) == 6)
    qtbot.waitUntil(lambda: differs(window.viewport.image, before) > 100)


def differs(one: QImage, other: QImage) -> int:
    """Count the pixels that differ."""
    raw = [np.frombuffer(image.constBits(), np.uint32) for image in (one, other)]
    return int((raw[0] != raw[1]).sum()) if raw[0].size == raw[1].size else 0


class Orders:
    """Looks around in a thread, and keeps what came of it."""

    def __init__(self, qtbot: QtBot, parent: QCoreApplication) -> None:
        self.qtbot, self.found = qtbot, list[Surroundings]()
        self.walker = SurroundingsWalker(parent, self.found.append, parent.aboutToQuit)

    def look(self, scene: Scene, frame: int) -> Surroundings:
        """Look around a frame, and wait for it."""
        playhead = ra.Playhead(scene)
        playhead.seek(frame)
        self.found.clear()
        self.walker.walk_from(scene, frame, playhead.inner.stand)
        self.qtbot.waitUntil(lambda: bool(self.found))
        return self.found[0]


@pytest.fixture
def orders(qtbot: QtBot, qapp):
    orders = Orders(qtbot, qapp)
    yield orders
    orders.walker.runner.close()
    orders.walker.runner.deleteLater()


def exact(scene: Scene, found: Surroundings) -> bool:
    """Whether everything that was found is what a playhead sees there."""
    there = [np.array_equal(skin.position, walked(scene, found.frame + skin.offset)) for skin in found.skins]
    if found.ahead is not None:
        way = [walked(scene, found.frame + later) for later in range(len(found.ahead))]
        there.append(np.array_equal(found.ahead, way))
    return all(there)


def test_what_is_seen_around_is_exact_however_the_frame_moves(orders: Orders, scene: Scene) -> None:
    scene = set_look(scene, skins=2, spacing=4, ahead=5)
    for frame in (20, 21, 23, 22, 50, 48, 3, 4, -9):
        found = orders.look(scene, frame)
        assert found.frame == frame
        assert (len(found.skins), len(found.ahead)) == (4, 6)
        assert exact(scene, found)


def test_a_changed_look_and_a_changed_motion_are_seen_at_once(orders: Orders, scene: Scene) -> None:
    for changes in ({"skins": 1}, {"skins": 3, "ahead": 2}, {"ahead": 8}, {"skins": 0}, {"spacing": 2, "skins": 2}):
        scene = set_look(scene, **changes)
        assert exact(scene, orders.look(scene, 25))
    moved = ra.edits.set_motion(scene, [0], position=[[3.0, 0.0, 0.0]])
    assert exact(moved, orders.look(moved, 25))


def test_there_are_no_skins_beyond_the_end_of_the_motion(orders: Orders) -> None:
    push = ra.force("uniform", acceleration=(3e3, 0, 0))
    scene = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,))
    scene = set_look(scene, skins=20, spacing=3, ahead=1000)
    for frame in (1, 2, 5):
        found = orders.look(scene, frame)
        assert 0 < len(found.skins) < 40
        assert 1 < len(found.ahead) < 1001
        assert exact(scene, found)


# Colours and arrows


@pytest.mark.parametrize("name", sorted(attributes()))
def test_bodies_are_coloured_by_every_attribute_and_the_span_stays_while_time_goes_on(
    qtbot: QtBot, window: Window, name: str
) -> None:
    studio = window.studio
    choose(window, "Colour By", attributes()[name].title)
    assert studio.session.scene.look.color_by == name
    if attributes()[name].names is None:
        qtbot.waitUntil(lambda: studio.viewing.gauge is not None)
    span = studio.viewing.gauge
    studio.session.show(40)
    qtbot.waitUntil(lambda: studio.session.arrived)
    painted(qtbot, window)
    assert studio.viewing.gauge is span
    choose(window, "Colour By", "Own")
    assert studio.session.scene.look.color_by == ""


def test_accelerations_come_with_the_walk_only_when_they_are_drawn(qtbot: QtBot, window: Window) -> None:
    assert window.studio.session.shot.acceleration is None
    window.actions_by_name["accelerations"].trigger()
    qtbot.waitUntil(lambda: window.studio.session.shot.acceleration is not None)
    assert window.actions_by_name["accelerations"].isChecked()


@pytest.mark.parametrize(
    "name",
    ["tinted-trails", "onion-skins", "velocities", "accelerations", "centre-of-mass", "glow", "links", "grid", "axes"],
)
def test_every_switch_of_the_look_is_one_undo_step_and_shows_whether_it_is_on(window: Window, name: str) -> None:
    session, action = window.studio.session, window.actions_by_name[name]
    before, was_on = session.scene, action.isChecked()
    action.trigger()
    assert action.isChecked() != was_on
    session.history.undo()
    assert session.scene is before
    assert action.isChecked() == was_on


@pytest.mark.parametrize(
    ("menu", "text", "field", "value"),
    [
        ("Skins", "8 on either side", "skins", 8),
        ("Spacing", "Every frame", "spacing", 1),
        ("Body Size", "200 %", "size", 2.0),
        ("Halo", "0 %", "halo", 0.0),
        ("Exposure", "× 4", "exposure", 4.0),
        ("Background", "Green Screen", "plain", (0, 177, 64)),
        ("Background", "Transparent", "background", "checker"),
        ("Picture Size", "Square", "picture", (1080, 1080)),
    ],
)
def test_submenus_change_the_look(window: Window, menu: str, text: str, field: str, value: object) -> None:
    choose(window, menu, text)
    assert getattr(window.studio.session.scene.look, field) == value
    window.studio.session.history.undo()
    assert getattr(window.studio.session.scene.look, field) != value or field == "halo"


# Who is left


def test_slash_leaves_the_selected_bodies_and_then_all_again(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    QTest.keyClick(window.viewport, Key.Key_Slash)
    assert studio.viewing.only is None  # nothing was selected
    studio.session.select(np.arange(5) < 2)
    QTest.keyClick(window.viewport, Key.Key_Slash)
    assert studio.viewing.only.tolist() == [True, True, False, False, False]
    assert window.actions_by_name["isolate"].isChecked()
    QTest.keyClick(window.viewport, Key.Key_A, Control)
    assert np.flatnonzero(studio.session.selection).tolist() == [0, 1]
    assert not studio.session.history.canUndo()
    QTest.keyClick(window.viewport, Key.Key_Slash)
    assert studio.viewing.only is None


def test_another_scene_is_not_isolated(window: Window, rods: Scene) -> None:
    window.studio.session.select(np.arange(5) < 2)
    QTest.keyClick(window.viewport, Key.Key_Slash)
    window.studio.session.open(rods)
    assert window.studio.viewing.only is None


def test_all_is_framed_without_hidden_groups(window: Window) -> None:
    session = window.studio.session
    session.edit(Sentence("Hide"), set_groups(session.scene, [Group("rest", np.array([0, 1, 2, 3]), hidden=True)]))
    QTest.keyClick(window.viewport, Key.Key_A)
    assert np.allclose(session.view.target, session.shot.position[4], atol=1e-9)


# Through the camera


def test_zero_looks_through_the_camera_and_back(qtbot: QtBot, window: Window, hand) -> None:
    studio = window.studio
    before = studio.session.view
    QTest.keyClick(window.viewport, Key.Key_0)
    assert studio.session.view is before  # there is no camera
    window.actions_by_name["set-camera"].trigger()
    assert studio.session.scene.look.camera == before
    studio.session.look_from(replace(before, yaw=77.0))
    QTest.keyClick(window.viewport, Key.Key_0)
    assert studio.viewing.through
    assert studio.session.view.yaw == before.yaw
    assert studio.viewing.scope.frame is not None
    assert studio.viewing.to_save().look.view.yaw == 77.0
    QTest.keyClick(window.viewport, Key.Key_0)
    assert studio.session.view.yaw == 77.0
    QTest.keyClick(window.viewport, Key.Key_0)
    hand.drag(window.viewport, [QPoint(300, 300), QPoint(330, 310)], Button.MiddleButton)
    assert not studio.viewing.through  # who turns has left the camera
    studio.session.history.undo()
    assert studio.session.scene.look.camera is None


def test_the_camera_keeps_its_frame_when_the_window_or_the_picture_changes(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    window.actions_by_name["set-camera"].trigger()
    QTest.keyClick(window.viewport, Key.Key_0)
    for change in (lambda: window.resize(1100, 760), lambda: choose(window, "Picture Size", "Story")):
        change()
        qtbot.waitUntil(lambda: studio.viewing.size == (window.viewport.width(), window.viewport.height()))
        frame, picture = studio.viewing.scope.frame, studio.session.scene.look.picture
        assert studio.viewing.through
        assert window.viewport.rect().contains(frame.toRect())
        assert frame.width() / frame.height() == pytest.approx(picture[0] / picture[1])
    window.actions_by_name["remove-camera"].trigger()
    assert not studio.viewing.through
    assert not window.actions_by_name["look-through-camera"].isEnabled()


@pytest.mark.parametrize(
    ("key", "keys", "yaw", "pitch"),
    [
        (Key.Key_1, Keypad, 0.0, 0.0),
        (Key.Key_1, Keypad | Control, 180.0, 0.0),
        (Key.Key_3, Keypad, 90.0, 0.0),
        (Key.Key_3, Keypad | Control, -90.0, 0.0),
        (Key.Key_7, Keypad, 0.0, 90.0),
        (Key.Key_7, Keypad | Control, 0.0, -90.0),
    ],
)
def test_the_number_pad_looks_along_an_axis(window: Window, key: Key, keys, yaw: float, pitch: float) -> None:
    QTest.keyClick(window.viewport, key, keys)
    assert (window.studio.session.view.yaw, window.studio.session.view.pitch) == (yaw, pitch)
    assert not window.studio.session.history.canUndo()


def test_a_click_on_the_compass_looks_along_an_axis_and_another_from_behind(new_window: Window, hand) -> None:
    session, viewport = new_window.studio.session, new_window.viewport
    session.look_from(replace(session.view, flat=False))
    centre = compass_place(viewport.width())
    z = next(end for end in ends(session.view, centre) if (end.axis, end.side) == (2, 1))
    QTest.mouseClick(viewport, Button.LeftButton, pos=z.tip.toPoint())
    assert session.view.pitch == 90.0
    QTest.mouseClick(viewport, Button.LeftButton, pos=centre.toPoint())
    assert session.view.pitch == -90.0
    before = session.view
    hand.drag(viewport, [centre.toPoint(), centre.toPoint() + QPoint(20, 10), centre.toPoint() + QPoint(60, 30)])
    assert session.view.yaw != before.yaw
    assert not session.selection.any()


def test_a_drag_with_control_and_shift_goes_through_time(qtbot: QtBot, window: Window, hand) -> None:
    session, viewport = window.studio.session, window.viewport
    hand.drag(viewport, [QPoint(300, 300), QPoint(340, 300), QPoint(380, 300)], keys=Control | Shift)
    assert session.frame > 20
    assert not session.history.canUndo()
    assert not session.selection.any()
    frame = session.frame
    viewport.setFocus()
    hand.press(viewport, QPoint(300, 300), keys=Control | Shift)
    hand.move(viewport, QPoint(200, 300), keys=Control | Shift)
    assert session.frame < frame
    QTest.keyClick(viewport, Key.Key_Escape)
    assert session.frame == frame
