"""The one loop of every thread beside the window: the newest order wins, and halts a walk that is of no more use.

Whatever goes wrong ends an order, never the thread; and the thread ends before what it belongs to.
"""

import atexit
import logging
import sys
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, QThread, Signal, SignalInstance
from shiboken6 import isValid

from revanim.engine.code.kernel import threads, use_threads
from revanim.engine.halt import Halted, Switch, stand_behind
from revanim.error import RevanimError
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.threads.mailbox import Mailbox
from revanim.session.threads.mishap import TOLD
from revanim.session.threads.motion import Motion

Order = TypeVar("Order")
News = TypeVar("News")

STACK = 64 << 20  # bytes: a first start compiles kernels in these threads


class Abandoned(Exception):  # noqa: N818 - nothing went wrong
    """Nobody waits for this order any more."""


def nothing(*whatever: object) -> None:
    """Do nothing: where something may be done."""


class Runner(QThread, Generic[Order, News]):
    """A thread that calls `follow(order)` for the newest order.

    `follow` gives way to a newer order by asking `waiting` or `wait_for_order`, and hands its results to `tell`;
    the newest reaches `hear(news)` in the window's thread. If `follow` raises RevanimError, `fail(order, sentence)`
    is called in this thread; so it is for any other exception, after that has been logged. Whatever it walks can be
    halted, which ends the order. The thread ends when `until` is emitted.
    """

    _rang = Signal()  # there is news

    def __init__(
        self,
        parent: QObject,
        follow: Callable[[Order], object],
        hear: Callable[[News], object],
        fail: Callable[[Order, Sentence], object] = nothing,
        *,
        until: SignalInstance | None = None,
        spare_a_core: bool = True,
    ) -> None:
        super().__init__(parent)
        self.motion: Motion | None = None  # what is walked: it is halted for an order that it does not serve
        self._switch = Switch()
        self._handing_over = Lock()  # a halt is for the order before, never for the one that comes with it
        self._orders: Mailbox[Order] = Mailbox()
        self._news: Mailbox[News] = Mailbox()
        self._follow, self._hear, self._fail = follow, hear, fail
        self._spare_a_core = spare_a_core
        self._rang.connect(self._deliver)
        self.finished.connect(self._revive)
        if until is not None:
            until.connect(self.close)

    # Of the window's thread

    def order(self, order: Order, scene: Scene | None = None, halt: bool = False) -> None:
        """Follow this order, and forget those before; a walk that is of no use to its scene any more ends at once.

        So does whatever is walked with `halt`. A thread that has died is begun anew.
        """
        motion = self.motion
        useless = scene is not None and motion is not None and not motion.serves(scene)
        with self._handing_over:
            self._orders.put(order)
            if halt or useless:
                self._switch.throw()
        if self._orders.open and not self.isRunning():
            begin(self)

    def order_last(self, order: Order) -> None:
        """Follow this order, and end."""
        self._orders.close(order)
        begin(self)

    def halt(self) -> None:
        """End at once what is being walked; there will be no other order for it."""
        with self._handing_over:
            self._switch.throw()

    def give_up(self) -> None:
        """Let the thread end as soon as may be."""
        self.requestInterruption()
        self._orders.close()
        self.halt()

    def close(self) -> None:
        """End the thread as soon as may be, and wait for it; nothing is heard any more."""
        self._hear = nothing
        self.give_up()
        self.wait()

    def _revive(self) -> None:
        """Begin a thread anew that has died all the same, if there is something to do."""
        if self._orders.open and self._orders.full and not self.isRunning():
            begin(self)

    def _deliver(self) -> None:
        news = self._news.take()
        if news is not None:
            self._hear(news)

    # Of its own thread

    @property
    def waiting(self) -> bool:
        """Whether there is a newer order, or there will be none: a reason to look up from work."""
        return self._orders.waiting

    def wait_for_order(self, seconds: float) -> bool:
        """Wait at most so long for a newer order, and return whether there is one."""
        return self._orders.wait(seconds)

    def tell(self, news: News) -> None:
        """Let the window hear this, unless there is newer news by then."""
        if self._news.put(news):
            self._rang.emit()

    def run(self) -> None:
        if self._spare_a_core:
            leave_a_core()
        stand_behind(self._switch)
        for order in self._orders:
            if self._is_due():
                self._attend(order)

    def _is_due(self) -> bool:
        """Whether the order that was just taken is the newest; what was halted before it may be walked again."""
        with self._handing_over:
            if self._orders.full or self.isInterruptionRequested():
                return False
            self._switch.reset()
            return True

    def _attend(self, order: Order) -> None:
        try:
            self._try(order)
        except BaseException as error:  # even what is told of a failure may fail
            self.motion = None
            mishap(error)

    def _try(self, order: Order) -> None:
        try:
            self._follow(order)
        except (Abandoned, Halted):
            pass
        except RevanimError as error:
            self._fail(order, error.sentence)
        except BaseException as error:  # whatever an item of somebody else's may raise
            self.motion = None
            mishap(error)
            self._fail(order, TOLD)


_begun: "WeakSet[Runner[Any, Any]]" = WeakSet()


def begin(runner: Runner[Any, Any]) -> None:
    """Start a thread; if nobody closes it, that is done before Qt goes."""
    _begun.add(runner)
    runner.setStackSize(STACK)
    runner.start()


def close_all() -> None:
    """End whatever still runs: an object of Qt's that goes while its thread runs takes the program with it."""
    for runner in list(_begun):
        if isValid(runner) and runner.isRunning():
            runner.close()


atexit.register(close_all)


def leave_a_core() -> None:
    """Keep the kernels that this thread calls off one core, which paints and answers the hand.

    On two cores with 2000 bodies the window then waits 6 ms instead of 20, and the walk is faster than on both.
    """
    use_threads(max(1, threads() - 1))


def mishap(error: BaseException) -> None:
    """Let what nobody expected be told as if the thread had ended of it; it goes on with the next order."""
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception:
        logging.getLogger("revanim").critical("unexpected", exc_info=True)
