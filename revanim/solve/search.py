"""The search for controls that hit: descents from many starts, least squares where they are cheap, nails pressed in."""

from collections.abc import Generator, Iterator

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.parts.carried import carried
from revanim.solve.descent import Pairs, Point, descend, memory
from revanim.solve.judging import residual_count
from revanim.solve.launches import launch_of, launches, swung
from revanim.solve.least_squares import polish
from revanim.solve.objective import Objective
from revanim.solve.run import Progress, Run
from revanim.solve.settling import release, settle, tighten, unsettled
from revanim.solve.shooting import shoot, worth_shooting

FEW = 24  # residuals: each costs a walk back in every Jacobian
FIRST_TURN = 4  # iterations before the second look at who takes which target of a shape
SMOKE_TURN = 10  # and before each, of smoke: its bodies pass each other as long as it is searched
STALL = {False: (8, 1e-3), True: (8, 0.5)}  # few residuals or many: a gain below this part in so many iterations ends
STRETCH, WORTH = 60, 1e-3  # iterations of L-BFGS before least squares again, and the gain that makes both go on
YIELDS, PRESSES = 0.5, 2  # a nail that sticks out by more than this part of before, so often in a row, is let be
NEAR, FAR = 0.1, 0.75  # how far further starts lie from the first, over the scales of the controls


def searched(run: Run, starts: int) -> Iterator[Progress]:
    """Descend from the start, then from others, until all is hit or so many were tried."""
    number = 0
    for z in _starts(run.objective):
        if z is None:
            yield run.progress()
            continue
        yield from _attempt(run, z)
        number += 1
        if number == 1 and not (run.over or run.good) and worth_shooting(run.objective, run.best):
            yield from _cut_up(run)
        if run.over or run.good or number >= starts or run.objective.evaluations > run.patience:
            break
    if launch_of(run.objective) is None:  # launches have looked around far enough
        yield from _escape(run)


def followed(run: Run) -> Iterator[Progress]:
    """Descend from the motion there is, and from no other; bodies on rods first swing to where they are asked."""
    objective = run.objective
    yield from _attempt(run, swung(objective) if _few(objective) and objective.nonlinear else objective.start)


def _starts(objective: Objective) -> Iterator[Floats | None]:
    """Yield the start as it is and, where others may lead elsewhere, random ones around it.

    Where a Jacobian is cheap, jointed bodies are launched as their rods allow, and others along directions that move
    what is asked for. None says that one is still being looked for.
    """
    random = np.random.default_rng(0)
    few = _few(objective) and objective.nonlinear
    launch = launch_of(objective) if few else None
    if launch is not None:
        yield from launches(objective, launch, random)
        return
    yield objective.start
    slope = objective.jacobian(objective.start) * objective.scale if few else None
    while objective.nonlinear:
        size = objective.start.size
        offset = random.normal(size=size) if slope is None else slope.T @ random.normal(size=len(slope))
        length = random.uniform(NEAR, FAR) * np.sqrt(size) / (np.linalg.norm(offset) or 1.0)
        yield np.clip(objective.start + length * offset * objective.scale, objective.low, objective.high)


def _attempt(run: Run, z: Floats) -> Iterator[Progress]:
    """Descend from z; where a Jacobian is cheap, to the first keyframe, then to the first two, and so on."""
    objective = run.objective
    frames = {term.key.frame for term in objective.terms} if _few(objective) else {objective.last}
    try:
        for frame in sorted(frames):
            if not run.over:
                objective.horizon = frame
                z = yield from approach(run, z)
    finally:
        objective.horizon = objective.last


def _cut_up(run: Run) -> Iterator[Progress]:
    """Aim in windows, from rest and from the best there is; where that leads, the whole walk is aimed once more."""
    for z in (run.objective.start, run.best):
        for point in shoot(run.objective, z):
            run.iteration += 1
            yield run.note(point)
            if run.over or run.good:
                return
    yield from approach(run, run.best)


def approach(run: Run, z: Floats, stall: tuple[int, float] | None = None) -> Generator[Progress, None, Floats]:
    """Descend; look again at who goes where, and when, after ever longer stretches; press nails until in.

    Those of smoke stay as long as they are. `stall`, if not the usual, is in how many iterations less than which part
    is gained where it has stalled.
    """
    objective, smoke = run.objective, bool(carried(run.objective.origin).any())
    turn = (SMOKE_TURN if smoke else FIRST_TURN) if unsettled(objective) else run.iterations
    pairs = memory()  # who goes where shifts the lowest point, but hardly bends the way there
    release(objective)
    excess, in_vain, first = np.inf, 0, unsettled(objective)
    while not run.over:
        changed, before = settle(objective, z), run.iteration
        if changed:
            yield run.note(z)
        descent = _polished(objective, z) if _few(objective) else _scaled_descent(objective, z, pairs)
        z = yield from _follow(run, descent, z, turn, stall)
        sticks_out, _, _ = objective.judge(z)
        in_vain = in_vain + 1 if sticks_out > YIELDS * excess else 0
        excess = sticks_out
        pressed = in_vain < PRESSES and tighten(objective, z)
        if not pressed and not ((changed or first) and run.iteration > before):
            break
        if pressed:
            pairs.clear()
        turn, first = turn if smoke else 2 * turn, False
    return z


def _escape(run: Run) -> Iterator[Progress]:
    """Where least squares were caught from every start, L-BFGS finds them better places to begin."""
    objective, before = run.objective, np.inf
    while _few(objective) and not (run.over or run.good) and run.cost < (1 - WORTH) * before:
        before = run.cost
        settle(objective, run.best)
        z = yield from _follow(run, _scaled_descent(objective, run.best, memory()), run.best, STRETCH)
        yield from approach(run, z)


def _follow(
    run: Run, points: Iterator[Point | None], z: Floats, most: int, stall: tuple[int, float] | None = None
) -> Generator[Progress, None, Floats]:
    """Note the points of a descent until it is over, has stalled, or `most` have passed, and return the last."""
    costs, (patience, gain) = list[float](), stall or STALL[_few(run.objective)]
    for point in points:
        if point is None:
            yield run.progress()
            continue
        run.iteration += 1
        z = point.z * run.objective.scale
        costs.append(point.value)
        yield run.note(z)
        stalled = len(costs) > patience and costs[-1] > (1 - gain) * costs[-1 - patience]
        if run.over or stalled or len(costs) == most:
            break
    return z


def _scaled_descent(objective: Objective, z: Floats, pairs: Pairs) -> Iterator[Point | None]:
    scale = objective.scale

    def function(s: Floats) -> tuple[float, Floats]:
        try:
            value, gradient = objective.value_and_gradient(s * scale)
        except RevanimError:
            return np.inf, np.zeros_like(s)
        return value, gradient * scale

    return descend(function, z / scale, objective.low / scale, objective.high / scale, pairs)


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
    return residual_count(objective) <= FEW and not any(
        h.control.effort or h.control.smoothness for h in objective.handles
    )
