"""Few residuals: Levenberg and Marquardt, to the last digit."""

from collections.abc import Callable, Iterator

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.descent import Point

FAINTEST, STRONGEST = 1e-14, 1e12


def polish(
    residuals: Callable[[Floats], Floats],
    jacobian: Callable[[Floats], Floats],
    start: Floats,
    low: Floats,
    high: Floats,
) -> Iterator[Point]:
    """Yield better and better points of a sum of squares; it ends where nothing gets better any more.

    There are fewer residuals than variables, so each step solves (J J' + d I) y = -r and goes J' y: the shortest change
    that brings the residuals down (Levenberg 1944, Marquardt 1963). Infinite residuals mark what cannot be computed.
    """
    z = np.clip(start, low, high)
    r, damping = residuals(z), 1e-3
    while np.isfinite(r).all():
        slope = jacobian(z)
        square = slope @ slope.T
        size = float(np.trace(square)) / max(len(r), 1) or 1.0
        while damping < STRONGEST:
            y = np.linalg.solve(square + damping * size * np.eye(len(r)), -r)
            there = np.clip(z + slope.T @ y, low, high)
            new = residuals(there)
            if np.isfinite(new).all() and new @ new < r @ r:
                break
            damping *= 8.0
        else:
            return
        z, r, damping = there, new, max(damping / 8.0, FAINTEST)
        yield Point(z, float(r @ r), 2.0 * slope.T @ r)
