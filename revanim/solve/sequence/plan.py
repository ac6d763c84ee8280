"""Plan and track: the least launch and pushes that take every body by its targets, walked with feedback.

In free flight a body that leaves x0 with the speed v + v0 and is pushed by p_k in the k-th interval [s_k, e_k] is at

    x(t) = x0 + (v + v0) t + sum_k p_k (h² / 2 + h max(0, t - e_k)),    h = min(max(t - s_k, 0), e_k - s_k)

so its place and speed at every target are linear in v0 and p, by a small matrix that all coordinates with like wishes
share; the pseudo-inverse gives the least v0 and p that hit. What the scene's forces do to place and speed within each
interval is measured by walking it. A share of that is kept, as part of the path, and the rest is taken off the pushes;
then the plan is made again, and so on. While it is walked, the push of each interval brings the bodies back to the
path, so that no error grows beyond two intervals, however chaotic the scene is: each walk shrinks the misses 10 to 100
times.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.assignment import assign
from revanim.solve.objective import Objective
from revanim.solve.sequence.steering import Mask, Steering
from revanim.solve.terms import Term

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
    """A launch and pushes that lead by the targets, better with every turn.

    `share` is the part of the forces that is kept, 0 to 1: guided, or as physical as a motion by these targets can be.
    Time is cut into stretches: the intervals of the pushes, and what is left before and after them.
    """

    def __init__(self, objective: Objective, share: float = 0.0) -> None:
        self.steering, self.share = Steering(objective), share
        self.x0, self.v0 = objective.origin.bodies.position, objective.origin.bodies.velocity
        s, moving = self.steering, np.array([wish.name == "velocity" for wish in self.steering.wishes])
        self.moving = moving[:, None, None]
        self.levers = self._levers(moving)
        self.free = np.where(self.moving, self.v0, self.x0 + s.seconds[:, None, None] * self.v0)
        self.alike = list(self._alike())
        self._cut(moving)
        last = np.where(s.asked, s.seconds[:, None, None], -np.inf).max(axis=0)
        pushable = np.zeros((*self.x0.shape[:1], 1), bool)
        pushable[s.pushes.bodies] = True
        pushed = (self.push >= 0)[:, None, None] & pushable
        self.led = pushed & (self.edges[:-1, None, None] < last - EDGE)
        self.place, self.speed = np.zeros((2, len(self.push), *self.x0.shape))  # what forces do to both in a stretch
        self.within = np.zeros(s.asked.shape)  # and from the start of its stretch to a wish
        self.known = False
        self.settle()

    def _levers(self, moving: Mask) -> Floats:
        """Return float64[wishes, 1 + intervals]: place (or speed, where it is moving) by a launch, and by each push."""
        s = self.steering
        begin = s.begin + np.arange(s.intervals + 1) * s.interval
        starts, ends = np.maximum(begin[:-1], 0.0), np.maximum(begin[1:], 0.0)
        h = np.clip(s.seconds[:, None] - starts, 0.0, ends - starts)
        pushed = np.where(moving[:, None], h, h * h / 2 + h * np.maximum(0.0, s.seconds[:, None] - ends))
        return np.column_stack([np.where(moving, 1.0, s.seconds), pushed])

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

    def _cut(self, moving: Mask) -> None:
        """Cut time into stretches, and find out what a deviation at the end of one does to the wishes after it."""
        s, step = self.steering, self.steering.objective.origin.timing.step_seconds
        last = round(float(s.seconds.max()) / step)
        self.stops = np.unique(np.clip(np.r_[0, s.first + np.arange(s.intervals + 1) * s.steps, last], 0, last))
        self.edges: Floats = np.asarray(self.stops * step, np.float64)
        push = (self.stops[:-1] - s.first) // s.steps
        self.push = np.where((push >= 0) & (push < s.intervals), push, -1)  # -1: none
        self.of = np.searchsorted(self.edges, s.seconds - EDGE) - 1  # int64[wishes], the stretch that each is in
        since = np.where(np.arange(len(self.push)) < self.of[:, None], s.seconds[:, None] - self.edges[1:], np.nan)
        self.by_place = np.where(np.isnan(since) | moving[:, None], 0.0, 1.0)
        self.by_speed = np.where(np.isnan(since), 0.0, np.where(moving[:, None], 1.0, since))

    def turn(self) -> tuple[Floats, float]:
        """Walk a plan and learn from it; return z, and the root mean square of what it misses and could hit."""
        s = self.steering
        velocity, pushes = self._planned()
        nodes = self._nodes(velocity, pushes)
        z, steered = s.controls(velocity, pushes), s.objective.part_of(s.pushes.control.name)
        found: Floats = np.zeros((2, len(self.stops), *self.x0.shape))

        def look(stop: int, place: Floats) -> None:
            playhead = s.objective.playhead
            found[:, stop] = place, playhead.velocity
            if 0 < stop < len(self.push) and self.led[stop].any():
                self._learn(stop - 1, found, pushes)
                pushes[self.push[stop]] += self._back(stop, found[:, stop] - nodes[:, stop])
                z[steered] = pushes[:, s.pushes.bodies].ravel()
                s.pushes.put(z[steered], playhead)

        off = s.walk(z, self.stops.tolist(), look)
        for stretch in range(len(self.push)):
            self._learn(stretch, found, pushes)
        self._learn_within(off, found, pushes)
        self.known = True
        return z, s.miss(self._within_reach(off))

    def left_open(self) -> Floats:
        """Return float64[wishes], the largest gap of free flight at each wish that no launch and pushes can close."""
        gaps = (self.steering.targets() - self.free).reshape(len(self.free), -1)
        left = np.zeros(len(gaps))
        for alike in self.alike:
            some = gaps[np.ix_(alike.wishes, alike.who)]
            left[alike.wishes] = np.maximum(left[alike.wishes], np.abs(some - alike.reach @ some).max(axis=1))
        return left

    def _within_reach(self, off: Floats) -> Floats:
        """Return float64[wishes, n, 3], the part of what is missed that pushes can close."""
        missed, found = off.reshape(len(off), -1), np.zeros((len(off), self.x0.size))
        for alike in self.alike:
            some = np.ix_(alike.wishes, alike.who)
            found[some] = alike.reach @ missed[some]
        return found.reshape(off.shape)

    def _planned(self) -> tuple[Floats, Floats]:
        """Return float64[n, 3], the launch, and float64[intervals, n, 3], the pushes, as far as forces are known."""
        s = self.steering
        pushes = np.zeros((s.intervals, *self.x0.shape))
        pushes[self.push[self.push >= 0]] -= (self._spared() * self.led)[self.push >= 0]
        carried = np.tensordot(self.levers[:, 1:], pushes, 1) + self.within
        carried += np.tensordot(self.by_place, self.place, 1) + np.tensordot(self.by_speed, self.speed, 1)
        gap = (s.targets() - self.free - carried).reshape(len(s.wishes), -1)
        steer = np.zeros((1 + s.intervals, self.x0.size))
        for alike in self.alike:
            steer[:, alike.who] = alike.plan @ gap[np.ix_(alike.wishes, alike.who)]
        steer = steer.reshape(-1, *self.x0.shape)
        return self.v0 + steer[0], pushes + steer[1:]

    def _spared(self) -> Floats:
        """Return float64[stretches, n, 3], the mean forces that pushes take off."""
        return np.asarray((1.0 - self.share) * self.speed / np.diff(self.edges)[:, None, None])

    def _acting(self, stretch: int, pushes: Floats) -> Floats:
        """Return float64[n, 3], the pushes in a stretch."""
        number = self.push[stretch]
        return pushes[number] if number >= 0 else np.zeros_like(self.x0)

    def _nodes(self, velocity: Floats, pushes: Floats) -> Floats:
        """Return float64[2, stops, n, 3], places and speeds that the plan goes through."""
        nodes = [(self.x0, velocity)]
        for stretch, h in enumerate(np.diff(self.edges)):
            (place, speed), push = nodes[-1], self._acting(stretch, pushes)
            ahead = place + h * speed + push * h * h / 2 + self.place[stretch]
            nodes.append((ahead, speed + h * push + self.speed[stretch]))
        return np.array(nodes).swapaxes(0, 1)

    def _back(self, stretch: int, apart: Floats) -> Floats:
        """Return float64[n, 3], the push that begins to bring bodies back: two of them, and they are as planned."""
        h = self.edges[stretch + 1] - self.edges[stretch]
        push = -(apart[0] + 1.5 * h * apart[1]) / h**2
        if not self.known:  # forces go on as they have just been
            push = push - self._spared()[stretch - 1]
        return np.asarray(push * self.led[stretch])

    def _learn(self, stretch: int, found: Floats, pushes: Floats) -> None:
        """Note what the forces have done in a stretch."""
        (place, ahead), (speed, faster) = found[:, stretch : stretch + 2]
        h, push = self.edges[stretch + 1] - self.edges[stretch], self._acting(stretch, pushes)
        self.place[stretch] = ahead - place - h * speed - push * h * h / 2
        self.speed[stretch] = faster - speed - h * push

    def _learn_within(self, off: Floats, found: Floats, pushes: Floats) -> None:
        """Note what the forces have done from the start of a stretch to each wish in it."""
        s = self.steering
        came = s.targets() + off
        for wish, stretch in enumerate(self.of):
            (place, speed), push = found[:, stretch], self._acting(stretch, pushes)
            h = s.seconds[wish] - self.edges[stretch]
            alone = speed + h * push if self.moving[wish].item() else place + h * speed + push * h * h / 2
            self.within[wish] = np.where(s.asked[wish], came[wish] - alone, 0.0)

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
        free = self.free
        gaps = (self.steering.targets() - free).reshape(len(free), -1)
        found = free[np.flatnonzero(mine)[0]].flatten()
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
