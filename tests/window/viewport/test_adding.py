"""Bodies from words, files and shapes, asked for in the card at the foot of the picture."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.draw.dress.palette import SHADES, shade_of
from revanim.draw.dress.preset import dressed, look_presets
from revanim.draw.style import style_of
from revanim.sentence import named
from revanim.session.work.sources import kinds
from revanim.window.cards.source_card import SourceCard
from revanim.window.sections.look_presets import LookPresets
from revanim.window.viewport.canvas import tools
from revanim.window.window import Window

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'


@pytest.fixture
def card(window: Window) -> SourceCard:
    """The card, opened by its key."""
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_A, Shift)
    found = window.viewport.findChild(SourceCard)
    assert found is not None
    return found


def added(qtbot: QtBot, window: Window, before: int) -> ra.Scene:
    """Wait for more bodies, and return the scene."""
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count > before)
    qtbot.waitUntil(lambda: not window.studio.sources.busy)
    return window.studio.session.scene


def put_count(card: SourceCard, count: int) -> None:
    """Type how many bodies."""
    field = card.options.findChild(QWidget, "count")
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, str(count))
    QTest.keyClick(field, Key.Key_Return)


@pytest.mark.parametrize("name", ["ring", "disc", "grid", "chain", "cloth", "galaxy"])
def test_a_shape_is_added_in_the_middle_of_the_picture_and_selected(
    name: str, qtbot: QtBot, window: Window, card: SourceCard
) -> None:
    card.choose(name)
    put_count(card, 20)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    scene = added(qtbot, window, 5)
    assert scene.bodies.count == 25
    assert np.flatnonzero(window.studio.session.selection).tolist() == list(range(5, 25))
    size = window.viewport.width(), window.viewport.height()
    seen = camera.project(window.studio.session.view, *size, scene.bodies.position[5:])
    assert ((seen.x > 0) & (seen.x < size[0]) & (seen.y > 0) & (seen.y < size[1])).all()
    assert window.studio.session.history.count() == 1
    assert window.studio.session.history.undoText() == f"Add {name}"
    assert (scene.bodies.velocity[5:].any(axis=1).sum() > 0) == (name == "galaxy")


def test_a_word_is_written_with_bodies(qtbot: QtBot, window: Window, card: SourceCard) -> None:
    card.choose("text")
    QTest.keyClicks(card.word, "HI")
    put_count(card, 60)
    QTest.keyClick(card.word, Key.Key_Return)
    assert added(qtbot, window, 5).bodies.count == 65


def test_an_empty_word_is_refused_in_a_toast(qtbot: QtBot, window: Window, card: SourceCard) -> None:
    before = window.studio.session.scene
    card.choose("text")
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.toast.isVisible())
    qtbot.waitUntil(lambda: not window.studio.sources.busy)
    assert window.studio.session.scene is before
    assert window.toast.property("kind") == "error"


def test_a_file_is_chosen_in_a_dialog_that_stops_nothing(
    qtbot: QtBot, window: Window, card: SourceCard, tmp_path: Path
) -> None:
    (tmp_path / "square.svg").write_text(SQUARE)
    card.choose("svg")
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    dialog = card.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "square.svg"))
    dialog.reject()
    put_count(card, 30)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert added(qtbot, window, 5).bodies.count == 35


def test_a_file_that_is_dropped_on_the_card_chooses_its_source(
    window: Window, card: SourceCard, tmp_path: Path, drop: Callable[[QWidget, Path], None]
) -> None:
    (tmp_path / "table.csv").write_text("0,0\n1,1\n2,0\n")
    drop(card, tmp_path / "table.csv")
    assert card.chosen.name == "points"
    drop(card, tmp_path / "notes.docx")
    assert "holds no points" in window.toast.text()


def test_a_file_that_vanished_is_refused_in_a_sentence(
    qtbot: QtBot, window: Window, card: SourceCard, tmp_path: Path
) -> None:
    before = window.studio.session.scene
    card.take(tmp_path / "gone.svg")
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "gone.svg" in window.toast.text())
    qtbot.waitUntil(lambda: not window.studio.sources.busy)
    assert window.studio.session.scene is before


def test_a_galaxy_is_held_by_the_gravity_that_the_scene_has(qtbot: QtBot, window: Window, card: SourceCard) -> None:
    card.choose("galaxy")
    assert card.options.values["strength"] == 1.0
    assert card.options.values["softening"] == pytest.approx(0.1)
    put_count(card, 10)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert [part.kind for part in added(qtbot, window, 5).forces] == ["gravity"]


def test_a_planar_scene_takes_flat_shapes_and_refuses_a_cube(
    qtbot: QtBot, window: Window, rods: ra.Scene, card: SourceCard
) -> None:
    window.studio.session.open(rods)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    card.choose("ring")
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    scene = added(qtbot, window, 4)
    assert not scene.bodies.state[[2, 5]].any()
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    card.choose("grid")
    lattice = card.options.findChild(QWidget, "lattice")
    lattice.setCurrentIndex(2)
    lattice.activated.emit(2)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "plane" in window.toast.text() or "planar" in window.toast.text())
    qtbot.waitUntil(lambda: not window.studio.sources.busy)
    assert window.studio.session.scene is scene


def test_nonsense_in_a_number_is_refused_and_the_value_stays(window: Window, card: SourceCard) -> None:
    card.choose("ring")
    count = card.options.values["count"]
    field = card.options.findChild(QWidget, "count")
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, "many")
    QTest.keyClick(field, Key.Key_Return)
    assert card.options.values["count"] == count


def test_an_empty_scene_is_filled_from_nothing(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count == 0 and window.studio.session.arrived)
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_A, Shift)
    card = window.viewport.findChild(SourceCard)
    card.choose("cloth")
    put_count(card, 50)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    scene = added(qtbot, window, 0)
    assert {part.kind for part in scene.forces} == {"spring"}
    assert "Nothing pulls at it" in window.toast.text()


def test_esc_and_the_key_itself_close_the_card(qtbot: QtBot, window: Window, card: SourceCard) -> None:
    QTest.keyClick(card, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.viewport.findChild(SourceCard) is None)
    QTest.keyClick(window.viewport, Key.Key_A, Shift)
    assert window.viewport.findChild(SourceCard) is not None
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_A, Shift)
    qtbot.waitUntil(lambda: window.viewport.findChild(SourceCard) is None)


def test_every_source_can_be_asked_for(card: SourceCard) -> None:
    for name in kinds():
        card.choose(name)
        assert card.chosen.name == name
        assert card.add.text().lower() == f"add {named(name)}"
        assert card.height() >= card.sizeHint().height() > 150


def test_what_is_added_at_another_frame_may_start_earlier_instead(qtbot: QtBot, window: Window) -> None:
    home = window.studio.session.scene.timing.home
    window.studio.session.show(home + 30)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    QTest.keyClick(window.viewport, Key.Key_A, Shift)
    card = window.viewport.findChild(SourceCard)
    card.choose("ring")
    put_count(card, 3)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    scene = added(qtbot, window, 5)
    assert scene.timing.home == home + 30
    assert f"at frame {home + 30}" in window.toast.text()
    assert window.toast.button.text() == f"Start at frame {home} instead"
    QTest.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.studio.session.scene is not scene)
    earlier = added(qtbot, window, 5)
    assert earlier.timing.home == window.studio.session.frame == home
    assert np.allclose(earlier.bodies.position[5:], scene.bodies.position[5:])
    assert window.studio.session.history.count() == 1


def test_what_nothing_pulls_at_is_let_fall_by_a_button(qtbot: QtBot, window: Window, card: SourceCard) -> None:
    window.studio.session.open(ra.make_scene([], [], []))
    card = window.viewport.findChild(SourceCard) or card
    card.choose("chain")
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    added(qtbot, window, 0)
    QTest.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    assert [part.kind for part in window.studio.session.scene.forces] == ["rod", "uniform"]


@pytest.mark.parametrize(
    ("faces", "flat"), [("front", 1), ("side", 0), ("ground", 2)]
)  # and the axis along which it has no depth
def test_a_chosen_plane_of_the_world_is_where_bodies_lie(
    qtbot: QtBot, window: Window, card: SourceCard, faces: str, flat: int
) -> None:
    card.choose("disc")
    put_count(card, 30)
    box = card.options.findChild(QWidget, "faces")
    box.setCurrentIndex([box.itemText(index).lower() for index in range(box.count())].index(faces))
    box.activated.emit(box.currentIndex())
    floor = card.options.findChild(QWidget, "on_floor")
    if not floor.isChecked():
        floor.click()
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    bodies = added(qtbot, window, 5).bodies
    assert np.ptp(bodies.position[5:, flat]) == pytest.approx(0, abs=1e-9)
    assert (bodies.position[5:, 2] - bodies.radius[5:]).min() == pytest.approx(0, abs=1e-9)


def test_a_preview_shows_what_would_be_added(qtbot: QtBot, window: Window, card: SourceCard) -> None:
    qtbot.waitUntil(lambda: not card.preview.pixmap().isNull())
    before = card.preview.pixmap().toImage()
    card.choose("shell_cloud")
    qtbot.waitUntil(lambda: card.preview.pixmap().toImage() != before)
    assert card.preview.isVisible()


def test_a_preview_says_what_is_missing(qtbot: QtBot, window: Window, rods: ra.Scene, card: SourceCard) -> None:
    card.choose("text")
    qtbot.waitUntil(lambda: "at least one letter" in card.preview.text())
    window.studio.session.open(rods)
    card.choose("ball_cloud")
    qtbot.waitUntil(lambda: "planar" in card.preview.text())
    card.choose("ring")
    qtbot.waitUntil(lambda: not card.preview.text() and not card.preview.pixmap().isNull())


def test_each_addition_has_colours_of_its_own_which_follow_the_look(
    qtbot: QtBot, window: Window, card: SourceCard
) -> None:
    session = window.studio.session
    for kind, before in (("chain", 5), ("ring", 25)):
        card.choose(kind)
        put_count(card, 20)
        QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
        added(qtbot, window, before)
    disc = style_of(session.scene.look)
    worn = shade_of(session.scene.bodies.color, disc)
    assert (worn[5:25] // SHADES == 0).all()
    assert worn[5] != worn[24]
    assert (worn[25:] // SHADES == 1).all()
    color = session.scene.bodies.color
    presets = window.bring("look").widget().findChild(LookPresets)
    QTest.mouseClick(presets.buttons["pottery"], Qt.MouseButton.LeftButton)
    assert shade_of(session.scene.bodies.color, style_of(session.scene.look)).tolist() == worn.tolist()
    assert session.scene.bodies.color[:5].tolist() == color[:5].tolist()
    session.history.undo()
    assert session.scene.bodies.color.tolist() == color.tolist()


def test_a_click_with_the_add_tool_takes_after_what_an_artist_has_coloured(qtbot: QtBot, window: Window, hand) -> None:
    session, viewport = window.studio.session, window.viewport
    viewport.canvas.take(tools()["add"])
    session.select(np.arange(5) == 2)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
    assert session.scene.bodies.color[5].tolist() == session.scene.bodies.color[2].tolist()
    window.file_dialogs.files.open(dressed(ra.make_scene([], [], []), look_presets()["pottery"]))
    qtbot.waitUntil(lambda: session.arrived)
    viewport.canvas.take(tools()["add"])
    middle = viewport.rect().center()
    for step in range(3):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(40 * step, 0))
    clay = style_of(session.scene.look)
    assert (shade_of(session.scene.bodies.color, clay) // SHADES).tolist() == [0, 1, 2]
    hand.drag(viewport, [middle + QPoint(20 * step, 60) for step in range(6)])
    sprayed = shade_of(session.scene.bodies.color, clay)[3:]
    assert (sprayed // SHADES == 3).all()
    assert (np.diff(sprayed) > 0).all()
