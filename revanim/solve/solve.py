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
from revanim.solve.bend import bend_of, closed, seam
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
PLANS = 40  # iterations that a launch leaves to pushes
FINE = 2  # frames of a push where longer ones fall short


def solve(
    scene: Scene,
    controls: Sequence[Control | str] | Literal["auto"] = "auto",
    iterations: int = 200,
    starts: int = 8,
    *,
    between: tuple[int, int] | None = None,
    physical: float = 1.0,
    stopped: Callable[[], bool] = never,
) -> Iterator[Progress]:
    """Change the controls until the motion hits the keyframes, and yield `Progress` after every iteration.

    "auto" allows the launch where that suffices, and pushes where it does not. Where there are pushes, `physical` is
    the share of the scene's forces that is kept in the end: 0 guides every body, 1 pushes as little as it can.

    `between`, two frames, lets only pushes between these change, and asks for the state that the motion had at the
    second; it is untouched before the first, and the last progress says in `seam` how near it comes at the second.

    Raises RevanimError when there is nothing to hit or nothing to change. The last progress says `why` it is not
    better, if it is not. Stop whenever you like: each progress holds the best so far; and where an iteration takes
    long, `stopped`, asked before every walk, ends it sooner.
    """
    with suppress(Stopped):
        if between is not None:
            yield from _bent(scene, between, controls, iterations, starts, physical, stopped)
        elif controls == "auto":
            yield from _automatic(scene, iterations, starts, physical, stopped)
        else:
            run = Run(Objective(scene, controls, stopped), iterations)
            yield from _solve(run, starts, physical)
            yield _told(run)


def _bent(
    scene: Scene,
    between: tuple[int, int],
    controls: Sequence[Control | str] | Literal["auto"],
    iterations: int,
    starts: int,
    physical: float,
    stopped: Callable[[], bool],
) -> Iterator[Progress]:
    """Solve the part between two frames, and yield what it says of the whole."""
    wishes = [] if controls == "auto" else [Control(wish) if isinstance(wish, str) else wish for wish in controls]
    if any(wish.name != nudge.name for wish in wishes):
        raise RevanimError("Between two frames only pushes may change; name nudge alone, or nothing.")
    bend = bend_of(scene, between, wishes[0] if wishes else None)
    run = Run(Objective(bend.part, (bend.control,), stopped), iterations)
    guide = Objective(bend.rough, (bend.control,), stopped) if bend.rough is not None else None
    for progress in _solve(run, starts, physical, guide):
        yield progress.of_whole(bend)
    told = _told(run)
    z = closed(bend, run.objective, run.best)
    excess, cost, misses = run.objective.judge(z)
    last = replace(told, z=z, excess=excess, cost=cost, misses=misses)
    yield replace(last.of_whole(bend), seam=seam(bend, run.objective, z))


def _automatic(
    scene: Scene, iterations: int, starts: int, physical: float, stopped: Callable[[], bool]
) -> Iterator[Progress]:
    """Launch alone where no body is asked for twice; with pushes where that is so, or where the launch falls short."""
    best = Run(Objective(scene, (LAUNCH,), stopped), max(iterations - PLANS, iterations // 2))
    if best.objective.asks_once:
        yield from _solve(best, starts, physical)
        if best.good:
            yield _told(best)
            return
    for every, last in _paces(best.objective):
        pushes = Control(nudge.name, every=every)
        run = Run(Objective(scene, (LAUNCH, pushes), stopped), iterations, best.iteration)
        run.started, run.objective.evaluations = best.started, best.objective.evaluations
        for progress in _solve(run, starts if last else 0, physical):
            better = not best.misses or (progress.excess, progress.cost) <= (best.excess, best.cost)
            yield progress if better else best.progress().counted(progress)
        if run.good:
            break
        best.iteration, best.objective.evaluations = run.iteration, run.objective.evaluations
        best = run if better else best
    yield _told(run if better else best)


def _paces(objective: Objective) -> Iterator[tuple[int, bool]]:
    """Yield for how many frames pushes may last, coarse ones first, and whether there are none to try after them."""
    usual = pace(objective)
    given = any(part.kind == nudge.name for part in objective.origin.forces)
    if usual > FINE and not given:
        yield usual, False
    yield (usual if given else min(usual, FINE)), True


def pace(objective: Objective) -> int:
    """Return for how many frames the solver's own pushes last: fewer where holds leave little time to go on or stop.

    Bodies rest through every push that a hold touches, and to go from one rest to another takes two pushes between.
    """
    home, keys = objective.origin.timing.home, objective.origin.keyframes
    rests = [(home, home, 0), *((key.frame, key.end, key.hold) for key in keys)]
    ways = [later[0] - before[1] for before, later in pairwise(rests) if before[2] or later[2]]
    usual = LINKED_EVERY if linkage_of(objective) else NUDGE_EVERY
    return max(1, min([usual, *(way // 4 for way in ways)]))


def _solve(run: Run, starts: int, physical: float, guide: Objective | None = None) -> Iterator[Progress]:
    """Plan, descend and search; `guide` is an objective to plan for instead, with the same controls.

    Without any starts it is planned alone.
    """
    run.objective.settle(run.objective.start)  # else the start looks worse than it is, and a worse result better
    yield run.note(run.objective.start)
    if not np.isfinite(run.cost):
        raise RevanimError(
            "The motion leaves the range of the grid before the last keyframe; solve from another start."
        )
    if can_steer(run.objective):
        yield from _guided(run, physical, guide or run.objective)
        if not starts:
            return
        if not run.over:
            yield from approach(run, run.best)
    if not run.over:
        yield from searched(run, starts)


def _told(run: Run) -> Progress:
    """Return where a run stands, with what stands in the way of a better result."""
    return run.progress(reasons(run.objective, run.best, run.misses))


def _guided(run: Run, physical: float, guide: Objective) -> Iterator[Progress]:
    """Plan the whole sequence, and correct the plan by walking; what it falls short of is descended from there."""
    for z in planned(guide, physical):
        run.iteration += 1
        yield run.note(z)
        if run.iteration >= run.iterations:
            return
