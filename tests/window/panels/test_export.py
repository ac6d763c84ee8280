"""The export panel and its queue, worked with real events and read back from the files."""

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.export.preset import PRESETS
from revanim.sentence import Sentence
from revanim.session.files import settings
from revanim.session.work import playblast
from revanim.session.work.exports import State
from revanim.window.frame import blender
from revanim.window.kit.fields.form import Choice
from revanim.window.kit.fields.number_field import NumberField
from revanim.window.panels.export import TEACH, Export
from revanim.window.window import Window


@pytest.fixture
def panel(window: Window, qtbot: QtBot) -> Export:
    """The panel, brought to the front by its keys."""
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    panel = window.dock("export").widget()
    qtbot.waitUntil(panel.isVisible)
    return panel


def press(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(panel: Export, name: str, text: str) -> None:
    field = panel.options.findChild(NumberField, name)
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def chosen_for(panel: Export, qtbot: QtBot, path: Path) -> None:
    """Press Export, and choose a file in the dialog that comes up."""
    press(panel.button)
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    qtbot.waitUntil(lambda: panel.findChild(QFileDialog) is None)


def test_a_file_is_chosen_and_written_beside_the_window(window: Window, panel: Export, qtbot: QtBot, tmp_path: Path):
    assert panel.teach.text() == TEACH
    assert panel.teach.isVisible()
    panel.choose("npz")
    type_into(panel, "first", "3")
    type_into(panel, "last", "7")
    assert panel.facts.text().startswith("5 frames")
    with qtbot.waitSignal(window.studio.session.told) as told:
        chosen_for(panel, qtbot, tmp_path / "five.npz")
    assert list(map(str, told.args)) == ["five.npz is written."]
    with np.load(tmp_path / "five.npz") as arrays:
        assert list(arrays["frame"]) == [3, 4, 5, 6, 7]
        playhead = ra.Playhead(window.studio.session.scene)
        playhead.seek(7)
        assert np.array_equal(arrays["state"][-1], playhead.state)
    (row,) = panel.rows.values()
    assert row.state.text().startswith("Done  ·  frames 3 to 7")
    assert not panel.teach.isVisible()
    press(panel.clear)
    assert panel.rows == {}
    assert panel.teach.isVisible()


def test_it_begins_with_the_frames_that_play_and_the_size_of_the_camera(window: Window, panel: Export):
    assert panel.frames == (1, 60)
    assert (panel.values["width"], panel.values["height"]) == (1920, 1080)
    window.studio.session.set_play_range((10, 20))
    assert panel.frames == (10, 20)


def test_a_preset_fills_in_the_form_until_something_is_changed(panel: Export, qtbot: QtBot):
    number = next(i for i, preset in enumerate(PRESETS, start=1) if preset.exporter == "webp")
    panel.preset.setCurrentIndex(number)
    panel.preset.activated.emit(number)
    assert panel.exporter.name == "webp"
    assert panel.values["order"] == "ping-pong"
    assert panel.values["width"] == 960
    assert panel.preset.currentIndex() == number
    box = panel.options.findChild(Choice, "order")
    assert box.currentText() == "Ping pong"
    with qtbot.waitSignal(box.activated):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert panel.values["order"] == "reverse"
    assert panel.preset.currentIndex() == 0


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_every_preset_writes_a_file(scene: ra.Scene, preset, tmp_path: Path):
    exporter = next(one for one in ra.exporters() if one.name == preset.exporter)
    small = {"width": 64, "height": 36, "density": 1}
    known = {parameter.name for parameter in exporter.parameters}
    options = {**preset.options, **{name: value for name, value in small.items() if name in known}}
    ra.export(scene, tmp_path / f"shot{exporter.suffixes[0]}", (1, 3), exporter=exporter.name, **options)
    assert any(tmp_path.iterdir())


def test_what_cannot_be_written_is_said_before_it_is_tried(panel: Export):
    type_into(panel, "first", "50")
    type_into(panel, "last", "20")
    assert panel.facts.text() == "The frames 50 to 20 are none; give the earlier one first."


def test_a_shot_is_cancelled_and_leaves_nothing(window: Window, panel: Export, qtbot: QtBot, tmp_path: Path):
    panel.choose("mp4")
    type_into(panel, "last", "100000")
    chosen_for(panel, qtbot, tmp_path / "long.mp4")
    chosen_for(panel, qtbot, tmp_path / "waits.mp4")
    first, second = panel.rows
    qtbot.waitUntil(lambda: first.fraction > 0)
    assert (first.state, second.state) == (State.WRITING, State.WAITING)
    press(panel.rows[second].cancel)
    assert second.state is State.CANCELLED
    press(panel.rows[first].cancel)
    qtbot.waitUntil(lambda: first.state is State.CANCELLED)
    assert list(tmp_path.glob("*.mp4")) == list(tmp_path.glob(".*.mp4")) == []


def test_the_queue_goes_on_after_one_that_fails(window: Window, panel: Export, qtbot: QtBot, tmp_path: Path):
    panel.choose("npz")
    with qtbot.waitSignal(window.studio.session.failed) as failed:
        panel.export(tmp_path / "gone" / "one.npz")
        panel.export(tmp_path / "two.npz")
    assert "one.npz was not written" in str(failed.args[0])
    one, two = panel.rows
    qtbot.waitUntil(lambda: two.over)
    assert (one.state, two.state) == (State.FAILED, State.DONE)
    assert "no such file or directory" in panel.rows[one].state.text()


def test_a_shot_is_the_scene_as_it_was_when_it_was_ordered(window: Window, panel: Export, qtbot: QtBot, tmp_path: Path):
    panel.choose("npz")
    mass = window.studio.session.scene.bodies.mass
    panel.export(tmp_path / "before.npz")
    window.studio.session.edit(Sentence("Mass"), ra.edits.set_bodies(window.studio.session.scene, [0], mass=9.0))
    (shot,) = panel.rows
    qtbot.waitUntil(lambda: shot.over)
    with np.load(tmp_path / "before.npz") as arrays:
        assert np.array_equal(arrays["mass"], mass)


def test_options_are_remembered_for_each_format(window: Window, panel: Export, qtbot: QtBot, tmp_path: Path):
    panel.choose("gif")
    type_into(panel, "every", "5")
    type_into(panel, "width", "64")
    type_into(panel, "height", "36")
    panel.export(tmp_path / "a.gif")
    panel.choose("mp4")
    assert panel.values["every"] == 1
    panel.choose("gif")
    assert panel.values["every"] == 5
    assert panel.values["width"] == 1920
    (shot,) = panel.rows
    qtbot.waitUntil(lambda: shot.over)


@pytest.mark.parametrize("kept", ["nonsense", "[1]", json.dumps({"every": "x", "dither": 7, "gone": 1})])
def test_settings_that_make_no_sense_are_forgotten(window: Window, panel: Export, kept: str):
    settings.remember("export/gif", kept)
    panel.choose("gif")
    assert panel.values["every"] == 1
    assert panel.values["dither"] == "yes"


def test_a_window_that_closes_writes_no_more(window: Window, panel: Export, qtbot: QtBot, tmp_path: Path):
    panel.choose("mp4")
    type_into(panel, "last", "100000")
    panel.export(tmp_path / "long.mp4")
    (shot,) = panel.rows
    qtbot.waitUntil(lambda: shot.fraction > 0)
    window.leave()
    assert list(tmp_path.glob("*.mp4")) == list(tmp_path.glob(".*.mp4")) == []


def test_a_playblast_is_what_the_viewport_plays(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shown = list[Path]()
    monkeypatch.setattr(playblast, "folder", lambda: tmp_path)
    monkeypatch.setattr(playblast, "show", shown.append)
    window.studio.session.set_play_range((3, 5))
    told, names = list[str](), list[str]()
    window.studio.session.told.connect(told.append)
    window.studio.jobs.changed.connect(lambda: names.extend(str(job.name) for job in window.studio.jobs.running))
    window.actions_by_name["playblast"].trigger()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [tmp_path / "Five-playblast.mp4"]
    assert (told, names) == (
        [],
        ["Writing “Five-playblast.mp4”…"],
    )  # the line at the foot says it, then the video opens
    import av

    with av.open(str(shown[0])) as file:
        frames = list(file.decode(video=0))
    width, height = window.studio.viewing.size
    assert len(frames) == 3
    assert abs(frames[0].width - width) <= 1
    assert abs(frames[0].height - height) <= 1


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person keeps documents."""
    monkeypatch.setattr(blender, "stage_of", lambda window: tmp_path / "Five.usdc")
    return tmp_path


def test_blender_is_started_with_a_stage_and_a_script(
    window: Window, qtbot: QtBot, documents: Path, monkeypatch: pytest.MonkeyPatch
):
    started = list[Path]()
    monkeypatch.setattr(blender, "open_in_blender", started.append)
    window.actions_by_name["open-in-blender"].trigger()
    qtbot.waitUntil(lambda: bool(started))
    assert started == [documents / "Five.blender.py"]
    compile(started[0].read_text(), "script", "exec")
    assert (documents / "Five.usdc").stat().st_size > 0


def test_where_there_is_no_blender_the_files_are_there_all_the_same(
    window: Window, qtbot: QtBot, documents: Path, monkeypatch: pytest.MonkeyPatch
):
    export = import_module("revanim.export.blender")
    monkeypatch.setattr(export, "find_blender", lambda: None)
    monkeypatch.setattr(blender, "open_in_blender", export.open_in_blender)
    with qtbot.waitSignal(window.studio.session.failed) as failed:
        window.actions_by_name["open-in-blender"].trigger()
    assert str(failed.args[0]).startswith("Blender was not found; start it yourself and run")
    assert (documents / "Five.blender.py").exists()


def test_a_stage_lies_beside_the_file_of_the_scene(window: Window, tmp_path: Path):
    window.studio.files.adopt(tmp_path / "shot.revanim")
    assert blender.stage_of(window) == tmp_path / "shot.usdc"


def test_the_facts_follow_the_scene(qtbot: QtBot, window: Window, panel: Export) -> None:
    window.file_dialogs.files.open(ra.make_scene([], [], []))
    assert "no bodies" in panel.facts.text()
    window.studio.session.edit(Sentence("Add"), ra.make_scene([[0, 0, 0.0]], [[0, 0, 0.0]], 1.0))
    assert "frames" in panel.facts.text()


def test_another_format_keeps_the_frames_and_the_size(window: Window, panel: Export) -> None:
    panel.choose("mp4")
    type_into(panel, "last", "17")
    type_into(panel, "width", "640")
    panel.format.setCurrentIndex([each.name for each in panel.known].index("gif"))
    panel.format.activated.emit(panel.format.currentIndex())
    assert panel.frames == (1, 17)
    assert (panel.values["width"], panel.values["height"]) == (640, 360)


def test_the_height_follows_the_width_and_alone_gives_another_shape(window: Window, panel: Export) -> None:
    panel.choose("mp4")
    type_into(panel, "width", "960")
    assert (panel.values["width"], panel.values["height"]) == (960, 540)
    type_into(panel, "height", "960")
    assert (panel.values["width"], panel.values["height"]) == (960, 960)
    panel._take_preset(1 + [preset.title for preset in PRESETS].index("Loop for a page"))
    assert (panel.values["width"], panel.values["height"]) == (960, 540)


def test_a_film_is_called_like_its_file(window: Window, panel: Export, tmp_path: Path) -> None:
    window.studio.files.adopt(tmp_path / "ada.revanim")
    press(panel.button)
    (dialog,) = panel.findChildren(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == [f"ada{panel.exporter.suffixes[0]}"]
    dialog.reject()
