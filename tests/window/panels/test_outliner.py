"""The outliner in the real window, by mouse and keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.scene import Absent
from revanim.sentence import Sentence
from revanim.session.work.forces import Place
from revanim.window.outline.model import EYE, LOCK, NAME
from revanim.window.outline.rows import Row, outline
from revanim.window.panels.outliner import Outliner
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def scene(scene: ra.Scene) -> ra.Scene:
    """Two groups, three forces and a keyframe."""
    groups = [ra.Group("Inner", np.array([0, 1])), ra.Group("Outer", np.array([2, 3, 4]))]
    forces = [*scene.forces, ra.force("uniform"), ra.force("wall")]
    scene = ra.edits.set_forces(ra.edits.set_groups(scene, groups), forces)
    return ra.edits.add_keyframe(scene, 40, [2], position=[[1.0, 0.0, 0.0]])


@pytest.fixture
def panel(window: Window) -> Outliner:
    """The panel, in front and high enough for all of its rows."""
    dock = window.bring("outliner")
    made = dock.widget()
    assert isinstance(made, Outliner)
    dock.setFloating(True)
    dock.resize(320, 640)
    return made


def rows(row: Row) -> list[Row]:
    return [one for below in row.rows for one in (below, *rows(below))]


def find(panel: Outliner, text: str) -> Row:
    """Return the row with a name."""
    return next(row for row in rows(panel.rows.root) if row.text == text)


def at(panel: Outliner, text: str, column: int = NAME) -> QPoint:
    """Return where a row is."""
    rect = panel.tree.visualRect(panel.rows.index_of(find(panel, text), column))
    assert rect.isValid(), text
    return rect.center()


def click(panel: Outliner, text: str, column: int = NAME, keys=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(panel.tree.viewport(), Left, keys, at(panel, text, column))


def selected(window: Window) -> list[int]:
    return np.flatnonzero(window.studio.session.selection).tolist()


def marked(panel: Outliner) -> set[str]:
    """Return the names of the rows that are marked."""
    return {row.text for row in panel.chosen}


def names(window: Window) -> list[str]:
    return [group.name for group in window.studio.session.scene.groups]


def kinds(window: Window) -> list[str]:
    return [part.kind for part in window.studio.session.scene.forces]


def test_a_click_on_a_group_selects_its_bodies_and_control_adds_another(window: Window, panel: Outliner) -> None:
    click(panel, "Inner")
    assert selected(window) == [0, 1]
    click(panel, "Outer", keys=Control)
    assert selected(window) == [0, 1, 2, 3, 4]
    click(panel, "Outer")
    assert selected(window) == [2, 3, 4]


def test_what_is_selected_elsewhere_is_marked(window: Window, panel: Outliner) -> None:
    window.studio.session.select(np.array([True, True, False, False, True]))
    assert "Inner" in marked(panel)
    assert "Outer" not in marked(panel)
    window.studio.session.select(np.ones(5, bool))
    assert {"All bodies", "Inner", "Outer"} <= marked(panel)
    window.studio.session.select(np.zeros(5, bool))
    assert not marked(panel)


def test_a_force_is_looked_at_and_the_bodies_stay_selected(window: Window, panel: Outliner) -> None:
    click(panel, "Inner")
    click(panel, "Floor or wall")
    assert window.studio.forces.place == Place("forces", 2)
    assert selected(window) == [0, 1]


def test_a_click_on_a_keyframe_goes_to_its_frame(qtbot: QtBot, window: Window, panel: Outliner) -> None:
    click(panel, "Frame 40")
    assert window.studio.session.frame == 40
    assert window.studio.keyframes.selected == set(window.studio.session.scene.keyframes)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def test_the_eye_hides_a_group_the_lock_locks_it_and_the_eye_of_a_force_mutes(window: Window, panel) -> None:
    before = window.studio.session.scene
    click(panel, "Outer", EYE)
    click(panel, "Inner", LOCK)
    click(panel, "Gravity (down)", EYE)
    groups = window.studio.session.scene.groups
    assert [group.hidden for group in groups] == [False, True]
    assert [group.locked for group in groups] == [True, False]
    assert [part.muted for part in window.studio.session.scene.forces] == [False, True, False]
    assert not selected(window)
    for _ in range(3):
        window.studio.session.history.undo()
    assert window.studio.session.scene is before


def rename(panel: Outliner, text: str, new: str) -> None:
    click(panel, text)
    QTest.mouseDClick(panel.tree.viewport(), Left, pos=at(panel, text))
    editor = panel.tree.viewport().findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, new)
    QTest.keyClick(editor, Key.Key_Return)


def test_a_double_click_renames_a_group_and_a_name_that_is_taken_is_refused(qtbot, window: Window, panel) -> None:
    rename(panel, "Inner", "Core")
    qtbot.waitUntil(lambda: names(window) == ["Core", "Outer"])
    rename(panel, "Core", "Outer")
    qtbot.waitUntil(lambda: "each once" in window.toast.text())
    assert names(window) == ["Core", "Outer"]


def drag(panel: Outliner, hand, text: str, onto: str, below: bool) -> None:
    """Drag a row to the upper or lower edge of another."""
    start, end = at(panel, text), at(panel, onto) + QPoint(0, 8 if below else -8)
    hand.drag(panel.tree.viewport(), [start + (end - start) * part / 6 for part in range(7)])


def test_a_drag_changes_the_order_of_groups_and_forces(window: Window, panel: Outliner, hand) -> None:
    drag(panel, hand, "Outer", "Inner", below=False)
    assert names(window) == ["Outer", "Inner"]
    drag(panel, hand, "Mutual gravity", "Floor or wall", below=True)
    assert kinds(window) == ["uniform", "wall", "gravity"]
    drag(panel, hand, "Floor or wall", "Gravity (down)", below=False)
    assert kinds(window) == ["wall", "uniform", "gravity"]
    assert window.studio.session.history.count() == 3


def test_escape_ends_a_drag_where_it_began(window: Window, panel: Outliner, hand) -> None:
    hand.press(panel.tree.viewport(), at(panel, "Outer"))
    hand.move(panel.tree.viewport(), at(panel, "Inner") - QPoint(0, 8))
    QTest.keyClick(panel.tree, Key.Key_Escape)
    QTest.mouseRelease(panel.tree.viewport(), Left, pos=at(panel, "Inner"))
    assert names(window) == ["Inner", "Outer"]
    assert not window.studio.session.history.canUndo()


def test_delete_dissolves_a_group_removes_a_force_and_a_keyframe(window: Window, panel: Outliner) -> None:
    for text in ("Outer", "Floor or wall", "Frame 40"):
        click(panel, text)
        QTest.keyClick(panel.tree, Key.Key_Delete)
    scene = window.studio.session.scene
    assert names(window) == ["Inner"]
    assert kinds(window) == ["gravity", "uniform"]
    assert not scene.keyframes
    assert scene.bodies.count == 5


def test_delete_on_a_body_deletes_it(qtbot: QtBot, window: Window, panel: Outliner) -> None:
    panel.tree.expand(panel.rows.index_of(find(panel, "All bodies")))
    click(panel, "Body 3")
    assert selected(window) == [3]
    QTest.keyClick(panel.tree, Key.Key_Delete)
    assert window.studio.session.scene.bodies.count == 4
    assert window.studio.session.scene.groups[1].bodies.tolist() == [2, 3]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_menu_of_a_group_selects_isolates_and_deletes_its_bodies(window: Window, panel: Outliner) -> None:
    choose(panel.menu_of(find(panel, "Outer")), "Select")
    assert selected(window) == [2, 3, 4]
    choose(panel.menu_of(find(panel, "Outer")), "Isolate")
    assert window.studio.viewing.shown.tolist() == [False, False, True, True, True]
    choose(panel.menu_of(find(panel, "Outer")), "Show all again")
    assert window.studio.viewing.shown.all()
    choose(panel.menu_of(find(panel, "Outer")), "Delete its bodies")
    assert window.studio.session.scene.bodies.count == 2


def test_the_button_groups_the_selected_bodies_under_a_new_name(window: Window, panel: Outliner) -> None:
    assert not panel.group.isEnabled()
    window.studio.session.select(np.array([True, False, True, False, False]))
    for _ in range(2):
        QTest.mouseClick(panel.group, Left)
    assert names(window)[2:] == ["Group 1", "Group 2"]
    assert window.studio.session.scene.groups[3].bodies.tolist() == [0, 2]


def test_search_leaves_what_has_all_the_words_and_escape_shows_everything(window: Window, panel: Outliner) -> None:
    QTest.keyClicks(panel.search, "o")
    assert {"Outer", "Gravity (down)"} <= {row.text for row in rows(panel.rows.root)}
    QTest.keyClicks(panel.search, "uter")
    assert [row.text for row in rows(panel.rows.root)] == ["Bodies", "Outer"]
    click(panel, "Outer")
    assert selected(window) == [2, 3, 4]
    QTest.keyClick(panel.search, Key.Key_Escape)
    assert "Floor or wall" in {row.text for row in rows(panel.rows.root)}


def test_what_was_folded_stays_folded_when_the_scene_changes(window: Window, panel: Outliner) -> None:
    forces = panel.rows.index_of(find(panel, "Forces"))
    panel.tree.collapse(forces)
    window.studio.session.edit(
        Sentence("More"), ra.edits.set_forces(window.studio.session.scene, window.studio.session.scene.forces[:2])
    )
    assert not panel.tree.isExpanded(panel.rows.index_of(find(panel, "Forces")))
    assert panel.tree.isExpanded(panel.rows.index_of(find(panel, "Bodies")))


def test_rows_stay_where_nothing_looks_different_and_stand_for_what_is_there_now(window: Window, panel) -> None:
    resets = []
    panel.rows.modelReset.connect(lambda: resets.append(1))
    scene = window.studio.session.scene
    window.studio.session.edit(
        Sentence("Stronger"), ra.edits.set_forces(scene, [ra.force("gravity", strength=2.0), *scene.forces[1:]])
    )
    groups = [ra.Group("Inner", np.array([3, 4])), scene.groups[1]]
    window.studio.session.edit(Sentence("Others"), ra.edits.set_groups(window.studio.session.scene, groups))
    assert not resets
    click(panel, "Inner")
    assert selected(window) == [3, 4]


def test_a_hundred_thousand_bodies_are_one_row(window: Window) -> None:
    place = np.zeros((100_000, 3))
    scene = ra.make_scene(place, place, 1.0)
    assert [row.text for row in rows(outline(scene))] == ["Bodies", "All bodies", "Forces", "Keyframes"]


def test_the_arrow_keys_walk_through_the_rows(window: Window, panel: Outliner) -> None:
    click(panel, "Inner")
    QTest.keyClick(panel.tree, Key.Key_Down)
    assert selected(window) == [2, 3, 4]
    QTest.keyClick(panel.tree, Key.Key_Up)
    assert selected(window) == [0, 1]


def test_a_force_that_is_not_installed_is_shown_as_such() -> None:
    scene = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, forces=[ra.force("gravity")])
    absent = replace(scene.forces[0], kind="breeze", muted=True, absent=Absent(muted=False))
    (row,) = [row for row in rows(outline(replace(scene, forces=(absent,)))) if row.kind == "forces"]
    assert (row.text, row.detail, row.shown) == ("Breeze", "not installed", False)
    assert row.tip == "Not installed here: it is kept as it is, and rests"
