"""Somebody who presses whatever there is, thousands of times: nothing breaks, and undo leads back to the beginning."""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.command import commands
from revanim.window.window import Window

SEEDS = [int(seed) for seed in os.environ.get("REVANIM_SEEDS", "2").split(",")]  # more, to look for trouble
EDITS = [120, pytest.param(2000, marks=pytest.mark.long)]  # done, undone or done again
LONGEST = 15  # actions for each, at most
KEYS = "abcdefghijklmnopqrstuvwxyz,.[]0123456789"
# What would open another scene, leave, or ask the system for a file; the monkey plays with one scene.
LEFT_ALONE = {
    "empty", "new", "open", "recent", "gallery", "save", "save-as", "backups", "quit", "export", "playblast",
}  # fmt: skip
# What is typed; some of it is nonsense.
TYPED = ["0", "1", "2.5", "-3", "1/24", "+=1", "*=2", "a", "", "nan", "1e999", "(", "Word", "12:00", "60"]
PRESSED_NEVER = {"export", "log"}  # panels that write files


class Monkey:
    """Presses keys, drags the mouse, runs commands, undoes and does again, all by one seed."""

    def __init__(self, window: Window, hand: object, seed: int) -> None:
        self.window, self.hand, self.random = window, hand, random.Random(seed)
        self.edits = 0
        window.studio.session.history.indexChanged.connect(self._count)
        known = {name: one for name, one in commands().items() if name not in LEFT_ALONE}
        self.commands = [name for name, one in known.items() if one.choices is None]
        self.submenus = [one for one in known.values() if one.choices is not None]

    def _count(self) -> None:
        self.edits += 1

    def act(self) -> None:
        """Do one thing."""
        some: list[Callable[[], object]] = [
            self.edit,
            self.edit,
            self.change_parts,
            self.undo,
            self.redo,
            self.command,
            self.choice,
            self.key,
            self.drag,
            self.press,
            self.type_in,
        ]
        self.random.choice(some)()
        for dialog in self.window.findChildren(QFileDialog):
            dialog.reject()

    def edit(self) -> None:
        """Change something that has no widget of its own here."""
        session, scene = self.window.studio.session, self.window.studio.session.scene
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
        with suppress(ra.RevanimError):  # a planar scene takes no height
            session.edit(Sentence("Something"), change())

    def change_parts(self) -> None:
        """Change what a scene is made of, as far as that can be done."""
        session, scene, some = self.window.studio.session, self.window.studio.session.scene, self.random
        count, frame = scene.bodies.count, some.randrange(1, 60)
        body, other = (some.randrange(max(count, 1)) for _ in range(2))
        force = ra.force(some.choice(("uniform", "gravity", "repulsion", "wall")))
        changes: list[Callable[[], ra.Scene]] = [
            lambda: ra.edits.add_keyframe(scene, frame=frame, bodies=[body], position=[[some.uniform(-1, 1)] * 3]),
            lambda: ra.edits.add_keyframe(scene, frame=frame, bodies=[body], velocity=[[0.0, 1.0, 0.0]], weight=2.0),
            lambda: ra.edits.set_keyframes(scene, scene.keyframes[1:]),
            lambda: ra.edits.set_forces(scene, [*scene.forces[-2:], force]),
            lambda: ra.edits.set_forces(scene, [replace(part, muted=not part.muted) for part in scene.forces]),
            lambda: ra.edits.set_forces(scene, scene.forces[1:]),
            lambda: ra.edits.set_groups(scene, [*scene.groups[-2:], ra.Group(f"Group {frame}", np.array([body]))]),
            lambda: ra.edits.set_timing(scene, fps=some.choice((24.0, 25.0, 30.0))),
            lambda: ra.edits.set_timing(scene, steps_per_frame=some.choice((4, 8))),
            lambda: ra.edits.set_scheme(scene, some.choice(tuple(ra.schemes())).name),
            lambda: ra.edits.set_planar(scene, not scene.planar),
            lambda: ra.edits.set_note(scene, str(frame)),
            lambda: ra.edits.set_bodies(scene, [body], pinned=some.random() < 0.5, radius=some.uniform(0.01, 0.2)),
            lambda: ra.edits.remove_bodies(scene, [body]) if count > 3 else ra.edits.duplicate(scene, [body, other]),
            lambda: ra.edits.duplicate(scene, [body]) if count < 12 else ra.edits.remove_bodies(scene, [body]),
            lambda: ra.edits.keep_take(scene, f"Take {frame}"),
            lambda: ra.edits.switch_take(scene, some.choice(scene.takes).name),
            lambda: ra.edits.set_look(scene, trail=some.randrange(20), skins=some.randrange(3), ahead=frame),
        ]
        with suppress(ra.RevanimError, IndexError):  # what is refused changes nothing
            session.edit(Sentence("Something else"), some.choice(changes)())

    def choice(self) -> None:
        """Take a line of a submenu."""
        choices = self.random.choice(self.submenus).choices
        assert choices is not None
        lines = choices(self.window)
        if lines:
            self.random.choice(lines).run()

    def press(self) -> None:
        """Press a button of a panel."""

        def click(button: QAbstractButton) -> None:
            if not (isinstance(button, QToolButton) and button.menu()):  # a menu waits for a choice
                button.click()

        self._pick(QAbstractButton, click)

    def type_in(self) -> None:
        """Type into a field of a panel."""

        def put(field: QLineEdit) -> None:
            if not field.isReadOnly():
                field.setFocus()
                field.selectAll()
                field.insert(self.random.choice(TYPED))
                QTest.keyClick(field, Qt.Key.Key_Return)

        self._pick(QLineEdit, put)

    def _pick(self, kind: type[QWidget], use: Callable[[Any], object]) -> None:
        docks = [dock for dock in self.window.docks if dock.objectName() not in PRESSED_NEVER]
        found = self.random.choice(docks).widget().findChildren(kind)
        seen = [each for each in found if each.isVisible() and each.isEnabled()]
        if seen:
            use(self.random.choice(seen))

    def undo(self) -> None:
        """Undo up to three steps; nothing moves but what was changed."""
        self._go(self.window.studio.session.history.undo)

    def redo(self) -> None:
        """Do again up to three steps."""
        self._go(self.window.studio.session.history.redo)

    def _go(self, step: Callable[[], None]) -> None:
        studio = self.window.studio
        for _ in range(self.random.randrange(1, 4)):
            studio.playback.stop()
            frame, view, chosen, before = (
                studio.session.frame,
                studio.session.view,
                studio.session.selection,
                studio.session.scene,
            )
            step()
            assert studio.session.frame == frame
            same_eye = studio.viewing.through or before.look.camera is not studio.session.scene.look.camera
            assert studio.session.view is view or same_eye
            assert studio.session.selection is chosen or before.bodies.count != studio.session.scene.bodies.count

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


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("edits", EDITS)
def test_hundreds_of_edits_and_undos_lead_back_to_the_first_scene(
    qtbot: QtBot, window: Window, hand: object, edits: int, seed: int
) -> None:
    first, monkey = window.studio.session.scene, Monkey(window, hand, seed)
    home = ra.Playhead(first).digest()
    for _ in range(LONGEST * edits):
        monkey.act()
        QApplication.processEvents()
        if monkey.edits >= edits:
            break
    assert monkey.edits >= edits
    window.studio.solving.discard()
    window.studio.playback.stop()
    while window.studio.session.history.canUndo():
        window.studio.session.history.undo()
    assert window.studio.session.scene is first
    assert ra.Playhead(window.studio.session.scene).digest() == home
    window.studio.session.show(first.timing.home)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert (window.studio.session.shot.position == ra.Playhead(first).position).all()
