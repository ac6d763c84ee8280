"""What the walk has read on its way: what the motion ought to keep, at the frames that have passed."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.driven import driven
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion
from revanim.session.threads.walk import NOTICED

MOST = 4096  # numbers; longer scenes share one among neighbouring frames


class Readings(QObject):
    """Read from every shot since the motion was last changed, so that whoever looks later sees it too.

    `conserved` has energy and momentum at the frames of these shots. `gain` has what the energy has gained at all
    frames that were walked: a shot is taken once in a beat of the display, and the frames between two shots get what
    lies between theirs. The drift is the gain as a share of all energy that was exchanged so far. A scene that is
    driven keeps no energy, so it has no drift.
    """

    changed = Signal()  # what is conserved

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.conserved: dict[int, tuple[float, ...]] = {}  # frame -> gain or work, momentum along x, y, z
        self._speed = 0.0
        self._begin(session.scene)
        session.scene_changed.connect(self._refresh)
        session.walked.connect(self._measure)
        session.frame_shown.connect(self._read)

    def _begin(self, scene: Scene) -> None:
        self.driven, self.home = driven(scene), scene.timing.home
        self.first, self.last = scene.timing.first, scene.timing.last
        self.share = -(-(self.last - self.first + 1) // MOST)  # frames to a number
        self.gain = np.full((self.last - self.first) // self.share + 1, np.nan)
        self.exchanged = 1.0  # how much energy, as far as the motion was walked
        self._before: Shot | None = None

    def _refresh(self, before: Scene, scene: Scene) -> None:
        if not same_motion(before, scene):
            self.conserved.clear()
        self.home = scene.timing.home
        same_range = (before.timing.first, before.timing.last) == (scene.timing.first, scene.timing.last)
        if not (same_range and same_motion(before, scene)):
            self._begin(scene)
        self.changed.emit()

    def _measure(self, speed: float) -> None:
        self._speed = speed

    def _read(self, shot: Shot) -> None:
        momentum = self.session.scene.bodies.mass @ shot.velocity
        if shot.drift is None and shot.work is None:
            return  # its energy takes long, and comes later
        self._keep_drift(shot)
        gain = self._gain(shot) if shot.work is None else shot.work
        self.conserved[shot.frame] = (gain, *momentum)
        self.changed.emit()

    def _gain(self, shot: Shot) -> float:
        return (shot.drift or 0.0) * (shot.exchanged or self.exchanged)

    def _keep_drift(self, shot: Shot) -> None:
        """Keep the gain at a frame, and at those walked since the shot before."""
        before, self._before = self._before, shot
        if shot.drift is None:
            return
        self.exchanged = shot.exchanged or self.exchanged
        start = before if before is not None and before.drift is not None and self._walked(before, shot) else shot
        low, high = sorted((start, shot), key=lambda each: each.frame)
        frames = np.arange(max(low.frame, self.first), min(high.frame, self.last) + 1)
        gains = abs(self._gain(low)), abs(self._gain(high))
        self.gain[(frames - self.first) // self.share] = np.interp(frames, (low.frame, high.frame), gains)

    @property
    def drift(self) -> Floats:
        """float64[k], the gains as shares of what was exchanged, NaN where none is known."""
        return self.gain / self.exchanged

    def _walked(self, before: Shot, shot: Shot) -> bool:
        """Tell whether the walk has passed all frames between two shots.

        It has where it goes away from home, wherever it began. Towards home it may begin anew there instead, but only
        where that saves twice as many frames.
        """
        away = min(self.home, shot.frame) <= before.frame <= max(self.home, shot.frame)
        return away or abs(shot.frame - before.frame) < NOTICED / 2 * self._speed

    def at(self, frame: int) -> float | None:
        """Return the drift at a frame, if the walk was there."""
        drift = self.along(np.array([frame], float))[0]
        return None if np.isnan(drift) else float(drift)

    def along(self, frames: Floats) -> Floats:
        """Return the drift at frames given as fractions, NaN where none is known."""
        places = np.rint(frames - self.first).astype(np.int64) // self.share
        known = self.gain[places.clip(0, self.gain.size - 1)] / self.exchanged
        return np.where((places >= 0) & (places < self.gain.size), known, np.nan)
