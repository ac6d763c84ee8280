"""The properties panel in the real window: bodies at any frame, forces and their values, the scene and its proof."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind
from revanim.scene.build import make_playhead
from revanim.sentence import Sentence
from revanim.session.work.forces import Place
from revanim.window.kit.fields.number_field import MIXED, NumberField
from revanim.window.panels.properties import Properties
from revanim.window.sections.part import PartSection
from revanim.window.sections.part_menu import GROUPS
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
FIRST = Place("forces", 0)


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


@pytest.fixture
def panel(window: Window) -> Properties:
    """The panel, in front."""
    made = window.bring("properties").widget()
    assert isinstance(made, Properties)
    made.resize(304, 900)
    return made


def number(panel, name: str) -> NumberField:
    """Return a number field by its name."""
    found = panel.findChild(NumberField, name)
    assert found is not None, name
    return found


def type_over(line: QLineEdit, text: str) -> None:
    """Double-click and type."""
    QTest.mouseDClick(line, Left)
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)


def select(window: Window, *bodies: int) -> None:
    window.studio.session.select(np.isin(np.arange(window.studio.session.scene.bodies.count), bodies))


def show(qtbot: QtBot, window: Window, frame: int) -> None:
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def press(panel, name: str) -> None:
    QTest.mouseClick(panel.findChild(QToolButton, name), Left)


def test_without_a_selection_the_bodies_teach_and_a_selection_shows_its_values(window: Window, panel) -> None:
    assert panel.bodies.teach.isVisible()
    select(window, 2)
    assert not panel.bodies.teach.isVisible()
    assert float(number(panel, "mass").text()) == 1.0
    assert number(panel, "position-x").values == window.studio.session.scene.bodies.position[2, 0]


def test_what_several_bodies_do_not_share_is_a_dash_and_typing_sets_it_for_all(window: Window, panel) -> None:
    select(window, 0, 1, 3)
    field = number(panel, "position-x")
    assert field.text() == MIXED
    type_over(field, "0.25")
    assert window.studio.session.scene.bodies.position[:, 0][[0, 1, 3]].tolist() == [0.25, 0.25, 0.25]
    assert window.studio.session.history.undoText() == "Set position"


def test_an_edit_at_another_frame_lets_home_follow_and_keeps_all_other_bits(qtbot, window: Window, panel) -> None:
    before = window.studio.session.scene
    show(qtbot, window, 33)
    expected = make_playhead(before)
    expected.seek(33)
    select(window, 1)
    type_over(number(panel, "velocity-y"), "+=0.5")
    after = window.studio.session.scene
    assert after.timing.home == 33
    assert "33" in window.status.hint.text()
    differs = after.bodies.state != expected.state
    assert np.argwhere(differs).tolist() == [[4, 1]]
    window.studio.session.history.undo()
    assert window.studio.session.scene is before


def test_looks_change_without_moving_home(qtbot, window: Window, panel) -> None:
    show(qtbot, window, 33)
    select(window, 1, 2)
    type_over(number(panel, "radius"), "0.5")
    type_over(panel.findChild(QLineEdit, "color"), "#ff8000")
    scene = window.studio.session.scene
    assert scene.timing.home == 20
    assert scene.bodies.radius[[1, 2]].tolist() == [0.5, 0.5]
    assert scene.bodies.color[2].tolist() == [255, 128, 0]


def test_a_wrong_colour_and_a_negative_mass_are_refused_in_the_status_bar(window: Window, panel) -> None:
    before = window.studio.session.scene
    select(window, 1)
    type_over(number(panel, "mass"), "-3")
    assert "mass" in window.status.hint.text()
    type_over(panel.findChild(QLineEdit, "color"), "mauvish")
    assert "not a colour" in window.status.hint.text()
    assert window.studio.session.scene is before


def test_a_tile_paints_the_selected_bodies(window: Window, panel) -> None:
    select(window, 4)
    tile = panel.bodies.color.button.menu().findChild(QToolButton, "tile-#ff7a2f")
    QTest.mouseClick(tile, Left)
    assert window.studio.session.scene.bodies.color[4].tolist() == [255, 122, 47]


def test_bodies_are_pinned_and_some_of_several_show_as_partly(window: Window, panel) -> None:
    select(window, 1)
    QTest.mouseClick(panel.bodies.pinned, Left, pos=QPoint(8, 10))
    assert window.studio.session.scene.bodies.pinned.tolist() == [False, True, False, False, False]
    assert not number(panel, "velocity-x").isEnabled()
    select(window, 1, 2)
    assert panel.bodies.pinned.checkState() == Qt.CheckState.PartiallyChecked


def test_a_drag_on_a_number_is_one_undo_step_and_escape_leaves_none(window: Window, panel, hand) -> None:
    before, field = window.studio.session.scene, number(panel, "strength")
    hand.drag(field, [QPoint(x, 10) for x in range(10, 60)])
    strength = window.studio.session.scene.forces[0].values["strength"]
    assert strength > 1
    assert window.studio.session.history.count() == 1
    window.studio.session.history.undo()
    assert window.studio.session.scene is before
    hand.press(field, QPoint(10, 10))
    for x in range(11, 60):
        hand.move(field, QPoint(x, 10))
    QTest.keyClick(field, Key.Key_Escape)
    QTest.mouseRelease(field, Left, pos=QPoint(60, 10))
    assert window.studio.session.scene is before
    assert not window.studio.session.history.canUndo()


def test_a_drag_on_a_position_away_from_home_is_one_step_back_to_the_scene_before(qtbot, window, panel, hand) -> None:
    before = window.studio.session.scene
    show(qtbot, window, 40)
    select(window, 3)
    field = number(panel, "position-z")
    hand.drag(field, [QPoint(x, 10) for x in range(4, 50)])
    assert window.studio.session.scene.timing.home == 40
    assert window.studio.session.history.count() == 1
    window.studio.session.history.undo()
    assert window.studio.session.scene is before


def test_a_value_beyond_its_limits_is_marked_and_told(window: Window, panel) -> None:
    field = number(panel, "softening")
    type_over(field, "-1")
    assert field.property("wrong")
    assert "between 0" in window.status.hint.text()
    QTest.keyClick(field, Key.Key_Escape)
    assert field.text() == "0.1"


def test_every_parameter_has_its_unit_help_and_reset(window: Window, panel) -> None:
    field = number(panel, "softening")
    assert "length" in field.toolTip()
    assert field.unit == "length"
    assert panel.parts[0].rows[1].reset.isVisible()
    press(panel, "reset-softening")
    assert window.studio.session.scene.forces[0].values["softening"] == 0.05
    assert not panel.parts[0].rows[1].reset.isVisible()


def offered(menu: QMenu) -> dict[str, QAction]:
    """Return what can be chosen, by its name, also from the menus of groups."""
    found: dict[str, QAction] = {}
    for action in menu.actions():
        name = action.text().partition("\t")[0]
        found |= offered(action.menu()) if name in group_names() else {name: action} if name else {}
    return found


def group_names() -> list[str]:
    """Return what the groups of forces are called."""
    return [name for name, _ in GROUPS.values()]


def add(panel: Properties, *path: str) -> None:
    """Choose from the menu of new forces."""
    menu = panel.add.menu()
    for text in path:
        action = offered(menu)[text]
        menu = action.menu() or action.trigger()


def test_the_menu_offers_every_force_with_its_help(panel: Properties) -> None:
    *lines, asset = [action.text().split("\t") for action in offered(panel.add.menu()).values()]
    kinds = sorted((*ra.forces(), *ra.flows(), *ra.moves()), key=lambda kind: (kind.order, kind.name))
    assert lines == [[kind.title, kind.help.rstrip(".")] for kind in kinds]
    assert lines[0][0] == "Gravity (down)"
    assert asset[0] == "From a file…"


def test_the_menu_of_forces_fits_a_small_screen(panel: Properties) -> None:
    menus = [panel.add.menu(), *(action.menu() for action in panel.add.menu().actions() if action.menu())]
    assert max(menu.sizeHint().height() for menu in menus) < 500


def test_a_hard_floor_becomes_like_another_thing_in_one_step(window: Window, panel: Properties) -> None:
    session = window.studio.session
    add(panel, "Hard floor or wall")
    section = panel.findChild(PartSection, "part-moves-0")
    section.refresh()
    assert section.preset.text() == "Wood"
    before = session.history.count()
    next(action for action in section.preset.menu().actions() if action.text() == "Rubber").trigger()
    (floor,) = session.scene.moves
    assert (floor.values["restitution"], floor.values["friction"]) == (0.85, 0.8)
    assert session.history.count() == before + 1
    assert session.history.undoText() == "Make Hard floor or wall like Rubber"
    section.refresh()
    assert section.preset.text() == "Rubber"
    session.edit(Sentence("Ice"), ra.edits.set_moves(session.scene, [ra.move("floor", restitution=0.4)]))
    section.refresh()
    assert section.preset.text() == "Custom"


@pytest.mark.parametrize(
    "kind", [kind for kind in (*ra.forces(), *ra.moves()) if kind.presets], ids=lambda kind: kind.name
)
def test_every_preset_sets_what_its_kind_declares_within_its_limits(kind: AnyKind) -> None:
    limits = {parameter.name: (parameter.low, parameter.high) for parameter in kind.parameters}
    for values in kind.presets.values():
        assert all(limits[name][0] <= value <= limits[name][1] for name, value in values.items())
        assert ra.move(kind.name, **values) if kind.role == "move" else ra.force(kind.name, **values)


def test_what_pulls_down_does_so_in_the_plane_of_a_planar_scene(window: Window, panel: Properties) -> None:
    window.studio.session.open(ra.make_scene([[0, 1.0, 0]], [[0, 0, 0.0]], 1.0, planar=True))
    add(panel, "Gravity (down)")
    add(panel, "Floor or wall")
    down, floor = window.studio.session.scene.forces
    assert down.values["acceleration"].tolist() == [0, -9.81, 0]
    assert floor.values["normal"].tolist() == [0, 1, 0]


@pytest.mark.parametrize("kind", [kind.name for kind in ra.moves()])
def test_every_move_is_added_and_its_values_are_shown(window: Window, panel: Properties, kind: str) -> None:
    declared = next(each for each in ra.moves() if each.name == kind)
    add(panel, declared.title)
    scene = window.studio.session.scene
    assert [part.kind for part in scene.moves] == [kind]
    assert [row.parameter.name for row in panel.parts[-1].rows] == [each.name for each in declared.parameters]
    assert (scene.scheme == "leapfrog") == declared.kernels.goes_inside
    window.studio.session.history.undo()


@pytest.mark.parametrize("kind", [kind.name for kind in ra.forces() if not kind.linked])
def test_every_force_is_added_shown_muted_and_removed(window: Window, panel: Properties, kind: str) -> None:
    before = window.studio.session.scene
    add(panel, next(each.title for each in ra.forces() if each.name == kind))
    assert [part.kind for part in window.studio.session.scene.forces] == ["gravity", kind]
    section = panel.parts[-1]
    shown = [each.name for each in force_kinds()[kind].parameters if each.shown]
    assert [row.parameter.name for row in section.rows] == shown
    QTest.mouseClick(section.mute, Left)
    assert window.studio.session.scene.forces[1].muted
    QTest.mouseClick(panel.parts[-1].findChild(QToolButton, "remove"), Left)
    assert len(window.studio.session.scene.forces) == 1
    for _ in range(3):
        window.studio.session.history.undo()
    assert window.studio.session.scene is before


@pytest.mark.parametrize(("way", "links"), [("In a chain", 2), ("All pairs", 3), ("Nearest neighbours", 3)])
def test_springs_link_the_selected_bodies_as_long_as_they_are_drawn(window, panel, way: str, links: int) -> None:
    select(window, 0, 2, 3)
    add(panel, "Springs", way)
    spring = window.studio.session.scene.forces[1]
    assert len(spring.links) == links
    assert set(spring.links.ravel()) == {0, 2, 3}
    place = window.studio.session.shot.position
    drawn = np.linalg.norm(place[spring.links[:, 0]] - place[spring.links[:, 1]], axis=1)
    assert np.broadcast_to(spring.values["length"], links) == pytest.approx(drawn)


def test_springs_run_in_a_chain_where_nobody_says_how(window: Window) -> None:
    window.studio.forces.add("spring")
    assert window.studio.session.scene.forces[1].links.tolist() == [[0, 1], [1, 2], [2, 3], [3, 4]]


def test_a_force_that_goes_with_its_bodies_takes_its_section_along(window: Window, panel: Properties) -> None:
    select(window, 0, 1)
    add(panel, "Springs", "In a chain")
    press(panel.parts[1], "animate-stiffness")
    window.studio.session.edit(Sentence("Delete"), ra.edits.remove_bodies(window.studio.session.scene, [0]))
    assert [section.part.kind for section in panel.parts] == ["gravity"]
    window.studio.session.history.undo()
    assert [section.part.kind for section in panel.parts] == ["gravity", "spring"]


def test_one_body_cannot_be_linked_and_the_toast_says_so(window: Window, panel: Properties) -> None:
    select(window, 0)
    add(panel, "Rods", "In a chain")
    assert "two bodies" in window.toast.text()
    assert len(window.studio.session.scene.forces) == 1


def test_a_force_acts_on_the_selected_bodies_on_a_group_or_on_all(window: Window, panel: Properties) -> None:
    group = ra.edits.set_groups(window.studio.session.scene, [ra.Group("Two", np.array([1, 4]))])
    window.studio.session.edit(Sentence("Group"), group)
    select(window, 0, 3)
    for text, bodies in (("The selected bodies", [0, 3]), ("Two", [1, 4]), ("All bodies", None)):
        menu = panel.parts[0].whom.menu()
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == text).trigger()
        now = window.studio.session.scene.forces[0].bodies
        assert now is None if bodies is None else now.tolist() == bodies


def test_the_value_of_the_selected_bodies_is_changed_for_them_alone(window: Window, panel: Properties) -> None:
    add(panel, "Charges")
    select(window, 1, 2)
    type_over(number(panel.bodies, "charge"), "-2")
    assert window.studio.session.scene.forces[1].values["charge"].tolist() == [1, -2, -2, 1, 1]
    type_over(number(panel.parts[1], "charge"), "*=3")
    assert window.studio.session.scene.forces[1].values["charge"].tolist() == [1, -6, -6, 1, 1]


def test_a_choice_is_chosen(window: Window, panel: Properties) -> None:
    add(panel, "Pull to a point")
    box = panel.parts[1].findChild(QComboBox, "law")
    box.setFocus()
    QTest.keyClick(box, Key.Key_Down)
    assert window.studio.session.scene.forces[1].values["law"] == 1


def test_a_derived_stiffness_says_so_until_one_is_typed(window: Window, panel: Properties) -> None:
    add(panel, "Rods", "In a chain")
    field = number(panel.parts[1], "stiffness")
    assert field.placeholderText() == "derived"
    type_over(field, "+=0")
    assert window.studio.session.scene.forces[1].values["stiffness"] is not None
    press(panel.parts[1], "reset-stiffness")
    assert window.studio.session.scene.forces[1].values["stiffness"] is None


def test_an_animated_value_is_set_at_the_playhead_and_stilled_there(qtbot, window: Window, panel) -> None:
    press(panel, "animate-strength")
    assert "key here" in window.status.hint.text()
    show(qtbot, window, 50)
    type_over(number(panel, "strength"), "3")
    assert isinstance(window.studio.session.scene.forces[0].values["strength"], ra.Keyed)
    show(qtbot, window, 10)
    qtbot.waitUntil(lambda: number(panel, "strength").text() == "1")
    show(qtbot, window, 35)
    qtbot.waitUntil(lambda: number(panel, "strength").text() == "2")  # half-way, by a curve
    press(panel, "animate-strength")
    assert window.studio.session.scene.forces[0].values["strength"].frames.tolist() == [20, 35, 50]
    window.studio.tracks.still(window.studio.forces.all()[0][0], panel.parts[0].rows[0].parameter)
    assert window.studio.session.scene.forces[0].values["strength"] == pytest.approx(2)


# The scene


def test_the_scene_is_renamed_retimed_and_walked_by_another_scheme(window: Window, panel: Properties) -> None:
    type_over(panel.findChild(QLineEdit, "scene-name"), "Six")
    type_over(panel.findChild(QLineEdit, "scene-note"), "They fall.")
    type_over(number(panel, "fps"), "30")
    type_over(number(panel, "steps_per_frame"), "*=2")
    type_over(number(panel, "range-last"), "90")
    panel.scene.scheme.setCurrentIndex(panel.scene.scheme.findData("verlet"))
    panel.scene.scheme.activated.emit(panel.scene.scheme.currentIndex())
    scene = window.studio.session.scene
    assert (scene.name, scene.note, scene.scheme) == ("Six", "They fall.", "verlet")
    assert (scene.timing.fps, scene.timing.steps_per_frame, scene.timing.last) == (30, 16, 90)


@pytest.mark.parametrize(("name", "text"), [("fps", "0"), ("steps_per_frame", "2.5"), ("range-first", "999")])
def test_a_timing_that_cannot_be_is_refused(window: Window, panel: Properties, name: str, text: str) -> None:
    before = window.studio.session.scene
    type_over(number(panel, name), text)
    assert window.studio.session.scene is before
    assert number(panel, name).property("wrong")
    assert window.status.hint.text().endswith(".")


def test_home_moves_to_the_shown_frame_and_nothing_else_does(qtbot, window: Window, panel: Properties) -> None:
    show(qtbot, window, 44)
    there = make_playhead(window.studio.session.scene)
    there.seek(44)
    qtbot.waitUntil(panel.scene.home.isEnabled)
    QTest.mouseClick(panel.scene.home, Left)
    assert window.studio.session.scene.timing.home == 44
    assert (window.studio.session.scene.bodies.state == there.state).all()


def test_the_bodies_are_laid_into_the_plane(window: Window, panel: Properties) -> None:
    QTest.mouseClick(panel.scene.planar, Left, pos=QPoint(8, 10))
    assert window.studio.session.scene.planar
    assert not window.studio.session.scene.bodies.state[[2, 5]].any()


def test_the_proof_counts_every_bit(qtbot: QtBot, window: Window, panel: Properties) -> None:
    QTest.mouseClick(panel.findChild(QPushButton, "verify"), Left)
    proof = panel.scene.proof
    qtbot.waitUntil(lambda: "bits differ" in proof.verdict.text())
    assert f"0 of {64 * 6 * 5:,}".replace(",", "\N{THIN SPACE}") in proof.verdict.text()
    assert "In floating point" in proof.verdict.text()


def test_a_proof_can_be_stopped_and_ends_with_the_window(qtbot: QtBot, new_window: Window) -> None:
    panel = new_window.bring("properties").widget()
    assert isinstance(panel, Properties)
    proof = panel.scene.proof
    new_window.studio.session.edit(
        Sentence("Long"), ra.edits.set_timing(new_window.studio.session.scene, last=1_000_000)
    )
    for _ in range(2):
        QTest.mouseClick(proof.button, Left)
        assert proof.button.text() == "Stop"
        qtbot.waitUntil(lambda: proof.progress.isVisible())
        QTest.mouseClick(proof.button, Left)
        qtbot.waitUntil(lambda: proof.button.text() != "Stop")
    QTest.mouseClick(proof.button, Left)
    worker = new_window.studio.proof.worker
    new_window.studio.session.history.setClean()
    new_window.close()
    assert worker is not None
    assert not worker.isRunning()


def test_a_folded_section_stays_folded(window: Window, panel: Properties) -> None:
    QTest.mouseClick(panel.parts[0].section.heading, Left)
    assert not number(panel, "strength").isVisible()
    add(panel, "Floor or wall")
    assert not panel.parts[0].section.unfolded
    assert panel.parts[1].section.unfolded


def test_tab_takes_what_is_typed_and_goes_to_the_next_field(window: Window, panel: Properties) -> None:
    select(window, 1)
    field = number(panel, "position-x")
    QTest.mouseDClick(field, Left)
    field.selectAll()
    QTest.keyClicks(field, "0.5")
    QTest.keyClick(field, Key.Key_Tab)
    assert window.studio.session.scene.bodies.position[1, 0] == 0.5
    following = number(panel, "position-y")
    assert following.hasFocus()
    QTest.keyClicks(following, "-0.25")
    QTest.keyClick(following, Key.Key_Return)
    assert window.studio.session.scene.bodies.position[1, 1] == -0.25


def test_a_hard_floor_lies_under_bodies_and_they_rest_on_it(window: Window, panel: Properties) -> None:
    session = window.studio.session
    place = np.array([[0.0, 0.0, 0.3], [1.0, 0.0, -0.87], [2.0, 0.0, 1.5]])
    radius = np.array([0.1, 0.2, 0.3])
    session.open(ra.make_scene(place, 0 * place, 1.0, radius=radius))
    add(panel, "Gravity (down)")
    add(panel, "Hard floor or wall")
    floor = session.scene.moves[0]
    assert floor.values["height"] == -1.1
    play = make_playhead(session.scene)
    home = play.digest()
    play.seek(240)
    assert play.position[:, 2] - floor.values["height"] == pytest.approx(radius, abs=1e-3)
    play.seek(1)
    assert play.digest() == home


@pytest.mark.parametrize("title", ["Bowl", "Fixed ball", "Fixed box", "Fixed bar"])
@pytest.mark.parametrize("planar", [False, True])
def test_an_obstacle_lies_under_bodies_and_they_fall_on_it(
    window: Window, panel: Properties, title: str, planar: bool
) -> None:
    session, up = window.studio.session, 1 if planar else 2
    place = np.random.default_rng(0).uniform(-2.0, 2.0, (20, 3)) * (1, 1, not planar)
    session.open(ra.make_scene(place, 0 * place, 1.0, radius=0.15, planar=planar))
    add(panel, "Gravity (down)")
    add(panel, title)
    add(panel, "Collide")
    obstacle, contact = session.scene.moves
    assert obstacle.values["radius"] == pytest.approx(0.15, rel=1e-5)
    assert contact.values["radius"] == pytest.approx(0.15, rel=1e-5)
    assert obstacle.values["center"][up] < place[:, up].min()
    falling, bare = ra.Playhead(session.scene), ra.Playhead(ra.edits.set_moves(session.scene, [contact]))
    home = falling.digest()
    for play in (falling, bare):
        play.seek(30)
    assert (falling.position[:, up] > bare.position[:, up] + 0.2).sum() > 5
    falling.seek(1)
    assert falling.digest() == home


def test_bodies_that_stand_on_the_floor_do_not_fall_through_it(window: Window) -> None:
    session = window.studio.session
    radius = np.linspace(0.01, 3.0, 50) / 7
    place = np.outer(radius, (10.0, 0.0, 1.0))
    session.open(ra.make_scene(place, 0 * place, 1.0, radius=radius))
    window.studio.forces.add("uniform")
    window.studio.forces.add("floor")
    play = make_playhead(session.scene)
    play.seek(20)
    assert play.position[:, 2] == pytest.approx(radius, rel=1e-5)
