"""Work beside the window: one quiet line that says what is under way and how far it is, and ends it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene import edits
from revanim.scene.edits import rename, set_timing
from revanim.scene.edits.targets import set_shape
from revanim.scene.passed import Passed
from revanim.sentence import Sentence
from revanim.session.files import files
from revanim.session.threads.worker import Worker
from revanim.session.work import assignments
from revanim.session.work import sources as adding
from revanim.session.work.exports import QueuedExport, State
from revanim.session.work.sources import Wish, kinds
from revanim.window.window import Window


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What holds work up, until it is set."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, gate: threading.Event) -> threading.Event:
    """Let what joins bodies to a scene wait at the gate first."""
    joined = edits.join

    def wait(scene: ra.Scene, other: ra.Scene) -> ra.Scene:
        assert threading.current_thread() is not threading.main_thread()
        gate.wait()
        return joined(scene, other)

    monkeypatch.setattr(edits, "join", wait)
    return gate


def names(window: Window) -> list[str]:
    """Return what is under way."""
    return [str(job.name) for job in window.studio.jobs.running]


def add(window: Window, name: str = "ring", count: int = 7) -> None:
    """Add bodies."""
    kind = kinds()[name]
    window.studio.sources.make(Wish(kind, count, None, {p.name: p.default for p in adding.asked(kind)}))


def let_end(qtbot: QtBot, window: Window) -> None:
    """Wait until all work has ended, also what was left, and another picture has been painted since."""
    qtbot.waitUntil(lambda: not window.findChildren(Worker))
    with qtbot.waitSignal(window.viewport.painted):
        window.viewport.request()


def press_cross(qtbot: QtBot, window: Window) -> None:
    """Press the cross of the line as soon as it is there."""
    qtbot.waitUntil(window.status.work.cancel.isVisible)
    QTest.mouseClick(window.status.work.cancel, Qt.MouseButton.LeftButton)


def test_work_that_lasts_is_shown_with_its_name_and_gone_when_it_is_over(
    qtbot: QtBot, window: Window, held: threading.Event
) -> None:
    add(window)
    assert names(window) == ["Adding ring…"]
    assert not window.status.work.isVisible()
    qtbot.waitUntil(window.status.work.isVisible)
    assert window.status.work.name.text() == "Adding ring…"
    qtbot.waitUntil(lambda: window.status.work.bar.maximum() == 0)  # nobody knows how far joining is
    held.set()
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count == 12)
    qtbot.waitUntil(lambda: not window.status.work.isVisible())
    assert names(window) == []


def test_what_is_over_at_once_is_not_shown(qtbot: QtBot, window: Window) -> None:
    job = window.studio.jobs.begin("Blinking…")
    window.studio.jobs.end(job)
    assert not window.status.work._soon.isActive()  # nor does it look again
    assert not window.status.work.isVisible()


def test_the_bar_follows_and_the_newest_is_in_front(qtbot: QtBot, window: Window) -> None:
    jobs, line = window.studio.jobs, window.status.work
    ended: list[str] = []
    first = jobs.begin("First…")
    second = jobs.begin("Second…", lambda: (ended.append("second"), jobs.end(second)))
    jobs.hear(second, 0.25)
    qtbot.waitUntil(line.isVisible)
    qtbot.waitUntil(lambda: line.name.text() == "Second…")
    assert line.bar.value() == line.bar.maximum() / 4
    jobs.hear(second, 0.5)
    assert line.bar.value() == line.bar.maximum() / 2
    assert (line.others.text(), line.others.toolTip()) == ("and 1 more", "First…")
    QTest.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    assert ended == ["second"]
    assert line.name.text() == "First…"
    assert not line.cancel.isVisible()
    assert not line.others.isVisible()
    jobs.end(first)
    assert not line.isVisible()


def test_adding_is_cancelled_and_leaves_the_scene_as_it_was(
    qtbot: QtBot, window: Window, held: threading.Event
) -> None:
    before = window.studio.session.scene
    add(window)
    press_cross(qtbot, window)
    assert not window.studio.sources.busy
    assert not window.status.work.isVisible()
    held.set()
    let_end(qtbot, window)
    assert window.studio.session.scene is before
    assert window.studio.session.history.count() == 0


def test_bodies_are_joined_to_the_scene_as_it_has_become(qtbot: QtBot, window: Window, held: threading.Event) -> None:
    add(window)
    qtbot.waitUntil(window.status.work.isVisible)
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Renamed meanwhile"))
    window.studio.session.edit(Sentence("Longer"), set_timing(window.studio.session.scene, last=90))
    held.set()
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count == 12)
    assert window.studio.session.scene.name == "Renamed meanwhile"
    assert window.studio.session.scene.timing.last == 90
    assert np.flatnonzero(window.studio.session.selection).tolist() == list(range(5, 12))
    window.studio.session.history.undo()
    assert window.studio.session.scene.name == "Renamed meanwhile"
    assert window.studio.session.scene.bodies.count == 5


def test_bodies_for_a_scene_that_is_gone_are_left(
    qtbot: QtBot, window: Window, held: threading.Event, rods: ra.Scene
) -> None:
    add(window)
    qtbot.waitUntil(window.status.work.isVisible)
    window.studio.session.open(rods)
    held.set()
    let_end(qtbot, window)
    assert window.studio.session.scene is rods
    assert names(window) == []


def test_a_cloth_says_how_far_it_is(window: Window) -> None:
    heard: list[object] = []
    kind = kinds()["cloth"]
    adding.assembly(Wish(kind, 50, None, {p.name: p.default for p in adding.asked(kind)}), 1.0, heard.append)
    assert heard == pytest.approx([1 / 3, 2 / 3, 1.0])


def test_a_save_that_lasts_is_said(
    qtbot: QtBot, window: Window, gate: threading.Event, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "keep_backup", lambda path: gate.wait())
    window.studio.files.path = tmp_path / "five.revanim"
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.status.work.isVisible)
    assert window.status.work.name.text() == "Saving “five”…"
    gate.set()
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert not window.status.work.isVisible()
    assert not window.studio.files.modified


def test_a_save_that_is_cancelled_leaves_the_file_as_it_was_and_the_changes_unsaved(
    qtbot: QtBot, window: Window, gate: threading.Event, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, went_on = tmp_path / "kept" / "five.revanim", list[bool]()
    path.parent.mkdir()
    ra.save(window.studio.session.scene, path)
    before = path.read_bytes()
    window.studio.files.adopt(path)
    monkeypatch.setattr(files, "keep_backup", lambda path: gate.wait())
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))
    window.file_dialogs.save(lambda: went_on.append(True))
    press_cross(qtbot, window)
    gate.set()
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["five.revanim"]
    assert window.studio.files.modified
    assert not went_on
    window.file_dialogs.save(lambda: went_on.append(True))
    qtbot.waitUntil(lambda: bool(went_on))
    assert ra.load(path).name == "Changed"


def test_an_export_is_shown_and_its_cross_cancels_it(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    shot = QueuedExport(window.studio.session.scene, tmp_path / "long.npz", "npz", (1, 100_000), {})
    window.studio.exports.add(shot)
    press_cross(qtbot, window)
    qtbot.waitUntil(lambda: shot.state is State.CANCELLED)
    assert names(window) == []
    assert list(tmp_path.glob("*.npz")) == []


def cloud(count: int = 3000) -> ra.Scene:
    """Return bodies that shall form a shape of which nobody knows yet who goes where."""
    position = np.random.default_rng(0).normal(size=(count, 3))
    scene = ra.make_scene(position, 0 * position, np.ones(count), frames=(1, 60), name="Cloud")
    return set_shape(scene, 30, np.arange(count), position[::-1] + 1.0)


def test_who_goes_where_among_thousands_is_shown_and_can_be_left(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def endless(bodies: np.ndarray, targets: np.ndarray, passed: Passed) -> np.ndarray:
        begun.append(len(bodies))
        while True:  # until it is left
            passed(0.5)
            threading.Event().wait(0.01)

    monkeypatch.setattr(assignments, "assign", endless)
    window.studio.session.open(cloud())
    window.studio.session.show(30)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.studio.assignments.show(True)
    qtbot.waitUntil(window.status.work.isVisible)
    assert window.status.work.name.text() == "Finding out who goes where…"
    press_cross(qtbot, window)
    qtbot.waitUntil(lambda: not names(window))
    let_end(qtbot, window)
    assert begun == [3000]  # it is not begun again by itself
    window.studio.assignments.show(True)
    assert names(window) == ["Finding out who goes where…"]
    window.studio.assignments.show(False)
