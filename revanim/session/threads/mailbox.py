"""How two threads talk: a place for one message, where the newest wins."""

from collections.abc import Iterator
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds the newest message until it is taken; what it replaces is forgotten."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._message: T | None = None
        self._open = True

    @property
    def full(self) -> bool:
        """Whether there is a message."""
        return self._message is not None

    @property
    def waiting(self) -> bool:
        """Whether there is a message, or no more can come: a reason to look up from work."""
        return self.full or not self._open

    @property
    def open(self) -> bool:
        """Whether a message may still be left."""
        return self._open

    def put(self, message: T) -> bool:
        """Leave a message; return whether the box was empty, so that one bell is enough for many messages."""
        with self._changed:
            was_empty = self._message is None
            if self._open:
                self._message = message
                self._changed.notify()
            return was_empty

    def take(self) -> T | None:
        """Return the message and empty the box."""
        with self._changed:
            message, self._message = self._message, None
            return message

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for a message, and return whether there is one; it stays in the box."""
        with self._changed:
            return self._changed.wait_for(lambda: self.waiting, max(seconds, 0.0))

    def __iter__(self) -> Iterator[T]:
        """Wait for message after message until the box is closed, and empty."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self.waiting)
                message, self._message = self._message, None
            if message is None:
                return
            yield message

    def close(self, last: T | None = None) -> None:
        """Let the reader finish, with a last message if there is one; what waits is forgotten."""
        with self._changed:
            if self._open:
                self._open, self._message = False, last
                self._changed.notify()
