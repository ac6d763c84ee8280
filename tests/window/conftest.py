"""A window with a small scene in it, and hands to work it with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.session.work import playblast
from revanim.window.frame import blender
from revanim.window.kit.theme import dress
from revanim.window.window import Window


@pytest.fixture(autouse=True)
def stays_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what commands write by themselves stay with the test, and start no other program."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(playblast, "show", lambda path: None)
    monkeypatch.setattr(blender, "open_in_blender", lambda script: None)


@pytest.fixture
def rods() -> ra.Scene:
    """A pendulum of three rods, let go at frame 1."""
    body = np.arange(4)
    position = np.outer(0.5 * body, (0.8, 0.6, 0.0))
    links = np.stack([body[:-1], body[1:]], axis=1)
    forces = (ra.force("uniform", acceleration=(0.0, -4.5, 0.0)), ra.force("rod", links=links, length=0.5))
    look = ra.Look(view=ra.View(distance=6.0, flat=True))
    return ra.make_scene(
        position, 0 * position, np.ones(4), forces=forces, pinned=body == 0, steps_per_frame=16, planar=True,
        frames=(1, 60), radius=0.12, look=look, name="Three rods",
    )  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, scene: ra.Scene) -> Iterator[Window]:
    """The real window, shown and active, on the small scene."""
    dress(qapp)
    window = Window(scene)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window), qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: window.studio.session.arrived)  # the first one compiles
    yield window
    window.leave()


@pytest.fixture
def ruler_x(window: Window) -> Callable[[int], QPoint]:
    """Return where a frame lies on the ruler."""
    ruler = window.timeline.ruler
    return lambda frame: QPoint(round(ruler.axis.scale.x(frame)), ruler.height() // 2)


class Hand:
    """A mouse that drags as a person does: press, many moves with the button held, release."""

    def drag(
        self,
        widget: QWidget,
        points: list[QPoint],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press on the first point, move over the others, let go on the last."""
        self.press(widget, points[0], button, keys)
        for point in points[1:]:
            self.move(widget, point, button, keys)
        QTest.mouseRelease(widget, button, keys, points[-1])

    def press(
        self,
        widget: QWidget,
        point: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press and hold."""
        QTest.mousePress(widget, button, keys, point)

    def move(
        self,
        widget: QWidget,
        point: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Move with the button held; QTest.mouseMove would let go of it."""
        place, beyond = QPointF(point), QPointF(widget.mapToGlobal(point))
        event = QMouseEvent(QEvent.Type.MouseMove, place, beyond, Qt.MouseButton.NoButton, button, keys)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def hand() -> Hand:
    """A mouse."""
    return Hand()


@pytest.fixture
def wheel() -> Callable[[QWidget, QPoint, int], None]:
    """Turn the wheel over a point; 120 is one notch away from the person."""

    def turn(widget: QWidget, point: QPoint, units: int) -> None:
        event = QWheelEvent(
            QPointF(point),
            QPointF(widget.mapToGlobal(point)),
            QPoint(),
            QPoint(0, units),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    return turn


@pytest.fixture
def drop() -> Callable[[QWidget, Path], None]:
    """Drop a file on a widget."""

    def fall(widget: QWidget, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        middle, none = widget.rect().center(), Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
        QApplication.sendEvent(widget, enter)
        assert enter.isAccepted()
        fallen = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
        QApplication.sendEvent(widget, fallen)

    return fall
