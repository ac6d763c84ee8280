"""The window in both themes, as it was looked at and liked.

After a change that is meant to be seen, take them anew and look at them:
`REVANIM_GOLDEN=new pytest tests/window/test_golden.py`.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.kit.theme import THEMES, dress
from revanim.window.window import Window

GOLDEN = Path(__file__).parents[1] / "golden"
BLOCK = 8  # pixels: letters are compared by how dark they are, not by their outlines
# Letters that another machine draws half a pixel aside differ by more than 12 in 0.0004 of the squares.
STRANGE, FEW = 12, 0.002
PARTS: dict[str, Callable[[Window], QWidget]] = {
    "window": lambda window: window,
    "timeline": lambda window: window.timeline,
    "viewport": lambda window: window.viewport,
    "solver": lambda window: window.bring("solver").widget(),
}


@pytest.fixture(params=THEMES)
def dressed(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Iterator[tuple[str, Window]]:
    """A window at rest in one of the themes."""
    dress(qapp)  # fonts and style before anything is laid out
    still = ra.edits.set_look(ra.example("pendulum-pose"), trail=0)  # a trail comes when it is walked
    window = Window(still)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    dress(qapp, THEMES[request.param])
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    yield request.param, window
    dress(qapp)


def at_rest(qtbot: QtBot, window: Window) -> None:
    """Wait until nothing moves, energy and misses are known, and no figure tells how fast this machine is."""
    session, keyframes = window.studio.session, window.studio.keyframes
    qtbot.waitUntil(lambda: session.shot is not None and session.shot.drift is not None)
    qtbot.waitUntil(lambda: all(key in keyframes.misses for key in session.scene.keyframes))
    times = window.viewport.painter._times
    while True:
        times.clear()  # a picture that follows none tells no rate
        window.viewport.image = QImage()
        window.viewport.request()
        qtbot.waitUntil(lambda: not window.viewport.image.isNull())
        if len(times) == 1:
            break
    window.status.speed.clear()
    QApplication.processEvents()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_window_is_as_it_was_when_it_was_liked(
    qtbot: QtBot, dressed: tuple[str, Window], part: str
) -> None:
    theme, window = dressed
    widget = PARTS[part](window)
    at_rest(qtbot, window)
    image, path = widget.grab().toImage(), GOLDEN / f"{part}-{theme}.png"
    if os.environ.get("REVANIM_GOLDEN") == "new":
        assert image.save(str(path))
    golden = QImage(str(path))
    assert image.size() == golden.size()
    difference = np.abs(blocks(image) - blocks(golden)).max(axis=-1)
    assert (difference > STRANGE).mean() < FEW
    assert difference.mean() < 0.6


def test_a_panel_that_is_gone_would_be_seen(qtbot: QtBot, dressed: tuple[str, Window]) -> None:
    _, window = dressed
    at_rest(qtbot, window)
    before = blocks(window.grab().toImage())
    window.dock("solver").close()
    at_rest(qtbot, window)
    difference = np.abs(blocks(window.grab().toImage()) - before).max(axis=-1)
    assert (difference > STRANGE).mean() > FEW


def blocks(image: QImage) -> np.ndarray:
    """Return the mean colours of small squares: float64[rows, columns, 3]."""
    small = QSize(image.width() // BLOCK, image.height() // BLOCK)
    scaled = image.convertToFormat(QImage.Format.Format_RGB32).scaled(
        small, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    pixels = np.frombuffer(scaled.constBits(), np.uint8).reshape(scaled.height(), scaled.width(), 4)
    return pixels[:, :, :3].astype(float)
