"""The frames around one, as far as a picture shows them: trails, the way ahead, onion skins."""

from dataclasses import replace

import numpy as np

from revanim.draw.shot import Shot, Skin
from revanim.draw.trail import Trail, shot_at
from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME, Playhead
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene


class Strip:
    """Walks beside a playhead that paints one frame after another, and keeps no more than is drawn.

    Trails and the way ahead are one trail, whose head runs before the frame that is painted. Trails end after `trail`
    frames at most, and no onion skin is farther away than `skin` frames. It walks from where a playhead stands, by
    default from home.
    """

    def __init__(
        self, scene: Scene, trail: int = FARTHEST_FRAME, skin: int = FARTHEST_FRAME, start: Playhead | None = None
    ) -> None:
        look, self.scene = scene.look, scene
        aways = range(look.spacing, min(look.skins * look.spacing, skin) + 1, look.spacing)
        self._offsets = sorted([*aways, *(-away for away in aways)])
        self._behind, self._before = min(look.trail, trail), min(look.ahead, trail)
        self._scout = start.twin() if start else make_playhead(scene)  # of the onion skins
        self._skins: dict[int, Floats] = {}
        self._trail = Trail(self._scout.twin(), 0, follows=False)

    def shot(self, playhead: Playhead, passed: Passed = silent) -> Shot:
        """Return what there is to paint where a playhead stands, also between two frames, as far as the motion goes.

        `passed` hears which part of the frames around is walked, and may raise to end the work.
        """
        frame, look, shot = playhead.frame, self.scene.look, shot_at(playhead, self.scene)
        self._walk_skins(frame, passed)
        shot = replace(shot, skins=tuple(Skin(each - frame, place) for each, place in sorted(self._skins.items())))
        if not (look.trail or look.ahead):
            return shot
        self._walk_trail(frame, passed)
        way, here = self._trail.way, frame - self._trail.first
        if playhead.now == frame * self.scene.timing.steps_per_frame:
            behind = way[max(0, here - self._behind) : here]
        else:
            behind = way[max(0, here + 1 - self._behind) : here + 1]
        ahead = way[here + 1 : here + 1 + self._before]
        return replace(
            shot,
            trail=np.concatenate([behind, shot.position[None]]) if look.trail else None,
            ahead=np.concatenate([shot.position[None], ahead]) if look.ahead else None,
        )

    def _walk_trail(self, frame: int, passed: Passed) -> None:
        """Bring the head of the trail as far before a frame, and its end as far behind it, as is drawn."""
        trail, goal, length = self._trail, frame + self._before, self._before + self._behind
        if abs(goal - trail.frame) > length:
            trail.set_length(0)  # nothing of it can be used there
        while trail.frame != goal:
            try:
                trail.step(1 if goal > trail.frame else -1)
            except RevanimError:
                break  # what is seen ends where the motion does
        trail.set_length(trail.frame - frame + self._behind)
        while not trail.settled:
            passed((trail.frame - trail.first) / max(1, trail.length))
            trail.settle()

    def _walk_skins(self, frame: int, passed: Passed) -> None:
        """Walk the scout to the onion skins that are drawn and not known yet; forget those that are not drawn."""
        wanted = {frame + offset for offset in self._offsets}
        self._skins = {one: place for one, place in self._skins.items() if one in wanted}
        missing = sorted(wanted - set(self._skins), reverse=self._scout.frame > frame)
        for done, one in enumerate(missing):
            passed(done / len(missing))
            try:
                self._scout.seek(one)
            except RevanimError:
                continue
            self._skins[one] = self._scout.position
