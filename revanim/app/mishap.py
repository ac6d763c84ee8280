"""What nobody expected: the work is written aside first, then the person is told how to report it."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

TOLD = (
    "Something unexpected happened, and your work has been written aside. Go on, or save under another name; "
    "Help > Copy Report says what it was."
)
log = logging.getLogger("revanim")


def catch_mishaps(write_aside: Callable[[], object], tell: Callable[[str], object]) -> None:
    """Let every exception that nobody catches be logged, the work be written aside, and the person be told.

    Exceptions of threads are logged where they happen, and told in the same words; a second one while the first is
    being handled is only logged.
    """
    busy = threading.Lock()

    def handle(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
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
