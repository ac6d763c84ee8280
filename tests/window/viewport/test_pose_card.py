"""What a pose is made of, chosen in the card at the foot of the picture while one looks at the targets."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.resources import resource
from revanim.scene.file import encode
from revanim.scene.shapes import typeface
from revanim.sentence import Sentence
from revanim.session.work.poses import sources
from revanim.window.cards.hidden import written
from revanim.window.cards.source_card import SourceCard, open_card, show_card
from revanim.window.kit.fields.form import Choice
from revanim.window.kit.fields.text_choice import TextChoice
from revanim.window.window import Window

Key, Left, Control = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
COUNT = 40
OURS = {"current", "drag"}  # poses that are taken from the picture


@pytest.fixture
def scene() -> ra.Scene:
    """Bodies at rest in two rows, which nothing moves."""
    place = np.array([[0.1 * (i % 20), 0.2 * (i // 20), 0.0] for i in range(COUNT)])
    look = ra.Look(view=ra.View(target=(1.0, 0.5, 0.0), distance=6.0, flat=True))
    return ra.make_scene(place, 0 * place, np.ones(COUNT), frames=(1, 60), planar=True, radius=0.03, look=look)


@pytest.fixture
def window(window: Window, qtbot: QtBot) -> Window:
    """The window at frame 20."""
    show(qtbot, window, 20)
    return window


def show(qtbot: QtBot, window: Window, frame: int) -> None:
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def placed(qtbot: QtBot, window: Window) -> ra.Keyframe:
    """Wait until the pose is made as it was asked for, and return it."""
    posing = window.studio.poses
    qtbot.waitUntil(lambda: posing.placed is not None and not posing.busy)
    assert posing.placed is not None
    assert window.studio.session.scene.keyframes == (posing.placed.key,)
    return posing.placed.key


def typed(qtbot: QtBot, window: Window, text: str) -> SourceCard:
    """Type a word into the panel, and return the card that comes with its pose."""
    panel = window.bring("keyframes").widget()
    panel.word.setFocus()
    QTest.keyClicks(panel.word, text)
    QTest.keyClick(panel.word, Key.Key_Return)
    placed(qtbot, window)
    card = open_card(window.viewport)
    assert card is not None
    return card


def put(card: SourceCard, name: str, number: float) -> None:
    """Type a number into a field of the card."""
    field = card.options.findChild(QWidget, name)
    QTest.mouseDClick(field, Left)
    field.selectAll()
    QTest.keyClicks(field, str(number))
    QTest.keyClick(field, Key.Key_Return)


def choose(card: SourceCard, name: str, index: int) -> None:
    """Choose a line of a box in the card."""
    box = card.options.findChild(Choice, name)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def on_the_edge(key: ra.Keyframe) -> np.ndarray:
    """Return which targets lie on the rectangle around all of them."""
    place = key.position[:, :2]
    sides = np.stack([place - place.min(axis=0), place.max(axis=0) - place])
    return np.isclose(sides, 0.0, atol=1e-9).any(axis=(0, 2))


def test_a_word_can_be_drawn_as_an_outline_sized_placed_and_thinned_out_in_one_step(
    qtbot: QtBot, window: Window
) -> None:
    card = typed(qtbot, window, "I")
    filled = placed(qtbot, window)
    assert filled.bodies.size == COUNT
    assert not on_the_edge(filled).all()
    choose(card, "paint", 1)
    assert on_the_edge(placed(qtbot, window)).all()
    put(card, "size", 1.5)
    put(card, "place-x", -2)
    put(card, "count", 10)
    key = placed(qtbot, window)
    assert key.bodies.tolist() == list(range(0, COUNT, 4))
    assert np.ptp(key.position, axis=0).max() == pytest.approx(1.5, rel=0.05)
    assert key.position[:, 0].mean() == pytest.approx(-2.0, abs=0.1)
    assert window.studio.session.history.count() == 1
    assert window.studio.session.history.undoText() == "Pose “I”"
    QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert not window.studio.session.scene.keyframes
    qtbot.waitUntil(lambda: open_card(window.viewport) is None)


def test_a_font_of_this_system_or_its_file_is_chosen_from_a_list(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = resource("fonts")
    monkeypatch.setattr(typeface, "ELSEWHERE", (str(folder),))
    monkeypatch.setattr(typeface, "FOLDERS", {})
    typeface.fonts.cache_clear()
    card = typed(qtbot, window, "I")
    heavy = placed(qtbot, window)
    chooser = card.options.findChild(TextChoice)
    for text in ("Inter-Regular", "Usual"):
        QTest.mouseClick(chooser.button, Left)
        menu = QApplication.activePopupWidget()
        (action,) = [action for action in menu.actions() if action.text() == text]
        QTest.mouseClick(menu, Left, pos=menu.actionGeometry(action).center())
        key = placed(qtbot, window)
        assert np.array_equal(key.position, heavy.position) == (text == "Usual")
    QTest.mouseClick(chooser.button, Left)
    menu = QApplication.activePopupWidget()
    QTest.mouseClick(menu, Left, pos=menu.actionGeometry(menu.actions()[1]).center())
    dialog = card.findChild(QFileDialog)
    path = str(folder / "Inter-Medium.ttf")
    dialog.fileSelected.emit(path)  # what the dialog does when a person has chosen
    dialog.close()
    assert chooser.field.text() == path
    assert not np.array_equal(placed(qtbot, window).position, heavy.position)
    typeface.fonts.cache_clear()


def test_another_word_is_typed_into_the_card_and_the_newest_wins(qtbot: QtBot, window: Window) -> None:
    card = typed(qtbot, window, "I")
    narrow = placed(qtbot, window)
    QTest.keyClicks(card.word, "II")
    key = placed(qtbot, window)
    assert np.ptp(key.position[:, 0]) > 2 * np.ptp(narrow.position[:, 0])
    assert window.studio.session.history.undoText() == "Pose “III”"
    assert window.studio.session.history.count() == 1


def test_the_card_goes_when_the_scene_is_edited_and_leaves_the_pose(qtbot: QtBot, window: Window) -> None:
    typed(qtbot, window, "HI")
    key = placed(qtbot, window)
    window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Another"))
    qtbot.waitUntil(lambda: open_card(window.viewport) is None)
    assert window.studio.session.scene.keyframes == (key,)


def test_done_and_esc_close_the_card(qtbot: QtBot, window: Window) -> None:
    card = typed(qtbot, window, "HI")
    assert card.add.text() == "Done"
    QTest.mouseClick(card.add, Left)
    qtbot.waitUntil(lambda: open_card(window.viewport) is None)
    window.studio.solving.start()
    qtbot.waitUntil(window.viewport.hasFocus)  # so that Return accepts
    window.studio.solving.discard()
    assert len(window.studio.session.scene.keyframes) == 1
    window.actions_by_name["pose-from"].trigger()
    card = open_card(window.viewport)
    assert card is not None
    QTest.keyClick(card, Key.Key_Escape)
    qtbot.waitUntil(lambda: open_card(window.viewport) is None)


def test_a_pose_that_is_asked_for_at_home_is_set_later_and_says_so(qtbot: QtBot, window: Window) -> None:
    show(qtbot, window, 1)
    typed(qtbot, window, "HI")
    assert placed(qtbot, window).frame == 60  # four seconds would be beyond the end
    assert window.studio.session.frame == 60
    assert "start at frame 1, so the pose is set at frame 60" in window.toast.text()


def test_every_source_of_poses_can_be_asked_for(qtbot: QtBot, window: Window) -> None:
    window.actions_by_name["pose-from"].trigger()
    card = open_card(window.viewport)
    assert card is not None
    assert set(sources()) == {kind.name for kind in ra.poses()} - OURS
    for name in sources():
        card.choose(name)
        assert card.add.text().lower() == f"pose {name}"
    card.choose("ring")
    QTest.mouseClick(card.add, Left)
    key = placed(qtbot, window)
    away = np.linalg.norm(key.position - [1.0, 0.5, 0.0], axis=1)
    assert np.allclose(away, away[0])
    card.choose("disc")
    assert card.add.text() == "Done"


def test_points_of_a_file_stay_where_they_are_when_their_size_is_0(
    qtbot: QtBot, window: Window, drop, tmp_path: Path
) -> None:
    given = np.random.default_rng(2).uniform(-1, 1, (COUNT, 3)) * [1, 1, 0] + [3, 2, 0]
    np.savez(tmp_path / "cloud.npz", position=given)
    drop(window, tmp_path / "cloud.npz")
    placed(qtbot, window)
    card = open_card(window.viewport)
    assert card is not None
    put(card, "size", 0)
    assert np.allclose(placed(qtbot, window).position, given)


def test_a_file_that_is_dropped_where_there_are_no_bodies_offers_to_add_some(
    qtbot: QtBot, window: Window, drop, tmp_path: Path
) -> None:
    window.studio.session.open(ra.make_scene(np.zeros((0, 3)), np.zeros((0, 3)), 1.0))
    (tmp_path / "square.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    )
    drop(window, tmp_path / "square.svg")
    card = open_card(window.viewport)
    assert card is not None
    assert card.add.text() == "Add SVG"
    QTest.mouseClick(card.add, Left)
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count > 0)


def test_a_word_without_bodies_is_refused_in_a_sentence(qtbot: QtBot, window: Window) -> None:
    window.studio.session.open(ra.make_scene(np.zeros((0, 3)), np.zeros((0, 3)), 1.0))
    window.studio.poses.type("HI")
    assert "no body that could form a pose" in window.toast.text()


# Colours.


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A picture that is red at the left and blue at the right."""
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, :20], pixels[:, 20:] = (250, 0, 0), (0, 0, 250)
    Image.fromarray(pixels).save(tmp_path / "flag.png")
    return tmp_path / "flag.png"


