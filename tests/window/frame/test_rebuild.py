"""Another language, at once: the window is furnished anew, and nothing of the work is lost."""

import weakref
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import revanim as ra
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.threads import solve as solve_thread
from revanim.session.threads.worker import Worker
from revanim.session.words import speak, spoken, tr
from revanim.session.work import bodies as editing
from revanim.session.work.exports import QueuedExport, State
from revanim.solve.run import Progress
from revanim.window.cards.source_card import open_card, show_card
from revanim.window.frame.banner import Banner
from revanim.window.frame.rebuild import switch_language
from revanim.window.frame.recover import ask_to_recover
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.sheets.preferences import PreferencePage
from revanim.window.frame.tour import STEPS, Tour, start_tour
from revanim.window.frame.workspaces import WORKSPACES
from revanim.window.preference import preferences
from revanim.window.sections.section import Section
from revanim.window.timeline.scale import Scale
from revanim.window.viewport.canvas import tools
from revanim.window.window import Window

Key, Modifier, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the next test in English."""
    yield
    speak("en")


def choose(qtbot: QtBot, window: Window, language: str) -> None:
    """Choose a language in the preferences, with the keyboard."""
    if window.findChild(PreferencePage) is None:
        QTest.keyClick(window.viewport, Key.Key_Comma, Modifier.ControlModifier)
    box = window.findChild(PreferencePage).lines["language"].control
    assert isinstance(box, QComboBox)
    box.setFocus()
    box.showPopup()
    QTest.keyClicks(box.view(), language)
    QTest.keyClick(box.view(), Key.Key_Return)
    window.activateWindow()  # without a screen nobody else does when the list is closed
    code = {"English": "en", "Deutsch": "de"}[language]
    qtbot.waitUntil(lambda: spoken() == code and not isValid(box))


def work(window: Window) -> None:
    """Change the scene twice, select two bodies, and go somewhere."""
    session = window.studio.session
    window.actions_by_name["select-all"].trigger()
    window.actions_by_name["pin"].trigger()
    session.edit(Sentence("First frame"), ra.edits.set_timing(session.scene, first=-5))
    session.select(np.arange(5) < 2)
    session.set_play_range((10, 40))
    session.show(33)


def listeners(window: Window) -> dict[tuple[str, str], int]:
    """Return how many listen to each signal of whatever stays."""
    studio = window.studio
    stay = [studio.session, *studio.session.findChildren(QObject), window.shortcuts, window.workspaces]
    signals = [
        (each, bytes(method.methodSignature()).decode())
        for each in stay
        for method in map(each.metaObject().method, range(each.metaObject().methodCount()))
        if method.methodType().name == "Signal"
    ]
    return {(str(each), name): each.receivers(f"2{name}") for each, name in signals}


def at_rest(qtbot: QtBot, window: Window) -> None:
    """Wait until no work is done beside the window: a worker that is there for a while listens, too."""
    studio = window.studio
    qtbot.waitUntil(lambda: not studio.horizon._rest.isActive() and not studio.session.findChildren(Worker))


def test_nothing_of_the_work_is_lost_and_it_is_called_in_the_new_language(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    work(window)
    studio = window.studio
    qtbot.waitUntil(lambda: studio.session.arrived)
    scene, selection, view = studio.session.scene, studio.session.selection, studio.session.view
    studio.exports.add(QueuedExport(scene, tmp_path / "long.npz", "npz", (1, 100_000), {}))
    (shot,) = studio.exports.queue
    qtbot.waitUntil(lambda: bool(studio.jobs.running))
    german = ("Rückgängig", "Fixieren", "„long.npz“ wird geschrieben…")
    for language, called in (("Deutsch", german), ("English", ("Undo", "Pin", "Writing “long.npz”…"))):
        choose(qtbot, window, language)
        undo, step, job = window.actions_by_name["undo"], studio.session.history.text(0), studio.jobs.running[0]
        assert (undo.text(), step, tr(job.name)) == called
        assert studio.session.scene is scene
        assert studio.session.selection is selection
        assert studio.session.view is view
        assert (studio.session.frame, studio.session.range) == (33, (10, 40))
        assert (studio.session.history.count(), studio.session.history.index()) == (2, 2)
        assert window.studio.files.modified
        assert shot.state is State.WRITING
        assert window.studio is studio
    QTest.keyClick(window.viewport, Key.Key_Z, Modifier.ControlModifier)
    QTest.keyClick(window.viewport, Key.Key_Z, Modifier.ControlModifier)
    assert not studio.session.scene.bodies.pinned.any()
    assert not window.studio.files.modified


def test_what_was_told_and_asked_is_said_in_the_new_language(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    session.failed.emit(Sentence("{name} is a folder; drop a file that is in it.", name="Undo"))
    window.viewport.canvas.take(tools()["pose"])
    switch_language(window, "de")
    assert window.toast.text() == "Undo ist ein Ordner; eine Datei daraus ablegen."
    assert window.toast.property("kind") == "error"
    assert window.status.hint.text().startswith("Einen Körper dorthin ziehen")
    window.toast.dismiss()
    switch_language(window, "en")
    assert not window.toast.text()
    assert window.status.hint.text().startswith("Drag a body to where it shall be")


def test_steps_of_every_kind_change_their_language(qtbot: QtBot, window: Window) -> None:
    session, studio = window.studio.session, window.studio
    studio.forces.add("uniform")
    studio.forces.mute(studio.forces.place)
    window.actions_by_name["select-all"].trigger()
    editing.set_bodies(session, mass=2.0, radius=0.1)
    english = [session.history.text(index) for index in range(session.history.count())]
    assert english == ["Add Gravity (down)", "Mute Gravity (down)", "Set mass and radius"]
    switch_language(window, "de")
    german = [session.history.text(index) for index in range(session.history.count())]
    assert german == [
        "Schwerkraft (nach unten) hinzufügen",
        "Schwerkraft (nach unten) stummschalten",
        "Masse und Radius ändern",
    ]
    switch_language(window, "en")
    assert [session.history.text(index) for index in range(session.history.count())] == english


def test_the_preferences_stay_open_as_they_were_and_keep_the_language(qtbot: QtBot, window: Window) -> None:
    assert preferences()["language"].options == {"system": "Follow system", "en": "English", "de": "Deutsch"}
    QTest.keyClick(window.viewport, Key.Key_Comma, Modifier.ControlModifier)
    QTest.keyClicks(window.findChild(PreferencePage).search, "deutsch")
    choose(qtbot, window, "Deutsch")
    (sheet,) = window.findChildren(Sheet)
    page = sheet.page
    assert isinstance(page, PreferencePage)
    assert sheet.accessibleName() == "Einstellungen"
    assert page.search.text() == "deutsch"
    assert [name for name, line in page.lines.items() if line.isVisible()] == ["language"]
    control = page.lines["language"].control
    assert control.currentText() == "Deutsch"
    assert preferences()["language"].value == "de"
    assert QApplication.focusWidget() is control
    QTest.keyClick(control, Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_window_that_was_is_gone_and_nobody_listens_twice(qtbot: QtBot, window: Window) -> None:
    assert all(dock.widget() for dock in window.docks)
    choose(qtbot, window, "Deutsch")
    at_rest(qtbot, window)
    before = listeners(window)
    parts = (window.viewport, window.timeline, window.status, window.toast, window.welcome, *window.docks)
    old = [*parts, *(dock.widget() for dock in window.docks), *window.actions_by_name.values()]
    refs = [weakref.ref(each) for each in old]
    del parts, old
    choose(qtbot, window, "English")
    assert sum(ref() is not None for ref in refs) == 0
    at_rest(qtbot, window)
    assert listeners(window) == before


def test_a_panel_that_nobody_has_looked_at_is_not_built(qtbot: QtBot, window: Window) -> None:
    built = {dock.objectName() for dock in window.docks if dock._content is not None}
    assert "export" not in built
    choose(qtbot, window, "Deutsch")
    assert {dock.objectName() for dock in window.docks if dock._content is not None} == built


def test_panels_stay_as_they_were(qtbot: QtBot, window: Window) -> None:
    window.workspaces.go(WORKSPACES[2])
    look = window.bring("look")
    look.widget().findChild(Section).unfold(False)
    window.dock("energy").setFloating(True)
    window.dock("energy").show()
    window.dock("outliner").hide()
    choose(qtbot, window, "Deutsch")
    assert not window.dock("look").widget().findChild(Section).unfolded
    assert not window.dock("look").visibleRegion().isEmpty()
    assert window.dock("energy").isFloating()
    assert window.dock("energy").isVisible()
    assert window.dock("outliner").isHidden()
    assert window.workspaces.current is WORKSPACES[2]
    titles = {bar.tabText(index) for bar in window.findChildren(QTabBar) for index in range(bar.count())}
    assert "Keyframes" in titles
    assert "Properties" not in titles


def test_hidden_panels_come_back(qtbot: QtBot, window: Window) -> None:
    shown = [dock.objectName() for dock in window.docks if dock.isVisible()]
    window.actions_by_name["maximise"].trigger()
    choose(qtbot, window, "Deutsch")
    assert not any(dock.isVisible() for dock in (*window.docks, window.foot))
    assert window.strip.isHidden()
    window.actions_by_name["maximise"].trigger()
    assert [dock.objectName() for dock in window.docks if dock.isVisible()] == shown
    assert window.foot.isVisible()


def test_the_hand_holds_the_same_tool_and_the_mouse_does_what_it_did(qtbot: QtBot, window: Window) -> None:
    preferences()["mouse"].choose(window, "maya")
    preferences()["reduced-motion"].choose(window, True)
    qtbot.waitUntil(lambda: not window.viewport.image.isNull())
    window.viewport.canvas.take(tools()["pose"])
    window.timeline.axis.set_scale(Scale(-7.0, 31.0))
    choose(qtbot, window, "Deutsch")
    assert window.viewport.canvas.tool.name == "pose"
    assert window.actions_by_name["pose-tool"].isChecked()
    assert window.timeline.axis.scale == Scale(-7.0, 31.0)
    assert not window.viewport.image.isNull()
    assert window.viewport.canvas.mouse_scheme == "maya"
    assert window.toast._fade.duration() == 0
    assert not window.isAnimated()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let every solve stop after its first iteration until the gate is opened, however fast the machine is."""
    opened = Event()

    def gated(*arguments: Any, **options: Any) -> Iterator[Progress]:
        for progress in ra.solve(*arguments, **options):
            yield progress
            if progress.iteration:
                opened.wait()

    monkeypatch.setattr(solve_thread, "solve", gated)
    yield opened
    opened.set()


