"""As physical as possible, for bodies on rods: of all paths by the targets, one on which the pushes are least.

A path is what a spline makes of a base motion (linked_plan.py), here with many knots. What has to be pushed along it
is a - S f less what the rods can carry, with the accelerations a, the forces f, and the share S of them that is to be
used: a sum of squares, as is what the path misses of the targets, which weighs heavily. Least squares lower it in a few
steps, without a walk, so no error grows along the way. Where a launch alone leads by the targets, nothing is pushed.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.part import kind_of
from revanim.solve.judging import force_at_home
from revanim.solve.least_squares import stride
from revanim.solve.sequence.linked_plan import LinkedPlan

MOMENTS, SPAN = (0.25, 0.75), 0.25  # of an interval: when pushes are looked at, and over what time accelerations are
HEAVY = 1e3  # the weight of a target: for this part of the size as if all forces were missed
SLIGHT, FELT = 1e-5, 1e-4  # of a turn, for differences; of a knot, where it is felt
MOST = 400  # numbers of all turns: with more, a step takes longer than anybody waits
LONGEST = 2.0  # radians, or lengths of a rod, of all knots together, in a step
TRIES, PATIENCE, GAIN = 10, 3, 0.1  # paths; a gain below this part in so many steps ends a descent


class LinkedEase:
    """What has to be pushed along the paths around that of a plan, as residuals of the turns at its knots."""

    def __init__(self, plan: LinkedPlan, share: float) -> None:
        s, objective = plan.steering, plan.steering.objective
        self.plan, self.share, self.linkage, self.unit = plan, share, plan.linkage, plan.linkage.unit
        span = max(1, round(SPAN * s.steps))
        moments = s.first + np.add.outer(np.arange(s.intervals), MOMENTS).ravel() * s.steps
        middle = np.round(moments[(moments >= span) & (moments <= plan.last - span)]).astype(np.int64)
        steps = middle[:, None] + span * np.array([-1, 0, 1])
        self.base, self.span = plan.base[steps], span * plan.step
        self.seconds: Floats = np.asarray(middle * plan.step, np.float64)
        self.lever = plan.spline_at(plan.frames, np.eye(1 + len(plan.frames)))(steps * plan.step)[..., 1:]
        knots = [(frame, plan.frames.index(frame), plan.base[plan.step_at(frame)]) for frame in plan.asks]
        self.asked = [(knot, at, plan.targets(frame)[0]) for frame, knot, at in knots]
        # The places on the path, not the targets: those of stretched rods can only be landed on.
        self.reached = [self.linkage.turned(at, plan.turns[knot]) for knot, at, _ in self.asked]
        self.free = plan.free > 0
        self.heavy = HEAVY / objective.size
        self.root = 1.0 / (force_at_home(objective) * np.sqrt(max(1, middle.size)))
        acting = [kind_of(part) for part in objective.origin.forces if not part.muted]
        self.curved = share > 0.0 and not all(kind.keeps or kind.alike_everywhere for kind in acting)

    def residuals(self, turns: Floats) -> Floats:
        """Return float64[r] for turns, float64[frames * size]: pushes, then misses; infinite beyond the grid."""
        turns = self.unit * turns.reshape(self.plan.turns.shape)
        try:
            places = self.linkage.turned(self.base, self._at(turns))
            pushes = self._pushes(places, self._forces(places, self.seconds))
        except RevanimError:
            return np.full(1, np.inf)
        linkage = self.linkage
        asked = zip(self.asked, self.reached, strict=True)
        missed = [self.heavy * (linkage.turned(at, turns[knot]) - aim)[some] for (knot, at, some), aim in asked]
        return np.concatenate([pushes.ravel(), *missed])

    def slopes(self, turns: Floats) -> Floats:
        """Return float64[r, frames * size], the slopes of the residuals: of pushes by differences, knot by knot."""
        turns = self.unit * turns.reshape(self.plan.turns.shape)
        linkage, (knots, size), there = self.linkage, turns.shape, self._at(turns)
        here = linkage.turned(self.base, there)
        forces = self._forces(here, self.seconds)
        pushes = self._pushes(here, forces)
        slopes = [np.zeros((*pushes.shape, knots, size))]
        for knot in range(knots):
            felt = np.flatnonzero(np.abs(self.lever[..., knot]).max(axis=1) > FELT)
            places = linkage.ahead(self.base[felt], there[felt], here[felt], SLIGHT * self.lever[felt, :, knot])
            places = places.reshape(-1, *self.base.shape[1:])
            seconds, same = np.tile(self.seconds[felt], size), np.tile(forces[felt], (size, 1, 1))
            ahead = self._pushes(places, self._forces(places, seconds) if self.curved else same)
            ahead = ahead.reshape(size, -1, pushes.shape[1])
            slopes[0][felt, :, knot] = np.moveaxis(ahead - pushes[felt], 0, -1) / SLIGHT
        for knot, at, some in self.asked:
            slope = np.zeros((np.count_nonzero(some), knots, size))
            slope[:, knot] = self.heavy * linkage.slope(at, turns[knot])[some.ravel()]
            slopes.append(slope)
        return self.unit * np.concatenate([slope.reshape(-1, turns.size) for slope in slopes])

    def _at(self, turns: Floats) -> Floats:
        """Return float64[moments, 3, size], the turns around each moment."""
        return np.asarray(np.einsum("mtk,ks->mts", self.lever, turns))

    def _pushes(self, places: Floats, forces: Floats) -> Floats:
        """Return float64[moments, k], what has to be pushed: from the places around each moment, and forces."""
        bent = (places[:, 2] - 2.0 * places[:, 1] + places[:, 0]) / self.span**2
        uncarried = self.plan.uncarried(places[:, 1], bent - self.share * forces)
        return np.asarray(self.root * uncarried[:, self.free])

    def _forces(self, places: Floats, seconds: Floats) -> Floats:
        return self.plan.steering.forces(places[:, 1], seconds)


def linked_eased(plan: LinkedPlan, share: float) -> Iterator[tuple[float, Floats]]:
    """Yield what pushes cost, first on the path of a plan, then on others, float64[frames, size] as its turns are."""
    ease = LinkedEase(plan, share)
    start = plan.turns.ravel() / ease.unit
    costs = [float(np.sum(ease.residuals(start) ** 2))]
    yield costs[0], plan.turns
    if start.size > MOST:
        return
    for point in islice(stride(ease.residuals, ease.slopes, start, LONGEST), TRIES):
        costs.append(point.value)
        yield point.value, ease.unit * point.z.reshape(plan.turns.shape)
        if len(costs) > PATIENCE and costs[-1] > (1 - GAIN) * costs[-1 - PATIENCE]:
            break
