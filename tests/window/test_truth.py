"""What is shown is true: a late picture is grey, edits act where the person is, and what is known comes back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw.look import DARK
from revanim.draw.thumbnail import telling_frame
from revanim.sentence import Sentence
from revanim.session.files.files import example
from revanim.session.work.watch import weighing
from revanim.window.frame.rebuild import switch_language
from revanim.window.viewport.selected import paint_selected
from revanim.window.window import Window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def heavy() -> ra.Scene:
    """Return a scene whose frames take minutes each."""
    place = np.random.default_rng(0).normal(size=(400, 3))
    gravity = ra.force("gravity", softening=0.1)
    return ra.make_scene(place, 0 * place, 1 / 400, (gravity,), steps_per_frame=100_000)


def press(window: Window, text: str) -> None:
    """Press a button of the question over the picture."""
    banner = window.questions.banner
    assert banner is not None
    button = next(one for one in banner.findChildren(QPushButton) if one.text() == text)
    QTest.mouseClick(button, LEFT)


@pytest.fixture
def late(qtbot: QtBot, window: Window) -> Window:
    """A window on its way to a frame that takes minutes."""
    window.studio.files.open(heavy())
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.studio.session.show(5)
    qtbot.waitUntil(lambda: window.studio.working.late)
    return window


def test_a_picture_that_is_late_is_grey_and_can_be_given_up(qtbot: QtBot, late: Window) -> None:
    viewport, session = late.viewport, late.studio.session
    assert viewport.late.isVisible()
    assert viewport.late.words.text() == "working… 0 %"
    qtbot.waitUntil(lambda: not viewport._grey.isNull())
    pixel = viewport.grab().toImage().pixelColor(viewport.width() // 3, viewport.height() // 2)
    assert pixel.saturation() < 30
    assert late.status.speed.text() == ""
    assert [job.name.template for job in late.studio.jobs.running] == ["Walking to frame {frame}…"]
    QTest.mouseClick(viewport.late.cancel, LEFT)
    qtbot.waitUntil(lambda: session.arrived and not late.studio.working.late)
    assert session.frame == 1
    assert not viewport.late.isVisible()
    assert viewport._grey.isNull()
    assert late.studio.jobs.running == []


def test_an_edit_waits_for_the_frame_that_was_asked_for_and_acts_on_no_other(qtbot: QtBot, late: Window) -> None:
    session = late.studio.session
    before = session.scene
    session.select(np.ones(400, np.bool_))
    QTest.keyClick(late.viewport, Qt.Key.Key_Delete)
    assert session.scene is before
    assert "still on its way to frame 5" in late.toast.text()
    session.show(1)
    QTest.keyClick(late.viewport, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: session.arrived and late.status.bodies.text() == "0 bodies")
    assert session.scene.timing.home == 1
    assert session.frame == 1


def test_the_number_of_bodies_belongs_to_the_picture(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    there = session.scene.bodies.count
    session._put(ra.edits.remove_bodies(session.scene, [0]))
    assert window.status.bodies.text() == f"{there} bodies"  # the picture has not changed yet
    qtbot.waitUntil(lambda: window.status.bodies.text() == f"{there - 1} bodies")


def test_a_question_covers_nothing_and_changes_its_language(qtbot: QtBot, window: Window) -> None:
    answered: list[int] = []
    answers = [(Sentence("Cancel"), lambda: answered.append(1))]
    window.studio.session.asked.emit(Sentence("Nothing pulls at it yet."), answers)
    switch_language(window, "de")
    banner = window.questions.banner
    assert banner is not None
    qtbot.waitUntil(lambda: banner.height() > 0 and banner.isVisible())
    assert banner.accessibleName() == "Noch zieht nichts daran."
    place = QRect(banner.mapTo(window, QPoint()), banner.size())
    assert not place.intersects(QRect(window.viewport.mapTo(window, QPoint()), window.viewport.size()))
    press(window, "Abbrechen")
    assert answered == [1]
    assert window.questions.banner is None
    switch_language(window, "en")


def test_a_force_that_makes_frames_long_is_asked_about_first(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = window.studio
    place = np.random.default_rng(0).normal(size=(300, 3))
    studio.files.open(ra.make_scene(place, 0 * place, 2.0))
    monkeypatch.setattr(weighing, "QUICK", 1)
    monkeypatch.setattr(weighing, "seconds_in_frame", lambda scene, part, report: 5.0)
    for answer, attracting, mass in (("Leave it", 300, 2.0), ("Add anyway", 300, 2.0), ("Only 60 attract", 60, 10.0)):
        before = studio.session.scene
        studio.forces.add("gravity")
        qtbot.waitUntil(lambda: window.questions.banner is not None)
        assert "a frame takes about 5 seconds" in window.questions.banner.accessibleName()
        assert studio.session.scene is before
        press(window, answer)
        scene = studio.session.scene
        assert np.unique(scene.bodies.mass[scene.bodies.mass > 0]).tolist() == [mass]
        assert np.count_nonzero(scene.bodies.mass) == attracting
        assert len(scene.forces) == (answer != "Leave it")
        if answer != "Leave it":
            studio.session.history.undo()
        window.questions._drop()


def test_very_many_bodies_are_offered_a_tree(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = window.studio
    place = np.random.default_rng(0).normal(size=(3000, 3))
    studio.files.open(ra.make_scene(place, 0 * place, 2.0))
    monkeypatch.setattr(weighing, "QUICK", 2 * 10**8)
    monkeypatch.setattr(weighing, "seconds_in_frame", lambda scene, part, report: 5.0)
    studio.forces.add("gravity")
    qtbot.waitUntil(lambda: window.questions.banner is not None)
    press(window, "Sum by a tree")
    (gravity,) = studio.session.scene.forces
    assert gravity.values["sum"] == 1.0
    assert (studio.session.scene.bodies.mass == 2.0).all()
    studio.session.history.undo()
    assert not studio.session.scene.forces


def test_bodies_and_files_that_make_frames_long_are_asked_about_once(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, place = window.studio.session, np.random.default_rng(0).normal(size=(300, 3))
    heavy = ra.make_scene(place, 0 * place, 2.0, (ra.force("gravity"),))
    window.studio.files.open(ra.edits.remove_bodies(heavy, np.arange(290)))
    monkeypatch.setattr(weighing, "QUICK", pairs := 1 + weighing.pairs_in_scene(session.scene))
    monkeypatch.setattr(weighing, "seconds_in_frame", lambda scene, part, report: 5.0)
    session.edit(Sentence("Add"), heavy)
    qtbot.waitUntil(lambda: window.questions.banner is not None)
    press(window, "Only 60 attract")
    assert np.count_nonzero(session.scene.bodies.mass) == 60
    assert weighing.pairs_in_scene(session.scene) > pairs
    assert window.questions.banner is None  # it has been answered
    session.history.undo()
    assert window.questions.banner is None
    window.studio.files.open(heavy)
    qtbot.waitUntil(lambda: window.questions.banner is not None)
    session.edit(Sentence("Remove"), ra.edits.set_forces(heavy, []))
    assert window.questions.banner is None  # there is nothing to ask any more


def test_how_long_a_frame_takes_is_measured_on_a_few_of_its_bodies() -> None:
    place = np.random.default_rng(0).normal(size=(4000, 3))
    scene = ra.make_scene(place, 0 * place, 1.0)
    assert 0.0 < weighing.seconds_in_frame(scene, ra.force("coulomb"), lambda part: None) < 1e4
    scene = ra.edits.set_forces(scene, [ra.force("coulomb")])
    (_, tree), (words, among) = weighing.remedies(scene, 0.01)
    assert str(words) == "Only among 400"
    assert among(scene).forces[0].bodies.size == 400
    ((words, among),) = weighing.remedies(tree(scene), 0.5)
    assert (
        str(words).replace("\u202f", "") == "Only among 2000"
    )  # what a tree takes grows with the bodies, not with their pairs
    assert among(tree(scene)).forces[0].values["sum"] == 1.0


def test_a_motion_that_breaks_off_says_what_helps_and_marks_the_frame(qtbot: QtBot, window: Window) -> None:
    place = np.column_stack([1.1 * np.arange(10), np.zeros(10), np.zeros(10)])
    spring = ra.force("spring", links=[[i, i + 1] for i in range(9)], stiffness=4e5, length=1.0)
    studio = window.studio
    studio.files.open(ra.make_scene(place, 0 * place, 1.0, (spring,)))
    studio.session.show(40)
    qtbot.waitUntil(lambda: studio.breaks.frame is not None)
    ruler = window.timeline.ruler
    x = round(ruler.axis.scale.x(studio.breaks.frame + 5))
    column = ruler.grab().toImage()
    reds = [column.pixelColor(x, y) for y in range(column.height())]
    assert any(color.red() > color.green() + 40 for color in reds)
    qtbot.waitUntil(lambda: window.questions.banner is not None)
    press(window, "Set")
    assert studio.session.scene.timing.steps_per_frame > 8
    assert studio.breaks.frame is None
    studio.session.show(40)
    qtbot.waitUntil(lambda: studio.session.arrived and studio.session.frame == 40)
    assert abs(studio.session.shot.drift) < 0.01


def test_a_body_that_only_flies_away_is_offered_nothing(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    studio.files.open(ra.make_scene([[0, 0, 0], [1, 0, 0]], [[-20000, 0, 0], [0, 0, 0]], 1.0, (ra.force("gravity"),)))
    studio.session.show(2000)
    qtbot.waitUntil(lambda: studio.breaks.frame is not None)
    qtbot.waitUntil(lambda: studio.breaks._worker is None)
    assert window.questions.banner is None


def test_the_drift_is_measured_against_what_is_exchanged(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    falling = ra.force("uniform", acceleration=(0, 0, -9.81))
    spring = ra.force("spring", links=[[0, 1]], stiffness=50.0, length=1.0)
    place, pinned = [[0, 0, 0], [1, 0, 0]], [True, False]  # at rest, and with no energy at all
    studio.files.open(ra.make_scene(place, np.zeros((2, 3)), 1.0, (falling, spring), pinned=pinned))
    studio.session.show(100)
    qtbot.waitUntil(lambda: studio.session.arrived)
    assert abs(studio.session.shot.drift) < 1e-3
    assert np.nanmax(studio.readings.drift) < 1e-3


def test_looking_at_a_scene_of_the_gallery_does_not_ask_to_save(window: Window) -> None:
    files, session = window.studio.files, window.studio.session
    files.open(example("spring"))
    session.edit("Trails", ra.edits.set_look(session.scene, trail=20, color_by="speed"))
    assert not files.modified
    assert not window.isWindowModified()
    session.edit("Rename", ra.edits.rename(session.scene, "Mine"))
    assert files.modified
    assert window.isWindowModified()
    session.history.undo()
    assert not window.isWindowModified()


def test_the_look_of_a_file_is_worth_saving(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    files, session = window.studio.files, window.studio.session
    files.save(tmp_path / "mine.revanim")
    qtbot.waitUntil(lambda: not files.saving)
    session.edit("Trails", ra.edits.set_look(session.scene, trail=20))
    assert files.modified


def test_the_frame_and_the_range_come_back_with_the_file(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    files, session, path = window.studio.files, window.studio.session, tmp_path / "mine.revanim"
    session.set_play_range((22, 31))
    session.show(25)
    files.save(path)
    qtbot.waitUntil(lambda: not files.saving)
    files.open(example("spring"))
    assert not session.has_play_range
    window.file_dialogs.open(path)
    qtbot.waitUntil(lambda: session.arrived)
    assert (session.range, session.frame, session.shot.frame) == ((22, 31), 25, 25)
    with pytest.raises(ra.RevanimError, match="begin before it ends"):
        ra.edits.set_look(session.scene, plays=(9, 3))


def test_misses_are_known_after_opening_and_after_undo(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    studio.files.open(example("ring-to-square"))
    keys, known = studio.session.scene.keyframes, studio.keyframes.misses
    qtbot.waitUntil(lambda: set(keys) == set(known))
    before = dict(known)
    studio.session.edit("Move", ra.edits.move_bodies(studio.session.scene, [0], (0.1, 0, 0)))
    assert not known
    studio.session.history.undo()
    qtbot.waitUntil(lambda: dict(known) == before)


def test_the_most_telling_frame_is_a_key_else_the_middle(scene: ra.Scene) -> None:
    plain = replace(scene, keyframes=())
    assert telling_frame(plain) == (scene.timing.first + scene.timing.last) // 2
    assert telling_frame(ra.edits.set_look(plain, plays=(22, 30))) == 26
    assert telling_frame(example("ring-to-square")) == example("ring-to-square").keyframes[-1].frame


def test_every_body_of_a_crowd_is_marked(qapp: object) -> None:
    place = np.zeros((6000, 3))
    place[:, 0] = np.where(np.arange(6000) < 5500, -1.0, 1.0)
    image = QImage(200, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("black"))
    painter = QPainter(image)
    view = ra.View(distance=4.0, flat=True)
    paint_selected(painter, (200, 100), view, place, np.full(6000, 0.1), np.ones(6000, np.bool_), DARK)
    painter.end()
    marked = [[image.pixelColor(x, y).red() > 0 for y in range(100)] for x in range(200)]
    assert any(map(any, marked[:100]))
    assert any(map(any, marked[100:]))


def test_what_was_of_interest_for_a_moment_goes_with_the_scene(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    session.show(25)
    qtbot.waitUntil(lambda: session.arrived)
    session.select(np.arange(session.scene.bodies.count) == 0)
    QTest.keyClick(window.viewport, Qt.Key.Key_Delete)
    assert "Home is now frame 25" in window.status.hint.text()
    assert window.status._noting.isActive()
    session.open(example("spring"))
    assert "Home" not in window.status.hint.text()
