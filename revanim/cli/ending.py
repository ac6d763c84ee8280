"""How a command ends before it is done: by Ctrl-C, by a signal that asks it to, or with nobody who takes its output."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
BY_SIGNAL = 128  # what a shell adds to the number of a signal

heard: list[int] = []  # signals that asked the command to end


def end_at_once(number: int, frame: FrameType | None) -> None:
    """End the command where it is; what it has begun to write is taken away on the way out."""
    heard.append(number)
    raise KeyboardInterrupt


def end_soon(number: int, frame: FrameType | None) -> None:
    """End the command when it next tells how far it is; asked again, at once."""
    heard.append(number)
    if len(heard) > 1:
        raise KeyboardInterrupt


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Let signals end a command in an orderly way, but for those that are ignored, as in the background."""
    heard.clear()
    before = {each: signal.getsignal(each) for each in ENDING}
    for each, handler in before.items():
        if handler != signal.SIG_IGN:
            signal.signal(each, end_at_once)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def wait_for_a_pause() -> None:
    """Let signals wait until the command tells how far it is: what is raised meanwhile, numba may swallow."""
    for each in ENDING:
        if signal.getsignal(each) is end_at_once:
            signal.signal(each, end_soon)


def end_like_any_program() -> None:
    """Let signals end the program at once."""
    for each in ENDING:
        if signal.getsignal(each) in (end_at_once, end_soon):
            signal.signal(each, signal.SIG_DFL)


def hush() -> None:
    """Say no more on an output that takes nothing: Python would try again as it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
