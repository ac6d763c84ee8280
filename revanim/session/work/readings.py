"""What the walk has read on its way: what the motion ought to keep, at the frames that have passed."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from revanim.draw.shot import Shot
from revanim.scene.driven import driven
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion
from revanim.session.threads.walk import NOTICED

MOST = 4096  # numbers; longer scenes share one among neighbouring frames


class Readings(QObject):
    """Read from every shot since the motion was last changed, so that whoever looks later sees it too.

    `conserved` has energy and momentum at the frames of these shots. `drift` has the drift of the energy at all frames
    that were walked: a shot is taken once in a beat of the display, and the frames between two shots get what lies
    between their drifts. A scene that is driven keeps no energy, so it has no drift.
    """

    changed = Signal()  # what is conserved

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.conserved: dict[int, tuple[float, ...]] = {}  # frame -> drift or work, momentum along x, y, z
        self._speed = 0.0
        self._begin(session.scene)
        session.scene_changed.connect(self._refresh)
        session.walked.connect(self._measure)
        session.frame_shown.connect(self._read)

    def _begin(self, scene: Scene) -> None:
        self.driven, self.home = driven(scene), scene.timing.home
        self.first, self.last = scene.timing.first, scene.timing.last
        self.share = -(-(self.last - self.first + 1) // MOST)  # frames to a number
        self.drift = np.full((self.last - self.first) // self.share + 1, np.nan, np.float32)
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
        self.conserved[shot.frame] = (shot.drift or shot.work or 0.0, *momentum)
        self._keep_drift(shot)
        self.changed.emit()

    def _keep_drift(self, shot: Shot) -> None:
        """Keep the drift at a frame, and at those walked since the shot before."""
        before, self._before = self._before, shot
        if shot.drift is None:
            return
        start = before if before is not None and before.drift is not None and self._walked(before, shot) else shot
        low, high = sorted((start, shot), key=lambda each: each.frame)
        frames = np.arange(max(low.frame, self.first), min(high.frame, self.last) + 1)
        drifts = abs(low.drift or 0.0), abs(high.drift or 0.0)
        self.drift[(frames - self.first) // self.share] = np.interp(frames, (low.frame, high.frame), drifts)

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

    def along(self, frames: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the drift at frames given as fractions, NaN where none is known."""
        places = np.rint(frames - self.first).astype(np.int64) // self.share
        known = self.drift[places.clip(0, self.drift.size - 1)]
        return np.where((places >= 0) & (places < self.drift.size), known, np.float32(np.nan))