def reds(scene: ra.Scene, key: ra.Keyframe, order: np.ndarray) -> bool:
    """Whether each body has the colour that lies under its target."""
    left = key.position[order][:, 0] < 1.0  # the middle of the picture
    color = scene.bodies.color[key.bodies]
    return bool(((color[:, 0] > color[:, 2]) == left).all())


def test_bodies_take_the_colours_of_an_image_and_keep_them_right_whatever_is_solved(
    qtbot: QtBot, window: Window, drop, image: Path
) -> None:
    studio, plain = window.studio, encode(window.studio.session.scene, b"")
    drop(window, image)
    key = placed(qtbot, window)
    assert key.color is not None
    assert "can give them to the bodies" in window.toast.text()
    qtbot.waitUntil(lambda: studio.assignments.of(key) is not None)
    panel = window.bring("keyframes").widget()
    QTest.mouseClick(panel.rows[0].details.color, Left)
    assert studio.session.history.undoText() == "Colour bodies"
    assert reds(studio.session.scene, key, studio.assignments.of(key))

    # A kick sends them elsewhere, so that others go left and right.
    turned = studio.session.scene.bodies.position[::-1].copy()
    studio.session.edit(Sentence("Turn"), ra.edits.set_motion(studio.session.scene, np.arange(COUNT), position=turned))
    QTest.keyClick(window.viewport, Key.Key_Return, Control)
    solving = studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)
    QTest.keyClick(window.viewport, Key.Key_Return)
    assert studio.session.history.undoText() == "Solve"
    assert reds(
        studio.session.scene,
        studio.session.scene.keyframes[0],
        studio.assignments.of(studio.session.scene.keyframes[0]),
    )
    for _ in range(4):
        QTest.keyClick(window.viewport, Key.Key_Z, Control)
    assert encode(studio.session.scene, b"") == plain


