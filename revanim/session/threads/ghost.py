"""The thread that walks a motion that might be: to the frame that is shown, keeping the way of few bodies."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, SignalInstance

from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.scene.build import make_playhead
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.threads.motion import Motion
from revanim.session.threads.runner import Abandoned, Runner

FEW = 300  # bodies; of more, nobody could follow the ways


@dataclass(frozen=True, eq=False)
class GhostOrder:
    """Which motion to show, and when."""

    scene: Scene
    frame: int


class GhostWalker:
    """Walks the newest candidate from home to where it is wanted, and from there on with whoever scrubs."""

    def __init__(self, parent: QObject, hear: Callable[[Shot], object], until: SignalInstance) -> None:
        self.runner = Runner[GhostOrder, Shot](parent, self._follow, hear, self._stop, until=until)
        self._playhead: Playhead
        self._way: list[Floats]  # the places of few bodies at home, and at each frame from there to the playhead

    def show(self, scene: Scene, frame: int) -> None:
        """Show this motion at a frame, and forget what was asked before."""
        self.runner.order(GhostOrder(scene, frame), scene)

    def _follow(self, order: GhostOrder) -> None:
        if self.runner.motion is None or not self.runner.motion.serves(order.scene):
            self.runner.motion = None
            self._playhead = make_playhead(order.scene)
            self._way = [self._playhead.position]
            self.runner.motion = Motion(order.scene, self._playhead.system)
        while self._playhead.frame != order.frame:
            self._step(1 if order.frame > self._playhead.frame else -1, order.scene.timing.home)
            if self.runner.waiting:
                raise Abandoned
        self.runner.tell(self._shot(order))

    def _stop(self, order: GhostOrder, sentence: Sentence) -> None:
        """Forget a motion that cannot go there: there is nothing to show."""
        self.runner.motion = None

    def _step(self, direction: int, home: int) -> None:
        onward = (self._playhead.frame - home) * direction >= 0  # away from home
        self._playhead.try_frame(self._playhead.frame + direction)
        if self._playhead.system.m.size > FEW:
            return
        if onward:
            self._way.append(self._playhead.position)
        else:
            self._way.pop()

    def _shot(self, order: GhostOrder) -> Shot:
        seconds = order.frame / order.scene.timing.fps
        trail = np.stack(self._way) if len(self._way) > 1 else None
        return Shot(order.frame, seconds, self._playhead.position, self._playhead.velocity, trail)
