"""How the threads of the window begin, how long they go on, and that none outlives what it belongs to."""

import atexit
import sys
from typing import Protocol
from weakref import WeakSet

from PySide6.QtCore import QThread
from shiboken6 import isValid

from revanim.engine.code.kernel import threads, use_threads

STACK = 64 << 20  # bytes: a first start compiles kernels in these threads


class Closing(Protocol):
    """A thread that ends when it is told to."""

    def close(self) -> None: ...

    def isRunning(self) -> bool: ...


_begun: "WeakSet[Closing]" = WeakSet()


def begin(thread: QThread) -> None:
    """Start a thread that has a `close`; if nobody calls it, that is done before Qt goes."""
    _begun.add(thread)  # type: ignore[arg-type]
    thread.setStackSize(STACK)
    thread.start()


def close_all() -> None:
    """End whatever still runs: an object of Qt's that goes while its thread runs takes the program with it."""
    for thread in list(_begun):
        if isValid(thread) and thread.isRunning():
            thread.close()


atexit.register(close_all)


def leave_a_core() -> None:
    """Keep the kernels that this thread calls off one core, which paints and answers the hand.

    On two cores with 2000 bodies the window then waits 6 ms instead of 20, and the walk is faster than on both.
    """
    use_threads(max(1, threads() - 1))


def mishap(error: BaseException) -> None:
    """Let what nobody expected be told as if the thread had ended of it; it goes on with the next order."""
    sys.excepthook(type(error), error, error.__traceback__)
