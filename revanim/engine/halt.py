"""How work that nobody waits for any more is ended from another thread, also in the midst of a step.

A walk looks at its system's `signal`, and so do the kernels that take long, between shares of their work (force.py). A
thread that stands behind a switch has every system that it binds halted by it.
"""

from threading import Lock, local
from typing import Protocol
from weakref import WeakSet

STAGES, HALTED, DROPPED = 0, 1, 2  # what stands in a signal; `System` says what each of them means


class Halted(Exception):  # noqa: N818 - nothing went wrong
    """Somebody has halted the system: the playhead stands at a whole step."""


class Walked(Protocol):
    """What can be halted, and let go on."""

    def halt(self) -> None: ...

    def release(self) -> None: ...


class Switch:
    """Halts all that its thread walks; any thread may throw it."""

    def __init__(self) -> None:
        self._lock, self._thrown = Lock(), False
        self._walked: WeakSet[Walked] = WeakSet()

    @property
    def thrown(self) -> bool:
        """Whether it is thrown."""
        return self._thrown

    def throw(self) -> None:
        """End every walk, and let there be no other until the switch is reset."""
        with self._lock:
            self._thrown = True
            for walked in self._walked:
                walked.halt()

    def reset(self) -> None:
        """Let everything be walked again."""
        with self._lock:
            self._thrown = False
            for walked in self._walked:
                walked.release()

    def watch(self, walked: Walked) -> None:
        """Halt this, too."""
        with self._lock:
            self._walked.add(walked)
            if self._thrown:
                walked.halt()


_here = local()


def stand_behind(switch: Switch) -> None:
    """Let a switch halt what this thread binds from now on."""
    _here.switch = switch


def watch_here(walked: Walked) -> None:
    """Let the switch of this thread, if it stands behind one, halt this."""
    switch: Switch | None = getattr(_here, "switch", None)
    if switch is not None:
        switch.watch(walked)
