"""What a launch and pushes do, as matrices: in free flight they move places and speeds in proportion.

A body that leaves x0 with the speed v + v0 and is pushed by p_k in the k-th interval [s_k, e_k] is at

    x(t) = x0 + (v + v0) t + sum_k p_k (h² / 2 + h max(0, t - e_k)),    h = min(max(t - s_k, 0), e_k - s_k)

so its place and speed at every target are linear in v0 and p, by a small matrix that all coordinates with like wishes
share. Its pseudo-inverse gives the least v0 and p that hit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.sequence.steering import Mask, Steering

FAINT = 1e-9  # singular values below this part of the largest tell nothing


def places(seconds: Floats, edges: Floats) -> Floats:
    """Return float64[t, 1 + k], how far a launch, and accelerations between k + 1 edges, take a body by these times."""
    h = _passed(seconds, edges)
    return np.column_stack([seconds, h * h / 2 + h * np.maximum(0.0, seconds[:, None] - edges[1:])])


def speeds(seconds: Floats, edges: Floats) -> Floats:
    """Return float64[t, 1 + k], how fast they make a body."""
    return np.column_stack([np.ones(seconds.size), _passed(seconds, edges)])


def _passed(seconds: Floats, edges: Floats) -> Floats:
    """Return float64[t, k], for how long what lies between two edges has acted."""
    return np.asarray(np.clip(seconds[:, None] - edges[:-1], 0.0, np.diff(edges)))


@dataclass(frozen=True, eq=False)
class Alike:
    """Coordinates (3 * body + axis) with like wishes, and what closes their gaps."""

    wishes: Counts  # int64[r]
    who: Counts  # int64[c]
    ease: Floats  # float64[1 + intervals], how easily a launch and each push is had
    lever: Floats  # float64[r, 1 + intervals], what they do, each as easy as the others
    close: Floats  # float64[1 + intervals, r], the least launch and pushes that close gaps
    reach: Floats  # float64[r, r], the part of gaps that can be closed

    @cached_property
    def spare(self) -> Floats:
        """float64[1 + intervals, 1 + intervals], the part of a launch and pushes, all as easy, that moves no wish."""
        seen = np.linalg.pinv(self.lever, rcond=FAINT) @ self.lever
        return np.asarray(np.eye(len(seen)) - seen)


class Levers:
    """What a launch and pushes do to the wishes of all bodies."""

    def __init__(self, steering: Steering) -> None:
        self.steering, origin = steering, steering.objective.origin
        self.x0, self.v0 = origin.bodies.position, origin.bodies.velocity
        self.moving: Mask = np.array([wish.name == "velocity" for wish in steering.wishes])
        self.edges = np.maximum(steering.begin + np.arange(steering.intervals + 1) * steering.interval, 0.0)
        by_places, by_speeds = places(steering.seconds, self.edges), speeds(steering.seconds, self.edges)
        self.matrix: Floats = np.where(self.moving[:, None], by_speeds, by_places)  # float64[wishes, 1 + intervals]
        ahead = self.x0 + steering.seconds[:, None, None] * self.v0
        self.free: Floats = np.where(self.moving[:, None, None], self.v0, ahead)  # float64[wishes, n, 3]
        self.alike = list(self._alike())
        self.kind = np.full(self.x0.size, -1)  # which of them each coordinate is one of
        for kind, alike in enumerate(self.alike):
            self.kind[alike.who] = kind

    def _alike(self) -> Iterator[Alike]:
        """Yield the coordinates that are asked for, those with the same wishes, weights and freedom together."""
        s, count = self.steering, self.x0.size
        may = np.zeros((2, *self.x0.shape))
        if s.launch is not None:
            may[0, s.launch.bodies] = s.seconds.max()  # a launch costs as much as a push all the way
        may[1, s.pushes.bodies] = 1.0
        wanted = np.concatenate([s.root.reshape(-1, count), may.reshape(2, count)])
        which = _kinds(wanted)
        for kind, first in zip(*np.unique(which, return_index=True), strict=True):
            *root, launch, push = wanted[:, first]
            wishes = np.flatnonzero(root)
            if wishes.size:
                ease, weight = np.r_[launch, np.full(s.intervals, push)], np.array(root)[wishes]
                lever = self.matrix[wishes] * ease
                close = ease[:, None] * np.linalg.pinv(weight[:, None] * lever, rcond=FAINT) * weight
                reach = self.matrix[wishes] @ close
                yield Alike(wishes, np.flatnonzero(which == kind), ease, lever, close, reach)

    @property
    def gaps(self) -> Floats:
        """float64[wishes, n, 3], by how much free flight falls short of what is asked for."""
        return self.steering.targets() - self.free

    def closing(self, gaps: Floats) -> Floats:
        """Return float64[1 + intervals, n, 3], the least launch and pushes that close gaps, float64[wishes, n, 3]."""
        flat, found = gaps.reshape(len(gaps), -1), np.zeros((self.matrix.shape[1], self.x0.size))
        for alike in self.alike:
            found[:, alike.who] = alike.close @ flat[np.ix_(alike.wishes, alike.who)]
        return found.reshape(-1, *self.x0.shape)

    def within_reach(self, gaps: Floats) -> Floats:
        """Return float64[wishes, n, 3], the part of gaps that can be closed."""
        flat, found = gaps.reshape(len(gaps), -1), np.zeros((len(gaps), self.x0.size))
        for alike in self.alike:
            some = np.ix_(alike.wishes, alike.who)
            found[some] = alike.reach @ flat[some]
        return found.reshape(gaps.shape)


def _kinds(rows: Floats) -> Counts:
    """Return int64[c], a number for each column, the same for those that are the same."""
    which = np.zeros(rows.shape[1], np.int64)
    for row in rows:
        values, mine = np.unique(row, return_inverse=True)
        if values.size > 1:
            which = np.unique(which * values.size + mine, return_inverse=True)[1]
    return which
