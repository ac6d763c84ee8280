"""The one thread that owns the playhead: it walks to the frame that was asked for last, and shows what it passes."""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from revanim.draw.shot import Shot
from revanim.draw.trail import Trail
from revanim.engine.grid import Counts
from revanim.engine.playhead import Halted
from revanim.engine.system import System
from revanim.error import RevanimError
from revanim.scene.build import build_system
from revanim.scene.driven import driven
from revanim.scene.scene import Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.threads.mailbox import Mailbox
from revanim.session.threads.mishap import TOLD
from revanim.session.threads.runner import begin, leave_a_core, mishap

BEAT = 0.012  # seconds between two shots: just more often than a display at 60 Hz can show
NOTICED = 0.25  # seconds of walking
INERTIA = 0.8  # of the measured speed


@dataclass(frozen=True, eq=False)
class Order:
    """Where the playhead shall stand."""

    scene: Scene
    frame: int


@dataclass(frozen=True, eq=False)
class News:
    """Where it stands now."""

    scene: Scene
    shot: Shot | None
    state: Counts | None  # int64[lanes, n] of the shot, exactly
    speed: float  # frames walked in a second
    returns: int  # how often the walk came home, every bit as it left
    stopped: Sentence  # where the motion cannot go on, else nothing


def same_motion(one: Scene, other: Scene) -> bool:
    """Whether a playhead of one scene serves the other: they differ in look, name or range at most."""
    return (
        all(getattr(one.bodies, part) is getattr(other.bodies, part) for part in ("state", "mass", "pinned"))
        and one.bodies.grid == other.bodies.grid
        and one.forces is other.forces
        and one.moves is other.moves
        and (one.scheme, one.planar) == (other.scheme, other.planar)
        and one.timing.step_seconds == other.timing.step_seconds
        and (one.timing.steps_per_frame, one.timing.home) == (other.timing.steps_per_frame, other.timing.home)
    )


class Walker(QThread):
    """Walks from one beat of the display to the next; the newest order wins after every frame."""

    rang = Signal()  # there is news to `take`

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._orders: Mailbox[Order] = Mailbox()
        self._news: Mailbox[News] = Mailbox()
        self._scene: Scene | None = None
        self._system: System
        self._trail: Trail | None = None
        self._home_energy, self._driven = 0.0, False
        self._speed = 0.0
        self._returns = 0
        self._due = 0.0  # when the display can take the next shot
        begin(self)

    def show(self, scene: Scene, frame: int) -> None:
        """Walk to `frame`, and forget what was asked before; a walk that is of no use any more ends at once."""
        if self._scene is not None and not same_motion(self._scene, scene):
            self._system.halt()
        self._orders.put(Order(scene, frame))

    def take(self) -> News | None:
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
                self._follow(order)
            except RevanimError as error:
                self._tell(order, stopped=error.sentence)
            except Halted:
                self._scene = self._trail = None
            except Exception as error:  # whatever a force of somebody else's may raise
                self._scene = self._trail = None
                mishap(error)
                self._tell(order, stopped=TOLD)

    def _follow(self, order: Order) -> None:
        trail = self._stand(order)
        while True:
            there = self._walk(trail, order)
            rests = there and not self._orders.wait(self._due - perf_counter())
            if rests or perf_counter() >= self._due:
                self._tell(order)
            if there or self._orders.waiting:
                return

    def _stand(self, order: Order) -> Trail:
        """Return the trail to walk with: from here, or anew from home where that is nearer."""
        scene, trail = order.scene, self._trail
        if self._scene is None or not same_motion(self._scene, scene):
            trail = self._trail = self._scene = None
            self._returns, self._speed = 0, 0.0
            self._system, self._driven = build_system(scene), driven(scene)
        if trail is None or self._far(order, trail.frame):
            trail = Trail(self._system, scene.bodies.state, scene.timing.home, scene.look.trail)
            self._home_energy = trail.head.energy()
        trail.set_length(scene.look.trail)
        self._scene, self._trail = scene, trail
        return trail

    def _far(self, order: Order, here: int) -> bool:
        """Whether starting anew at home saves a wait one would notice; else the walk passes home, and is checked."""
        saved = abs(order.frame - here) - abs(order.frame - order.scene.timing.home)
        return saved > self._speed * NOTICED

    def _walk(self, trail: Trail, order: Order) -> bool:
        """Walk at least one frame, until there, or the display is due, or there is another order; return if there."""
        started, start = perf_counter(), trail.frame
        there = trail.frame == order.frame and trail.settled
        while not there:
            if trail.frame == order.frame:
                trail.settle()
            else:
                trail.step(1 if order.frame > trail.frame else -1)
                self._check_return(trail, order.scene)
            there = trail.frame == order.frame and trail.settled
            if self._orders.waiting or perf_counter() >= self._due:
                break
        self._measure(abs(trail.frame - start), perf_counter() - started)
        return there

    def _check_return(self, trail: Trail, scene: Scene) -> None:
        """Compare every bit whenever the walk passes the frame whose state the scene holds."""
        if trail.frame == scene.timing.home:
            if not np.array_equal(trail.head.state, scene.bodies.state):
                raise RevanimError(
                    "The walk came back to frame {frame} with other bits than it left.", frame=trail.frame
                )
            self._returns += 1

    def _measure(self, frames: int, seconds: float) -> None:
        if frames:
            speed = frames / seconds
            self._speed = INERTIA * self._speed + (1 - INERTIA) * speed if self._speed else speed

    def _tell(self, order: Order, stopped: Sentence = NOTHING) -> None:
        trail = self._trail
        shot, state = (self._shot(trail, order.scene), trail.head.state) if trail else (None, None)
        self._due = perf_counter() + BEAT
        if self._news.put(News(order.scene, shot, state, self._speed, self._returns, stopped)):
            self.rang.emit()

    def _shot(self, trail: Trail, scene: Scene) -> Shot:
        shot = trail.shot(scene)
        assert shot.energy is not None
        gain = shot.energy - self._home_energy
        return (
            replace(shot, work=gain) if driven(scene) else replace(shot, drift=gain / (abs(self._home_energy) or 1.0))
        )
