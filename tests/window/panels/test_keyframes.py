"""Keyframes and the solver, worked by mouse and keyboard in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.file import encode
from revanim.sentence import Sentence
from revanim.session.threads import solve as solve_thread
from revanim.window.panels.keyframes import Keyframes
from revanim.window.panels.solver import SolverPanel
from revanim.window.timeline.face import KEYS
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Alt, Control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def scene(rods: ra.Scene) -> ra.Scene:
    """A pendulum."""
    return rods


def at(window: Window, place: Floats) -> QPoint:
    """Return where a place of the scene is on the picture."""
    viewport = window.viewport
    seen = camera.project(window.studio.session.view, viewport.width(), viewport.height(), np.atleast_2d(place))
    return QPoint(round(seen.x[0]), round(seen.y[0]))


def body_at(window: Window, body: int) -> Floats:
    """Return where a body is at the frame that is shown."""
    assert window.studio.session.shot is not None
    return np.array(window.studio.session.shot.position[body])


def show(qtbot: QtBot, window: Window, frame: int) -> None:
    """Go to a frame and wait until it is shown."""
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def solved(qtbot: QtBot, window: Window) -> None:
    """Wait until nothing is being solved and there is a candidate."""
    solving = window.studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)


def drag_target(window: Window, hand, body: int, by: QPoint) -> None:
    """Drag a body with the pose tool."""
    start = at(window, body_at(window, body))
    hand.drag(window.viewport, [start + by * part / 8 for part in range(9)])


def ghost_misses(window: Window, target: Floats) -> float:
    """Return how far the ghost of the last body is from a place."""
    ghost = window.studio.solving.ghost
    return np.inf if ghost is None else float(np.linalg.norm(ghost.position[3] - target))


def diamond(window: Window, frame: int) -> QPoint:
    """Return where the diamond of a keyframe lies on the ruler."""
    return QPoint(round(window.timeline.axis.scale.x(frame)), KEYS)


def frames(window: Window) -> list[int]:
    """Return the frames of all keyframes."""
    return [key.frame for key in window.studio.session.scene.keyframes]


def with_keys(window: Window, *at_frames: int, place: tuple[float, float, float] = (0.5, -1.0, 0.0)) -> None:
    """Give the scene keyframes for the last body."""
    scene = window.studio.session.scene
    for frame in at_frames:
        scene = ra.edits.add_keyframe(scene, frame, [3], position=[place], axes=(True, True, False))
    window.studio.session.edit(Sentence("Set keys"), scene)


def test_a_pose_is_set_solved_accepted_hit_and_undone(qtbot: QtBot, window: Window, hand) -> None:
    studio = window.studio
    first = encode(studio.session.scene, b"")
    show(qtbot, window, 20)
    before = body_at(window, 3)
    QTest.keyClick(window.viewport, Key.Key_V)
    drag_target(window, hand, 3, QPoint(-40, -16))
    assert frames(window) == [20]
    (key,) = studio.session.scene.keyframes
    assert key.bodies.tolist() == [3]
    assert at(window, key.position) == at(window, before) + QPoint(-40, -16)
    assert np.array_equal(body_at(window, 3), before)

    QTest.keyClick(window.viewport, Key.Key_Return, Control)
    solved(qtbot, window)
    assert studio.session.history.undoText() == "Move target"
    qtbot.waitUntil(lambda: ghost_misses(window, key.position[0]) < 1e-6)
    QTest.keyClick(window.viewport, Key.Key_Return)
    assert studio.session.history.undoText() == "Solve"
    assert studio.solving.candidate is None

    show(qtbot, window, 1)
    show(qtbot, window, 20)
    assert np.linalg.norm(body_at(window, 3) - key.position[0]) < 1e-6
    for _ in range(2):
        QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert encode(studio.session.scene, b"") == first
    assert not studio.session.history.canUndo()


def test_the_motion_bends_while_a_target_is_dragged(
    qtbot: QtBot, window: Window, hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve_thread, "LIVE_WALK", np.inf)  # here the hand waits, however slow the machine is
    show(qtbot, window, 12)
    QTest.keyClick(window.viewport, Key.Key_V)
    start, solving = at(window, body_at(window, 3)), window.studio.solving
    hand.press(window.viewport, start)
    hand.move(window.viewport, start + QPoint(-20, -8))
    qtbot.waitUntil(lambda: solving.candidate is not None)
    hand.move(window.viewport, start + QPoint(-24, -9))
    (draft,) = window.studio.keyframes.all
    qtbot.waitUntil(lambda: ghost_misses(window, draft.position[0]) < 1e-3)
    assert not window.studio.session.scene.keyframes
    QTest.mouseRelease(window.viewport, Left, pos=start + QPoint(-24, -9))
    assert window.studio.session.scene.keyframes == (draft,)
    solved(qtbot, window)
    assert solving.progress.miss < 1e-6


def test_a_hand_that_rests_is_followed_however_long_that_takes(
    qtbot: QtBot, window: Window, hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve_thread, "LIVE_WALK", 0.0)  # every walk takes longer
    show(qtbot, window, 12)
    QTest.keyClick(window.viewport, Key.Key_V)
    start = at(window, body_at(window, 3))
    hand.press(window.viewport, start)
    hand.move(window.viewport, start + QPoint(-20, -8))
    (draft,) = window.studio.keyframes.all
    qtbot.waitUntil(lambda: window.studio.solving.candidate is not None)
    qtbot.waitUntil(lambda: ghost_misses(window, draft.position[0]) < 1e-3)
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.solving.candidate is None


def test_the_rows_stay_while_a_target_is_dragged(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 12)
    QTest.keyClick(window.viewport, Key.Key_V)
    panel, start = window.dock("keyframes").widget(), at(window, body_at(window, 3))
    hand.press(window.viewport, start)
    hand.move(window.viewport, start + QPoint(-20, -8))
    (row,) = panel.rows
    hand.move(window.viewport, start + QPoint(-24, -9))
    assert panel.rows == [row]
    assert (row.key,) == window.studio.keyframes.all
    QTest.mouseRelease(window.viewport, Left, pos=start + QPoint(-24, -9))
    (key,) = window.studio.session.scene.keyframes
    assert row.key is key


def test_escape_takes_a_target_back(window: Window, hand, qtbot: QtBot) -> None:
    show(qtbot, window, 12)
    before = window.studio.session.scene
    QTest.keyClick(window.viewport, Key.Key_V)
    start = at(window, body_at(window, 3))
    hand.press(window.viewport, start)
    hand.move(window.viewport, start + QPoint(30, 10))
    assert len(window.studio.keyframes.all) == 1
    QTest.keyClick(window.viewport, Key.Key_Escape)
    assert window.studio.session.scene is before
    assert not window.studio.keyframes.all
    assert not window.studio.session.history.canUndo()


def test_a_target_can_be_dragged_again_and_others_join_its_key(qtbot: QtBot, window: Window, hand) -> None:
    show(qtbot, window, 12)
    QTest.keyClick(window.viewport, Key.Key_V)
    drag_target(window, hand, 3, QPoint(60, 60))
    first = window.studio.session.scene.keyframes[0].position[0]
    start = at(window, first)
    hand.drag(window.viewport, [start, start - QPoint(10, 0), start - QPoint(40, 0)])
    (key,) = window.studio.session.scene.keyframes
    assert at(window, key.position[0]) == start - QPoint(40, 0)
    drag_target(window, hand, 1, QPoint(0, 40))
    (key,) = window.studio.session.scene.keyframes
    assert sorted(key.bodies) == [1, 3]
    assert window.studio.session.history.count() == 3


def test_a_target_at_home_is_refused_in_words(window: Window, hand) -> None:
    QTest.keyClick(window.viewport, Key.Key_V)
    drag_target(window, hand, 3, QPoint(40, 0))
    assert not window.studio.session.scene.keyframes
    assert "start at frame 1" in window.toast.text()


def test_i_asks_for_the_pose_of_all_free_bodies_and_s_for_the_selected_ones(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, 10)
    QTest.keyClick(window.viewport, Key.Key_I)
    (key,) = window.studio.session.scene.keyframes
    assert key.bodies.tolist() == [1, 2, 3]
    assert np.array_equal(key.position, window.studio.session.shot.position[1:])
    show(qtbot, window, 30)
    window.studio.session.select(np.arange(4) == 2)
    window.timeline.ruler.setFocus()  # in the viewport S scales what is selected
    QTest.keyClick(window.timeline.ruler, Key.Key_S)
    assert window.studio.session.scene.keyframes[1].bodies.tolist() == [2]
    assert window.studio.session.history.undoText() == "Set key"


def test_up_and_down_go_from_key_to_key(window: Window) -> None:
    with_keys(window, 10, 25, 40)
    passed = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_Up):
        QTest.keyClick(window.viewport, key)
        passed.append(window.studio.session.frame)
    assert passed == [10, 25, 40, 40, 25, 10, 10]


def test_a_diamond_is_dragged_copied_and_deleted(window: Window, hand) -> None:
    with_keys(window, 10, 25)
    ruler = window.timeline.ruler
    hand.drag(ruler, [diamond(window, 10), diamond(window, 12), diamond(window, 14)])
    assert frames(window) == [14, 25]
    assert window.studio.session.history.count() == 2
    hand.drag(ruler, [diamond(window, 25), diamond(window, 30), diamond(window, 40)], keys=Alt)
    assert frames(window) == [14, 25, 40]
    assert [key.frame for key in window.studio.keyframes.selected] == [40]
    QTest.keyClick(ruler, Key.Key_Delete)
    assert frames(window) == [14, 25]
    QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert frames(window) == [14, 25, 40]


def test_a_click_on_a_diamond_goes_there_and_a_box_selects_several(window: Window, hand) -> None:
    with_keys(window, 10, 25, 40)
    ruler = window.timeline.ruler
    QTest.mouseClick(ruler, Left, pos=diamond(window, 25))
    assert window.studio.session.frame == 25
    assert [key.frame for key in window.studio.keyframes.selected] == [25]
    low = QPoint(0, KEYS)
    hand.drag(ruler, [diamond(window, 5) + low, diamond(window, 20) + low, diamond(window, 30) + low], keys=Control)
    assert sorted(key.frame for key in window.studio.keyframes.selected) == [10, 25]
    hand.drag(ruler, [diamond(window, 25), diamond(window, 28)])
    assert frames(window) == [13, 28, 40]


def test_a_key_cannot_be_dragged_before_home(window: Window, hand) -> None:
    with_keys(window, 10)
    hand.drag(window.timeline.ruler, [diamond(window, 10), diamond(window, 4), diamond(window, 1)])
    assert frames(window) == [10]
    assert "start at frame 1" in window.toast.text()


def test_escape_leaves_a_dragged_diamond_where_it_was(window: Window, hand) -> None:
    with_keys(window, 10)
    ruler = window.timeline.ruler
    ruler.setFocus()
    hand.press(ruler, diamond(window, 10))
    hand.move(ruler, diamond(window, 30))
    QTest.keyClick(ruler, Key.Key_Escape)
    assert frames(window) == [10]
    assert window.studio.session.history.count() == 1


def test_cancel_keeps_the_best_so_far(qtbot: QtBot, window: Window) -> None:
    with_keys(window, 50, 60, place=(2.5, 2.5, 0.0))  # which the rods do not reach, so that it comes nearer and nearer
    solving = window.studio.solving
    QTest.keyClick(window.viewport, Key.Key_Return, Control)
    qtbot.waitUntil(lambda: solving.progress is not None and solving.progress.iteration > 1)
    QTest.keyClick(window.viewport, Key.Key_Period, Control)
    assert not solving.running
    best = solving.progress.cost
    assert best < solving.costs[0]
    assert solving.candidate is not None
    panel = window.dock("solver").widget()
    assert isinstance(panel, SolverPanel)
    assert panel.accept.isEnabled()
    QTest.mouseClick(panel.discard, Left)
    assert solving.candidate is None
    assert window.studio.session.history.count() == 1


def test_a_solve_of_a_scene_that_is_edited_is_set_aside(qtbot: QtBot, window: Window) -> None:
    with_keys(window, 50, 60)
    solving = window.studio.solving
    solving.start()
    qtbot.waitUntil(lambda: solving.candidate is not None)
    window.studio.session.edit(
        Sentence("Kick"), ra.edits.set_motion(window.studio.session.scene, [3], velocity=[[1.0, 0.0, 0.0]])
    )
    assert not solving.running
    assert solving.candidate is None
    assert "set aside" in window.toast.text()


def test_another_look_does_not_disturb_a_solve(qtbot: QtBot, window: Window) -> None:
    with_keys(window, 12)
    solving = window.studio.solving
    solving.start()
    solved(qtbot, window)
    QTest.keyClick(window.viewport, Key.Key_T)
    assert solving.candidate is not None
    trail = window.studio.session.scene.look.trail
    QTest.keyClick(window.viewport, Key.Key_Return)
    assert window.studio.session.scene.look.trail == trail
    assert window.studio.session.scene.bodies.state is not solving.candidate


def test_a_solve_without_keys_or_controls_says_what_is_missing(qtbot: QtBot, window: Window) -> None:
    window.studio.solving.start()
    qtbot.waitUntil(lambda: "no keyframe" in window.toast.text())
    with_keys(window, 12)
    panel = window.dock("solver").widget()
    panel.may_change.boxes["velocity"].click()
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: "Nothing may change" in panel.findings.why.text())
    assert panel.findings.remedy.text() == "Choose by itself"
    assert not window.studio.solving.running


def test_forces_can_be_ticked_under_their_fold(window: Window) -> None:
    panel = window.dock("solver").widget()
    assert {"velocity", "nudge", "uniform.acceleration", "rod.length"} <= panel.may_change.boxes.keys()
    panel.may_change.forces.click()
    panel.may_change.boxes["uniform.acceleration"].click()
    assert window.studio.solving.choices.controls == ("velocity", "uniform.acceleration")
    still = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0])
    window.studio.session.open(still)
    assert window.studio.solving.choices.controls == ("velocity",)
    assert "uniform.acceleration" not in panel.may_change.boxes


def test_nudges_are_solved_for_and_stay_in_the_scene(qtbot: QtBot, window: Window) -> None:
    with_keys(window, 17)
    panel = window.dock("solver").widget()
    panel.may_change.boxes["velocity"].click()
    panel.may_change.boxes["nudge"].click()
    QTest.mouseClick(panel.button, Left)
    solved(qtbot, window)
    QTest.mouseClick(panel.accept, Left)
    assert [part.kind for part in window.studio.session.scene.forces] == ["uniform", "rod", "nudge"]
    show(qtbot, window, 17)
    assert window.studio.keyframes.misses[window.studio.session.scene.keyframes[0]] < 1e-3


def test_the_panel_lists_the_keys_and_edits_them(qtbot: QtBot, window: Window) -> None:
    panel = window.dock("keyframes").widget()
    assert isinstance(panel, Keyframes)
    assert panel.teach.isVisibleTo(panel)
    with_keys(window, 10, 25)
    assert [row.frame.text() for row in panel.rows] == ["10", "25"]
    assert not panel.teach.isVisibleTo(panel)
    panel.rows[1].nail.click()
    assert [key.nail for key in window.studio.session.scene.keyframes] == [False, True]
    field = panel.rows[0].weight
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2.5")
    QTest.keyClick(field, Key.Key_Return)
    assert window.studio.session.scene.keyframes[0].weight == 2.5
    QTest.mouseClick(panel.rows[1], Left)
    assert window.studio.session.frame == 25
    show(qtbot, window, 25)
    qtbot.waitUntil(lambda: "off" in panel.rows[1].miss.text())
    assert "%" in panel.rows[1].miss.text()


def test_hit_this_pose_nails_the_key_at_the_playhead_and_solves(qtbot: QtBot, window: Window) -> None:
    with_keys(window, 12)
    show(qtbot, window, 12)
    QTest.mouseClick(window.findChild(QPushButton, "hit"), Left)
    assert window.studio.session.scene.keyframes[0].nail
    solved(qtbot, window)
    assert window.studio.solving.progress.miss < 1e-3


def test_the_keyframes_come_to_the_front_with_a_scene_that_has_some(qtbot: QtBot, window: Window, scene) -> None:
    panel = window.dock("keyframes").widget()
    assert panel.visibleRegion().isEmpty()
    window.studio.session.open(ra.edits.add_keyframe(scene, 12, [3], position=[[0.5, -1.0, 0.0]]))
    qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())


def test_a_window_that_is_closed_while_solving_leaves_no_thread(qtbot: QtBot, new_window: Window) -> None:
    with_keys(new_window, 50, 60)
    solving = new_window.studio.solving
    solving.start()
    qtbot.waitUntil(lambda: solving.progress is not None)
    assert solving.running
    new_window.leave()  # whatever it would ask
    assert not solving._solver.runner.isRunning()
    assert not solving._ghosts.runner.isRunning()


# What cannot be: one sentence in a toast, and the scene is what it was.


def test_two_nails_that_contradict_each_other_are_refused(window: Window) -> None:
    scene = ra.edits.add_keyframe(window.studio.session.scene, 12, [3], position=[[0.5, -1.0, 0.0]], nail=True)
    window.studio.session.edit(Sentence("Set keys"), ra.edits.add_keyframe(scene, 12, [3], position=[[0.0, -1.0, 0.0]]))
    before = window.studio.session.scene
    panel = window.dock("keyframes").widget()
    panel.rows[1].nail.click()
    assert window.studio.session.scene is before
    assert "Two nails want body 3 at two places at frame 12, 0.5 apart; remove one." in window.toast.text()
    assert not panel.rows[1].nail.isChecked()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("weight", "nan", "is not a number"),
        ("weight", "-1", "is not a number from 0 up"),
        ("weight", "1e999", "leads to no finite number"),
        ("tolerance", "0", "is not a number above 0"),
    ],
)
def test_a_field_of_a_key_refuses_what_is_no_number(window: Window, name: str, text: str, sentence: str) -> None:
    with_keys(window, 12)
    panel = window.dock("keyframes").widget()
    panel.rows[0].nail.click()
    before, field = window.studio.session.scene, getattr(panel.rows[0], name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)
    assert window.studio.session.scene is before
    assert sentence in window.toast.text()


@pytest.mark.parametrize("by", ["frame", "window"])
def test_a_key_is_not_moved_before_home_by_its_fields(window: Window, by: str) -> None:
    with_keys(window, 12)
    before = window.studio.session.scene
    change = {"frame": 0} if by == "frame" else {"window": (0, 20)}
    window.studio.keyframes.change(before.keyframes[0], "Change", **change)
    assert window.studio.session.scene is before
    assert "must come after the home frame 1" in window.toast.text()


def test_a_target_that_the_hand_has_left_behind_is_solved_in_earnest(qtbot: QtBot, window: Window, hand) -> None:
    far = ra.edits.add_keyframe(
        window.studio.session.scene, 40, [3], position=[[-0.9, 0.9, 0.0]], axes=(True, True, False)
    )
    window.studio.session.edit(Sentence("Set key"), far)
    show(qtbot, window, 40)
    QTest.keyClick(window.viewport, Key.Key_V)
    start, solving = at(window, far.keyframes[0].position[0]), window.studio.solving
    hand.drag(window.viewport, [start + QPoint(step, step) for step in range(0, 12, 2)])
    qtbot.waitUntil(lambda: solving.running or solving.misses != {})
    solved(qtbot, window)
    assert solving.progress.miss < 1e-3 * solving.size


def test_alt_copies_a_diamond_also_when_it_is_pressed_during_the_drag(window: Window, hand) -> None:
    with_keys(window, 10)
    ruler = window.timeline.ruler
    hand.press(ruler, diamond(window, 10))
    hand.move(ruler, diamond(window, 20))
    hand.move(ruler, diamond(window, 30), keys=Alt)
    QTest.mouseRelease(ruler, Left, Alt, diamond(window, 30))
    assert frames(window) == [10, 30]
