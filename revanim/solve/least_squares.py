"""Few residuals: Levenberg and Marquardt, to the last digit."""

from collections.abc import Callable, Iterator

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.descent import Point, can_descend

FIRST, FAINTEST, STRONGEST = 0.1, 1e-14, 1e6  # damping, relative to the mean square of a row of the Jacobian
KEEP, LEARN, TRUST = 0.1, 0.5, 0.75  # share of the promised gain: to take a step, to update the Jacobian, to damp less
STRIDE, SLIGHT = 1e-2, 1e-2  # of strides: the damping at first, and the share that makes a step worth taking
AHEAD = 0.1  # of a step, where its curvature is felt

Residuals = Callable[[Floats], Floats]
Decomposed = tuple[Floats, Floats, Floats]

NOWHERE: Decomposed = (np.zeros((1, 1)), np.zeros(1), np.zeros((1, 1)))


def polish(residuals: Residuals, jacobian: Residuals, start: Floats, low: Floats, high: Floats) -> Iterator[Point]:
    """Yield better and better points of a sum of squares; it ends where nothing gets better any more.

    The damping follows the ratio of what a step gained to what the linear model promised (Levenberg 1944, Marquardt
    1963). A step bends with the curvature along its way (geodesic acceleration; Transtrum and Sethna 2012), which
    helps most where stiff links make the way narrow. While the model keeps its word, the Jacobian learns from the steps
    (Broyden 1965) and is not computed anew. Infinite residuals mark what cannot be computed.
    """
    z = np.clip(start, low, high)
    r, damping = residuals(z), FIRST
    if not np.isfinite(r).all():
        return
    slope, fresh = jacobian(z), True
    while damping < STRONGEST and slope.any() and can_descend(slope) and r @ r > 0:
        straight, bent = _steps(residuals, z, r, slope, damping)
        there = np.clip(z + bent, low, high)
        new, way, promised = residuals(there), there - z, r + slope @ (np.clip(z + straight, low, high) - z)
        hoped = float(r @ r - promised @ promised)
        kept = float(r @ r - new @ new) / hoped if hoped > 0 and np.isfinite(new).all() else 0.0
        if kept > LEARN:
            slope, fresh = slope + np.outer(new - r - slope @ way, way) / (way @ way), False
        if kept > KEEP:
            z, r = there, new
            damping = max(damping / 5.0, FAINTEST) if kept > TRUST else damping
            yield Point(z, float(r @ r), 2.0 * slope.T @ r)
        elif fresh:
            damping *= 4.0
        if kept <= LEARN and (kept > KEEP or not fresh):
            slope, fresh = jacobian(z), True


def _steps(residuals: Residuals, z: Floats, r: Floats, slope: Floats, damping: float) -> tuple[Floats, Floats]:
    """Return the step of the linear model, and the same bent by the second derivative along it."""
    u, s, v = np.linalg.svd(slope, full_matrices=False)
    inverse = s / (s * s + damping * float(np.mean(s * s)))
    straight = -v.T @ (inverse * (u.T @ r))
    bend = residuals(z + AHEAD * straight) - r - slope @ (AHEAD * straight)
    if not np.isfinite(bend).all():
        return straight, straight
    turn = -v.T @ (inverse * (u.T @ bend)) / AHEAD**2
    return straight, straight + turn if np.linalg.norm(turn) < 0.5 * np.linalg.norm(straight) else straight


def stride(residuals: Residuals, jacobian: Residuals, start: Floats, longest: float) -> Iterator[Point]:
    """Yield better and better points, as `polish` does, where a Jacobian costs no more than residuals do.

    No step is longer than `longest`: more damping turns it downhill before it gets so far. The damping is that of
    Nielsen (1999).
    """
    z, r, damping, stiffer = start, residuals(start), STRIDE, 2.0
    u, s, v = _decomposed(jacobian(z)) if np.isfinite(r).all() else NOWHERE
    while damping < STRONGEST and s.any() and r @ r > 0:
        step = s / (s * s + damping) * (u.T @ r)
        if np.linalg.norm(step) > longest:
            damping *= 2.0
            continue
        there, promised = z - v.T @ step, r - u @ (s * step)
        new, hoped = residuals(there), float(r @ r - promised @ promised)
        kept = float(r @ r - new @ new) / hoped if hoped > 0 and np.isfinite(new).all() else 0.0
        if kept > SLIGHT:
            z, r = there, new
            u, s, v = _decomposed(jacobian(z))
            yield Point(z, float(r @ r), 2.0 * v.T @ (s * (u.T @ r)))
            damping, stiffer = max(damping * max(0.2, 1.0 - (2.0 * kept - 1.0) ** 3), FAINTEST), 2.0
        else:
            damping, stiffer = damping * stiffer, 2.0 * stiffer


def _decomposed(slope: Floats) -> Decomposed:
    """Return the singular value decomposition of a slope, u, s and v; nothing of one that leads nowhere."""
    return np.linalg.svd(slope, full_matrices=False) if can_descend(slope) else NOWHERE
