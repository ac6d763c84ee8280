"""Bodies whose rods close loops, or hang between pins: where shifts lead them when the rods keep their lengths.

A turn is a shift of all that may move, float64[d]: from where a natural motion and the shift together would lead, the
bodies go to the nearest places with rods as long as they are.
"""

from dataclasses import dataclass

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.rods import Rods
from revanim.solve.sequence.steering import Mask

MOST = 120  # coordinates that move: with more, keeping the lengths of a whole path takes longer than anybody waits
STEPS, FARTHEST = 60, 0.5  # towards a target, and how far a body may go in one of them, in mean lengths
CLOSE = 1e-9  # of the mean length: near enough


@dataclass(frozen=True, eq=False)
class Net:
    """Rods of which some close loops."""

    rods: Rods

    @property
    def tails(self) -> Counts:
        """int64[r], where each rod begins."""
        return self.rods.links[:, 0]

    @property
    def tips(self) -> Counts:
        """int64[r], and where it ends."""
        return self.rods.links[:, 1]

    @property
    def bodies(self) -> Counts:
        """int64[b], the bodies that it holds together."""
        return np.unique(self.rods.links)

    @property
    def size(self) -> int:
        """How many numbers a turn has."""
        return self.rods.free.size

    def directions(self, place: Floats) -> Floats:
        """Return float64[..., rods, 3], the unit vectors of the rods of places, float64[..., n, 3]."""
        apart = place[..., self.tips, :] - place[..., self.tails, :]
        return np.asarray(apart / np.linalg.norm(apart, axis=-1, keepdims=True))

    def turned(self, place: Floats, turn: Floats) -> Floats:
        """Return float64[..., n, 3]: shifted bodies, from places and turns, float64[..., size]."""
        return self._placed(place, self.rods.taut(self._moving(place) + turn))

    def between(self, place: Floats, other: Floats) -> Floats:
        """Return the turn, float64[size], that leads from places, float64[n, 3], to others."""
        return self._moving(other) - self._moving(place)

    def reach(self, place: Floats, turn: Floats, asked: Mask, target: Floats) -> Floats:
        """Return a small turn that brings bodies to targets, float64[n, 3], along the axes where `asked` is true."""
        rods, start = self.rods, self._moving(place)
        length, at = float(rods.lengths.mean()), start + turn
        rows = np.flatnonzero(asked.T.ravel()[rods.free])
        goal, pick = self._moving(target)[rows], np.eye(self.size)[rows]
        for _ in range(STEPS):
            across, lengths = rods.across(at)
            off = np.concatenate([lengths - rods.lengths, at[rows] - goal])
            if np.abs(off).max() < CLOSE * length:
                break
            step = np.linalg.pinv(np.concatenate([rods.slope(across), pick]), rcond=1e-6) @ off
            at = at - step * min(1.0, FARTHEST * length / max(float(np.abs(step).max()), 1e-300))
        return at - start

    @property
    def unit(self) -> float:
        """What a turn is measured in: the mean length of a rod."""
        return float(self.rods.lengths.mean())

    def ahead(self, base: Floats, turns: Floats, here: Floats, steps: Floats) -> Floats:
        """Return float64[size, ..., n, 3]: where bodies are when one number of their turns after the other is more.

        As for a `Linkage`, to first order: from `here` they go the ways that the rods leave open.
        """
        moved = np.moveaxis(self._yields(self._moving(here)) * steps[..., None, None], -1, 0)
        return self._placed(np.broadcast_to(here, (self.size, *here.shape)), self._moving(here) + moved)

    def slope(self, place: Floats, turn: Floats) -> Floats:
        """Return float64[3 n, size], how places change with the turn, to first order."""
        whole = np.zeros((self.rods.place.size, self.size))
        whole[self.rods.free] = self._yields(self.rods.taut(self._moving(place) + turn))
        return whole.reshape(3, -1, self.size).swapaxes(0, 1).reshape(whole.shape)

    def _yields(self, moving: Floats) -> Floats:
        """Return float64[..., d, d]: how far each coordinate follows a shift of another when the rods stay as long."""
        ways = self.rods.turns(moving)
        return np.asarray(ways @ ways.swapaxes(-1, -2))

    def _moving(self, place: Floats) -> Floats:
        """Return float64[..., d], of places, float64[..., n, 3], what may move."""
        return np.asarray(place.swapaxes(-1, -2).reshape(*place.shape[:-2], -1)[..., self.rods.free])

    def _placed(self, place: Floats, moving: Floats) -> Floats:
        """Return float64[..., n, 3], places in which what may move is elsewhere."""
        found = place.swapaxes(-1, -2).reshape(*place.shape[:-2], -1).copy()
        found[..., self.rods.free] = moving
        return np.asarray(found.reshape(*place.shape[:-2], 3, -1).swapaxes(-1, -2))


def net_of(rods: Rods) -> Net | None:
    """Return the net of some rods, unless they are too many."""
    return Net(rods) if 0 < rods.free.size <= MOST else None