def test_it_plays_solves_and_proves_on(qtbot: QtBot, window: Window, gate: Event) -> None:
    studio = window.studio
    far = studio.session.scene.bodies.position[[0, 1]] + 9.0
    studio.session.open(ra.edits.add_keyframe(studio.session.scene, 60, [2, 3], position=far))
    studio.solving.start()
    studio.playback.play(1)
    qtbot.waitUntil(lambda: studio.solving.progress is not None)
    choose(qtbot, window, "Deutsch")
    assert studio.solving.running
    assert studio.playback.direction  # it may have turned at the end
    before, frame = studio.solving.progress, studio.session.frame
    panel = window.dock("solver").widget()
    assert panel.button.text() == "Abbrechen"
    gate.set()
    qtbot.waitUntil(lambda: studio.solving.progress is not before and studio.session.frame != frame)
    assert f" {studio.solving.progress.iteration} " in panel.findings.facts.text()
    studio.solving.cancel()
    studio.playback.stop()


def test_a_proof_goes_on(qtbot: QtBot, window: Window) -> None:
    studio = window.studio
    studio.session.edit(Sentence("Long"), ra.edits.set_timing(studio.session.scene, last=1_000_000))
    studio.proof.start()
    worker = studio.proof.worker
    switch_language(window, "de")
    assert studio.proof.worker is worker
    assert window.dock("properties").widget().scene.proof.button.text() == "Anhalten"
    studio.proof.stop()