def test_bodies_that_were_painted_otherwise_keep_their_paint(qtbot: QtBot, window: Window, drop, image: Path) -> None:
    drop(window, image)
    placed(qtbot, window)
    before = window.studio.session.scene.bodies.color
    window.studio.solving.start()
    solving = window.studio.solving
    qtbot.waitUntil(lambda: solving._task is None and solving.candidate is not None)
    solving.accept()
    assert window.studio.session.scene.bodies.color is before


def test_targets_without_colours_do_not_offer_them(qtbot: QtBot, window: Window) -> None:
    typed(qtbot, window, "HI")
    panel = window.bring("keyframes").widget()
    assert not panel.rows[0].details.color.isVisibleTo(panel)
    assert not window.actions_by_name["color-bodies-by-targets"].isEnabled()


def test_the_card_stands_where_it_covers_less(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    for across, at_right in ((1.0, False), (2.9, True), (-0.9, False)):  # with the bodies in the middle, left, right
        studio.session.look_from(replace(studio.session.view, target=(across, 1.2, 0.0)))
        card = show_card(window.viewport, studio.sources)
        assert (card.x() > window.viewport.width() / 2) is at_right


def test_the_card_hides_nothing_that_is_written(qtbot: QtBot, window: Window) -> None:
    window.resize(1280, 720)
    window.studio.timeline.set_rows(True)
    QApplication.processEvents()
    for kind in ("text", "galaxy"):
        card = show_card(window.viewport, window.studio.sources)
        card.choose(kind)
        assert not any(card.geometry().intersects(place) for place in written(window.viewport.canvas))
        card.close()


def test_a_toast_stands_beside_the_card(qtbot: QtBot, window: Window) -> None:
    card = show_card(window.viewport, window.studio.sources)
    for right in (False, True):
        card._standing._right = right
        card._standing.place()
        window.studio.session.failed.emit("A sentence.")
        assert not window.toast.geometry().intersects(card.geometry())
