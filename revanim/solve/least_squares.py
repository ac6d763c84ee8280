"""Few residuals: Levenberg and Marquardt, to the last digit."""

from collections.abc import Callable, Iterator

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.descent import Point

FAINTEST, STRONGEST = 1e-14, 1e8  # damping, relative to the mean square of a row of the Jacobian
KEEP, TRUST = 0.2, 0.75  # share of the predicted gain below which a step is refused, above which the model is trusted


Residuals = Callable[[Floats], Floats]


def polish(residuals: Residuals, jacobian: Residuals, start: Floats, low: Floats, high: Floats) -> Iterator[Point]:
    """Yield better and better points of a sum of squares; it ends where nothing gets better any more.

    There are fewer residuals than variables, so each step solves (J J' + d I) y = -r and goes J' y: the shortest change
    that brings the residuals down (Levenberg 1944, Marquardt 1963). The damping d follows the ratio of what a step
    gained to what the linear model promised. Infinite residuals mark what cannot be computed.
    """
    z = np.clip(start, low, high)
    r, damping = residuals(z), 1e-1
    while np.isfinite(r).all() and r @ r > 0:
        slope = jacobian(z)
        square = slope @ slope.T
        size = float(np.trace(square)) / len(r) or 1.0
        while damping < STRONGEST:
            y = np.linalg.solve(square + damping * size * np.eye(len(r)), -r)
            there = np.clip(z + slope.T @ y, low, high)
            new, promised = residuals(there), r + slope @ (there - z)
            gained, hoped = float(r @ r - new @ new), float(r @ r - promised @ promised)
            ratio = gained / max(hoped, 1e-300) if np.isfinite(new).all() else 0.0
            if ratio > KEEP:
                break
            damping *= 4.0
        else:
            return
        z, r = there, new
        damping = max(damping / 10.0, FAINTEST) if ratio > TRUST else damping
        yield Point(z, float(r @ r), 2.0 * slope.T @ r)
