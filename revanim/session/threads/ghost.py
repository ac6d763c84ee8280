"""The thread that walks a motion that might be: to the frame that is shown, keeping the way of few bodies."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from revanim.draw.picture import Shot
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Halted, Playhead
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.scene import Scene
from revanim.session.threads.mailbox import Mailbox
from revanim.session.threads.runner import begin, leave_a_core, mishap
from revanim.session.threads.walk import same_motion

FEW = 300  # bodies; of more, nobody could follow the ways


@dataclass(frozen=True, eq=False)
class Order:
    """Which motion to show, and when."""

    scene: Scene
    frame: int


class Ghost(QThread):
    """Walks the newest candidate from home to where it is wanted, and from there on with whoever scrubs."""

    rang = Signal()  # there is a shot to `take`

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._orders: Mailbox[Order] = Mailbox()
        self._shots: Mailbox[Shot] = Mailbox()
        self._scene: Scene | None = None
        self._playhead: Playhead
        self._way: list[Floats]  # the places of few bodies at home, and at each frame from there to the playhead

    def show(self, scene: Scene, frame: int) -> None:
        """Show this motion at a frame, and forget what was asked before."""
        self._orders.put(Order(scene, frame))
        if self._orders.open and not self.isRunning():
            begin(self)

    def take(self) -> Shot | None:
        """Return the newest shot, once."""
        return self._shots.take()

    def close(self) -> None:
        """End the walk, and the thread."""
        self._orders.close()
        if self._scene is not None:
            self._playhead.system.halt()
        self.wait()

    def run(self) -> None:
        leave_a_core()
        for order in self._orders:
            try:
                self._follow(order)
            except Halted:
                self._scene = None
            except RevanimError:
                self._scene = None  # it cannot go there, so there is nothing to show
            except Exception as error:
                self._scene = None
                mishap(error)

    def _follow(self, order: Order) -> None:
        if self._scene is None or not same_motion(self._scene, order.scene):
            self._playhead = make_playhead(order.scene)
            self._way = [self._playhead.position]
        self._scene = order.scene
        while self._playhead.frame != order.frame:
            self._step(1 if order.frame > self._playhead.frame else -1)
            if self._orders.waiting:
                return
        if self._shots.put(self._shot(order)):
            self.rang.emit()

    def _step(self, direction: int) -> None:
        home = self._scene.timing.home if self._scene else 0
        onward = (self._playhead.frame - home) * direction >= 0  # away from home
        self._playhead.seek(self._playhead.frame + direction)
        if self._playhead.system.m.size > FEW:
            return
        if onward:
            self._way.append(self._playhead.position)
        else:
            self._way.pop()

    def _shot(self, order: Order) -> Shot:
        seconds = order.frame / order.scene.timing.fps
        trail = np.stack(self._way) if len(self._way) > 1 else None
        return Shot(order.frame, seconds, self._playhead.position, self._playhead.velocity, trail)
