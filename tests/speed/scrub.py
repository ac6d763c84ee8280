"""How the window feels under work: what the person waits for who scrubs or plays in the real window.

    python tests/speed/scrub.py [CASE or EXAMPLE ...] [--seconds SECONDS]

Without a name, one line of the table for each case; the name of an example scrubs that one. The pauses are the gaps
between two beats of a 1 ms timer of the window's thread, less that millisecond. Where others use the machine as well,
look at `busy`: how long the thread itself had the processor from one beat to the next, 99 % and the longest.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

import numpy as np
from machine import find_display
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

import revanim as ra
from revanim.launch.application import application_of
from revanim.scene.edits.targets import set_shape
from revanim.sentence import Sentence
from revanim.session.work.exports import QueuedExport
from revanim.window.window import Window

BEAT = 1  # milliseconds
MOVE = 8  # milliseconds between two moves of the mouse: 125 a second, a usual mouse
REST = 1500  # milliseconds for the window to come up
WAIT = 20_000  # milliseconds in which the first frames are ready, kernels that have to be compiled included
GOAL = 16  # milliseconds that 99 % of the pauses are to be under
AHEAD = 24  # frames to the keyframe of a solve


def galaxies() -> ra.Scene:
    """Return 2000 bodies, of which a third attract the others."""
    return ra.example("galaxy-collision")


def traced() -> ra.Scene:
    """Return the same with trails, the way ahead and onion skins."""
    scene = galaxies()
    return replace(scene, look=replace(scene.look, trail=24, ahead=12, skins=3))


def asked() -> ra.Scene:
    """Return the same, all free bodies asked into a ring as large as the scene."""
    scene = galaxies()
    free = np.flatnonzero(~scene.bodies.pinned)
    turn = np.linspace(0, 2 * np.pi, free.size, endpoint=False)
    reach = np.abs(scene.bodies.position).max() / 2
    ring = reach * np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
    return set_shape(scene, scene.timing.home + AHEAD, free, ring)


def asked_twice() -> ra.Scene:
    """Return the same, asked back again later, for which the whole sequence is planned."""
    scene = asked()
    key = scene.keyframes[0]
    return set_shape(scene, key.frame + AHEAD, key.bodies, scene.bodies.position[key.bodies])


def ball(count: int, massive: int) -> ra.Scene:
    """Return so many bodies in a ball, of which the first few or all attract."""
    random = np.random.default_rng(0)
    place = random.normal(size=(count, 3))
    mass = (np.arange(count) < massive) / massive
    look = ra.Look(view=ra.View(distance=12.0))
    return ra.make_scene(
        place, 0.5 * random.normal(size=(count, 3)), mass, forces=[ra.force("gravity", softening=0.1)],
        scheme="leapfrog", steps_per_frame=1, frames=(1, 120), look=look, radius=0.01, name=f"{massive} of {count}",
    )  # fmt: skip


def hundred_thousand() -> ra.Scene:
    """Return 100 000 bodies in a ball that ten of them attract."""
    return ball(100_000, 10)


@dataclass(frozen=True)
class Case:
    """A scene, what the person does with the mouse, and what goes on meanwhile."""

    make: Callable[[], ra.Scene]
    does: str = "scrub"
    meanwhile: str = ""


CASES = {
    "scrub 2000": Case(galaxies),
    "scrub 10 000, few attract": Case(lambda: ball(10_000, 10)),
    "scrub 10 000, all attract": Case(lambda: ball(10_000, 10_000)),
    "play trails and skins": Case(traced, "play"),
    "move 2000 by the pointer": Case(galaxies, "move"),
    "go through the workspaces": Case(galaxies, "travel"),
    "scrub, 2000 being solved": Case(asked, meanwhile="solve"),
    "scrub, 2000 solved twice": Case(asked_twice, meanwhile="solve"),
    "scrub 100 000": Case(hundred_thousand),
    "play 100 000": Case(hundred_thousand, "play"),
    "orbit 100 000": Case(hundred_thousand, "orbit"),
    "select 100 000 by boxes": Case(hundred_thousand, "select"),
    "edit 100 000, and undo": Case(hundred_thousand, "edit"),
    "orbit, 100 000 opened": Case(galaxies, "orbit", "open"),
    "scrub, 100 000 saved": Case(hundred_thousand, meanwhile="save"),
    "scrub, 100 000 exported": Case(hundred_thousand, meanwhile="export"),
}


class Person(QObject):
    """Does something with the mouse, there and back or again and again, and keeps the times."""

    def __init__(self, window: Window, name: str, case: Case, folder: Path, seconds: float) -> None:
        super().__init__(window)
        self.window, self.studio, self.name, self.case = window, window.studio, name, case
        self.folder, self.seconds, self.turn = folder, seconds, 0
        self.beats: list[tuple[float, float]] = []
        self.pictures: list[float] = []
        self.shown: list[float] = []
        self.started = 0.0
        self._last = 1.0  # how far along the last move of the mouse was
        window.viewport.painted.connect(lambda: self._keep(self.pictures))
        self.studio.session.frame_shown.connect(lambda: self._keep(self.shown))
        self._heart = QTimer(self, interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(lambda: self.beats.append((perf_counter(), thread_time())))
        self._mouse = QTimer(self, interval=MOVE, timerType=Qt.TimerType.PreciseTimer)
        self._mouse.timeout.connect(self._go_on)
        self._patience = perf_counter() + WAIT / 1000
        QTimer.singleShot(REST, self._wait)

    def _wait(self) -> None:
        """Begin when the engine has loaded its kernels and, in a solve, told of its first iteration."""
        solving, solves = self.studio.solving, self.case.meanwhile == "solve"
        if solves and not solving.running and solving.progress is None:
            solving.choices.iterations = 10_000
            solving.start()
        ready = self.studio.session.arrived and (not solves or solving.progress is not None)
        if ready or perf_counter() > self._patience:
            QTimer.singleShot(REST, self._begin)
        else:
            QTimer.singleShot(100, self._wait)

    def _begin(self) -> None:
        self._heart.start()
        self._mouse.start()
        self.started = perf_counter()
        getattr(self, f"_{self.case.meanwhile}", lambda: None)()
        getattr(self, f"_{self.case.does}")(0.0)

    def _keep(self, times: list[float]) -> None:
        if self.started:
            times.append(perf_counter() - self.started)

    def _go_on(self) -> None:
        along = (perf_counter() - self.started) / self.seconds
        getattr(self, f"_{self.case.does}")(along)
        if along >= 1:
            self._mouse.stop()
            self._heart.stop()
            self.report()
            self.window.close()

    # What it does with the mouse

    def _scrub(self, along: float) -> None:
        """Press on the ruler, and drag to the end of the range and back."""
        ruler, timing = self.window.timeline.ruler, self.studio.session.scene.timing
        frame = timing.first + (1 - abs(1 - 2 * along)) * (timing.last - timing.first)
        self._drag(ruler, Qt.MouseButton.LeftButton, QPointF(ruler.axis.scale.x(frame), ruler.height() / 2), along)

    def _play(self, along: float) -> None:
        if not along:
            self.studio.playback.play(1)

    def _orbit(self, along: float) -> None:
        view = self.window.viewport
        place = QPointF(view.width() * (0.3 + 0.4 * (1 - abs(1 - 2 * along))), view.height() / 2)
        self._drag(view, Qt.MouseButton.RightButton, place, along)

    def _select(self, along: float) -> None:
        """Draw box after box over all bodies, two a second."""
        view, part = self.window.viewport, 2 * self.seconds * along % 1
        place = QPointF(view.width() * (0.02 + 0.96 * part), view.height() * (0.2 + 0.7 * part))
        self._drag(view, Qt.MouseButton.LeftButton, place, part if along < 1 else 1)

    def _move(self, along: float) -> None:
        """Let all bodies follow the pointer and click to leave them there, once a second."""
        view, none, left = self.window.viewport, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        part = self.seconds * along % 1 if along < 1 else 1.0
        place = QPointF(view.width() * (0.3 + 0.4 * part), view.height() / 2)
        if not along:
            self.window.actions_by_name["select-all"].trigger()
        elif part == 1 or part < self._last:
            self._send(view, QEvent.Type.MouseButtonPress, place, left, left)
            self._send(view, QEvent.Type.MouseButtonRelease, place, left, none)
        if part < self._last:
            self.window.actions_by_name["move"].trigger()
        self._send(view, QEvent.Type.MouseMove, place, none, none)
        self._last = part

    def _travel(self, along: float) -> None:
        """Go to the next workspace, twice a second."""
        places = [action for name, action in self.window.actions_by_name.items() if name.startswith("workspace-")]
        if self.turn < 2 * self.seconds * along:
            places[self.turn % len(places)].trigger()
            self.turn += 1

    def _edit(self, along: float) -> None:
        """Move all bodies, and take it back, twice a second each."""
        if self.turn < 4 * self.seconds * along:
            session, scene = self.studio.session, self.studio.session.scene
            if self.turn % 2:
                session.history.undo()
            else:
                everyone = np.arange(scene.bodies.count)
                session.edit(Sentence("Move"), ra.edits.move_bodies(scene, everyone, (0.01, 0.0, 0.0)))
            self.turn += 1

    def _drag(self, widget: QWidget, button: Qt.MouseButton, place: QPointF, part: float) -> None:
        """Press at the beginning, release at the end, and move between."""
        none, last = Qt.MouseButton.NoButton, self._last
        if part >= 1 or part < last < 1:
            self._send(widget, QEvent.Type.MouseButtonRelease, place, button, none)
        if part < last:
            self._send(widget, QEvent.Type.MouseButtonPress, place, button, button)
        elif part < 1:
            self._send(widget, QEvent.Type.MouseMove, place, none, button)
        self._last = part

    def _send(
        self, widget: QWidget, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        event = QMouseEvent(kind, place, widget.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)

    # What goes on meanwhile

    def _open(self) -> None:
        files, path = self.studio.files, self.folder / "many.revanim"
        files.read(path, lambda scene: files.open_read(scene, path))

    def _save(self) -> None:
        self.studio.files.save(self.folder / "saved.revanim")

    def _export(self) -> None:
        scene, film = self.studio.session.scene, self.folder / "film.png"
        self.studio.exports.add(QueuedExport(scene, film, "png", (1, 24), {"width": 1280, "height": 720}))

    def report(self) -> None:
        """Print the line of the table, and how soon a solve can be stopped."""
        pauses, busy = 1000 * np.diff(self.beats, axis=0).T
        pauses -= BEAT
        first = f"{1000 * self.pictures[0]:8.0f}" if self.pictures else "       -"
        print(
            f"{self.name:27} {np.percentile(pauses, 99):8.1f} {GOAL:5} {pauses.max():8.1f}"
            f" {np.percentile(busy, 99):8.1f} {busy.max():8.1f} {first}"
            f" {len(self.pictures) / self.seconds:11.0f} {len(self.shown) / self.seconds:9.0f}",
            flush=True,
        )
        if self.case.meanwhile == "solve" and self.studio.solving.running:
            started, progress = perf_counter(), self.studio.solving.progress
            self.studio.solving.cancel()
            milliseconds = 1000 * (perf_counter() - started)
            walks = progress.evaluations if progress else 0
            print(f"    {walks} walks there and back meanwhile, cancelled in {milliseconds:.1f} ms")


def run(name: str, seconds: float) -> None:
    """Open the window on a case and let the person at it."""
    case = CASES.get(name) or Case(lambda: ra.example(name))
    application = application_of(sys.argv)
    window = Window(case.make())
    window.show()
    with TemporaryDirectory() as folder:
        if case.meanwhile == "open":
            ra.save(hundred_thousand(), Path(folder) / "many.revanim")
        Person(window, name, case, Path(folder), seconds)
        application.exec()


def main() -> None:
    """Print the table, each line from a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float, default=6.0)
    options = parser.parse_args()
    find_display()
    if len(options.names) == 1:
        run(options.names[0], options.seconds)
        return
    heads = f"{'milliseconds':27} {'99 %':>8} {'goal':>5} {'longest':>8} {'busy':>8} {'longest':>8} {'first':>8}"
    print(heads, f"{'pictures/s':>11} {'frames/s':>9}", flush=True)
    for name in options.names or CASES:
        subprocess.run([sys.executable, __file__, name, "--seconds", str(options.seconds)], check=True)


if __name__ == "__main__":
    main()
