"""Bodies under the hand: moved, turned, scaled, deleted, copied and added at any frame, by real keys and presses."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.scene.file import MIMETYPE
from revanim.scene.placing import centre
from revanim.session.work import bodies as editing
from revanim.window.viewport.gizmo import gizmo_handles
from revanim.window.viewport.pull import length_step, rounded_up
from revanim.window.viewport.transform import MOVE, ROTATE
from revanim.window.window import Window

Button, Key = Qt.MouseButton, Qt.Key
Control, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def at(qtbot: QtBot, window: Window, frame: int) -> None:
    """Go to a frame."""
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def select(window: Window, *bodies: int) -> None:
    """Select some bodies, with the keyboard in the viewport."""
    window.studio.session.select(np.isin(np.arange(window.studio.session.scene.bodies.count), bodies))
    window.viewport.setFocus()


def spot(window: Window, place: np.ndarray) -> QPoint:
    """Return where a place is on the picture."""
    seen = camera.project(window.studio.session.view, window.viewport.width(), window.viewport.height(), place[None])
    return QPoint(round(seen.x[0]), round(seen.y[0]))


def keys(window: Window, text: str) -> None:
    """Type into the viewport."""
    for letter in text:
        QTest.keyClick(window.viewport, letter)


def enter(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_Return)


def test_bodies_are_moved_at_the_frame_that_is_shown_and_home_follows(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 33)
    session, before = window.studio.session, window.studio.session.scene
    seen = session.shot.position.copy()
    select(window, 1, 3)
    keys(window, "gx0.5")
    enter(window)
    after = session.scene
    assert after.timing.home == 33
    moved = after.bodies.position - seen
    assert moved[[1, 3]] == pytest.approx(np.array([[0.5, 0, 0]] * 2), abs=1e-12)
    assert not moved[[0, 2, 4]].any()
    assert session.history.count() == 1
    assert "Home is now frame 33" in window.status.hint.text()
    session.history.undo()
    assert session.scene is before
    assert session.frame == 33


def test_what_is_not_moved_keeps_every_bit(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 33)
    play = ra.Playhead(window.studio.session.scene)
    play.seek(33)
    select(window, 0)
    keys(window, "g1")
    enter(window)
    assert np.array_equal(window.studio.session.scene.bodies.state[:, 1:], play.state[:, 1:])


def test_g_follows_the_pointer_until_a_click(qtbot: QtBot, window: Window, hand) -> None:
    at(qtbot, window, 20)
    select(window, 2)
    QTest.keyClick(window.viewport, Key.Key_A)
    viewport, session = window.viewport, window.studio.session
    start = spot(window, session.scene.bodies.position[2])
    hand.move(viewport, start, Button.NoButton)
    QTest.keyClick(viewport, Key.Key_G)
    for step in (10, 25, 40):
        hand.move(viewport, start + QPoint(step, step // 2), Button.NoButton)
    assert session.history.count() == 1
    QTest.mouseClick(viewport, Button.LeftButton, pos=start + QPoint(40, 20))
    assert viewport.canvas.hand.current is None
    there = spot(window, session.scene.bodies.position[2])
    assert (there - start - QPoint(40, 20)).manhattanLength() <= 2
    assert session.history.count() == 1
    assert session.history.undoText() == "Move"
    assert session.selection.tolist() == [False, False, True, False, False]


@pytest.mark.parametrize("end", ["escape", "right"])
def test_esc_and_the_right_button_take_a_move_back_without_a_step(qtbot: QtBot, window: Window, hand, end: str) -> None:
    at(qtbot, window, 25)
    before = window.studio.session.scene
    select(window, 2)
    hand.move(window.viewport, QPoint(200, 200), Button.NoButton)
    QTest.keyClick(window.viewport, Key.Key_G)
    hand.move(window.viewport, QPoint(260, 220), Button.NoButton)
    assert window.studio.session.scene is not before
    if end == "escape":
        QTest.keyClick(window.viewport, Key.Key_Escape)
    else:
        QTest.mouseClick(window.viewport, Button.RightButton, pos=QPoint(260, 220))
    assert window.studio.session.scene is before
    assert window.studio.session.history.count() == 0
    assert window.studio.session.history.isClean()


def test_r_turns_places_and_velocities_about_the_locked_axis(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 30)
    shot = window.studio.session.shot
    select(window, 0, 1, 2, 3, 4)
    keys(window, "rz90")
    enter(window)
    middle = centre(shot.position)
    turned = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])
    bodies = window.studio.session.scene.bodies
    assert bodies.position == pytest.approx(middle + (shot.position - middle) @ turned.T, abs=1e-9)
    assert bodies.velocity == pytest.approx(shot.velocity @ turned.T, abs=1e-9)


def test_s_scales_from_the_middle_and_x_with_shift_leaves_x_alone(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 20)
    select(window, 0, 1, 2)
    place = window.studio.session.scene.bodies.position[:3]
    keys(window, "s")
    QTest.keyClick(window.viewport, Key.Key_X, Shift)
    keys(window, "2")
    enter(window)
    middle = centre(place)
    wanted = middle + (place - middle) * (1, 2, 2)
    assert window.studio.session.scene.bodies.position[:3] == pytest.approx(wanted, abs=1e-9)


def test_a_typed_value_can_be_taken_back_letter_by_letter_and_its_sign_turned(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 20)
    select(window, 4)
    place = window.studio.session.scene.bodies.position[4]
    keys(window, "gy")
    for key in ("1", "2", ".", "5", Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace, "-"):
        QTest.keyClick(window.viewport, key)
    enter(window)
    assert window.studio.session.scene.bodies.position[4] == pytest.approx(place - (0, 1, 0), abs=1e-12)


def test_no_other_key_fires_while_bodies_are_moved(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 20)
    select(window, 4)
    before = window.studio.session.scene
    keys(window, "gm tdi")
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.session.scene is before
    assert not window.studio.playback.direction
    assert not window.studio.session.view.flat


@pytest.mark.parametrize(("key", "mode"), [("w", MOVE), ("e", ROTATE)])
def test_a_handle_of_the_gizmo_moves_along_its_axis_alone(qtbot: QtBot, window: Window, hand, key, mode) -> None:
    at(qtbot, window, 20)
    QTest.keyClick(window.viewport, Key.Key_A)
    select(window, 1, 2)
    keys(window, key)
    place = window.studio.session.scene.bodies.position.copy()
    handle = next(one for one in gizmo_handles(window.viewport.canvas, mode) if one.axes == (False, False, True))
    begin, end = handle.line[[-1, 0]] if mode is MOVE else handle.line[[20, 36]]
    grip, way = (QPoint(round(x), round(y)) for x, y in (begin, begin - end))
    hand.drag(window.viewport, [grip, grip + way / 2, grip + way])
    moved = window.studio.session.scene.bodies.position - place
    assert np.abs(moved[[1, 2]]).max() > 0.01
    assert not moved[[0, 3, 4]].any()
    assert np.abs(moved[[1, 2]][:, [0, 1] if mode is MOVE else [2]]).max() < 1e-9
    assert window.studio.session.history.count() == 1


def test_a_drag_beside_the_gizmo_still_selects(qtbot: QtBot, window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_A)
    keys(window, "w")
    hand.drag(window.viewport, [QPoint(2, 2), QPoint(200, 200), window.viewport.rect().bottomRight() - QPoint(2, 2)])
    assert window.studio.session.selection.all()


def test_targets_are_moved_where_their_key_is_selected(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 40)
    select(window, 1, 2)
    QTest.keyClick(window.viewport, Key.Key_I)
    (key,) = window.studio.session.scene.keyframes
    before = window.studio.session.scene.bodies.state
    keys(window, "gz2")
    enter(window)
    (moved,) = window.studio.session.scene.keyframes
    assert moved.position == pytest.approx(key.position + np.array([0, 0, 2]), abs=1e-12)
    assert window.studio.session.scene.bodies.state is before
    assert window.studio.session.scene.timing.home == 20
    assert window.studio.session.history.undoText() == "Move targets"
    assert window.studio.keyframes.selected == {moved}


def test_x_deletes_bodies_in_the_viewport_and_del_deletes_keys_in_the_timeline(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 40)
    select(window, 1, 2)
    QTest.keyClick(window.viewport, Key.Key_I)
    window.timeline.ruler.setFocus()
    QTest.keyClick(window.timeline.ruler, Key.Key_Delete)
    assert not window.studio.session.scene.keyframes
    assert window.studio.session.scene.bodies.count == 5
    seen = window.studio.session.shot.position.copy()
    window.viewport.setFocus()
    keys(window, "x")
    scene = window.studio.session.scene
    assert scene.bodies.count == 3
    assert scene.timing.home == 40
    assert scene.bodies.position == pytest.approx(seen[[0, 3, 4]], abs=1e-12)
    window.studio.session.history.undo()
    assert window.studio.session.scene.bodies.count == 5


def test_control_d_puts_copies_aside_and_selects_them(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 25)
    select(window, 0, 4)
    QTest.keyClick(window.viewport, Key.Key_D, Control)
    assert np.flatnonzero(window.studio.session.selection).tolist() == [5, 6]
    bodies = window.studio.session.scene.bodies
    away = np.linalg.norm(bodies.position[[5, 6]] - bodies.position[[0, 4]], axis=1)
    assert ((away > 0.01) & (away < 1)).all()
    assert np.array_equal(bodies.velocity[[5, 6]], bodies.velocity[[0, 4]])


def test_shift_d_moves_the_copies_and_is_one_step_and_esc_leaves_nothing(qtbot: QtBot, window: Window, hand) -> None:
    at(qtbot, window, 25)
    select(window, 0)
    before = window.studio.session.scene
    for end in (Key.Key_Return, Key.Key_Escape):
        hand.move(window.viewport, QPoint(100, 100), Button.NoButton)
        QTest.keyClick(window.viewport, Key.Key_D, Shift)
        hand.move(window.viewport, QPoint(150, 100), Button.NoButton)
        assert window.studio.session.scene.bodies.count == 6
        QTest.keyClick(window.viewport, end)
        if end == Key.Key_Return:
            assert np.flatnonzero(window.studio.session.selection).tolist() == [5]
            assert window.studio.session.history.count() == 1
            window.studio.session.history.undo()
            at(qtbot, window, 25)
            select(window, 0)
    assert window.studio.session.scene is before
    assert np.flatnonzero(window.studio.session.selection).tolist() == [0]
    assert not window.studio.session.history.canUndo()


def test_bodies_go_from_one_window_to_another_by_the_clipboard(qtbot: QtBot, window: Window, rods: ra.Scene) -> None:
    other = Window(rods)
    qtbot.addWidget(other)
    with qtbot.waitExposed(other), qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    qtbot.waitUntil(lambda: other.studio.session.arrived)
    select(other, 1, 2, 3)
    QTest.keyClick(other.viewport, Key.Key_C, Control)
    other.studio.session.history.setClean()
    other.close()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_V, Control)
    scene = window.studio.session.scene
    assert scene.bodies.count == 8, window.toast.text()
    assert np.flatnonzero(window.studio.session.selection).tolist() == [5, 6, 7]
    (rod,) = [part for part in scene.forces if part.kind == "rod"]
    assert rod.links.tolist() == [[5, 6], [6, 7]]


def test_cut_takes_bodies_out_and_paste_brings_them_back(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 22)
    select(window, 0, 1)
    QTest.keyClick(window.viewport, Key.Key_X, Control)
    assert window.studio.session.scene.bodies.count == 3
    QTest.keyClick(window.viewport, Key.Key_V, Control)
    assert window.studio.session.scene.bodies.count == 5
    assert window.studio.session.history.count() == 2


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 nonsense"])
def test_a_clipboard_without_bodies_is_refused_in_a_sentence(window: Window, content: bytes | None) -> None:
    data = QMimeData()
    if content is None:
        data.setText("words")
    else:
        data.setData(MIMETYPE, content)
    QGuiApplication.clipboard().setMimeData(data)
    before = window.studio.session.scene
    QTest.keyClick(window.viewport, Key.Key_V, Control)
    assert window.studio.session.scene is before
    assert "clipboard" in window.toast.text()


def test_pin_holds_bodies_where_they_are_shown_and_lets_them_go(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 40)
    select(window, 2)
    seen = window.studio.session.shot.position[2].copy()
    QTest.keyClick(window.viewport, Key.Key_P, Shift)
    assert window.studio.session.scene.bodies.pinned.tolist() == [False, False, True, False, False]
    at(qtbot, window, 50)
    assert window.studio.session.shot.position[2].tolist() == seen.tolist()
    QTest.keyClick(window.viewport, Key.Key_P, Shift)
    assert not window.studio.session.scene.bodies.pinned.any()


def test_values_of_the_selection_are_set_at_the_frame_that_is_shown(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 30)
    session = window.studio.session
    select(window, 1, 2)
    assert editing.set_motion(session, velocity=np.zeros((2, 3)))
    assert not session.scene.bodies.velocity[[1, 2]].any()
    assert session.scene.timing.home == 30
    assert editing.set_bodies(session, mass=4.0)
    assert session.scene.bodies.mass.tolist() == [1, 4, 4, 1, 1]
    at(qtbot, window, 35)
    assert editing.set_bodies(session, radius=0.5, color=(9, 8, 7))
    assert session.scene.timing.home == 30
    assert session.history.undoText() == "Set radius and color"
    assert editing.move(session, (0, 0, 1))
    assert editing.rotate(session, 90)
    assert editing.scale(session, (2, 1, 1))
    assert session.scene.timing.home == 35


def test_values_that_cannot_be_are_refused_in_a_sentence(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 30)
    before = window.studio.session.scene
    select(window, 1)
    assert not editing.set_bodies(window.studio.session, mass=-1.0)
    assert "mass" in window.toast.text()
    assert not editing.set_bodies(window.studio.session, radius=float("nan"))
    assert not editing.set_motion(window.studio.session, position=[[1e12, 0, 0]])
    assert window.studio.session.scene is before


def test_a_value_beyond_the_range_moves_nothing_and_says_so(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 20)
    before = window.studio.session.scene
    select(window, 1)
    keys(window, "g9999999")
    assert "below" in window.status.hint.text() or window.studio.session.scene is not before
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.session.scene is before


def test_a_move_stops_the_playback_and_edits_what_is_seen(qtbot: QtBot, window: Window) -> None:
    select(window, 1)
    QTest.keyClick(window.viewport, Key.Key_Space)
    qtbot.waitUntil(lambda: window.studio.session.shot.frame > 24)
    keys(window, "gx1")
    enter(window)
    assert not window.studio.playback.direction
    home = window.studio.session.scene.timing.home
    assert home == window.studio.session.frame
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert window.studio.session.shot.frame == home


def test_a_planar_scene_stays_in_its_plane(qtbot: QtBot, window: Window, rods: ra.Scene) -> None:
    window.studio.session.open(rods)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    select(window, 2, 3)
    keys(window, "gz1")
    enter(window)
    keys(window, "rx45")
    enter(window)
    assert not window.studio.session.scene.bodies.state[[2, 5]].any()


def test_an_empty_scene_gets_its_first_bodies_by_a_click_and_a_drag(qtbot: QtBot, window: Window, hand) -> None:
    QTest.keyClick(window, Key.Key_N, Control)
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count == 0 and window.studio.session.arrived)
    viewport = window.viewport
    viewport.setFocus()
    keys(window, "b")
    QTest.mouseClick(viewport, Button.LeftButton, pos=QPoint(300, 200))
    assert window.studio.session.scene.bodies.count == 1
    assert (spot(window, window.studio.session.scene.bodies.position[0]) - QPoint(300, 200)).manhattanLength() <= 2
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    hand.drag(viewport, [QPoint(100, 300), QPoint(200, 300), QPoint(400, 300)])
    scene = window.studio.session.scene
    assert scene.bodies.count > 5
    assert not scene.bodies.velocity.any()
    assert window.studio.session.history.undoText() == "Spray bodies"
    window.studio.session.history.undo()
    assert window.studio.session.scene.bodies.count == 1


def test_the_wheel_with_shift_sets_how_densely_bodies_are_sprayed(qtbot: QtBot, window: Window, hand, wheel) -> None:
    at(qtbot, window, 20)
    QTest.keyClick(window.viewport, Key.Key_A)
    keys(window, "b")
    window.viewport.canvas.amounts["add"] = 20.0
    hand.drag(window.viewport, [QPoint(100, 300), QPoint(400, 300)])
    few = window.studio.session.scene.bodies.count
    hand.drag(window.viewport, [QPoint(100, 320), QPoint(250, 320)])
    window.studio.session.history.undo()
    window.viewport.canvas.amounts["add"] = 4.0
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    hand.drag(window.viewport, [QPoint(100, 320), QPoint(400, 320)])
    assert window.studio.session.scene.bodies.count - few > few - 5


def test_esc_takes_a_spray_back(qtbot: QtBot, window: Window, hand) -> None:
    at(qtbot, window, 20)
    before = window.studio.session.scene
    keys(window, "b")
    hand.press(window.viewport, QPoint(100, 300))
    hand.move(window.viewport, QPoint(300, 300))
    assert window.studio.session.scene.bodies.count > 6
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.session.scene is before
    assert not window.studio.session.history.canUndo()


@pytest.mark.parametrize(
    ("typed", "by"),
    [("1\t2\t3", (1, 2, 3)), ("1\t\t3", (1, 0, 3)), ("1\t2\t\t-", (-1, 2, 0)), ("0,5", (0.5, 0, 0))],
)
def test_tab_goes_on_to_the_figure_of_the_next_axis(
    qtbot: QtBot, window: Window, typed: str, by: tuple[float, float, float]
) -> None:
    at(qtbot, window, 20)
    select(window, 1)
    before = window.studio.session.scene.bodies.position[1]
    keys(window, f"g{typed}")
    assert not window.strip.isHidden()  # Tab has not put the panels away
    assert window.viewport.hasFocus()
    enter(window)
    assert window.studio.session.scene.bodies.position[1] - before == pytest.approx(by, abs=1e-9)
    assert window.studio.session.history.count() == 1


def test_tab_goes_through_the_axes_of_a_plane_alone(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 20)
    select(window, 1)
    before = window.studio.session.scene.bodies.position[1]
    keys(window, "g")
    QTest.keyClick(window.viewport, Key.Key_X, Shift)
    keys(window, "1\t2\t4")  # y, z, and y again
    enter(window)
    assert window.studio.session.scene.bodies.position[1] - before == pytest.approx((0, 14, 2), abs=1e-9)


def test_a_scale_takes_one_factor_for_all_axes_or_one_for_each(qtbot: QtBot, window: Window) -> None:
    at(qtbot, window, 20)
    place = window.studio.session.scene.bodies.position
    middle = centre(place)
    for typed, factor in (("2", (2, 2, 2)), ("2\t0.5", (2, 0.5, 1))):
        select(window, 0, 1, 2, 3, 4)
        keys(window, f"s{typed}")
        enter(window)
        assert window.studio.session.scene.bodies.position == pytest.approx(
            middle + (place - middle) * factor, abs=1e-9
        )
        window.studio.session.history.undo()


def test_the_way_ahead_of_what_is_moved_is_seen_until_it_is_let_go(qtbot: QtBot, window: Window, hand) -> None:
    at(qtbot, window, 30)
    select(window, 2)
    studio, viewport = window.studio, window.viewport
    hand.move(viewport, QPoint(200, 200), Button.NoButton)
    QTest.keyClick(viewport, Key.Key_G)
    hand.move(viewport, QPoint(230, 220), Button.NoButton)
    qtbot.waitUntil(lambda: studio.session.arrived and studio.viewing.dress(studio.session.shot).ahead is not None)
    way = studio.viewing.dress(studio.session.shot).ahead
    assert np.array_equal(way[0, 2], studio.session.shot.position[2])
    assert np.isnan(way[:, [0, 1, 3, 4]]).all()
    QTest.keyClick(viewport, Key.Key_Return)
    assert studio.viewing.dress(studio.session.shot).ahead is None
    assert not studio.session.scene.look.ahead


@pytest.mark.parametrize(("key", "step"), [(Key.Key_R, 5.0), (Key.Key_S, 0.1), (Key.Key_G, None)])
def test_with_ctrl_everything_goes_in_steps(qtbot: QtBot, window: Window, hand, key: Key, step: float | None) -> None:
    at(qtbot, window, 20)
    select(window, 0, 1, 2, 3, 4)
    viewport = window.viewport
    hand.move(viewport, QPoint(500, 300), Button.NoButton)
    QTest.keyClick(viewport, key)
    before = window.studio.session.scene.bodies.position
    hand.move(viewport, QPoint(537, 341), Button.NoButton, Control)
    figure = window.status.hint.text().split("  ·  ")[0]
    numbers = [float(number) for number in re.findall(r"-?[0-9]+[.][0-9]+", figure)]
    if step is None:
        by = (window.studio.session.scene.bodies.position - before)[0]
        step = length_step(window.studio.session.view, (viewport.width(), viewport.height()), centre(before))
        numbers = by.tolist()
    assert numbers
    assert np.abs(numbers).max() > step
    assert np.asarray(numbers) / step == pytest.approx(np.rint(np.asarray(numbers) / step), abs=1e-6)
    QTest.keyClick(viewport, Key.Key_Escape)


def test_steps_are_round_numbers() -> None:
    assert [rounded_up(value) for value in (0.03, 0.05, 1.0, 1.1, 7.0, 500.0, 501.0)] == pytest.approx(
        [0.05, 0.05, 1, 2, 10, 500, 1000]
    )
