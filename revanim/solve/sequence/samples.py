"""Forces along a path, looked at a few times in each stretch of time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.sequence.levers import places
from revanim.solve.sequence.steering import Steering
from revanim.solve.sequence.stretches import Stretches

WHEN: Floats = 0.5 + np.array([-0.5, 0.5]) / np.sqrt(3.0)  # parts of a stretch (Gauss): their mean is that of a cubic


@dataclass(frozen=True, eq=False)
class Samples:
    """Moments along the stretches. A path is float64[1 + stretches, n, 3], a launch and the accelerations there."""

    steering: Steering
    stretches: Stretches

    @cached_property
    def seconds(self) -> Floats:
        """float64[samples], after home."""
        cut = self.stretches
        return np.asarray(cut.edges[:-1, None] + cut.lengths[:, None] * WHEN).ravel()

    @cached_property
    def lever(self) -> Floats:
        """float64[samples, 1 + stretches], how far a path has come."""
        return places(self.seconds, self.stretches.edges)

    def places(self, path: Floats) -> Floats:
        """Return float64[samples, n, 3], where a path is."""
        bodies = self.steering.objective.origin.bodies
        free = bodies.position + self.seconds[:, None, None] * bodies.velocity
        return np.asarray(free + np.tensordot(self.lever, path, 1))

    def forces(self, at: Floats) -> Floats:
        """Return float64[stretches, 2, n, 3], the forces at places, float64[samples, n, 3], without the pushes."""
        found = self.steering.forces(at, self.seconds)
        return found.reshape(-1, WHEN.size, *at.shape[1:])

    def pulls(self, at: Floats, weights: Floats) -> Floats:
        """Return float64[1 + stretches, n, 3], the gradient of the sum of weights * mean forces for the path."""
        each = np.repeat(weights / WHEN.size, WHEN.size, axis=0)
        return np.tensordot(self.lever.T, self.steering.pulls(at, self.seconds, each), 1)

    def effects(self, forces: Floats) -> tuple[Floats, Floats]:
        """Return float64[stretches, n, 3], how far and how fast forces at the samples take a body in a stretch."""
        h = self.stretches.lengths[:, None, None]
        place = np.tensordot(forces, (1.0 - WHEN) / WHEN.size, (1, 0)) * h * h
        return np.asarray(place), np.asarray(forces.mean(axis=1) * h)
