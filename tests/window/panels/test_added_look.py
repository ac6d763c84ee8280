"""A style and a background of somebody else: one file, found by its entry points, and what is said without it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.collect import collect, plugged_in
from revanim.draw.background import backgrounds, not_installed
from revanim.draw.picture import picture
from revanim.draw.style import styles
from revanim.draw.thumbnail import shot_of
from revanim.scene.build import make_playhead
from revanim.window.command import commands
from revanim.window.panels.look import Look
from revanim.window.window import Window

FILE = '''
"""Squares, over stripes."""

import numpy as np

from revanim.draw.background import Background, Ground
from revanim.draw.style import Style


def paint(image, layers):
    image[:] = layers.behind
    points = layers.bodies.points
    for x, y in zip(points.x.astype(int), points.y.astype(int), strict=True):
        image[max(y - 3, 0) : y + 3, max(x - 3, 0) : x + 3] = 0xFFFF0000


def ground(look, tokens, dark):
    return Ground((20, 40, 60), (200, 100, 50), ink=(0, 0, 0))


def tile(ground, height, ratio):
    return np.array([[ground.top], [ground.bottom]], np.float64)


squares = Style(name="squares", title="Red squares", help="Paint squares.", order=90, paint=paint)
stripes = Background(name="stripes", title="Stripes", help="Rows.", order=90, ground=ground, tile=tile)
'''
POINTS = "[revanim.items]\nsquares = added_look:squares\nstripes = added_look:stripes\n"


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """Return a folder with an installed package that has a style and a background."""
    folder = tmp_path / "added"
    information = folder / "added_look-1.0.dist-info"
    information.mkdir(parents=True)
    (folder / "added_look.py").write_text(FILE, encoding="utf-8")
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: added-look\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    return folder


@pytest.fixture
def installed(added: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let Python find that package, and forget it afterwards."""
    monkeypatch.syspath_prepend(added)
    forget()
    yield
    forget()


def forget() -> None:
    for found in (plugged_in, collect, styles, backgrounds):
        found.cache_clear()
    sys.modules.pop("added_look", None)


@pytest.fixture
def painted(scene: ra.Scene) -> ra.Scene:
    """A scene that is painted as squares over stripes."""
    return replace(scene, look=replace(scene.look, style="squares", background="stripes", grid=False, axes=False))


def pixels(scene: ra.Scene) -> np.ndarray:
    """Return the picture at home, uint32[h, w]."""
    image = picture(scene, shot_of(scene, make_playhead(scene)), 160, 90)
    return np.frombuffer(image.constBits(), np.uint32).reshape(90, 160).copy()


@pytest.mark.usefixtures("installed", "qapp")
def test_they_are_painted(painted: ra.Scene) -> None:
    found = pixels(painted) & 0xFFFFFF
    assert set(np.unique(found[::2])) - {0xFF0000} == {0x14283C}
    assert set(np.unique(found[1::2])) - {0xFF0000} == {0xC86432}
    assert (found == 0xFF0000).any()


@pytest.fixture
def ready(installed: None, window: Window) -> Window:
    """A window that was opened with that package."""
    return window


def test_the_panel_and_the_menu_list_them(ready: Window) -> None:
    panel = ready.bring("look").widget()
    assert isinstance(panel, Look)
    for choice, name, title in ((panel.style_, "squares", "Red squares"), (panel.background, "stripes", "Stripes")):
        choice.setCurrentIndex(choice.findData(name))
        choice.activated.emit(choice.currentIndex())
        assert choice.currentText() == title
        shown = {each.text: each.checked for each in commands()[choice.objectName()].choices(ready)}
        assert shown[title]
    look = ready.studio.session.scene.look
    assert (look.style, look.background) == ("squares", "stripes")


def revanim(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line, with a folder from which Python imports."""
    program = [sys.executable, "-m", "revanim", *map(str, arguments)]
    path = os.pathsep.join([str(folder), *filter(None, sys.path)])
    return subprocess.run(program, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path})


def test_the_command_line_lists_them_and_paints_with_them(added: Path, scene: ra.Scene, tmp_path: Path) -> None:
    file, out = tmp_path / "scene.revanim", tmp_path / "out.png"
    ra.save(ra.edits.set_look(scene, grid=False, axes=False), file)
    asked = ("--style", "squares", "--background", "stripes", "--frames", "1:1", "--width", 160, "--height", 90)
    assert "squares" in revanim(added, "export", "--help").stdout
    assert revanim(added, "export", file, "-o", out, *asked).stderr == ""
    assert QImage(str(tmp_path / "out.0001.png")).pixelColor(2, 1).getRgb()[:3] == (200, 100, 50)


def test_a_file_with_others_opens_without_them_keeps_them_and_says_so(painted: ra.Scene, tmp_path: Path) -> None:
    file, again, out = tmp_path / "scene.revanim", tmp_path / "again.revanim", tmp_path / "out.png"
    ra.save(painted, file)
    opened = ra.load(file)
    assert (opened.look.style, opened.look.background) == ("squares", "stripes")
    ra.save(opened, again)
    assert again.read_bytes() == file.read_bytes()
    said = revanim(tmp_path, "picture", file, "-o", out).stderr.splitlines()
    assert said == [str(sentence) for sentence in not_installed(painted.look)]
    assert said[0].startswith("The style 'squares' is not installed; ")
    assert said[1].startswith("The background 'stripes' is not installed; ")


@pytest.mark.usefixtures("qapp")
def test_without_them_a_scene_looks_like_a_new_one(painted: ra.Scene) -> None:
    plain = ra.Look()
    usual = replace(painted, look=replace(painted.look, style=plain.style, background=plain.background))
    assert (pixels(painted) == pixels(usual)).all()


def test_the_window_says_what_is_not_installed_and_shows_its_name(
    window: Window, painted: ra.Scene, tmp_path: Path, qtbot: QtBot
) -> None:
    ra.save(painted, tmp_path / "scene.revanim")
    heard: list[object] = []
    window.studio.session.told.connect(heard.append)
    panel = window.bring("look").widget()
    assert isinstance(panel, Look)
    window.file_dialogs.open(tmp_path / "scene.revanim")
    assert list(map(str, heard)) == [" ".join(map(str, not_installed(painted.look)))]  # all at once
    assert (panel.style_.currentText(), panel.style_.placeholderText()) == ("", "squares")
    panel.set_camera.click()  # another edit leaves it in the scene
    assert window.studio.session.scene.look.style == "squares"


def test_a_person_may_name_only_what_is_installed_but_another_edit_leaves_the_name(painted: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match=r"^There is no style called 'oil'; there are disc, clay, "):
        ra.edits.set_look(painted, style="oil")
    with pytest.raises(ra.RevanimError, match=r"^There is no background called 'sky'; there are gradient, "):
        ra.edits.set_look(painted, background="sky")
    assert ra.edits.set_look(painted, trail=3).look == replace(painted.look, trail=3)
