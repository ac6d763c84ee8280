"""Somebody who presses whatever there is, thousands of times: nothing breaks, and undo leads back to the beginning."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.app.command import commands
from revanim.app.window import Window

EDITS = 2000  # done, undone or done again
LONGEST = 30_000  # actions
KEYS = "abcdefghijklmnopqrstuvwxyz,.[]0123456789"
# What would open another scene, leave, or ask the system for a file; the monkey plays with one scene.
LEFT_ALONE = {"empty", "new", "open", "recent", "gallery", "save", "save-as", "backups", "quit"}


class Monkey:
    """Presses keys, drags the mouse, runs commands, undoes and does again, all by one seed."""

    def __init__(self, window: Window, hand: object, seed: int) -> None:
        self.window, self.hand, self.random = window, hand, random.Random(seed)
        self.edits = 0
        window.session.history.indexChanged.connect(self._count)
        self.commands = [name for name, one in commands().items() if name not in LEFT_ALONE and one.choices is None]

    def _count(self) -> None:
        self.edits += 1

    def act(self) -> None:
        """Do one thing."""
        some: list[Callable[[], object]] = [
            self.edit,
            self.edit,
            self.undo,
            self.redo,
            self.command,
            self.key,
            self.drag,
        ]
        self.random.choice(some)()
        for dialog in self.window.findChildren(QFileDialog):
            dialog.reject()

    def edit(self) -> None:
        """Change something that has no widget of its own here."""
        session, scene = self.window.session, self.window.session.scene
        if not scene.bodies.count:
            return
        body = [self.random.randrange(scene.bodies.count)]
        change = self.random.choice(
            (
                lambda: ra.edits.set_bodies(scene, body, mass=self.random.uniform(0.5, 2.0)),
                lambda: ra.edits.set_bodies(scene, body, color=[self.random.randrange(256) for _ in range(3)]),
                lambda: ra.edits.set_motion(scene, body, position=[[self.random.uniform(-1, 1) for _ in range(3)]]),
                lambda: ra.edits.rename(scene, str(self.random.random())),
                lambda: ra.edits.set_markers(scene, [*scene.markers[-3:], ra.Marker(self.random.randrange(60), "m")]),
            )
        )
        session.edit("Something", change())

    def undo(self) -> None:
        """Undo up to three steps."""
        for _ in range(self.random.randrange(1, 4)):
            self.window.session.history.undo()

    def redo(self) -> None:
        """Do again up to three steps."""
        for _ in range(self.random.randrange(1, 4)):
            self.window.session.history.redo()

    def command(self) -> None:
        """Run a command that can be run now."""
        action = self.window.actions_by_name[self.random.choice(self.commands)]
        if action.isEnabled():
            action.trigger()

    def key(self) -> None:
        """Press a key on the viewport or the timeline."""
        where: QWidget = self.random.choice((self.window.viewport, self.window.timeline.ruler))
        keys = self.random.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier))
        where.setFocus()
        QTest.keyClick(where, self.random.choice(KEYS), keys)

    def drag(self) -> None:
        """Drag the mouse over the viewport or the ruler."""
        where: QWidget = self.random.choice((self.window.viewport, self.window.timeline.ruler))
        button = self.random.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton))
        points = [QPoint(self.random.randrange(where.width()), self.random.randrange(where.height())) for _ in range(3)]
        self.hand.drag(where, points, button)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", [2])
def test_two_thousand_edits_and_undos_lead_back_to_the_first_scene(
    qtbot: QtBot, window: Window, hand: object, seed: int
) -> None:
    first, monkey = window.session.scene, Monkey(window, hand, seed)
    home = ra.Playhead(first).digest()
    for _ in range(LONGEST):
        monkey.act()
        QApplication.processEvents()
        if monkey.edits >= EDITS:
            break
    assert monkey.edits >= EDITS
    window.session.solving.discard()
    window.session.playback.stop()
    while window.session.history.canUndo():
        window.session.history.undo()
    assert window.session.scene is first
    assert ra.Playhead(window.session.scene).digest() == home
    window.session.show(first.timing.home)
    qtbot.waitUntil(lambda: window.session.arrived, timeout=20_000)
    assert (window.session.shot.position == ra.Playhead(first).position).all()
