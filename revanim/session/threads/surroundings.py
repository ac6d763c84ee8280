"""The thread that looks around: where the bodies are in the frames before and after the one that is shown.

Nothing is kept beyond what is drawn. Each onion skin is a playhead of its own, so many frames from the one that is
shown, and the way ahead is a trail whose head runs before it; they walk along as it moves. Work that takes longer than
a display waits for is left until the hand rests.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, QThread, Signal

from revanim.draw.overlay.marks import needs_gauge
from revanim.draw.shot import Skin
from revanim.draw.trail import Trail
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Halted, Playhead
from revanim.engine.system import System
from revanim.error import RevanimError
from revanim.scene.build import build_system
from revanim.scene.gauge import Gauge, gauge
from revanim.scene.scene import Look, Scene
from revanim.session.threads.mailbox import Mailbox
from revanim.session.threads.runner import begin, leave_a_core, mishap
from revanim.session.threads.walk import same_motion

PATIENCE = 0.012  # seconds of walking that are done at once
REST = 0.12  # seconds without another order: the hand rests
INERTIA = 0.8  # of the measured speed


@dataclass(frozen=True, eq=False)
class Order:
    """Around which frame to look; the state is that of the bodies there."""

    scene: Scene
    frame: int
    state: Counts


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What there is to see around a frame."""

    scene: Scene
    frame: int
    ahead: Floats | None  # float64[k, n, 3], soonest first
    skins: tuple[Skin, ...]
    gauge: Gauge | None


class Left(Exception):  # noqa: N818 - nothing went wrong
    """There is a newer order."""


def offsets(look: Look) -> list[int]:
    """Return the frames of the skins, counted from the one that is shown, the nearest first on either side."""
    return [side * look.spacing * count for side in (-1, 1) for count in range(1, look.skins + 1)]


def measured(scene: Scene) -> tuple[str, bool]:
    """Return what of the look a gauge depends on."""
    return scene.look.color_by, scene.look.accelerations


class Around(QThread):
    """Follows the newest order."""

    rang = Signal()  # there is something to `take`

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._orders: Mailbox[Order] = Mailbox()
        self._news: Mailbox[Surroundings] = Mailbox()
        self._scene: Scene | None = None
        self._system: System
        self._gauge: Gauge | None = None
        self._skins: dict[int, Playhead] = {}
        self._ahead: Trail | None = None
        self._seconds = 0.0  # that a frame takes

    def look(self, scene: Scene, frame: int, state: Counts) -> None:
        """Look around this frame, and forget what was asked before."""
        self._orders.put(Order(scene, frame, state))
        if self._orders.open and not self.isRunning():
            begin(self)

    def take(self) -> Surroundings | None:
        """Return the newest news, once."""
        return self._news.take()

    def close(self) -> None:
        """End the walk, and the thread."""
        self._orders.close()
        if self._scene is not None:
            self._system.halt()
        self.wait()

    def run(self) -> None:
        leave_a_core()
        for order in self._orders:
            try:
                with suppress(Left):
                    self._follow(order)
            except RevanimError:
                self._scene = None  # what does not move has no surroundings; the walk has said why
            except Halted:
                self._scene = None
            except Exception as error:
                self._scene = None
                mishap(error)

    def _follow(self, order: Order) -> None:
        self._prepare(order.scene)
        along = self._along(order)
        anew = 2 * order.scene.look.skins * order.scene.look.spacing + order.scene.look.ahead
        if min(anew, along) * self._seconds > PATIENCE:
            self._rest()
        try:
            (self._walk_along if along <= anew else self._begin_anew)(order)
        except RevanimError:
            self._begin_anew(order)  # which goes as far as the motion does
        self._tell(order)
        if needs_gauge(order.scene) and self._gauge is None:
            self._rest()
            self._gauge = gauge(order.scene)
            self._tell(order)

    def _prepare(self, scene: Scene) -> None:
        before = self._scene
        if before is None or not same_motion(before, scene):
            self._system = build_system(scene)
            self._skins, self._ahead, self._seconds = {}, None, 0.0
            self._gauge = None
        elif measured(before) != measured(scene) or before.keyframes is not scene.keyframes:
            self._gauge = None
        self._scene = scene

    def _rest(self) -> None:
        if self._orders.wait(REST):
            raise Left

    def _along(self, order: Order) -> float:
        """Return how many frames have to be walked from where the playheads are."""
        look, frame, ahead = order.scene.look, order.frame, self._ahead
        if sorted(self._skins) != sorted(offsets(look)) or (ahead.length if ahead else 0) != look.ahead:
            return inf
        frames = sum(abs(frame + offset - skin.frame) for offset, skin in self._skins.items())
        return frames + (2 * abs(frame + look.ahead - ahead.frame) if ahead else 0)

    def _walk_along(self, order: Order) -> None:
        for offset, skin in self._skins.items():
            self._walk(skin, order.frame + offset)
        if self._ahead:
            self._reach(self._ahead, order.frame + order.scene.look.ahead)

    def _begin_anew(self, order: Order) -> None:
        """Send out playheads from the frame that is shown, as far as the motion goes."""
        look = order.scene.look
        self._skins, self._ahead = {}, None
        for side in (-1, 1):
            scout = Playhead(self._system, order.state, order.frame)
            with suppress(RevanimError):  # there are no skins beyond the end of the motion
                for offset in (offset for offset in offsets(look) if offset * side > 0):
                    self._walk(scout, order.frame + offset)
                    self._skins[offset] = Playhead(self._system, scout.live, scout.frame)
        if look.ahead:
            self._ahead = self._grow(Trail(self._system, order.state, order.frame, 0), look.ahead)

    def _walk(self, playhead: Playhead, frame: int) -> None:
        while playhead.frame != frame:
            step = 1 if frame > playhead.frame else -1
            self._timed(lambda: playhead.seek(playhead.frame + step))  # noqa: B023 - called at once

    def _grow(self, ahead: Trail, length: int) -> Trail:
        """Walk the head as far before the tail as the motion goes, but no farther than asked."""
        with suppress(RevanimError):
            for grown in range(1, length + 1):
                ahead.set_length(grown)
                self._timed(lambda: ahead.step(1))
        ahead.set_length(len(ahead.way) - 1)
        return ahead

    def _reach(self, ahead: Trail, frame: int) -> None:
        while ahead.frame != frame:
            self._timed(lambda: ahead.step(1 if frame > ahead.frame else -1))
        while not ahead.settled:
            self._timed(ahead.settle)

    def _timed(self, walk: Callable[[], object]) -> None:
        """Walk a frame, unless there is a newer order."""
        if self._orders.waiting:
            raise Left
        started = perf_counter()
        walk()
        seconds = perf_counter() - started
        self._seconds = INERTIA * self._seconds + (1 - INERTIA) * seconds if self._seconds else seconds

    def _tell(self, order: Order) -> None:
        skins = tuple(Skin(offset, playhead.position) for offset, playhead in self._skins.items())
        ahead = self._ahead.way if self._ahead else None
        if self._news.put(Surroundings(order.scene, order.frame, ahead, skins, self._gauge)):
            self.rang.emit()
