"""Which body goes where: targets without names are given to the bodies so that they travel least."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed, between, silent
from revanim.scene.scene import Index
from revanim.solve.auction import auction

EXACT_UP_TO = 4000  # bodies; beyond, the exact answer takes longer than the one that is nearly as good
SLICES, SWEEPS = 48, 6
SLICED = 0.1  # of the time


def assign(bodies: Floats, targets: Floats, passed: Passed = silent) -> Index:
    """Return int64[k], the target of each body, for float64[k, 3] bodies and as many targets.

    Up to EXACT_UP_TO bodies the sum of squared distances is the least there is; beyond, it is brought close to it by
    sorting along many directions (sliced transport; Rabin et al. 2011) and then by swaps. `passed` hears which part is
    done, and may raise to end the work.
    """
    if len(bodies) <= EXACT_UP_TO:
        return auction(bodies, targets, passed)
    order = _sliced(bodies, targets, between(passed, 0.0, SLICED))
    return _improve(bodies, targets, order, between(passed, SLICED, 1.0))


def _sliced(bodies: Floats, targets: Floats, passed: Passed) -> Index:
    """Move the bodies onto the targets, a direction at a time; where each ends says which target is its own."""
    random = np.random.default_rng(0)
    moved = bodies.copy()
    for turn in range(SLICES):
        passed(turn / SLICES)
        frame = np.linalg.qr(random.normal(size=(3, 3)))[0]
        for direction in frame:
            mine, theirs = np.argsort(moved @ direction, kind="stable"), np.sort(targets @ direction)
            along = theirs - (moved @ direction)[mine]
            moved[mine] += along[:, None] * direction
    # The sorted order along one last direction pairs what now nearly coincides; blocks of neighbours settle the rest.
    direction = random.normal(size=3)
    order = np.empty(len(bodies), np.int64)
    order[np.argsort(moved @ direction, kind="stable")] = np.argsort(targets @ direction, kind="stable")
    return order


def _improve(bodies: Floats, targets: Floats, order: Index, passed: Passed) -> Index:
    """Re-solve exactly within blocks of bodies that lie side by side, cut anew along other directions each time."""
    random, block = np.random.default_rng(1), 500
    for sweep in range(SWEEPS):
        direction = random.normal(size=3)
        lined_up = np.argsort((bodies + targets[order]) @ direction, kind="stable")
        for start in range(0, len(bodies), block):
            passed((sweep + start / len(bodies)) / SWEEPS)
            some = lined_up[start : start + block]
            order[some] = order[some][auction(bodies[some], targets[order[some]])]
    return order
