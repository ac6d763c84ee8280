"""Poses from outside: words that are typed and files that are dropped on the real window."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw import camera
from revanim.window.window import Window

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/>{}</svg>'
CORNERS = np.array([[0.0, 0, 0], [2, 0, 0], [0, 1, 0], [2, 1, 0]])


@pytest.fixture
def scene(rods: ra.Scene) -> ra.Scene:
    """A pendulum."""
    return rods


@pytest.fixture
def window(window: Window, qtbot: QtBot) -> Window:
    """The window at frame 10."""
    window.studio.session.show(10)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    return window


def zone(window: Window) -> QWidget:
    """Return where the panel takes files."""
    return window.bring("keyframes").widget().zone


def picture(window: Window) -> QWidget:
    """Return what lies under the pointer over the viewport: the window takes files for all of it."""
    return window


def shape_set(qtbot: QtBot, window: Window) -> ra.Keyframe:
    """Wait for the one keyframe, and return it."""
    qtbot.waitUntil(lambda: bool(window.studio.session.scene.keyframes))
    (key,) = window.studio.session.scene.keyframes
    return key


def write_svg(path: Path) -> None:
    path.write_text(SQUARE.format(""))


def write_image(path: Path) -> None:
    Image.new("RGB", (40, 20), "white").save(path)


def write_table(path: Path) -> None:
    np.savetxt(path, CORNERS, delimiter=",")


def write_archive(path: Path) -> None:
    np.savez(path, position=CORNERS)


def write_mesh(path: Path) -> None:
    trimesh.creation.box((2, 1, 1)).export(path)


def write_cloud(path: Path) -> None:
    trimesh.PointCloud(CORNERS).export(path)


FILES: dict[str, Callable[[Path], None]] = {
    "drawing.svg": write_svg,
    "picture.png": write_image,
    "table.csv": write_table,
    "archive.npz": write_archive,
    "mesh.obj": write_mesh,
    "mesh.stl": write_mesh,
    "mesh.ply": write_mesh,
    "cloud.ply": write_cloud,
}


@pytest.mark.parametrize("target", [zone, picture])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_dropped_is_a_target_for_the_selected_bodies(
    name: str, target: Callable[[Window], QWidget], qtbot: QtBot, window: Window, drop, tmp_path: Path
) -> None:
    FILES[name](tmp_path / name)
    window.studio.session.select(np.array([False, True, False, True]))
    drop(target(window), tmp_path / name)
    key = shape_set(qtbot, window)
    assert (key.frame, key.shape, key.bodies.tolist()) == (10, True, [1, 3])
    size = window.viewport.width(), window.viewport.height()
    seen = camera.project(window.studio.session.view, *size, key.position)
    assert ((seen.x > 0) & (seen.x < size[0]) & (seen.y > 0) & (seen.y < size[1])).all()
    assert window.studio.session.history.undoText() == f"Pose {name}"
    assert window.studio.session.history.count() == 1
    assert window.studio.keyframes.selected == {key}


def test_what_is_dropped_with_nothing_selected_is_for_all_bodies_that_can_move(
    qtbot: QtBot, window: Window, drop, tmp_path: Path
) -> None:
    write_svg(tmp_path / "square.svg")
    drop(zone(window), tmp_path / "square.svg")
    assert shape_set(qtbot, window).bodies.tolist() == [1, 2, 3]


def test_what_a_source_has_to_say_is_told_when_its_pose_is_placed(
    qtbot: QtBot, window: Window, drop, tmp_path: Path
) -> None:
    write_table(tmp_path / "table.csv")
    drop(zone(window), tmp_path / "table.csv")
    shape_set(qtbot, window)
    assert window.toast.text() == "table.csv has 4 points for 3 bodies; 3 of them are taken, evenly spread."
    assert window.toast.property("kind") == "ok"


def test_letters_that_are_left_out_are_told(qtbot: QtBot, window: Window, drop, tmp_path: Path) -> None:
    (tmp_path / "it.svg").write_text(SQUARE.format("<text>Hello</text>"))
    drop(zone(window), tmp_path / "it.svg")
    shape_set(qtbot, window)
    assert window.toast.text().startswith("it.svg also holds what is not read: text")


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("notes.docx", "", "notes.docx holds no pose"),
        ("empty.svg", "", "empty.svg is not SVG"),
        ("blank.svg", SQUARE.replace("<rect", "<metadata").format(""), "blank.svg"),
        ("empty.ply", "", "empty.ply cannot be read"),
        ("bare.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\n", "bare.obj has no faces"),
        ("words.csv", "x,y,z\none,two,three\n", "Line 2 of words.csv has 'one' where the number x must be"),
    ],
)
def test_a_wrong_file_is_refused_in_a_toast(
    qtbot: QtBot, window: Window, drop, tmp_path: Path, name, content, text
) -> None:
    (tmp_path / name).write_text(content)
    before = window.studio.session.scene
    for target in (zone, picture):
        window.toast.words.setText("")
        drop(target(window), tmp_path / name)
        qtbot.waitUntil(lambda: text in window.toast.text())
        assert window.studio.session.scene is before
        assert window.toast.property("kind") == "error"


def test_a_word_becomes_a_shape_at_the_playhead(qtbot: QtBot, window: Window) -> None:
    panel = window.bring("keyframes").widget()
    panel.word.setFocus()
    QTest.keyClicks(panel.word, "HI")
    QTest.keyClick(panel.word, Qt.Key.Key_Return)
    key = shape_set(qtbot, window)
    assert (key.frame, key.shape, key.bodies.tolist()) == (10, True, [1, 2, 3])
    assert not key.position[:, 2].any()
    size = window.viewport.width(), window.viewport.height()
    seen = camera.project(window.studio.session.view, *size, key.position)
    assert ((seen.x > 0) & (seen.x < size[0]) & (seen.y > 0) & (seen.y < size[1])).all()
    assert window.studio.session.history.count() == 1
