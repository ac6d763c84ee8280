"""Where a path leads, and the forces along it, looked at a few times in each stretch of time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.sequence.steering import Mask, Steering
from revanim.solve.sequence.stretches import Stretches

MOST, SPARSE = 3, 8  # samples of a stretch, and steps of a walk for each


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

    def places(self, path: Floats) -> Floats:
        """Return float64[samples, n, 3], where a path is."""
        (place, speed), since = self.nodes(path), self._within[..., None, None]
        at = place[:-1, None] + since * speed[:-1, None] + since * since / 2 * path[1:, None]
        return np.asarray(at.reshape(-1, *path.shape[1:]))

    def forces(self, at: Floats) -> Floats:
        """Return float64[stretches, q, n, 3], the forces at places, float64[samples, n, 3], without the pushes."""
        found = self.steering.forces(at, self.seconds)
        return found.reshape(-1, self.when.size, *at.shape[1:])

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

    def pulls(self, at: Floats, weights: Floats) -> Floats:
        """Return float64[1 + stretches, n, 3], the gradient of the sum of weights * mean forces for the path.

        It goes back along the path as `places` goes onward.
        """
        h, since = self._lengths, self._within[..., None, None]
        each = (weights[:, None] * self.weights[:, None, None]).reshape(at.shape)
        place = self.steering.pulls(at, self.seconds, each).reshape(len(weights), self.when.size, *at.shape[1:])
        by_place, by_speed = place.sum(axis=1), (since * place).sum(axis=1)
        found = np.concatenate([0 * weights[:1], (since * since / 2 * place).sum(axis=1)])
        after_place, after_speed = np.zeros((2, *at.shape[1:]))
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
