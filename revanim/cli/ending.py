"""How a command ends before it is done: by Ctrl-C, by a signal that asks it to, or with nobody who takes its output."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from types import FrameType

from revanim.engine.halt import Switch, stand_behind

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
BY_SIGNAL = 128  # what a shell adds to the number of a signal

heard: list[int] = []  # signals that asked the command to end
_listening: list[tuple[socket.socket, Thread]] = []  # where they also go, and who reads them there to halt walks


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
        _leave_walks()
        for each, handler in before.items():
            signal.signal(each, handler)


def wait_for_a_pause() -> None:
    """Let signals wait until the command tells how far it is: what is raised meanwhile, numba may swallow.

    Walks of what this thread binds from now on are halted as soon as a signal comes, and raise Halted.
    """
    for each in ENDING:
        if signal.getsignal(each) is end_at_once:
            signal.signal(each, end_soon)
            if not _listening:
                _halt_walks()


def _halt_walks() -> None:
    """Let a thread halt them: this one hears of a signal only after the walk that it is in."""
    switch, (ours, theirs) = Switch(), socket.socketpair()
    theirs.setblocking(False)
    thread = Thread(target=_listen, args=(ours, switch), daemon=True)
    _listening.append((theirs, thread))
    stand_behind(switch)
    signal.set_wakeup_fd(theirs.fileno())
    thread.start()


def _listen(ours: socket.socket, switch: Switch) -> None:
    with ours, suppress(OSError):
        while number := ours.recv(1):
            if number[0] in ENDING:
                switch.throw()


def _leave_walks() -> None:
    """Halt no more of them."""
    while _listening:
        theirs, thread = _listening.pop()
        signal.set_wakeup_fd(-1)
        stand_behind(Switch())
        theirs.close()
        thread.join()


def end_like_any_program() -> None:
    """Let signals end the program at once."""
    for each in ENDING:
        if signal.getsignal(each) in (end_at_once, end_soon):
            signal.signal(each, signal.SIG_DFL)


def hush() -> None:
    """Say no more on an output that takes nothing: Python would try again as it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
