"""The one thread that owns the playhead: it walks to the frame that was asked for last, and shows what it passes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject

from revanim.draw.shot import Shot
from revanim.draw.trail import Trail, drawn
from revanim.engine.playhead import Stand
from revanim.error import RevanimError
from revanim.scene.build import at_home, build_system
from revanim.scene.driven import driven
from revanim.scene.scene import Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.threads.exchange import Exchange, begun, widened
from revanim.session.threads.motion import Motion
from revanim.session.threads.runner import Runner

BEAT = 0.012  # seconds between two shots: just more often than a display at 60 Hz can show
NOTICED = 0.25  # seconds of walking
INERTIA = 0.8  # of the measured speed


@dataclass(frozen=True, eq=False)
class WalkOrder:
    """Where the playhead shall stand."""

    scene: Scene
    frame: int


@dataclass(frozen=True, eq=False)
class WalkNews:
    """Where it stands now."""

    scene: Scene
    shot: Shot | None
    stand: Stand | None  # of the shot, exactly
    speed: float  # frames walked in a second
    returns: int  # how often the walk came home, every bit as it left
    stopped: Sentence  # where the motion cannot go on, else nothing


class Walker:
    """Walks from one beat of the display to the next; after every frame it looks for a newer order."""

    def __init__(self, parent: QObject, hear: Callable[[WalkNews], object]) -> None:
        self.runner = Runner[WalkOrder, WalkNews](parent, self._follow, hear, self._stop)
        self._trail: Trail | None = None  # on the motion that is walked
        self._exchange: Exchange | None = None  # of that motion, once its energy is known
        self._leg = 0, 0  # the frame that it stands at, and the one that it is about to reach
        self._planned, self._walked = 1, 0  # stages on the whole way, and walked before it
        self._speed = 0.0
        self._returns = 0
        self._due = 0.0  # when the display can take the next shot

    def show(self, scene: Scene, frame: int) -> None:
        """Walk to a frame, and forget what was asked before; what does not lead there is halted."""
        here, following = self._leg
        leads_there = (frame - here) * (following - here) > 0
        self.runner.order(WalkOrder(scene, frame), scene, halt=not leads_there)

    @property
    def fraction(self) -> float:
        """Which part of the way to the frame that was asked for last is walked."""
        motion = self.runner.motion
        return 0.0 if motion is None else min((motion.walked - self._walked) / self._planned, 1.0)

    def close(self) -> None:
        """End the walk, and the thread."""
        self.runner.close()

    def _follow(self, order: WalkOrder) -> None:
        trail = self._stand(order)
        self._plan(order, trail)
        while True:
            there = self._walk(trail, order)
            rests = there and not self.runner.wait_for_order(self._due - perf_counter())
            if rests or perf_counter() >= self._due:
                self._tell(order)
            if there or self.runner.waiting:
                return

    def _stand(self, order: WalkOrder) -> Trail:
        """Return the trail to walk with: from here, or anew from home where that is nearer."""
        scene, motion = order.scene, self.runner.motion
        if motion is None or not motion.serves(scene):
            self.runner.motion = self._trail = None
            self._returns, self._speed, self._exchange = 0, 0.0, None
            motion = self.runner.motion = Motion(scene, build_system(scene))
        trail, length = self._trail, drawn(scene).trail
        if trail is None or self._far(order, trail.frame):
            trail = Trail(at_home(motion.system, scene), length)
        trail.set_length(length)
        self._trail = trail
        return trail

    def _plan(self, order: WalkOrder, trail: Trail) -> None:
        """Look how long the way is: for the head, and for the tail that walks along."""
        frames = abs(order.frame - trail.frame)
        frames += frames + abs(drawn(order.scene).trail - trail.frame + trail.first) if trail.length else 0
        motion = self.runner.motion
        assert motion is not None
        self._planned, self._walked = max(frames * motion.system.stages_per_frame, 1), motion.walked

    def _far(self, order: WalkOrder, here: int) -> bool:
        """Whether starting anew at home saves a wait one would notice; else the walk passes home, and is checked."""
        saved = abs(order.frame - here) - abs(order.frame - order.scene.timing.home)
        return saved > self._speed * NOTICED

    def _walk(self, trail: Trail, order: WalkOrder) -> bool:
        """Walk at least one frame, until there, or the display is due, or there is another order; return if there."""
        started, start = perf_counter(), trail.frame
        there = trail.frame == order.frame and trail.settled
        while not there:
            if trail.frame == order.frame:
                self._leg = trail.frame, trail.frame
                trail.settle()
            else:
                direction = 1 if order.frame > trail.frame else -1
                self._leg = trail.frame, trail.frame + direction
                trail.step(direction)
                self._check_return(trail, order.scene)
            there = trail.frame == order.frame and trail.settled
            if self.runner.waiting or perf_counter() >= self._due:
                break
        self._leg = trail.frame, trail.frame
        self._measure(abs(trail.frame - start), perf_counter() - started)
        return there

    def _check_return(self, trail: Trail, scene: Scene) -> None:
        """Compare every bit whenever the walk passes the frame whose state the scene holds."""
        if trail.frame == scene.timing.home:
            if not trail.head.stand.is_as(at_home(trail.head.system, scene).stand):
                raise RevanimError(
                    "The walk came back to frame {frame} with other bits than it left.", frame=trail.frame
                )
            self._returns += 1

    def _measure(self, frames: int, seconds: float) -> None:
        if frames:
            speed = frames / seconds
            self._speed = INERTIA * self._speed + (1 - INERTIA) * speed if self._speed else speed

    def _stop(self, order: WalkOrder, sentence: Sentence) -> None:
        """Say where the motion cannot go on; after a mishap nobody knows where it stands."""
        if self.runner.motion is None:
            self._trail = None
        self._tell(order, sentence)

    def _tell(self, order: WalkOrder, stopped: Sentence = NOTHING) -> None:
        """Tell what is shown; where the energy takes long, the picture does not wait for it."""
        trail, scene = self._trail, order.scene
        shot, stand = (trail.shot(scene), trail.head.stand) if trail else (None, None)
        news = WalkNews(scene, shot, stand, self._speed, self._returns, stopped)
        if trail and shot and trail.head.system.heavy:
            self.runner.tell(news)
        if trail and shot:
            news = replace(news, shot=self._measured(shot, trail, scene))
        self._due = perf_counter() + BEAT
        self.runner.tell(news)

    def _measured(self, shot: Shot, trail: Trail, scene: Scene) -> Shot:
        """Return a shot with its energy, and what that has become since home."""
        if self._exchange is None:
            self._exchange = begun(*at_home(trail.head.system, scene).energies())
        kinetic, potential = trail.head.energies()
        self._exchange = exchange = widened(self._exchange, kinetic, potential)
        energy = kinetic + potential
        gain = energy - exchange.home
        if driven(scene):
            return replace(shot, energy=energy, work=gain)
        return replace(shot, energy=energy, drift=exchange.drift(gain), exchanged=exchange.amount)
