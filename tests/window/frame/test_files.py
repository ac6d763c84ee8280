import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits import rename
from revanim.scene.file import thumbnail_in
from revanim.scene.scene import Absent
from revanim.sentence import Sentence
from revanim.session.files.backups import KEPT, backups, keep_backup
from revanim.session.files.settings import recent_files, remember_file
from revanim.window.command import commands
from revanim.window.frame.question import Question
from revanim.window.window import Window


def change(window: Window) -> None:
    """Make an edit that is in no file."""
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))


def answer(window: Window, label: str) -> None:
    """Press a button of the question that is open."""
    question = window.findChild(Question)
    assert question is not None
    buttons = {button.text(): button for button in question.findChildren(QPushButton)}
    QTest.mouseClick(buttons[label], Qt.MouseButton.LeftButton)


def save(qtbot: QtBot, window: Window) -> None:
    """Save, and wait until that is done."""
    window.file_dialogs.save()
    qtbot.waitUntil(lambda: not window.studio.files.saving)


def drop(window: Window, path: Path) -> None:
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def test_what_is_saved_is_opened_again(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "five.revanim"
    window.studio.files.path = path
    change(window)
    assert window.isWindowModified()
    QTest.keyClick(window.viewport, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert not window.isWindowModified()
    assert ra.load(path).name == "Changed"
    assert window.windowTitle() == "five[*] — revanim"


def test_the_file_remembers_where_the_camera_was(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.studio.files.path = tmp_path / "five.revanim"
    window.viewport.canvas.frame_bodies()
    save(qtbot, window)
    assert ra.load(window.studio.files.path).look.view == window.studio.session.view
    assert not window.studio.session.history.canUndo()


def test_a_first_save_asks_for_a_file(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    change(window)
    QTest.keyClick(window.viewport, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "named.revanim"))
    dialog.reject()
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert window.studio.files.path == tmp_path / "named.revanim"
    assert not window.studio.files.modified


def test_an_undo_back_to_what_was_saved_is_no_change(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.studio.files.path = tmp_path / "five.revanim"
    save(qtbot, window)
    change(window)
    window.studio.session.history.undo()
    assert not window.studio.files.modified


def recent_menu(window: Window) -> QMenu:
    """Return File > Open Recent as it is when it opens."""
    (recent,) = (menu for menu in window.findChildren(QMenu) if menu.title() == "Open Recent")
    recent.aboutToShow.emit()
    return recent


def test_open_files_are_remembered_newest_first_with_their_pictures_and_the_lost_are_greyed(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.revanim" for name in ("one", "two", "three")]
    for path in paths:
        ra.save(window.studio.session.scene, path)
        window.file_dialogs.open(path)
    paths[1].unlink()
    window.welcome.show()  # which looks again
    qtbot.waitUntil(lambda: [file.there for file in window.studio.files.recent.files] == [True, False, True])
    lines = recent_menu(window).actions()
    assert [line.text() for line in lines[:3]] == ["three.revanim", "two.revanim  ·  not there", "one.revanim"]
    assert [line.isEnabled() for line in lines[:3]] == [True, False, True]
    carried = QImage.fromData(thumbnail_in(paths[0]))
    assert carried.size().toTuple() == (320, 180)
    assert lines[2].icon().pixmap(carried.size()).toImage().convertToFormat(carried.format()) == carried
    assert [card.text() for card in window.welcome.recent] == ["three", "one"]
    assert window.welcome.recent[1].image == carried
    QTest.mouseClick(window.welcome.recent[1], Qt.MouseButton.LeftButton)
    assert window.studio.files.path == paths[0]
    window.welcome.show()
    recent_menu(window).actions()[-1].trigger()
    assert recent_files() == []
    assert not window.welcome.recent
    for number in range(20):
        remember_file(tmp_path / f"{number}.revanim")
    assert paths[0] not in recent_files()


def test_a_recent_file_opens_from_the_menu(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "recent.revanim"
    ra.save(rename(window.studio.session.scene, "Recent"), path)
    window.studio.files.recent.put(path)
    recent_menu(window).actions()[0].trigger()
    assert window.studio.session.scene.name == "Recent"


def test_a_dropped_scene_is_opened(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "dropped.revanim"
    ra.save(rename(window.studio.session.scene, "Dropped"), path)
    drop(window, path)
    assert window.studio.session.scene.name == "Dropped"


@pytest.mark.parametrize("content", [b"", b"no scene at all", b"PK\x03\x04 broken"])
def test_a_wrong_file_is_refused_in_a_toast_and_changes_nothing(window: Window, tmp_path: Path, content: bytes) -> None:
    path, before = tmp_path / "wrong.revanim", window.studio.session.scene
    path.write_bytes(content)
    drop(window, path)
    assert window.toast.isVisible()
    assert "wrong.revanim" in window.toast.text()
    assert window.studio.session.scene is before
    assert recent_files() == []


def test_a_place_where_nothing_can_be_written_is_refused_in_a_toast(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.studio.files.path = tmp_path / "missing" / "five.revanim"
    change(window)
    save(qtbot, window)
    assert window.toast.isVisible()
    assert window.studio.files.modified


def test_unsaved_changes_are_asked_about_and_cancel_keeps_them(window: Window) -> None:
    change(window)
    window.close()
    assert window.isVisible()
    answer(window, "Cancel")
    assert window.isVisible()
    assert window.studio.files.modified
    window.file_dialogs.open_example("ring")
    answer(window, "Cancel")
    assert window.studio.session.scene.name == "Changed"


def test_escape_cancels(window: Window) -> None:
    change(window)
    window.close()
    question = window.findChild(Question)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert window.isVisible()


def test_dont_save_goes_on_without(window: Window) -> None:
    change(window)
    window.file_dialogs.open_example("ring")
    answer(window, "Don't Save")
    assert window.studio.session.scene.name != "Changed"
    assert not window.studio.files.modified


def test_save_saves_and_goes_on(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.studio.files.path = tmp_path / "five.revanim"
    change(window)
    window.close()
    answer(window, "Save")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert ra.load(tmp_path / "five.revanim").name == "Changed"


def test_a_failed_save_does_not_close_the_window(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.studio.files.path = tmp_path / "missing" / "five.revanim"
    change(window)
    window.close()
    answer(window, "Save")
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert window.isVisible()


def test_closing_ends_every_thread(window: Window) -> None:
    window.studio.playback.play(1)
    window.close()
    assert not window.studio.session.walker.runner.isRunning()
    assert not window.viewport.painter.runner.isRunning()


def test_a_file_that_somebody_else_changed_is_not_saved_over_unasked(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "shared.revanim"
    ra.save(window.studio.session.scene, path)
    window.file_dialogs.open(path)
    ra.save(rename(window.studio.session.scene, "Theirs, which is longer"), path)
    change(window)
    window.file_dialogs.save()
    answer(window, "Cancel")
    assert ra.load(path).name == "Theirs, which is longer"
    window.file_dialogs.save()
    answer(window, "Overwrite")
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert ra.load(path).name == "Changed"
    assert not window.studio.files.modified


def test_what_is_edited_while_a_file_is_written_stays_unsaved(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.studio.files.path = tmp_path / "five.revanim"
    change(window)
    window.file_dialogs.save()
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Later"))
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert ra.load(window.studio.files.path).name == "Changed"
    assert window.studio.files.modified


def test_what_was_saved_over_is_kept_and_opens_as_a_change(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = window.studio.files.path = tmp_path / "five.revanim"
    save(qtbot, window)
    change(window)
    save(qtbot, window)
    (kept,) = backups(path)
    (choice,) = commands()["backups"].choices(window)
    choice.run()
    assert window.studio.session.scene.name == "Five"
    assert window.studio.files.path == path
    assert window.studio.files.modified
    for turn in range(KEPT + 3):
        path.write_bytes(bytes([turn]))
        keep_backup(path)
        keep_backup(path)  # the same file is not kept twice
    assert len(backups(path)) == KEPT
    assert kept not in backups(path)


def test_a_new_scene_is_empty_and_can_be_undone_into_nothing(window: Window) -> None:
    QTest.keyClick(window.viewport, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.studio.session.scene.bodies.count == 0
    assert not window.studio.session.history.canUndo()


def test_a_table_of_bodies_that_is_dropped_is_a_new_scene(
    window: Window, qtbot: QtBot, drop: Callable[[QWidget, Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "pair.csv"
    path.write_text("name,m,x,y,vx,vy\nsun,1,0,0,0,0\nearth,0,1,0,0,1\n")
    with qtbot.waitSignal(window.studio.session.told):
        drop(window, path)
    assert [group.name for group in window.studio.session.scene.groups] == ["sun", "earth"]
    assert window.studio.files.path is None
    assert window.studio.files.modified  # it is in no file of ours yet


def test_a_table_that_cannot_be_understood_leaves_the_scene_alone(
    window: Window, qtbot: QtBot, drop: Callable[[QWidget, Path], None], tmp_path: Path
) -> None:
    path, before = tmp_path / "pair.csv", window.studio.session.scene
    path.write_text("m,x,y,vx,vy\n1,0,0,0\n")
    with qtbot.waitSignal(window.studio.session.failed) as failed:
        drop(window, path)
    assert list(map(str, failed.args)) == ["Line 2 of pair.csv has nothing where the number vy must be."]
    assert window.studio.session.scene is before


def test_it_says_what_in_a_file_is_not_installed(window: Window, tmp_path: Path) -> None:
    gravity = ra.force("gravity")
    scene = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, forces=[gravity])
    path, told = tmp_path / "windy.revanim", list[object]()
    absent = replace(gravity, kind="breeze", muted=True, absent=Absent(muted=False))
    ra.save(replace(scene, forces=(absent,)), path)
    window.studio.session.told.connect(told.append)
    window.file_dialogs.open(path)
    assert list(map(str, told)) == ["This scene has a force 'breeze' that is not installed; it rests."]
    assert window.studio.session.scene.missing == ("breeze",)


def test_a_full_disk_leaves_the_earlier_versions_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, scene = tmp_path / "scene.revanim", ra.example("figure-eight")
    for number in range(3):
        ra.save(ra.edits.rename(scene, str(number)), path)
        keep_backup(path)
    kept = backups(path)
    assert len(kept) == 3
    ra.save(ra.edits.rename(scene, "more"), path)

    def full(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:50])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("shutil.copyfile", full)
        for _ in range(12):
            keep_backup(path)
    kept[0].with_name("2030-01-01 00.00.00.000000.revanim").touch()  # as earlier releases left them
    assert backups(path) == kept
    keep_backup(path)
    assert len(backups(path)) == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("suffix", [".revanim", ".bin", ".csv", ".svg", ".png", ".npz"])
def test_a_named_pipe_is_refused_and_blocks_nothing(window: Window, tmp_path: Path, suffix: str) -> None:
    pipe = tmp_path / f"pipe{suffix}"
    os.mkfifo(pipe)
    before = window.studio.session.scene
    drop(window, pipe)
    assert pipe.name in window.toast.text()
    window.toast.dismiss()
    window.file_dialogs.open(pipe)
    assert window.studio.session.scene is before
    assert thumbnail_in(pipe) == b""
