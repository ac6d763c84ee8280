"""What the walk has read on its way: one number for a frame, at most so many of them, and none computed for it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from revanim.app.walker import same_motion
from revanim.draw.picture import Shot
from revanim.scene.scene import Scene

MOST = 4096  # numbers; longer scenes share one among neighbouring frames
NEAR = 0.01  # of the range: readings so near each other are joined


class Readings(QObject):
    """The drift of the energy at the frames that were shown, since the motion was last changed."""

    changed = Signal()

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._begin(scene)

    def _begin(self, scene: Scene) -> None:
        self.first, self.last = scene.timing.first, scene.timing.last
        self.share = -(-(self.last - self.first + 1) // MOST)  # frames to a number
        self.drift = np.full((self.last - self.first) // self.share + 1, np.nan, np.float32)

    def refresh(self, before: Scene, scene: Scene) -> None:
        """Forget what is no longer so."""
        same_range = (before.timing.first, before.timing.last) == (scene.timing.first, scene.timing.last)
        if not (same_range and same_motion(before, scene)):
            self._begin(scene)
            self.changed.emit()

    def read(self, shot: Shot) -> None:
        """Keep the drift at a frame of the range."""
        if shot.drift is not None and self.first <= shot.frame <= self.last:
            self.drift[(shot.frame - self.first) // self.share] = abs(shot.drift)

    def at(self, frame: int) -> float | None:
        """Return the drift at a frame, if the walk was there."""
        if not self.first <= frame <= self.last:
            return None
        drift = self.drift[(frame - self.first) // self.share]
        return None if np.isnan(drift) else float(drift)

    def along(self, frames: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the drift at frames given as fractions, NaN where none is known."""
        known = np.flatnonzero(~np.isnan(self.drift))
        if not known.size:
            return np.full(frames.shape, np.nan)
        places = (frames - self.first) / self.share
        after = np.searchsorted(known, places).clip(0, known.size - 1)
        before = (after - 1).clip(0)
        near = max(1.0, NEAR * self.drift.size)
        alone = np.minimum(abs(places - known[before]), abs(places - known[after])) <= 0.5
        joined = (known[after] - known[before] <= near) & (places >= known[before]) & (places <= known[after])
        return np.where(alone | joined, np.interp(places, known, self.drift[known]), np.nan)
