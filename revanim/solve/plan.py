"""Plan and correct: the least launch and pushes that take every body by its targets, then walks that mend the rest.

In free flight a body that leaves x0 with the speed v + v0 and is pushed by p_k in the k-th interval [s_k, e_k] is at

    x(t) = x0 + (v + v0) t + sum_k p_k (h² / 2 + h max(0, t - e_k)),    h = min(max(t - s_k, 0), e_k - s_k)

so its place and speed at every target are linear in v0 and p, by a small matrix that all coordinates with like wishes
share; the pseudo-inverse gives the least v0 and p that hit. The scene's forces along that path are known, too: a share
of them is kept, as part of the path, and the rest is taken off the pushes (inverse dynamics). One walk then shows how
far each target is missed, the aims are moved by as much, and the plan is made again. Each walk shrinks the misses 20 to
100 times, because a planned motion is orderly: bodies go where they are sent, and meet nobody for long.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.assignment import assign
from revanim.solve.objective import Objective
from revanim.solve.steering import Mask, Steering
from revanim.solve.terms import Term

SAMPLES = 8  # of the forces in an interval
TURNS, STEADY = 5, 1e-9  # in which path and kept forces are brought together, and the change that ends them
FAINT = 1e-9  # singular values below this part of the largest tell nothing
SWEEPS = 4  # over the keyframes, to find out who goes where
EDGE = 1e-9  # seconds


@dataclass(frozen=True, eq=False)
class Alike:
    """Coordinates (3 * body + axis) with like wishes, and what closes their gaps."""

    wishes: Counts  # int64[r]
    who: Counts  # int64[c]
    lever: Floats  # float64[r, 1 + intervals], what a launch and pushes do, each as easy as the others
    plan: Floats  # float64[1 + intervals, r], the least launch and pushes that close gaps
    reach: Floats  # float64[r, r], the part of gaps that can be closed


class Plan:
    """A launch and pushes that are made for aims, and made again when these are moved.

    `share` is the part of the forces that is kept, 0 to 1: guided, or as physical as a motion by these targets can be.
    """

    def __init__(self, objective: Objective, share: float = 0.0) -> None:
        self.steering, self.share = Steering(objective), share
        self.x0, self.v0 = objective.origin.bodies.position, objective.origin.bodies.velocity
        s, moving = self.steering, np.array([wish.name == "velocity" for wish in self.steering.wishes])
        self.moving = moving[:, None, None]
        self.samples = min(SAMPLES, s.steps)
        inside = (np.arange(self.samples) * 2 + 1) * s.steps // (2 * self.samples)
        self.stops = (s.first + np.arange(s.intervals)[:, None] * s.steps + inside).ravel()
        self.times: Floats = np.asarray(self.stops * objective.origin.timing.step_seconds, np.float64)
        fine, still = s.intervals * self.samples, np.zeros(self.times.size, bool)
        self.levers = self._levers(s.seconds, moving, s.intervals)
        self.along = self._levers(self.times, still, s.intervals)
        self.kept = self._levers(s.seconds, moving, fine)[:, 1:]  # what the forces of each sample do to the wishes
        self.onward = self._levers(self.times, still, fine)[:, 1:]  # and to the path
        last = np.where(s.asked, s.seconds[:, None, None], -np.inf).max(axis=0)
        self.led = s.begin + np.arange(s.intervals)[:, None, None] * s.interval < last - EDGE
        self.sampled = np.repeat(self.led, self.samples, axis=0)
        self.alike = list(self._alike())
        self.walked = self.x0 + self.times[:, None, None] * self.v0
        self.forces = np.zeros_like(self.walked)
        self.settle()
        self.aims = s.targets()

    def _levers(self, seconds: Floats, moving: Mask, parts: int) -> Floats:
        """Return float64[times, 1 + parts]: place (or speed, where it is moving) by a launch, and by each push of 1."""
        s = self.steering
        length = s.intervals * s.interval / parts
        begun = seconds[:, None] - (s.begin + np.arange(parts) * length)
        h = np.clip(begun, 0.0, length)
        pushed = np.where(moving[:, None], h, h * h / 2 + h * np.maximum(0.0, begun - length))
        return np.column_stack([np.where(moving, 1.0, seconds), pushed])

    def _alike(self) -> Iterator[Alike]:
        """Yield the coordinates that are asked for, those with the same wishes, weights and freedom together."""
        s, count = self.steering, self.x0.size
        may = np.zeros((2, *self.x0.shape))
        if s.launch is not None:
            may[0, s.launch.bodies] = s.seconds.max()  # a launch costs as much as a push all the way
        may[1, s.pushes.bodies] = 1.0
        wanted = np.concatenate([s.root.reshape(-1, count), may.reshape(2, count)])
        kinds, which = np.unique(wanted, axis=1, return_inverse=True)
        for kind, (*root, launch, push) in enumerate(kinds.T):
            wishes = np.flatnonzero(root)
            if wishes.size:
                ease = np.r_[launch, np.full(s.intervals, push)]
                lever, weight = self.levers[wishes] * ease, np.array(root)[wishes]
                plan = ease[:, None] * np.linalg.pinv(weight[:, None] * lever, rcond=FAINT) * weight
                who = np.flatnonzero(which.ravel() == kind)
                yield Alike(wishes, who, lever, plan, self.levers[wishes] @ plan)

    def drifting(self) -> Floats:
        """Return float64[wishes, n, 3], what comes without a change of launch, and with none but the kept forces."""
        free = np.where(self.moving, self.v0, self.x0 + self.steering.seconds[:, None, None] * self.v0)
        return np.asarray(free + np.tensordot(self.kept, self._held(), 1))

    def _held(self) -> Floats:
        """Return float64[samples, n, 3], the forces that the plan keeps."""
        return np.asarray(self.share * self.forces * self.sampled)

    def make(self) -> Floats:
        """Return z, the launch and pushes for the aims as they are now."""
        for _ in range(TURNS if self.share else 1):
            steer = self._steer(self.aims - self.drifting())
            planned = self.x0 + self.times[:, None, None] * self.v0 + np.tensordot(self.onward, self._held(), 1)
            planned += np.tensordot(self.along, steer, 1)
            before = self.forces
            path = np.where(self.sampled, planned, self.walked)
            self.forces = self.steering.forces(path, self.times)
            if np.abs(self.forces - before).max() <= STEADY * np.abs(self.forces).max():
                break
        mean = self.forces.reshape(-1, self.samples, *self.x0.shape).mean(axis=1)
        return self.steering.controls(self.v0 + steer[0], steer[1:] - (1.0 - self.share) * mean * self.led)

    def _steer(self, gaps: Floats) -> Floats:
        """Return float64[1 + intervals, n, 3], the least launch and pushes that close gaps."""
        gap, steer = gaps.reshape(len(gaps), -1), np.zeros((1 + self.steering.intervals, self.x0.size))
        for alike in self.alike:
            steer[:, alike.who] = alike.plan @ gap[np.ix_(alike.wishes, alike.who)]
        return steer.reshape(-1, *self.x0.shape)

    def walk(self, z: Floats) -> Floats:
        """Return float64[wishes, n, 3], how far the motion that z makes is off, and note where all others go."""
        return self.steering.walk(z, [] if self.led.all() else self.stops.tolist(), self._note)

    def _note(self, stop: int, place: Floats) -> None:
        self.walked[stop] = place

    def correct(self, off: Floats) -> float:
        """Move the aims by what was missed, as far as that can be had, and return its root mean square."""
        missed, moved = off.reshape(len(off), -1), np.zeros((len(off), self.x0.size))
        for alike in self.alike:
            some = np.ix_(alike.wishes, alike.who)
            moved[some] = alike.reach @ missed[some]
        self.aims = self.aims - moved.reshape(self.aims.shape)
        return self.steering.miss(moved.reshape(self.aims.shape))

    def settle(self) -> None:
        """Find out who goes where in shapes, so that the pushes along the whole sequence are least.

        The cost of a sequence is a quadratic form Q of the gaps, so for the places of one keyframe, all others given,
        it is least at -sum_l Q_kl gap_l / Q_kk beyond the free flight: a linear assignment to those places.
        """
        wishes = self.steering.wishes
        still_open = [group[0] for group in self.steering.objective.groups if group[0].open]
        for sweep in range(SWEEPS):
            before = [term.order for term in still_open]
            for term in still_open:
                known = np.array([sweep > 0 or wish.term.frame < term.frame for wish in wishes])
                near, axes = self._cheapest(term, known), np.array(term.key.axes)
                assert term.key.position is not None
                term.choice.order = assign(near[term.key.bodies] * axes, term.key.position * axes)
            if all(np.array_equal(old, term.order) for old, term in zip(before, still_open, strict=True)):
                break

    def _cheapest(self, term: Term, known: Mask) -> Floats:
        """Return float64[n, 3], where each body would be at a keyframe with the least pushes, other targets given."""
        mine = np.array([wish.term.key is term.key and wish.name == "position" for wish in self.steering.wishes])
        free = self.drifting()
        gaps = (self.steering.targets() - free).reshape(len(free), -1)
        found = free[np.flatnonzero(mine)[0]].ravel()
        for alike in self.alike:
            used = known[alike.wishes] | mine[alike.wishes]
            some, lever = alike.wishes[used], alike.lever[used]
            block = mine[some]
            if not block.any():
                continue
            q = np.linalg.pinv(lever @ lever.T, rcond=FAINT)[block]
            here = free.reshape(gaps.shape)[np.ix_(some[block], alike.who)]
            rest = gaps[np.ix_(some[~block], alike.who)]
            found[alike.who] = (q[:, block] @ here - q[:, ~block] @ rest).sum(axis=0) / q[:, block].sum()
        return np.asarray(found.reshape(self.x0.shape))
