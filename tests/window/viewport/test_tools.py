"""A tool is one file: what a trial one declares is all that the window needs to know of it."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from revanim import collect
from revanim.window import command
from revanim.window.commands import tools as tool_commands
from revanim.window.frame.search.palette import CommandPalette
from revanim.window.viewport import canvas
from revanim.window.viewport import tools as folder
from revanim.window.window import Window

FILE = '''
"""The trial tool."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from revanim.window.viewport.canvas import Tool

SIDE = 20


class Place:
    """Puts a square where the pointer is."""

    def __init__(self, canvas, event):
        self.canvas, self.point = canvas, event.position()

    def move(self, point):
        self.point = point
        self.canvas.changed.emit()

    def finish(self):
        self.canvas.amounts["trial"] = self.point.x()

    def cancel(self):
        self.canvas.amounts["trial"] = -1.0

    def paint(self, painter):
        square(painter, self.point, "#00ff00")


def square(painter, point, color):
    painter.fillRect(int(point.x()) - SIDE // 2, int(point.y()) - SIDE // 2, SIDE, SIDE, QColor(color))


trial = Tool(
    name="trial",
    text="Trial Tool",
    order=8,
    tip="Try a tool",
    shortcuts=("Ctrl+Alt+T",),
    icon="tool-add",
    hint="Drag to place a square",
    cursor=Qt.CursorShape.PointingHandCursor,
    begin=Place,
    paint=lambda painter, canvas: square(painter, QPointF(40, 300), "#ff00ff"),
)
'''


def read_again() -> None:
    """Look at the folder of the tools once more."""
    for known in (collect.collect, canvas.tools, command.commands):
        known.cache_clear()
    for name in [name for name in vars(tool_commands) if name.endswith("_tool")]:
        delattr(tool_commands, name)
    importlib.reload(tool_commands)


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One more file in the folder of the tools."""
    (tmp_path / "trial.py").write_text(FILE, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
        read_again()
        yield "trial"
    sys.modules.pop(f"{folder.__name__}.trial")
    read_again()


def color_at(window: Window, x: int, y: int) -> QColor:
    """Return the colour of a pixel of the viewport, as a person sees it."""
    shown = window.viewport.grab().toImage()
    ratio = shown.devicePixelRatio()
    return shown.pixelColor(int(x * ratio), int(y * ratio))


def test_a_tool_in_one_file_has_its_button_key_hint_and_cursor_and_paints_drags_and_aborts(
    qtbot: QtBot, trial: str, window: Window, hand
) -> None:
    action = window.actions_by_name["trial-tool"]
    assert action in window.strip.actions()
    assert action.toolTip() == "Try a tool (Ctrl+Alt+T)"
    window.find_command()
    assert "Trial Tool" in [entry.text for entry in window.findChildren(CommandPalette)[0].found]
    window.findChildren(CommandPalette)[0].close()

    viewport, held = window.viewport, window.viewport.canvas
    viewport.setFocus()
    QTest.keyClick(viewport, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert held.tool.name == trial
    assert action.isChecked()
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert window.status.hint.text() == "Drag to place a square"
    qtbot.waitUntil(lambda: not viewport.image.isNull())
    assert color_at(window, 40, 300) == QColor("#ff00ff")

    way = [QPoint(100, 300), QPoint(150, 310), QPoint(200, 320)]
    hand.press(viewport, way[0])
    hand.move(viewport, way[1])
    assert color_at(window, 150, 310) == QColor("#00ff00")
    hand.move(viewport, way[2])
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=way[2])
    assert held.amounts[trial] == 200
    assert held.hand.current is None

    hand.press(viewport, way[0])
    hand.move(viewport, way[1])
    QTest.keyClick(viewport, Qt.Key.Key_Escape)
    assert held.hand.current is None
    assert held.amounts[trial] == -1
    assert held.tool.name == trial
    action.trigger()
    assert held.tool.name == "select"


def test_without_its_file_the_tool_is_gone(window: Window) -> None:
    assert "trial-tool" not in window.actions_by_name
