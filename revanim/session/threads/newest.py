"""Work that a hand asks for many times a second: at once, or beside the window where only the newest is done next."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from revanim.error import RevanimError
from revanim.sentence import Sentence
from revanim.session.threads.worker import Worker

Work = Callable[[], Any]
Take = Callable[[Any], object]
Refuse = Callable[[Sentence], object]


class Newest:
    """Does what a gesture asks for, one thing after the other; what is outrun by the next is never begun.

    `aside` does it in a thread of `parent`, who closes its workers in the end; else it is done before `do` returns.
    """

    def __init__(self, parent: QObject, refuse: Refuse, aside: bool) -> None:
        self.parent, self.refuse, self.aside = parent, refuse, aside
        self._worker: Worker | None = None
        self._next: tuple[Work, Take] | None = None
        self._last: Callable[[], object] | None = None

    def do(self, work: Work, take: Take) -> None:
        """Work, and give away what comes of it, unless something newer is asked for before it begins."""
        self._next = work, take
        if self._worker is None:
            self._begin()

    def finish(self, act: Callable[[], object]) -> None:
        """Do something once all is done."""
        if self._worker is None:
            act()
        else:
            self._last = act

    def leave(self) -> None:
        """Forget what is under way."""
        self._next = self._last = None
        if self._worker is not None:
            self._worker.leave()
            self._worker = None

    def _begin(self) -> None:
        if self._next is None:
            return
        (work, take), self._next = self._next, None
        if not self.aside:
            try:
                take(work())
            except RevanimError as error:
                self.refuse(error.sentence)
            return
        self._worker = Worker(self.parent, lambda report: work())
        self._worker.done.connect(take)
        self._worker.failed.connect(self.refuse)
        self._worker.ended.connect(self._end)

    def _end(self) -> None:
        self._worker = None
        self._begin()
        if self._worker is None and self._last is not None:
            act, self._last = self._last, None
            act()
