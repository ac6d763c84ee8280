"""Downhill with the gradient: L-BFGS with bounds, as an iterator, so that whoever follows it may look on and stop."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats

Function = Callable[[Floats], tuple[float, Floats]]
Pairs = deque[tuple[Floats, Floats]]  # steps, and how the gradient changed along them

MEMORY = 20  # pairs of steps that stand for the curvature
SUFFICIENT, CURVATURE = 1e-4, 0.9  # of the weak Wolfe conditions
TRIES = 25  # in a line search
STEEPEST = 1e150  # a steeper slope has a square beyond float64: chaos leaves no room to go down there


@dataclass(frozen=True, eq=False)
class Point:
    """A point of the descent."""

    z: Floats
    value: float
    gradient: Floats


def memory() -> Pairs:
    """Return room for as many pairs as a descent remembers."""
    return deque(maxlen=MEMORY)


def descend(
    function: Function, start: Floats, low: Floats, high: Floats, pairs: Pairs | None = None
) -> Iterator[Point | None]:
    """Yield better and better points of a function that is nowhere below zero, and None after each try between them.

    It ends where nothing gets better any more. The direction is that of limited-memory BFGS (Nocedal 1980) among the
    variables that no bound holds; the line search bisects until the weak Wolfe conditions hold (Lewis and Overton 2013)
    and walks along the bounds. A value of infinity marks a point that cannot be computed. `pairs`, which are added to,
    are what a descent of a function curved alike has learnt. Without any, the first step is Polyak's (1969), which ends
    a bowl whose depth is zero in one.
    """
    here = _point(function, np.clip(start, low, high))
    pairs = memory() if pairs is None else pairs
    while np.isfinite(here.value):
        held = ((here.z <= low) & (here.gradient > 0)) | ((here.z >= high) & (here.gradient < 0))
        direction = np.where(held, 0.0, -_curved(np.where(held, 0.0, here.gradient), pairs))
        if not here.gradient @ direction < 0:
            if not pairs:
                return
            pairs.clear()
            continue
        steepness = float(np.linalg.norm(direction))
        first = 1.0 if pairs else min(1.0, 1.0 / steepness, 2.0 * here.value / steepness**2)
        there = yield from _search(function, here, direction, low, high, first)
        if there is None:
            if not pairs:
                return
            pairs.clear()  # the curvature may be stale: once more, straight down
            continue
        step, change = there.z - here.z, there.gradient - here.gradient
        if step @ change > 1e-12 * np.linalg.norm(step) * np.linalg.norm(change):
            pairs.append((step, change))
        here = there
        yield here


def _point(function: Function, z: Floats) -> Point:
    """Return a point; one with a slope that cannot be computed with is one that cannot be computed."""
    value, gradient = function(z)
    return Point(z, value if can_descend(gradient) else np.inf, gradient)


def can_descend(slope: Floats) -> bool:
    """Whether a slope is finite, and its squares too."""
    return bool(np.abs(slope).max(initial=0.0) < STEEPEST)


def _curved(gradient: Floats, pairs: Pairs) -> Floats:
    """Return the inverse Hessian, as the pairs remember it, times the gradient: the two-loop recursion."""
    q, alphas = gradient.copy(), []
    for step, change in reversed(pairs):
        alpha = (step @ q) / (change @ step)
        q -= alpha * change
        alphas.append(alpha)
    if pairs:
        step, change = pairs[-1]
        q *= (step @ change) / (change @ change)
    for (step, change), alpha in zip(pairs, reversed(alphas), strict=True):
        q += (alpha - (change @ q) / (change @ step)) * step
    return q


def _search(
    function: Function, here: Point, direction: Floats, low: Floats, high: Floats, first: float
) -> Generator[None, None, Point | None]:
    """Return a point along the direction that is low enough and flat enough, or the best there was, or None.

    It yields after each try that was not taken, so that whoever looks on hears of it.
    """
    near, far, length = 0.0, np.inf, first
    best: Point | None = None
    for _ in range(TRIES):
        there = _point(function, np.clip(here.z + length * direction, low, high))
        gain = here.gradient @ (there.z - here.z)
        if not (np.isfinite(there.value) and there.value <= here.value + SUFFICIENT * gain):
            far = length
        elif there.gradient @ direction < CURVATURE * (here.gradient @ direction):
            best, near = there, length
        else:
            return there
        yield
        length = (near + far) / 2 if np.isfinite(far) else 2 * near
        if best is not None and far - near < 1e-3 * far:
            break
    return best
