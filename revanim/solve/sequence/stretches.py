"""Time, cut into stretches: the intervals of the pushes, and what is left before and after them."""

from dataclasses import dataclass

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.sequence.steering import Mask, Steering

EDGE = 1e-9  # seconds


@dataclass(frozen=True, eq=False)
class Stretches:
    """Stretches one after the other, from home to the last wish."""

    stops: Counts  # int64[s + 1], their ends in sub-steps after home
    edges: Floats  # float64[s + 1], the same in seconds
    push: Counts  # int64[s], which interval of the pushes each is; -1: none
    led: Mask  # bool[s, n, 1], where a body is pushed on its way to a wish

    @property
    def lengths(self) -> Floats:
        """float64[s], in seconds."""
        return np.diff(self.edges)

    def at(self, seconds: Floats) -> Counts:
        """Return int64[t], in which of them times are; at an end, in that which ends there."""
        return np.searchsorted(self.edges, seconds - EDGE) - 1


def cut(steering: Steering) -> Stretches:
    """Cut the time of an objective."""
    s, step = steering, steering.objective.origin.timing.step_seconds
    end = round(float(s.seconds.max()) / step)
    stops = np.unique(np.clip(np.r_[0, s.first + np.arange(s.intervals + 1) * s.steps, end], 0, end))
    edges: Floats = np.asarray(stops * step, np.float64)
    number = (stops[:-1] - s.first) // s.steps
    push = np.where((number >= 0) & (number < s.intervals), number, -1)
    pushed = np.zeros((len(push), s.asked.shape[1], 1), bool)
    pushed[np.ix_(push >= 0, s.pushes.bodies)] = True
    last = np.where(s.asked, s.seconds[:, None, None], -np.inf).max(axis=(0, 2))[:, None]
    led = pushed & (edges[:-1, None, None] < last - EDGE)
    return Stretches(stops, edges, push, led)
