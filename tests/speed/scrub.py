"""How the window feels: drag across the whole range and back in the real window, and print what the person waits for.

    python tests/speed/scrub.py [EXAMPLE] [SECONDS]

The pauses are the gaps between two beats of a 1 ms timer of the window's thread, less that millisecond.
"""

import argparse
import sys
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

import revanim as ra
from revanim.app.start import application_of
from revanim.app.window import Window

BEAT = 1  # milliseconds
MOVE = 8  # milliseconds between two moves of the mouse: 125 a second, a usual mouse
REST = 1500  # milliseconds for the window to come up


class Scrub(QObject):
    """Presses on the ruler, drags to the end of the range and back, and keeps the times."""

    def __init__(self, window: Window, seconds: float) -> None:
        super().__init__(window)
        self.window, self.seconds = window, seconds
        self.beats: list[float] = []
        self.pictures: list[float] = []
        self.speeds: list[float] = []
        self.pressed = 0.0
        window.viewport.painter.rang.connect(self._see)
        window.session.walked.connect(lambda speed, _: self.speeds.append(speed))
        self.left = self.riffled = 0.0
        self._heart = QTimer(self, interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(lambda: self.beats.append(perf_counter()))
        self._mouse = QTimer(self, interval=MOVE, timerType=Qt.TimerType.PreciseTimer)
        self._mouse.timeout.connect(self._drag)
        QTimer.singleShot(REST, self._riffle)

    def _riffle(self) -> None:
        self.left = perf_counter()
        self.window.session.frame_shown.connect(self._await_the_end)
        self.window.session.show(self.window.session.scene.timing.last)

    def _await_the_end(self) -> None:
        if self.window.session.arrived:
            self.riffled = perf_counter() - self.left
            self.window.session.frame_shown.disconnect(self._await_the_end)
            QTimer.singleShot(REST, self._press)

    def _press(self) -> None:
        self._heart.start()
        self._mouse.start()
        self.speeds.clear()
        self.pressed = perf_counter()
        self._send(QEvent.Type.MouseButtonPress, 0.0)

    def _see(self) -> None:
        if self.pressed:
            self.pictures.append(perf_counter() - self.pressed)

    def _drag(self) -> None:
        along = (perf_counter() - self.pressed) / self.seconds
        self._send(QEvent.Type.MouseMove, 1 - abs(1 - 2 * along))
        if along >= 1:
            self._mouse.stop()
            self._heart.stop()
            self._send(QEvent.Type.MouseButtonRelease, 0.0)
            self.report()
            self.window.close()

    def _send(self, kind: QEvent.Type, along: float) -> None:
        ruler, timing = self.window.timeline.ruler, self.window.session.scene.timing
        frame = timing.first + along * (timing.last - timing.first)
        place = QPointF(ruler.scale.x(frame), ruler.height() / 2)
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, ruler.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(ruler, event)

    def report(self) -> None:
        """Print what was measured."""
        pauses = 1000 * np.diff(self.beats) - BEAT
        scene = self.window.session.scene
        print(
            f"{scene.name}: {scene.bodies.count} bodies, {scene.timing.last - scene.timing.first} frames there and back"
        )
        print(f"pauses of the window   99 % under {np.percentile(pauses, 99):.1f} ms, longest {pauses.max():.1f} ms")
        print(f"first picture          {1000 * self.pictures[0]:.1f} ms after the press")
        print(f"pictures               {len(self.pictures) / self.seconds:.0f} a second")
        print(f"walking speed          {np.median(self.speeds):.0f} frames a second, asked for one by one")
        print(f"riffling               from the home frame to the last in {self.riffled:.2f} s")


def main() -> None:
    """Open the window on an example and scrub it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("example", nargs="?", default="galaxy-collision")
    parser.add_argument("seconds", nargs="?", type=float, default=4.0)
    options = parser.parse_args()
    application = application_of(sys.argv)
    window = Window(ra.example(options.example))
    window.show()
    Scrub(window, options.seconds)
    application.exec()


if __name__ == "__main__":
    main()
