"""The frames around one, as far as a picture shows them: trails, the way ahead, onion skins."""

import numpy as np

from revanim.draw.shot import Shot, Skin
from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME, Playhead
from revanim.engine.system import acceleration
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene


class Strip:
    """Walks along with whoever paints one frame after another, and keeps no more than is drawn.

    Trails end after `trail` frames at most, and no onion skin is farther away than `skin` frames.
    """

    def __init__(self, scene: Scene, trail: int = FARTHEST_FRAME, skin: int = FARTHEST_FRAME) -> None:
        look, self.scene = scene.look, scene
        aways = range(look.spacing, min(look.skins * look.spacing, skin) + 1, look.spacing)
        self._offsets = sorted([*aways, *(-away for away in aways)])
        self._behind, self._before = min(look.trail, trail), min(look.ahead, trail)
        self._scout = make_playhead(scene)
        self._places: dict[int, Floats] = {}

    def shot(self, playhead: Playhead, passed: Passed = silent) -> Shot:
        """Return what there is to paint where a playhead stands, also between two frames, as far as the motion goes.

        `passed` hears which part of the frames around is walked, and may raise to end the work.
        """
        frame, timing, look = playhead.frame, self.scene.timing, self.scene.look
        position = playhead.position
        self._look_around(frame, passed)
        between = playhead.now != frame * timing.steps_per_frame
        trail = [*self._way(frame + between - 1, -1, self._behind)[::-1], position]
        ahead = [position, *self._way(frame + 1, 1, self._before)]
        pushed = acceleration(playhead.system, playhead.live, frame) if look.accelerations else None
        known = [offset for offset in self._offsets if frame + offset in self._places]
        return Shot(
            frame=frame,
            seconds=playhead.now * timing.step_seconds,
            position=position,
            velocity=playhead.velocity,
            trail=np.array(trail) if look.trail else None,
            acceleration=pushed,
            ahead=np.array(ahead) if look.ahead else None,
            skins=tuple(Skin(offset, self._places[frame + offset]) for offset in known),
        )

    def _way(self, frame: int, step: int, count: int) -> list[Floats]:
        """Return the places in so many frames from one on, or back, as far as the motion goes."""
        places = []
        for passed in range(frame, frame + step * count, step):
            if passed not in self._places:
                break
            places.append(self._places[passed])
        return places

    def _look_around(self, frame: int, passed: Passed) -> None:
        """Walk the scout over the frames that are drawn and not known yet; forget those that are not drawn."""
        wanted = {frame + offset for offset in self._offsets}
        wanted.update(range(frame - self._behind, frame + 1) if self._behind else ())
        wanted.update(range(frame + 1, frame + self._before + 1))
        self._places = {one: place for one, place in self._places.items() if one in wanted}
        missing = sorted(wanted - set(self._places), reverse=self._scout.frame > frame)
        for done, one in enumerate(missing):
            passed(done / len(missing))
            try:
                self._scout.seek(one)
            except RevanimError:
                continue  # what is seen ends where the motion does
            self._places[one] = self._scout.position
