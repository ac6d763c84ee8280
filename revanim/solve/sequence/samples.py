"""Where a path leads, and what acts along it, looked at a few times in each stretch of time."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.sequence.moved import Moments, has_losses
from revanim.solve.sequence.steering import Mask, Steering
from revanim.solve.sequence.stretches import Stretches

MOST, SPARSE = 3, 8  # samples of a stretch, and steps of a walk for each
SLIGHT = 1e-3  # of the largest speed, for differences


@dataclass(frozen=True, eq=False)
class Samples:
    """Moments along the stretches. A path is float64[1 + stretches, n, 3], a launch and the accelerations there."""

    steering: Steering
    stretches: Stretches

    @cached_property
    def when(self) -> Floats:
        """float64[q], which parts of a stretch they are (Gauss)."""
        count = max(1, min(MOST, self.steering.steps // SPARSE))
        return np.asarray((np.polynomial.legendre.leggauss(count)[0] + 1.0) / 2)

    def speeding(self, part: Floats) -> Floats:
        """Return float64[t, q], what accelerations at the samples do to a speed in the first part of a unit of time."""
        powers = np.arange(1, self.when.size + 1)
        return np.asarray(part[:, None] ** powers / powers @ self._fit)

    def placing(self, part: Floats) -> Floats:
        """Return float64[t, q], what they do to a place."""
        powers = np.arange(1, self.when.size + 1)
        return np.asarray(part[:, None] ** (powers + 1) / (powers * (powers + 1)) @ self._fit)

    @cached_property
    def _fit(self) -> Floats:
        """float64[q, q], what makes a polynomial of values at the samples."""
        return np.asarray(np.linalg.inv(np.vander(self.when, increasing=True)), np.float64)

    @cached_property
    def weights(self) -> Floats:
        """float64[q], of the samples in a mean."""
        return np.asarray(self.speeding(np.ones(1))[0])

    @cached_property
    def seconds(self) -> Floats:
        """float64[samples], after home."""
        return np.asarray(self.stretches.edges[:-1, None] + self._within).ravel()

    @cached_property
    def _within(self) -> Floats:
        """float64[stretches, q], how long after the start of its stretch each sample is."""
        return self.stretches.lengths[:, None] * self.when

    def nodes(self, path: Floats) -> tuple[Floats, Floats]:
        """Return float64[1 + stretches, n, 3], where a path is between the stretches, and how fast."""
        bodies, h, rest = self.steering.objective.origin.bodies, self._lengths, 0 * path[:1]
        speed = bodies.velocity + path[0] + np.cumsum(np.concatenate([rest, h * path[1:]]), axis=0)
        ahead = np.concatenate([rest, h * speed[:-1] + h * h / 2 * path[1:]])
        return bodies.position + np.cumsum(ahead, axis=0), speed

    def moments(self, path: Floats, lanes: Counts) -> Moments:
        """Return where a path is and how fast, for the lanes between the stretches, int64[1 + stretches, l, n]."""
        (place, speed), since = self.nodes(path), self._within[..., None, None]
        at = place[:-1, None] + since * speed[:-1, None] + since * since / 2 * path[1:, None]
        going, shape = speed[:-1, None] + since * path[1:, None], (-1, *path.shape[1:])
        return Moments(at.reshape(shape), going.reshape(shape), self._between(lanes))

    def _between(self, lanes: Counts) -> Counts:
        """Return int64[samples, l, n], lanes at the samples, as if they changed evenly in each stretch."""
        part = self.when[:, None, None]
        found = lanes[:-1, None] * (1.0 - part) + lanes[1:, None] * part
        return np.rint(found).astype(np.int64).reshape(self.seconds.size, *lanes.shape[1:])

    def led(self, nodes: Floats, pushes: Floats, forces: Floats, lanes: Counts) -> Moments:
        """Return where pushes, float64[stretches, n, 3], and what acts at the samples, lead from nodes, and how fast.

        nodes, float64[2, 1 + stretches, n, 3], are places and speeds between the stretches.
        """
        h, since, (place, speed) = self._lengths[:, None], self._within[..., None, None], nodes[:, :-1, None]
        push, placing, speeding = pushes[:, None], self.placing(self.when), self.speeding(self.when)
        at = place + since * speed + since * since / 2 * push + h * h * np.einsum("pq,sqnc->spnc", placing, forces)
        going, shape = speed + since * push + h * np.einsum("pq,sqnc->spnc", speeding, forces), (-1, *pushes.shape[1:])
        return Moments(at.reshape(shape), going.reshape(shape), self._between(lanes))

    def forces(self, at: Moments) -> Floats:
        """Return float64[stretches, q, n, 3], what forces and moves do to speeds at moments, without the pushes."""
        found = self.steering.forces(at.places, self.seconds) + self.steering.changes(at, self.seconds)
        return found.reshape(-1, self.when.size, *at.places.shape[1:])

    def slopes(self, at: Moments) -> Floats | None:
        """Return float64[stretches, n, 3, 3], how what moves do to speeds changes with these; None without losses."""
        if not has_losses(self.steering.objective.playhead.system):
            return None
        step = SLIGHT * (float(np.abs(at.speeds).max(initial=0.0)) or 1.0)
        shifts = step * np.eye(3)
        here, *ahead = (
            self.steering.changes(replace(at, speeds=at.speeds + shift), self.seconds) for shift in (0.0, *shifts)
        )
        slopes = np.stack([(each - here) / step for each in ahead], axis=-1)
        return np.asarray(np.tensordot(slopes.reshape(-1, self.when.size, *slopes.shape[1:]), self.weights, (1, 0)))

    def mean(self, forces: Floats) -> Floats:
        """Return float64[stretches, n, 3], the mean of forces at the samples."""
        return np.asarray(np.tensordot(forces, self.weights, (1, 0)))

    def effects(self, forces: Floats) -> tuple[Floats, Floats]:
        """Return float64[stretches, n, 3], how far and how fast forces at the samples take a body in a stretch."""
        place = np.tensordot(forces, self.placing(np.ones(1))[0], (1, 0)) * self._lengths**2
        return np.asarray(place), np.asarray(self.mean(forces) * self._lengths)

    def within(self, forces: Floats, seconds: Floats, moving: Mask) -> Floats:
        """Return float64[t, n, 3], how far, or how fast where moving, forces take a body in its stretch by a time."""
        of = self.stretches.at(seconds)
        h = self.stretches.lengths[of, None]
        part = (seconds - self.stretches.edges[of]) / self.stretches.lengths[of]
        weights = np.where(moving[:, None], h * self.speeding(part), h * h * self.placing(part))
        return np.asarray(np.einsum("tq,tqnc->tnc", weights, forces[of]))

    def pulls(self, at: Moments, weights: Floats) -> Floats:
        """Return float64[1 + stretches, n, 3], the gradient of the sum of weights * mean forces for the path.

        It goes back along the path as `moments` goes onward.
        """
        h, since = self._lengths, self._within[..., None, None]
        each = (weights[:, None] * self.weights[:, None, None]).reshape(at.places.shape)
        by_change, speed = self.steering.changes_pulled(at, self.seconds, each)
        shape = len(weights), self.when.size, *at.places.shape[1:]
        place, speed = (
            (self.steering.pulls(at.places, self.seconds, each) + by_change).reshape(shape),
            speed.reshape(shape),
        )
        by_place, by_speed = place.sum(axis=1), (since * place + speed).sum(axis=1)
        by_path = (since * since / 2 * place + since * speed).sum(axis=1)
        found = np.concatenate([0 * weights[:1], by_path])
        after_place, after_speed = np.zeros((2, *at.places.shape[1:]))
        for stretch in range(len(weights) - 1, -1, -1):
            length = h[stretch]
            found[1 + stretch] += length * length / 2 * after_place + length * after_speed
            after_speed += by_speed[stretch] + length * after_place
            after_place += by_place[stretch]
        found[0] = after_speed
        return found

    @property
    def _lengths(self) -> Floats:
        return self.stretches.lengths[:, None, None]
