"""Rings of objects that nobody needs are collected in the window's thread alone, in passes that are not felt.

Python collects them in whichever thread happens to make a new object, and compiling a kernel makes many. A widget in
such a ring would be destroyed away from the window's thread, where Qt hangs or crashes. Besides, a full pass over what
numba brings along takes 90 to 280 ms, during which no thread runs Python.
"""

import gc
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds
LONG = 0.005  # seconds of a pass: what it found alive is here to stay, and is left out of the next


def collect_here(parent: QObject) -> None:
    """Let no thread but this one collect, from now on and for as long as the parent lives."""
    gc.disable()
    timer = QTimer(parent, interval=EVERY)
    timer.timeout.connect(sweep)
    timer.start()


def forget() -> None:
    """Collect what was left out as well: a whole window of widgets has just gone, and is not here to stay."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def sweep() -> None:
    """Do the pass that is due, if any."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if not any(due):
        return
    started = perf_counter()
    gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
    if perf_counter() - started > LONG:
        gc.freeze()
