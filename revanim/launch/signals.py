"""What the system or a terminal asks for: to end, now and well."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
BY_SIGNAL = 128  # what a shell adds to the number of a signal


@contextmanager
def heeding_signals(end: Callable[[int], object]) -> Iterator[None]:
    """Call `end` with the number of a signal that asks the program to end; a second one ends it at once.

    Python handles a signal between two of its own lines, which the loop of Qt may not reach for long; so the number
    also comes through a pipe, which wakes the loop. Windows sends no such signals to a window.
    """
    if sys.platform == "win32":
        yield
        return
    here, there = os.pipe()
    os.set_blocking(there, False)
    bell = QSocketNotifier(here, QSocketNotifier.Type.Read)
    bell.activated.connect(lambda: end(os.read(here, 1)[0]))

    def heed(number: int, frame: object) -> None:
        for each in ENDING:
            signal.signal(each, signal.SIG_DFL)

    before = {each: signal.signal(each, heed) for each in ENDING}
    told = signal.set_wakeup_fd(there)
    try:
        yield
    finally:
        signal.set_wakeup_fd(told)
        for each, handler in before.items():
            signal.signal(each, handler)
        bell.setEnabled(False)
        os.close(here)
        os.close(there)
