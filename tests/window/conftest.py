"""A window with a small scene in it, and hands to work it with."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import NOTHING
from revanim.session.sound.device import Device
from revanim.session.work import playblast
from revanim.window.frame import blender
from revanim.window.frame.search.palette import CommandPalette
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.tour import Tour
from revanim.window.kit.theme import dress
from revanim.window.viewport.canvas import tools
from revanim.window.window import Window

PATIENCE = 600_000  # milliseconds: only a hang takes as long


@pytest.fixture(autouse=True)
def stays_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what commands write by themselves stay with the test, and start no other program."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(playblast, "show", lambda path: None)
    monkeypatch.setattr(blender, "open_in_blender", lambda script: None)
    monkeypatch.setattr(Device, "open", lambda device: False)  # nobody wants to hear tests


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
def window(new_window: Window) -> Window:
    """The real window, shown and active, on the small scene; in some files `shared_window` stands in its place."""
    return new_window


@pytest.fixture
def new_window(qtbot: QtBot, qapp: QApplication, scene: ra.Scene) -> Iterator[Window]:
    """A window of its own for one test."""
    window = open_window(qapp, scene)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.studio.session.arrived)  # the first one compiles
    yield window
    window.leave()


def open_window(application: QApplication, scene: ra.Scene) -> Window:
    """Return a window that is shown and active."""
    dress(application)
    window = Window(scene)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowExposed(window, PATIENCE)
    assert QTest.qWaitForWindowActive(window, PATIENCE)
    return window


@dataclass(frozen=True)
class Shared:
    """A window that the tests of a file work in, one after the other, and how it was before the first."""

    window: Window
    size: QSize
    layout: QByteArray
    plain: dict[object, dict[str, object]]  # what each part of the session and of the window keeps besides the scene

    def begin_anew(self, scene: ra.Scene) -> Window:
        """Put the window back as it was opened, on a scene."""
        window, studio = self.window, self.window.studio
        studio.playback.stop()
        studio.solving.discard()
        for over in window.findChildren(QWidget):
            if isinstance(over, QDialog | QMenu | Sheet | Tour | CommandPalette) and over.isVisible():
                over.close()
        for part, values in self.plain.items():
            vars(part).update(values)
        window.viewport.canvas.take(tools()["select"])
        window.resize(self.size)
        studio.viewing.set_size(*window.viewport.canvas.size)
        studio.files.open(scene)
        if window.saveState() != self.layout:
            window.restoreState(self.layout)
        for part in self.plain:
            if hasattr(part, "changed"):
                part.changed.emit()
        window.toast.hide()
        studio.session.hinted.emit(NOTHING)
        window.activateWindow()
        window.viewport.setFocus()
        return window


@pytest.fixture(scope="module")
def shared(qapp: QApplication, shared_home: Callable[[], AbstractContextManager[None]]) -> Iterator[Shared]:
    """The window of a file of tests."""
    with shared_home():
        window = open_window(qapp, ra.make_scene([[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], 1.0))
    studio, viewport, timeline = window.studio, window.viewport, window.timeline
    parts = [part for part in vars(studio).values() if part is not studio.session]
    kept = {part: plain(part) for part in (*parts, viewport.canvas, timeline.ruler.axis)}
    yield Shared(window, window.size(), window.saveState(), kept)
    with shared_home():
        window.leave()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def plain(part: object) -> dict[str, object]:
    """Return what a part keeps that is no other thing's business: numbers, names, choices."""
    kinds = bool | int | float | str | tuple | frozenset | None
    return {name: value for name, value in vars(part).items() if isinstance(value, kinds)}


@pytest.fixture
def shared_window(shared: Shared, qtbot: QtBot, scene: ra.Scene) -> Window:
    """The window of a file, which its tests work in one after the other, each as if it had just been opened."""
    window = shared.begin_anew(scene)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    return window


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
