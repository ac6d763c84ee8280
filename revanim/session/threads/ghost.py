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
AT_ONCE = 1_000_000  # pairs of bodies, or single ones, that are walked before it looks up: some milliseconds


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
            self._walk(order)
            if self.runner.waiting:
                raise Abandoned
        self.runner.tell(self._shot(order))

    def _stop(self, order: GhostOrder, sentence: Sentence) -> None:
        """Forget a motion that cannot go there: there is nothing to show."""
        self.runner.motion = None

    def _walk(self, order: GhostOrder) -> None:
        """Walk some frames towards the one that is asked for, past home in two goes; keep the way, or take it back."""
        here, home, system = self._playhead.frame, order.scene.timing.home, self._playhead.system
        direction = 1 if order.frame > here else -1
        onward = (here - home) * direction >= 0  # away from home
        ahead = abs(order.frame - here) if onward else min(abs(order.frame - here), abs(home - here))
        count = min(ahead, max(1, AT_ONCE // ((system.pairs + system.m.size) * system.stages_per_frame)))
        frames = here + direction * np.arange(1, count + 1)
        places = self._playhead.try_way((frames * system.steps_per_frame).tolist())
        if system.m.size > FEW:
            return
        if onward:
            self._way += list(places)
        else:
            del self._way[-count:]

    def _shot(self, order: GhostOrder) -> Shot:
        seconds = order.frame / order.scene.timing.fps
        trail = np.stack(self._way) if len(self._way) > 1 else None
        return Shot(order.frame, seconds, self._playhead.position, self._playhead.velocity, trail)
