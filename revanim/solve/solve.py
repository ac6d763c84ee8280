"""From keyframes to motion: what may change, which method when, and what remains when it is cancelled."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np

from revanim.engine.forces.nudge import nudge
from revanim.error import RevanimError
from revanim.scene.scene import Scene
from revanim.solve.controls import NUDGE_EVERY, Control
from revanim.solve.linkage import linkage_of
from revanim.solve.objective import Objective, Stopped, never
from revanim.solve.reasons import reasons
from revanim.solve.run import Progress, Run
from revanim.solve.search import approach, searched
from revanim.solve.sequence import planned
from revanim.solve.steering import can_steer

LAUNCH = "velocity"
LINKED_EVERY = 2  # frames of a push on bodies that rods join


def solve(
    scene: Scene,
    controls: Sequence[Control | str] | Literal["auto"] = "auto",
    iterations: int = 200,
    starts: int = 8,
    *,
    physical: float = 1.0,
    stopped: Callable[[], bool] = never,
) -> Iterator[Progress]:
    """Change the controls until the motion hits the keyframes, and yield `Progress` after every iteration.

    "auto" allows the launch where that suffices, and pushes where it does not. Where there are pushes, `physical` is
    the share of the scene's forces that is kept in the end: 0 guides every body, 1 pushes as little as it can.

    Raises RevanimError when there is nothing to hit or nothing to change. The last progress says `why` it is not
    better, if it is not. Stop whenever you like: each progress holds the best so far; and where an iteration takes
    long, `stopped`, asked before every walk, ends it sooner.
    """
    with suppress(Stopped):
        if controls == "auto":
            yield from _automatic(scene, iterations, starts, physical, stopped)
        else:
            yield from _solve(Run(Objective(scene, controls, stopped), iterations), starts, physical)


def _automatic(
    scene: Scene, iterations: int, starts: int, physical: float, stopped: Callable[[], bool]
) -> Iterator[Progress]:
    """Launch alone where no body is asked for twice; with pushes where that is so, or where the launch falls short."""
    launched = Run(Objective(scene, (LAUNCH,), stopped), iterations)
    if launched.objective.asks_once:
        yield from _solve(launched, starts, physical)
        if launched.good:
            return
    pushes = Control(nudge.name, every=pace(launched.objective))
    pushed = Run(Objective(scene, (LAUNCH, pushes), stopped), iterations, launched.iteration)
    for progress in _solve(pushed, starts, physical):
        better = not launched.misses or (progress.excess, progress.cost) <= (launched.excess, launched.cost)
        yield progress if better else replace(launched.progress(progress.reasons), iteration=progress.iteration)


def pace(objective: Objective) -> int:
    """Return for how many frames the solver's own pushes last: fewer where holds leave little time to go on or stop.

    Bodies rest through every push that a hold touches, and to go from one rest to another takes two pushes between.
    """
    home, keys = objective.origin.timing.home, objective.origin.keyframes
    rests = [(home, home, 0), *((key.frame, key.end, key.hold) for key in keys)]
    ways = [later[0] - before[1] for before, later in pairwise(rests) if before[2] or later[2]]
    usual = LINKED_EVERY if linkage_of(objective) else NUDGE_EVERY
    return max(1, min([usual, *(way // 4 for way in ways)]))


def _solve(run: Run, starts: int, physical: float) -> Iterator[Progress]:
    run.objective.settle(run.objective.start)  # else the start looks worse than it is, and a worse result better
    yield run.note(run.objective.start)
    if not np.isfinite(run.cost):
        raise RevanimError(
            "The motion leaves the range of the grid before the last keyframe; solve from another start."
        )
    if can_steer(run.objective):
        yield from _guided(run, physical)
    if not run.over:
        yield from searched(run, starts)
    yield run.progress(reasons(run.objective, run.best, run.misses))


def _guided(run: Run, physical: float) -> Iterator[Progress]:
    """Plan the whole sequence, and correct the plan by walking; what it falls short of is descended from there."""
    for z in planned(run.objective, physical):
        run.iteration += 1
        yield run.note(z)
        if run.iteration >= run.iterations:
            return
    if run.hit and run.objective.effortless:
        return
    if not run.over:
        yield from approach(run, run.best)
