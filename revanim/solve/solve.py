"""From keyframes to motion: which method when, what is told on the way, and what remains when it is cancelled."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.scene import Scene
from revanim.solve.controls import Control
from revanim.solve.descent import Point, descend
from revanim.solve.least_squares import polish
from revanim.solve.objective import Objective
from revanim.solve.reasons import reasons

FEW = 24  # residuals: each costs a walk there and back in every Jacobian
EXACT = 1e-10  # miss over size: nothing more to gain
GOOD = 1e-6  # miss over size: worth no further start
FIRST_TURN = 4  # iterations before the second look at who takes which target of a shape
STALLED, STALL = 1e-3, 8  # a gain smaller than this part of the cost in so many iterations ends a descent
BRIEF = 60  # iterations of descent between two rounds of least squares
SPREAD = 0.3  # how far a further start lies from the first, over the scales of the controls


@dataclass(frozen=True)
class Progress:
    """Where a solve stands: the best so far, which is also what a cancelled solve leaves."""

    iteration: int
    cost: float
    misses: tuple[float, ...]  # of each keyframe, root mean square, scene units
    evaluations: int  # walks to the last keyframe, most of them also back
    seconds: float
    z: Floats = field(repr=False)
    objective: Objective = field(repr=False)
    why: str = ""  # in the last one: what stands in the way of a better result, in plain words

    @property
    def miss(self) -> float:
        """The largest miss of a keyframe."""
        return max(self.misses)

    @cached_property
    def scene(self) -> Scene:
        """The scene that moves this way."""
        return self.objective.scene(self.z)


@dataclass(eq=False)
class Run:
    """A solve under way: counts the iterations and keeps the best."""

    objective: Objective
    iterations: int
    iteration: int = 0
    best: Floats = field(init=False)
    cost: float = np.inf
    misses: tuple[float, ...] = ()
    started: float = field(default_factory=time.perf_counter)

    def note(self, z: Floats) -> Progress:
        """Count z in, keep it if it is the best, and say where things stand."""
        cost, misses = self.objective.judge(z)
        if cost <= self.cost:
            self.best, self.cost, self.misses = z, cost, misses
        return self.progress()

    def progress(self, why: str = "") -> Progress:
        """Say where things stand."""
        seconds = time.perf_counter() - self.started
        return Progress(
            self.iteration, self.cost, self.misses, self.objective.evaluations, seconds, self.best, self.objective, why
        )

    @property
    def miss(self) -> float:
        """The largest miss of the best, over the size of the scene."""
        return max(self.misses) / self.objective.size

    @property
    def over(self) -> bool:
        """Whether to stop: all is hit, or the iterations are used up."""
        return self.iteration >= self.iterations or self.miss < EXACT


def solve(
    scene: Scene, controls: Sequence[Control | str] = ("velocity",), iterations: int = 200, starts: int = 3
) -> Iterator[Progress]:
    """Change the controls until the motion hits the keyframes, and yield `Progress` after every iteration.

    Raises RevanimError when there is nothing to hit or nothing to change. The last progress says `why` it is not
    better, if it is not. Stop whenever you like: each progress holds the best so far.
    """
    run = Run(Objective(scene, controls), iterations)
    yield run.note(run.objective.start)
    if not np.isfinite(run.cost):
        raise RevanimError(
            "The motion leaves the range of the grid before the last keyframe; solve from another start."
        )
    random = np.random.default_rng(0)
    for attempt in range(starts):
        offset = SPREAD * attempt * random.normal(size=run.best.size) * run.objective.scale
        yield from _attempt(run, run.objective.start + offset)
        if run.over or run.miss < GOOD or not run.objective.nonlinear:
            break
    yield run.progress(reasons(run.objective, run.best, run.misses))


def _attempt(run: Run, z: Floats) -> Iterator[Progress]:
    """Descend from z, assign shapes and choose times anew on the way, and tighten what is nailed."""
    objective, few = run.objective, _few(run.objective)
    if few and 2 * objective.residual_count < objective.start.size:  # far more freedom than wishes: straight there
        objective.reassign(z)
        objective.retime(z)
        yield from _follow(run, _polished(objective, z))
    while not run.over:
        before = run.cost
        yield from _shapes(run, z, BRIEF if few else run.iterations)
        if few and not run.over:
            yield from _follow(run, _polished(objective, run.best))
        loose = [term for term in objective.visit(run.best) if term.loose(objective.playhead)]
        for term in objective.visit(run.best) if loose else ():
            if term in loose:
                term.tighten(objective.playhead)
        if not loose and not run.cost < (1 - STALLED) * before:
            return
        z = run.best


def _shapes(run: Run, z: Floats, most: int) -> Iterator[Progress]:
    """Descend; where targets have no names, or keyframes no fixed time, look again after ever longer stretches."""
    turn = FIRST_TURN if run.objective.unsettled else most
    while not run.over:
        moved = run.objective.reassign(z) | run.objective.retime(z)
        before = run.iteration
        yield from _follow(run, _scaled_descent(run.objective, z), turn)
        if not run.objective.unsettled or run.iteration == before or not moved:
            return
        z, turn = run.best, 2 * turn


def _follow(run: Run, points: Iterator[Point], most: int = 10**9) -> Iterator[Progress]:
    """Note the points of a descent until it is over, has stalled, or `most` have passed."""
    costs = [run.cost]
    for count, point in enumerate(points, start=1):
        run.iteration += 1
        yield run.note(point.z * run.objective.scale)
        costs.append(point.value)
        if run.over or count >= most or (count > STALL and costs[-1] > (1 - STALLED) * costs[-1 - STALL]):
            return


def _scaled_descent(objective: Objective, z: Floats) -> Iterator[Point]:
    scale = objective.scale

    def function(s: Floats) -> tuple[float, Floats]:
        try:
            value, gradient = objective.value_and_gradient(s * scale)
        except RevanimError:
            return np.inf, np.zeros_like(s)
        return value, gradient * scale

    return descend(function, z / scale, objective.low / scale, objective.high / scale)


def _polished(objective: Objective, z: Floats) -> Iterator[Point]:
    scale = objective.scale

    def residuals(s: Floats) -> Floats:
        try:
            return objective.residuals(s * scale)
        except RevanimError:
            return np.full(1, np.inf)

    def jacobian(s: Floats) -> Floats:
        return np.asarray(objective.jacobian(s * scale) * scale)

    return polish(residuals, jacobian, z / scale, objective.low / scale, objective.high / scale)


def _few(objective: Objective) -> bool:
    """Whether a Jacobian is cheap, and residuals are all there is."""
    return objective.residual_count <= FEW and not any(
        h.control.effort or h.control.smoothness for h in objective.handles
    )
