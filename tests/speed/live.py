"""How a motion bends under the hand: drag the target of a chain of five rods, two seconds ahead, in the real window.

python tests/speed/live.py [SECONDS]
"""

import argparse
import sys
from time import perf_counter

import numpy as np
from machine import find_display
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

import revanim as ra
from revanim.launch.application import application_of
from revanim.scene.edits.targets import set_targets
from revanim.window.window import Window

RODS, LENGTH = 5, 0.56
STEPS, AHEAD = 64, 48  # a frame; frames: 3072 steps in all
REST = 8000  # milliseconds in which kernels that have to be compiled are ready
MOVE = 8  # milliseconds between two moves of the mouse
REACH = 0.25  # of the drag, scene units


def chain() -> ra.Scene:
    """Return five rods, lifted and let go."""
    body = np.arange(RODS + 1)
    position = np.outer(LENGTH * body, (0.6, -0.8, 0.0))
    links = np.stack([body[:-1], body[1:]], axis=1)
    forces = (ra.force("uniform", acceleration=(0.0, -4.5, 0.0)), ra.force("rod", links=links, length=LENGTH))
    look = ra.Look(view=ra.View(distance=9.0, flat=True))
    return ra.make_scene(
        position, 0 * position, np.ones(RODS + 1), forces=forces, pinned=body == 0,
        steps_per_frame=STEPS, planar=True, radius=0.15, look=look, name="Five rods",
    )  # fmt: skip


class Drag(QObject):
    """Moves the target round and round, as a hand does, and counts what comes back."""

    def __init__(self, window: Window, seconds: float) -> None:
        super().__init__(window)
        self.window, self.solving, self.seconds = window, window.studio.solving, seconds
        self.solves: list[tuple[float, float]] = []  # when, and how far off
        self.ghosts = 0
        self.started = 0.0
        self._mouse = QTimer(self, interval=MOVE, timerType=Qt.TimerType.PreciseTimer)
        self._mouse.timeout.connect(self._move)
        window.studio.session.show(1 + AHEAD)
        self.solving.prepare()
        QTimer.singleShot(REST, self._press)

    def _press(self) -> None:
        if not self.window.studio.session.arrived:
            QTimer.singleShot(REST, self._press)
            return
        self.place = self.window.studio.session.shot.position[RODS]
        self.started = perf_counter()
        self._last: object = None
        self.solving.changed.connect(self._count)
        self.solving.ghost_shown.connect(self._see)
        self._mouse.start()

    def _move(self) -> None:
        time = perf_counter() - self.started
        turn = REACH * np.array([np.sin(2 * time), 1 - np.cos(2 * time), 0.0])
        scene = set_targets(self.window.studio.session.scene, 1 + AHEAD, np.array([RODS]), (self.place + turn)[None])
        self.window.studio.keyframes.set_draft(scene)
        self.solving.bend(scene)
        if time > self.seconds and len(self.solves) > 2:
            self._mouse.stop()
            self._report(time)
            self.solving.discard()
            self.window.close()

    def _count(self) -> None:
        progress = self.solving.progress
        if progress is not None and progress is not self._last:
            self._last = progress
            self.solves.append((perf_counter(), progress.miss))

    def _see(self) -> None:
        self.ghosts += 1

    def _report(self, seconds: float) -> None:
        misses = np.array([miss for _, miss in self.solves])
        gaps = 1000 * np.diff([when for when, _ in self.solves])
        print(f"a chain of {RODS} rods, {AHEAD * STEPS} steps ahead, its target moved {1000 // MOVE} times a second")
        print(f"solves                 {len(self.solves) / seconds:.1f} a second")
        print(f"between two            median {np.median(gaps):.0f} ms, 95 % under {np.percentile(gaps, 95):.0f} ms")
        print(f"ghosts                 {self.ghosts / seconds:.1f} a second")
        print(f"behind the target      median {np.median(misses):.2g}, most {misses.max():.2g}, of a chain 2.8 long")


def main() -> None:
    """Open the window and drag."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=6.0)
    options = parser.parse_args()
    find_display()
    application = application_of(sys.argv)
    window = Window(chain())
    window.show()
    Drag(window, options.seconds)
    QApplication.setQuitOnLastWindowClosed(True)
    application.exec()


if __name__ == "__main__":
    main()