def test_what_is_asked_and_told_over_the_picture_comes_back(qtbot: QtBot, window: Window, scene: ra.Scene) -> None:
    other = Studio(scene).recovery
    other.session.edit(Sentence("Rename"), ra.edits.set_timing(scene, last=70))
    other.leave()
    other.session.close()
    ask_to_recover(window)
    show_card(window.viewport, window.studio.sources).choose("galaxy")
    choose(qtbot, window, "Deutsch")
    card, banner = open_card(window.viewport), window.findChild(Banner)
    assert card is not None
    assert card.chosen.name == "galaxy"
    assert card.accessibleName() == "Körper hinzufügen"
    assert "Änderungen" in banner.accessibleName()


def test_the_welcome_page_stays_and_moves(qtbot: QtBot, window: Window) -> None:
    window.welcome.show()
    choose(qtbot, window, "Deutsch")
    assert window.welcome.isVisible()
    assert not window.viewport.canvas.annotated
    card = window.welcome.cards["galaxy-collision"]
    before = card.image.copy()
    qtbot.waitUntil(lambda: card.image != before)
    window.welcome.hide()
    assert window.viewport.canvas.annotated


def test_the_tour_goes_on_at_its_step(qtbot: QtBot, window: Window) -> None:
    start_tour(window)
    window.findChild(Tour).go_on()
    choose(qtbot, window, "Deutsch")
    (tour,) = window.findChildren(Tour)
    assert tour.step is STEPS[1]
    assert tour._title.text() == "Bearbeiten"
    tour.end()
