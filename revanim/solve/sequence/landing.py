"""The last pushes before a keyframe, changed until it is hit.

A motion that is led along a path comes near the keyframes on it; what is left is the path's own coarseness, and how far
rods are stretched, which no path with taut rods says. Both are a matter of a few pushes shortly before, whose effect is
hardly bent by anything: a short walk, again and again, and no error from before or chaos later on has any part in it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.judging import EXACT, force_at_home
from revanim.solve.least_squares import polish
from revanim.solve.sequence.steering import Steering
from revanim.solve.terms import Term

LANDED = 1e-5  # miss over size: well enough for descents to finish
STRENGTHS = (
    0.0,
    0.1,
    1.0,
    1.0,
)  # of what a search begins with, over the forces at home: how rods ring takes several tries
MOST, PATIENCE, GAIN = 60, 8, 0.5  # iterations; a gain below this part in so many ends them


class Landing:
    """Pushes in a window, and what they miss of terms of one frame after it.

    The playhead stands where the window begins whenever this is asked for something, and afterwards again.
    """

    def __init__(self, steering: Steering, terms: Sequence[Term], pushes: Floats, window: slice) -> None:
        self.steering, self.terms, self.pushes, self.window = steering, terms, pushes, window
        playhead = steering.objective.playhead
        self.stand, self.frame = playhead.stand, playhead.frame

    def changed(self, change: Floats) -> Floats:
        """Return float64[intervals, n, 3], the pushes with a change of those in the window."""
        found, who = self.pushes.copy(), self.steering.pushes.bodies
        found[self.window, who] += change.reshape(-1, who.size, 3)
        return found

    def missed(self, change: Floats) -> Floats:
        """Return float64[r], what is missed; infinite where a body leaves the range of the grid."""
        try:
            with self._walked(change):
                return self._residuals()
        except RevanimError:
            return np.full(1, np.inf)

    def slope(self, change: Floats) -> Floats:
        """Return float64[r, c], the slope of that: a short walk back for each."""
        s = self.steering
        with self._walked(change):
            rows = [row for term in self.terms for row in s.objective.slopes_from(term, self.frame)]
        return np.array([s.pushes_of(row)[self.window].ravel() for row in rows])

    def softest(self, random: np.random.Generator) -> Floats:
        """Return small changes that land, or come nearest: from none on, and then from pushes that let rods ring."""
        s = self.steering.objective
        size = self.pushes[self.window, self.steering.pushes.bodies].size
        best, lowest, usual = np.zeros(size), np.inf, force_at_home(s)
        for strength in STRENGTHS:
            z, cost = self._descended(strength * usual * random.normal(size=size))
            if cost < lowest:
                best, lowest = z, cost
            if lowest < (LANDED * s.size) ** 2:
                break
        return best

    def _descended(self, z: Floats) -> tuple[Floats, float]:
        free, costs = np.full(z.size, np.inf), [np.inf]
        for point in polish(self.missed, self.slope, z, -free, free):
            z = point.z
            costs.append(point.value)
            stalled = len(costs) > PATIENCE and costs[-1] > GAIN * costs[-1 - PATIENCE]
            if stalled or len(costs) > MOST or costs[-1] < (EXACT * self.steering.objective.size) ** 2:
                break
        return z, costs[-1]

    def _residuals(self) -> Floats:
        objective = self.steering.objective
        found = [(term, term.residuals(objective.playhead)) for term in self.terms]
        return np.concatenate([part[objective.moves(term)] for term, parts in found for part in parts.values()])

    @contextmanager
    def _walked(self, change: Floats) -> Iterator[None]:
        """Let the playhead stand at the terms for a while, after the changed pushes."""
        playhead = self.steering.objective.playhead
        self.steering.let_act(self.changed(change))
        try:
            playhead.seek(self.terms[0].frame)
            yield
        finally:
            playhead.return_to(self.stand)
