"""What steers bodies through a sequence of keyframes: a launch at home, and pushes that are constant over intervals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from revanim.engine.grid import Counts
from revanim.engine.parameter import Curve, Floats
from revanim.error import RevanimError
from revanim.solve.objective import Objective
from revanim.solve.sequence.along import accelerations, pulled_along
from revanim.solve.sequence.moved import Moments, changes, changes_pulled, has_losses
from revanim.solve.stopping import Stopped
from revanim.solve.terms import Term

Mask = NDArray[np.bool_]

AT_ONCE = 10_000_000  # pairs of bodies, or single ones, whose forces are found before it looks up: some 10 ms


@dataclass(frozen=True, eq=False)
class Wish:
    """What a keyframe asks at one moment: places or speeds of its bodies."""

    term: Term
    name: str  # "position" or "velocity"
    seconds: float  # after home


class Steering:
    """The launch and the pushes of an objective, and what its keyframes ask of them.

    The pushes are constant over each of `intervals` of `interval` seconds, the first of which is at `begin` after home.
    """

    def __init__(self, objective: Objective) -> None:
        timing = objective.origin.timing
        self.objective = objective
        self.launch = next((h for h in objective.handles if h.control.name == "velocity"), None)
        self.pushes = next(h for h in objective.handles if h.pushes)
        curve = self.pushes.curve
        assert curve is not None
        self.steps = curve.every * timing.steps_per_frame  # of an interval
        self.intervals, self.interval = len(curve.values), curve.every / timing.fps
        self.begin = (curve.first - timing.home) / timing.fps
        self.first = (curve.first - timing.home) * timing.steps_per_frame
        self.wishes = [
            Wish(term, name, (term.frame - timing.home) / timing.fps)
            for term in objective.terms
            for name in ("position", "velocity")
            if getattr(term.key, name) is not None
        ]
        self.seconds: Floats = np.array([wish.seconds for wish in self.wishes])
        shape = (len(self.wishes), *objective.origin.bodies.position.shape)
        self.asked, self.root = np.zeros(shape, bool), np.zeros(shape)  # of what can move, and the roots of weights
        for i, wish in enumerate(self.wishes):
            self.asked[i, wish.term.key.bodies] = objective.moves(wish.term)
            self.root[i, wish.term.key.bodies] = wish.term.root
        self.root *= self.asked

    def targets(self) -> Floats:
        """Return float64[wishes, n, 3], what is asked for, as the bodies are assigned to it now."""
        found = np.zeros(self.asked.shape)
        for i, wish in enumerate(self.wishes):
            found[i, wish.term.key.bodies] = getattr(wish.term.key, wish.name)[wish.term.order]
        return np.where(self.asked, found, 0.0)

    def walk(self, z: Floats, stops: Sequence[int] = (), look: Callable[[int, Floats], None] | None = None) -> Floats:
        """Return float64[wishes, n, 3], how far the motion that z makes is off; `look` sees it at the stops."""
        off, wish = np.zeros(self.asked.shape), 0
        for term in self.objective.visit(z, self.objective.terms, stops, look):
            for gap in term.gaps(self.objective.playhead).values():
                off[wish, term.key.bodies] = gap
                wish += 1
        return np.where(self.asked, off, 0.0)

    def miss(self, off: Floats) -> float:
        """Return the root mean square of what a walk was off by, as the artist weighs it."""
        return float(np.sqrt(np.sum((self.root * off) ** 2) / (np.sum(self.root**2) or 1.0)))

    def forces(self, path: Floats, times: Floats) -> Floats:
        """Return float64[times, n, 3], the forces along a path of that shape, without the pushes."""
        found, system = np.zeros_like(path), self.objective.playhead.system
        with self.pushes.resting(self.objective.playhead):
            for part, frames in self._parts(path, times):
                found[part] = accelerations(system, path[part], frames)
        return found

    def pulls(self, path: Floats, times: Floats, weights: Floats) -> Floats:
        """Return float64[times, n, 3], the derivatives of the sum of weights * forces for the places of the path."""
        found = np.zeros_like(path)
        with self.pushes.resting(self.objective.playhead):
            for part, frames in self._parts(path, times):
                found[part] = pulled_along(self.objective.adjoint, path[part], frames, weights[part])
        return found

    def changes(self, at: Moments, times: Floats) -> Floats:
        """Return float64[times, n, 3], by how much moves such as losses change speeds a second."""
        found, system = np.zeros_like(at.places), self.objective.playhead.system
        if has_losses(system) and (np.abs(at.speeds) < system.grid.speed_range).all():
            for part, frames in self._parts(at.places, times):
                found[part] = changes(system, at.part(part), frames)
        return found

    def changes_pulled(self, at: Moments, times: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """Return float64[times, n, 3] each, the derivatives of the sum of weights * changes for places and speeds."""
        by_place, by_speed = np.zeros((2, *at.places.shape))
        if has_losses(self.objective.playhead.system):
            for part, frames in self._parts(at.places, times):
                found = changes_pulled(self.objective.adjoint, at.part(part), frames, weights[part])
                by_place[part], by_speed[part] = found
        return by_place, by_speed

    def _parts(self, path: Floats, times: Floats) -> Iterator[tuple[Counts, Counts]]:
        """Yield int64[k] each, which moments of a path are looked at next, all in one call, and their frames."""
        system, timing, some = self.objective.playhead.system, self.objective.origin.timing, self._seen(path, times)
        at_once = max(1, AT_ONCE // (system.pairs + system.m.size))
        for part in np.split(some, range(at_once, some.size, at_once)):
            self._look_up()
            yield part, timing.home + (times[part] * timing.fps).astype(np.int64)

    def _seen(self, path: Floats, times: Floats) -> Counts:
        """Return int64[k], which times lie between home and the last wish; raises where the path leaves the grid."""
        seen = np.flatnonzero((times >= 0.0) & (times < self.seconds.max()))
        if not (np.abs(path[seen]) < self.objective.playhead.system.grid.length_range).all():
            raise RevanimError("The planned path leaves the range of the grid.")
        return seen

    def _look_up(self) -> None:
        if self.objective.stopped():
            raise Stopped

    def push(self, interval: int, pushes: Floats, z: Floats) -> None:
        """Change the pushes of one interval, float64[n, 3], under way, and in z."""
        assert self.pushes.view is not None
        for values in (z[self.objective.part_of(self.pushes.control.name)], self.pushes.view(self.objective.playhead)):
            values.reshape(self.intervals, -1, 3)[interval] = pushes[self.pushes.bodies]

    def let_act(self, pushes: Floats) -> None:
        """Let pushes, float64[intervals, n, 3], act on the playhead from now on."""
        self.pushes.put(pushes[:, self.pushes.bodies].ravel(), self.objective.playhead)

    def pushes_of(self, z: Floats) -> Floats:
        """Return float64[intervals, k, 3], the pushes in z on those that are pushed."""
        return z[self.objective.part_of(self.pushes.control.name)].reshape(self.intervals, -1, 3)

    def controls(self, velocity: Floats, pushes: Floats) -> Floats:
        """Return z for velocities at home, float64[n, 3], and pushes, float64[intervals, n, 3]."""
        z = self.objective.start.copy()
        if self.launch is not None:
            z[self.objective.part_of(self.launch.control.name)] = velocity[self.launch.bodies].ravel()
        z[self.objective.part_of(self.pushes.control.name)] = pushes[:, self.pushes.bodies].ravel()
        return z


def can_steer(objective: Objective) -> bool:
    """Whether an objective has pushes without bounds, so that a sequence can be planned."""
    movers = [h for h in objective.handles if h.pushes or h.control.name == "velocity"]
    bounded = any(np.isfinite((h.control.low, h.control.high)).any() or h.control.together for h in movers)
    return any(h.pushes and h.view and isinstance(h.curve, Curve) for h in movers) and not bounded
