"""What nobody expected: the work is written aside first, then the person is told how to report it."""

import logging
import sys
import threading
from collections.abc import Callable
from time import monotonic
from types import TracebackType

from revanim.sentence import Sentence

TOLD = Sentence(
    "Something unexpected happened, and your work has been written aside. Go on, or save under another name; "
    "Help > Copy Report says what it was."
)
QUIET = 10.0  # seconds without the same mishap before it is told again: a picture that fails does so 60 times a second
log = logging.getLogger("revanim")

Place = tuple[type[BaseException], str, int]


def catch_mishaps(write_aside: Callable[[], object], tell: Callable[[Sentence], object]) -> None:
    """Let every exception that nobody catches be logged, the work be written aside, and the person be told.

    Exceptions of threads are logged where they happen, and told in the same words; a second one while the first is
    being handled is only logged.
    """
    busy = threading.Lock()
    last: dict[Place, float] = {}

    def handle(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        place, now = (kind, *raised_at(trace)), monotonic()
        again, last[place] = now - last.get(place, -QUIET) < QUIET, now
        if again:
            return
        log.critical("unexpected", exc_info=(kind, error or kind(), trace))
        if busy.acquire(blocking=False):
            try:
                write_aside()
                tell(TOLD)
            finally:
                busy.release()

    sys.excepthook = handle
    threading.excepthook = lambda given: handle(given.exc_type, given.exc_value, given.exc_traceback)


def forget_mishaps() -> None:
    """Leave exceptions to Python again."""
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__


def raised_at(trace: TracebackType | None) -> tuple[str, int]:
    """Return the file and the line where an exception was raised."""
    if trace is None:
        return "", 0
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename, trace.tb_lineno
