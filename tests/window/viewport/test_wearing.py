"""What bodies wear, chosen in the window: read beside it, shown at once, undone in one step."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from revanim.window.window import Window


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window


def test_a_picture_that_is_chosen_is_worn(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    session = window.studio.session
    Image.fromarray(np.full((9, 9, 4), 255, np.uint8)).save(tmp_path / "dot.png")
    window.actions_by_name["wear"].trigger()
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "dot.png"))
    dialog.reject()
    qtbot.waitUntil(lambda: session.scene.sprite is not None)
    assert (session.scene.sprite.name, session.scene.look.style) == ("dot.png", "sprites")
    window.actions_by_name["face-along"].trigger()
    assert session.scene.look.facing == "velocity"
    assert window.actions_by_name["face-along"].isChecked()
    session.history.undo()
    session.history.undo()
    assert session.scene.sprite is None


def test_a_mesh_is_worn_and_what_is_none_is_refused_in_a_sentence(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    session = window.studio.session
    (tmp_path / "a.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    window.studio.wearing.wear(tmp_path / "a.obj")
    qtbot.waitUntil(lambda: session.scene.figure is not None)
    assert session.scene.look.style == "figures"
    (tmp_path / "b.svg").write_text("no")
    with qtbot.waitSignal(session.failed) as heard:
        window.studio.wearing.wear(tmp_path / "b.svg")
    assert str(heard.args[0]) == "b.svg cannot be read: it is damaged, or no SVG."
