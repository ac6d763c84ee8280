"""What a field is taught before any walk: to give bodies on their flights the acceleration that these take.

That is flow matching (Lipman et al. 2023) for accelerations. What other forces give on the way is taken off.
"""

from dataclasses import dataclass

import numpy as np

from revanim.engine.alive.acting import parameters_at
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.solve.objective import Objective
from revanim.solve.stopping import Stopped
from revanim.solve.training.flight import flights

LOOKS, FEWEST, MOST = 6_000, 12, 48  # bodies that are looked at in all, about, and moments at which they are


@dataclass(frozen=True, eq=False)
class Moment:
    """Where the bodies are at a frame, float64[3, n], what the fields shall give them, and for whom that counts."""

    x: Floats
    wanted: Floats
    counts: Floats
    theta: Floats
    slot: Counts


class Lesson:
    """How far what the fields give is from what is wanted: a function of the weights alone, mean over all moments."""

    def __init__(self, objective: Objective) -> None:
        self.objective, self.system = objective, objective.playhead.system
        self.taught = [handle for handle in objective.handles if handle.learns]
        self.fields = sorted({handle.item for handle in self.taught})
        self.moments = self._moments()
        self.count = sum(moment.counts.sum() for moment in self.moments)

    def _moments(self) -> list[Moment]:
        timing, count = self.objective.origin.timing, self.system.m.size
        ways, first = flights(self.objective), timing.home
        moments = int(np.clip(LOOKS // max(count, 1), FEWEST, MOST))
        frames = np.unique(np.linspace(first, self.objective.last - 1, moments).round().astype(np.int64))
        place, kept = self.objective.origin.bodies.position, self.objective.kept
        found = []
        for frame in frames:
            seconds = (frame - first) / timing.fps + 0.5 * timing.step_seconds  # in the middle of the first step
            x, wanted, counts = place.T.copy(), np.zeros((3, count)), np.zeros(count)
            for way in ways:
                if seconds < way.seconds[-1]:
                    there, push = way.at(seconds)
                    x[:, way.bodies], wanted[:, way.bodies], counts[way.bodies] = there.T, push.T, kept[way.bodies]
            theta, slot = parameters_at(self.system, int(frame))
            others = _given(self.system, x, theta, slot, [f for f in range(len(self.system.items)) if not self._is(f)])
            found.append(Moment(x, wanted - others, counts, theta.copy(), slot))
        return found

    def _is(self, item: int) -> bool:
        return item in self.fields

    def put(self, z: Floats) -> None:
        """Let the fields have these weights at all moments."""
        for handle, part in zip(self.objective.handles, self.objective.variables.parts, strict=True):
            if handle.learns:
                for moment in self.moments:
                    moment.theta[self.system.layout[handle.item, handle.parameter]] = z[part]

    def value_and_gradient(self, z: Floats) -> tuple[float, Floats]:
        """Return the mean of what is off, squared, and float64[c], its gradient; it is 0 for what is no weight."""
        if self.objective.stopped():
            raise Stopped
        self.put(z)
        value, slope = 0.0, np.zeros_like(z)
        for moment in self.moments:
            off = _given(self.system, moment.x, moment.theta, moment.slot, self.fields) - moment.wanted
            off *= moment.counts * self.system.free
            value += float(np.sum(off * off)) / self.count
            by_theta = self._pulled(moment, 2.0 * off / self.count)
            for handle, part in zip(self.objective.handles, self.objective.variables.parts, strict=True):
                if handle.learns:
                    slope[part] += by_theta[self.system.layout[handle.item, handle.parameter]]
        return value, slope

    def _pulled(self, moment: Moment, w: Floats) -> Floats:
        """Return float64[t], the derivatives for all parameters of the sum of w * what the fields give."""
        s, gtheta = self.system, np.zeros_like(moment.theta)
        a, gx = np.zeros((2, *moment.x.shape))
        for f in self.fields:
            s.pushes[f].pull(
                moment.x, s.m, moment.theta, moment.slot, s.who, f, s.wide[f], w, a, gx, np.zeros(0), gtheta
            )
        return gtheta


def _given(system: System, x: Floats, theta: Floats, slot: Counts, items: list[int]) -> Floats:
    """Return float64[3, n], what some forces give to bodies at x."""
    a = np.zeros_like(x)
    for f in items:
        system.pushes[f].apply(x, system.m, theta, slot, system.who, f, system.wide[f], a)
    return a
