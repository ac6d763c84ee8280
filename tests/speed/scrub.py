"""How the window feels under work: what the person waits for who scrubs or plays in the real window.

    python tests/speed/scrub.py [CASE or EXAMPLE ...] [--seconds SECONDS]

Without a name, one line of the table for each case; the name of an example scrubs that one. The pauses are the gaps
between two beats of a 1 ms timer of the window's thread, less that millisecond.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from machine import find_display
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

import revanim as ra
from revanim.launch.application import application_of
from revanim.scene.edits.targets import set_shape
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


def ten_thousand(massive: int) -> ra.Scene:
    """Return 10 000 bodies in a ball, of which the first few or all attract."""
    random = np.random.default_rng(0)
    place, count = random.normal(size=(10_000, 3)), 10_000
    mass = (np.arange(count) < massive) / massive
    look = ra.Look(view=ra.View(distance=12.0))
    return ra.make_scene(
        place, 0.5 * random.normal(size=(count, 3)), mass, forces=[ra.force("gravity", softening=0.1)],
        scheme="leapfrog", steps_per_frame=1, frames=(1, 120), look=look, radius=0.01, name=f"{massive} of {count}",
    )  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A scene, and what the person does meanwhile: scrub, play, or scrub while it is solved."""

    make: Callable[[], ra.Scene]
    does: str = "scrub"


CASES = {
    "scrub 2000": Case(galaxies),
    "scrub 10 000, few attract": Case(lambda: ten_thousand(10)),
    "scrub 10 000, all attract": Case(lambda: ten_thousand(10_000)),
    "play trails and skins": Case(traced, "play"),
    "scrub, 2000 being solved": Case(asked, "solve"),
    "scrub, 2000 solved twice": Case(asked_twice, "solve"),
}


class Person(QObject):
    """Presses on the ruler and drags to the end of the range and back, or plays it, and keeps the times."""

    def __init__(self, window: Window, name: str, does: str, seconds: float) -> None:
        super().__init__(window)
        self.window, self.studio = window, window.studio
        self.name, self.does, self.seconds = name, does, seconds
        self.beats: list[float] = []
        self.pictures: list[float] = []
        self.shown: list[float] = []
        self.started = 0.0
        window.viewport.painted.connect(lambda: self._keep(self.pictures))
        self.studio.session.frame_shown.connect(lambda: self._keep(self.shown))
        self._heart = QTimer(self, interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(lambda: self.beats.append(perf_counter()))
        self._mouse = QTimer(self, interval=MOVE, timerType=Qt.TimerType.PreciseTimer)
        self._mouse.timeout.connect(self._go_on)
        self._patience = perf_counter() + WAIT / 1000
        QTimer.singleShot(REST, self._wait)

    def _wait(self) -> None:
        """Begin when the engine has loaded its kernels and, in a solve, told of its first iteration."""
        solving = self.studio.solving
        if self.does == "solve" and not solving.running and solving.progress is None:
            solving.choices.iterations = 10_000
            solving.start()
        ready = self.studio.session.arrived and (self.does != "solve" or solving.progress is not None)
        if ready or perf_counter() > self._patience:
            QTimer.singleShot(REST, self._begin)
        else:
            QTimer.singleShot(100, self._wait)

    def _begin(self) -> None:
        self._heart.start()
        self._mouse.start()
        self.started = perf_counter()
        if self.does == "play":
            self.studio.playback.play(1)
        else:
            self._send(QEvent.Type.MouseButtonPress, 0.0)

    def _keep(self, times: list[float]) -> None:
        if self.started:
            times.append(perf_counter() - self.started)

    def _go_on(self) -> None:
        along = (perf_counter() - self.started) / self.seconds
        if self.does != "play":
            self._send(QEvent.Type.MouseMove, 1 - abs(1 - 2 * along))
        if along >= 1:
            self._mouse.stop()
            self._heart.stop()
            self._send(QEvent.Type.MouseButtonRelease, 0.0)
            self.report()
            self.window.close()

    def _send(self, kind: QEvent.Type, along: float) -> None:
        ruler, timing = self.window.timeline.ruler, self.studio.session.scene.timing
        frame = timing.first + along * (timing.last - timing.first)
        place = QPointF(ruler.axis.scale.x(frame), ruler.height() / 2)
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, ruler.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(ruler, event)

    def report(self) -> None:
        """Print the line of the table, and how soon a solve can be stopped."""
        pauses = 1000 * np.diff(self.beats) - BEAT
        first = f"{1000 * self.pictures[0]:8.0f}" if self.pictures else "       -"
        print(
            f"{self.name:27} {np.percentile(pauses, 99):8.1f} {GOAL:5} {pauses.max():8.1f} {first}"
            f" {len(self.pictures) / self.seconds:11.0f} {len(self.shown) / self.seconds:9.0f}",
            flush=True,
        )
        if self.does == "solve" and self.studio.solving.running:
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
    Person(window, name, case.does, seconds)
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
    heads = f"{'milliseconds':27} {'99 %':>8} {'goal':>5} {'longest':>8} {'first':>8}"
    print(heads, f"{'pictures/s':>11} {'frames/s':>9}", flush=True)
    for name in options.names or CASES:
        subprocess.run([sys.executable, __file__, name, "--seconds", str(options.seconds)], check=True)


if __name__ == "__main__":
    main()
