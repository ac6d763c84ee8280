"""As physical as possible: of all paths by the targets, one on which the pushes are least.

A path is what a launch and an acceleration a_k in each stretch of time make of it (levers.py), so the paths by the
targets differ by what the targets do not see, a linear space. What has to be pushed along one is p_k = a_k - S f_k,
with f_k the mean of the forces on it there and S the share of them that is to be used; effort and smoothness of p are
lowered by descent in that space. The gradient takes p back through the derivatives of the forces: the adjoint of a
path that is held at every stretch (direct transcription; Betts 2010, ch. 4), so no error grows along it, and no walk
is needed. Where a launch alone leads by the targets, p = 0 there.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.descent import descend
from revanim.solve.sequence.plan import Plan

TRIES, PATIENCE, GAIN = 80, 4, 0.02  # paths; a gain below this part in so many steps ends a descent


class Ease:
    """The effort of the paths around that of a plan that has been walked."""

    def __init__(self, plan: Plan, share: float) -> None:
        self.plan, self.share, cut = plan, share, plan.stretches
        self.handle = plan.steering.pushes
        if plan.steering.objective.variables.effortless:
            self.handle = replace(self.handle, control=replace(self.handle.control, effort=1.0))
        self.pushed = np.flatnonzero(cut.push >= 0)
        self.led = cut.led[self.pushed]
        self.rows = np.r_[0, 1 + cut.push[self.pushed]]  # of launch and pushes, where these have a stretch
        self.slots = np.r_[0, 1 + self.pushed]  # and of launch and stretches
        self.spares = [alike.spare[np.ix_(self.rows, self.rows)] for alike in plan.levers.alike]
        self.base = plan.way
        at = plan.samples.moments(self.base, plan.lanes)
        self.beyond = plan.forces - plan.samples.mean(plan.samples.forces(at))  # what samples do not tell of the forces
        self.ease = self._ease()

    def _ease(self) -> Floats:
        """Return float64[rows, n * 3], how easily each of them changes: not at all where nothing is to be led."""
        found = np.zeros((self.rows.size, self.base[0].size))
        for alike in self.plan.levers.alike:
            found[:, alike.who] = alike.ease[self.rows, None]
        found[1:] *= np.repeat(self.led, 3, axis=2).reshape(len(self.pushed), -1)
        return found

    def bent(self, y: Floats) -> Floats:
        """Return float64[1 + stretches, n, 3], the path that is y, float64[rows, n * 3], away from the one walked."""
        found, change = self.base.copy(), self.ease * self._spare(y)
        found[self.slots] += change.reshape(-1, *self.base.shape[1:])
        return found

    def path(self, y: Floats) -> Floats:
        """Return the same as a plan has it, where bodies are led."""
        found, bent = np.zeros_like(self.plan.path), self.bent(y)
        found[self.rows] = bent[self.slots]
        found[self.rows[1:]] *= self.led
        return found

    def _spare(self, y: Floats) -> Floats:
        """Return the part of y that no target sees."""
        found = np.zeros_like(y)
        for alike, spare in zip(self.plan.levers.alike, self.spares, strict=True):
            found[:, alike.who] = spare @ y[:, alike.who]
        return found

    def value_and_gradient(self, y: Floats) -> tuple[float, Floats]:
        """Return what the pushes of a path cost, and the gradient of that, float64[rows, n * 3]."""
        path, samples = self.bent(y), self.plan.samples
        at = samples.moments(path, self.plan.lanes)
        forces = samples.mean(samples.forces(at)) + self.beyond
        cost, slope = self._cost((path[1:] - self.share * forces)[self.pushed])
        felt = np.zeros_like(forces)
        felt[self.pushed] = -self.share * slope
        gradient = samples.pulls(at, felt)[self.slots]
        gradient[1:] += slope
        return cost, self._spare(self.ease * gradient.reshape(y.shape))

    def _cost(self, pushes: Floats) -> tuple[float, Floats]:
        """Return what pushes cost where bodies are led, float64[pushed, n, 3], and the gradient of that."""
        which, who = self.plan.stretches.push[self.pushed], self.handle.bodies
        z = np.zeros((len(self.plan.pushes), who.size, 3))
        z[which] = (pushes * self.led)[:, who]
        cost, slope = self.handle.effort(z.ravel())
        found = np.zeros_like(pushes)
        found[:, who] = slope.reshape(z.shape)[which]
        return cost, found * self.led


def eased(plan: Plan, share: float) -> Iterator[tuple[float, Floats]]:
    """Yield what pushes cost, first on the path of a plan as it was walked, then on others, as `Plan.path` is one."""
    ease = Ease(plan, share)
    start = np.zeros_like(ease.ease)

    def function(y: Floats) -> tuple[float, Floats]:
        try:
            value, gradient = ease.value_and_gradient(y.reshape(start.shape))
        except RevanimError:
            return np.inf, y
        return value, gradient.ravel()

    costs = [function(start)[0]]
    yield costs[0], ease.path(start)
    unbounded = np.full(start.size, np.inf)
    for point in islice(descend(function, start.ravel(), -unbounded, unbounded), TRIES):
        if point is not None:
            costs.append(point.value)
            yield point.value, ease.path(point.z.reshape(start.shape))
            if len(costs) > PATIENCE and costs[-1] > (1 - GAIN) * costs[-1 - PATIENCE]:
                break
