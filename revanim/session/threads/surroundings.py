"""The thread that walks before and behind the frame that is shown: for onion skins, the way ahead and the gauge.

Nothing is kept beyond what is drawn. Each onion skin is a playhead of its own, so many frames from the one that is
shown, and the way ahead is a trail whose head runs before it; they walk along as it moves. Work that takes longer than
a display waits for is left until the hand rests.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, SignalInstance

from revanim.draw.overlay.marks import needs_gauge
from revanim.draw.shot import Skin
from revanim.draw.trail import Trail, drawn
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead, Stand
from revanim.engine.system import System
from revanim.error import RevanimError
from revanim.scene.attribute import BY
from revanim.scene.build import build_system
from revanim.scene.gauge import Gauge, gauge
from revanim.scene.scene import Look, Scene
from revanim.sentence import Sentence
from revanim.session.threads.motion import Motion
from revanim.session.threads.runner import Abandoned, Runner

PATIENCE = 0.012  # seconds of walking that are done at once
REST = 0.12  # seconds without another order: the hand rests
INERTIA = 0.8  # of the measured speed


@dataclass(frozen=True, eq=False)
class SurroundingsOrder:
    """The frame that is shown, and where the bodies stand there."""

    scene: Scene
    frame: int
    stand: Stand


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Where the bodies are before and after a frame, and what colours and arrows are scaled by."""

    scene: Scene
    frame: int
    ahead: Floats | None  # float64[k, n, 3], soonest first
    skins: tuple[Skin, ...]
    gauge: Gauge | None


def offsets(look: Look) -> list[int]:
    """Return the frames of the skins, counted from the one that is shown, the nearest first on either side."""
    return [side * look.spacing * count for side in (-1, 1) for count in range(1, look.skins + 1)]


def measured(scene: Scene) -> tuple[object, ...]:
    """Return what of the look a gauge depends on."""
    return *(getattr(scene.look, field) for field in BY), scene.look.accelerations


class SurroundingsWalker:
    """Walks a few frames on and back from the newest frame that is shown."""

    def __init__(self, parent: QObject, hear: Callable[[Surroundings], object], until: SignalInstance) -> None:
        self.runner = Runner[SurroundingsOrder, Surroundings](parent, self._follow, hear, self._stop, until=until)
        self._scene: Scene  # which was walked last
        self._gauge: Gauge | None = None
        self._skins: dict[int, Playhead] = {}
        self._ahead: Trail | None = None
        self._seconds = 0.0  # that a frame takes

    def walk_from(self, scene: Scene, frame: int, stand: Stand) -> None:
        """Walk on and back from this frame, and forget what was asked before."""
        self.runner.order(SurroundingsOrder(scene, frame, stand), scene)

    def _follow(self, order: SurroundingsOrder) -> None:
        system = self._prepare(order.scene)
        along = self._along(order)
        look = drawn(order.scene)
        from_shown = 2 * look.skins * look.spacing + look.ahead
        if min(from_shown, along) * self._seconds > PATIENCE:
            self._rest()
        try:
            if along <= from_shown:
                self._walk_along(order)
            else:
                self._start_over(system, order)
        except RevanimError:
            self._start_over(system, order)  # which goes as far as the motion does
        self._tell(order)
        if needs_gauge(order.scene) and self._gauge is None:
            self._rest()
            self._gauge = gauge(order.scene)
            self._tell(order)

    def _stop(self, order: SurroundingsOrder, sentence: Sentence) -> None:
        """Forget what does not move: it has no surroundings, and the walk has said why."""
        self.runner.motion = None

    def _prepare(self, scene: Scene) -> System:
        """Return the system to walk, and forget what was known of another."""
        motion = self.runner.motion
        if motion is None or not motion.serves(scene):
            self.runner.motion = None
            motion = self.runner.motion = Motion(scene, build_system(scene))
            self._skins, self._ahead, self._seconds = {}, None, 0.0
            self._gauge = None
        elif measured(self._scene) != measured(scene) or self._scene.keyframes is not scene.keyframes:
            self._gauge = None
        self._scene = scene
        return motion.system

    def _rest(self) -> None:
        if self.runner.wait_for_order(REST):
            raise Abandoned

    def _along(self, order: SurroundingsOrder) -> float:
        """Return how many frames have to be walked from where the playheads are."""
        look, frame, ahead = drawn(order.scene), order.frame, self._ahead
        if sorted(self._skins) != sorted(offsets(look)) or (ahead.length if ahead else 0) != look.ahead:
            return inf
        frames = sum(abs(frame + offset - skin.frame) for offset, skin in self._skins.items())
        return frames + (2 * abs(frame + look.ahead - ahead.frame) if ahead else 0)

    def _walk_along(self, order: SurroundingsOrder) -> None:
        for offset, skin in self._skins.items():
            self._walk(skin, order.frame + offset)
        if self._ahead:
            self._reach(self._ahead, order.frame + drawn(order.scene).ahead)

    def _start_over(self, system: System, order: SurroundingsOrder) -> None:
        """Send out playheads from the frame that is shown, as far as the motion goes."""
        look = drawn(order.scene)
        self._skins, self._ahead = {}, None
        for side in (-1, 1):
            scout = _standing(system, order)
            with suppress(RevanimError):  # there are no skins beyond the end of the motion
                for offset in (offset for offset in offsets(look) if offset * side > 0):
                    self._walk(scout, order.frame + offset)
                    self._skins[offset] = scout.twin()
        if look.ahead:
            self._ahead = self._grow(Trail(_standing(system, order), 0), look.ahead)

    def _walk(self, playhead: Playhead, frame: int) -> None:
        while playhead.frame != frame:
            step = 1 if frame > playhead.frame else -1
            self._timed(lambda: playhead.try_frame(playhead.frame + step))  # noqa: B023 - called at once

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
        if self.runner.waiting:
            raise Abandoned
        started = perf_counter()
        walk()
        seconds = perf_counter() - started
        self._seconds = INERTIA * self._seconds + (1 - INERTIA) * seconds if self._seconds else seconds

    def _tell(self, order: SurroundingsOrder) -> None:
        skins = tuple(Skin(offset, playhead.position) for offset, playhead in self._skins.items())
        ahead = self._ahead.way if self._ahead else None
        self.runner.tell(Surroundings(order.scene, order.frame, ahead, skins, self._gauge))


def _standing(system: System, order: SurroundingsOrder) -> Playhead:
    return Playhead(system, order.stand.state, order.frame, order.stand.tapes)
