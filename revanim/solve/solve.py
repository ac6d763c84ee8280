"""From keyframes to motion: what may change, which method when, and what remains when it is cancelled."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain

import numpy as np

from revanim.engine.forces.nudge import nudge
from revanim.engine.schemes.verlet import scheme as verlet
from revanim.error import RevanimError
from revanim.scene.absent import scheme_of
from revanim.scene.parts.carried import carried
from revanim.scene.scene import Scene
from revanim.solve.advice.advice import Wishes
from revanim.solve.advice.foresight import FAIR, beyond_aim, foreseen, impossible, push_frames
from revanim.solve.advice.hindsight import advise
from revanim.solve.controls.control import Control
from revanim.solve.controls.stirring import asked, stirring
from revanim.solve.judging import asks_once, hits
from revanim.solve.objective import Objective
from revanim.solve.run import Progress, Run
from revanim.solve.search import approach, followed, searched
from revanim.solve.sequence.bend import bend_of, closed, seam
from revanim.solve.sequence.linkage import linkage_of
from revanim.solve.sequence.planned import planned
from revanim.solve.sequence.steering import can_steer
from revanim.solve.settling import adopt, unsettled
from revanim.solve.stopping import Stopped, never

LAUNCH = "velocity"
# Starts of bodies on rods before pushes are planned, which are certain to lead somewhere, and walks after which there
# is none more: of 60 poses of 2 to 8 rods 49 took one start and 7 to 61 walks, the others up to 7 more starts.
# What has no rods walks faster, and is hit by a launch after 130 to 800 walks where it bounces.
LAUNCHES, LAUNCH_WALKS, FREE_WALKS = 3, 120, 800
PLANS = 40  # iterations that a launch leaves to pushes
SETTLING = 10  # iterations that a search by another scheme leaves to the scene's own


def solve(
    scene: Scene,
    controls: Wishes = "auto",
    iterations: int = 200,
    starts: int = 8,
    *,
    between: tuple[int, int] | None = None,
    physical: float = 1.0,
    stopped: Callable[[], bool] = never,
    advised: bool = True,
) -> Iterator[Progress]:
    """Change the controls until the motion hits the keyframes, and yield `Progress` after every iteration.

    "auto" allows the launch where that suffices, and pushes where it does not; where flows carry those who are asked
    for, the places and strengths of what stirs. Where there are pushes, `physical` is the share of the scene's forces
    that is kept in the end: 0 guides every body, 1 pushes as little as it can.

    `between`, two frames, lets only pushes between these change, and asks for the state that the motion had at the
    second; it is untouched before the first, and the last progress says in `seam` how near it comes at the second.

    It is searched from so many `starts`; with 0 no other motion is looked for than the one nearest to that of the
    scene, as is fit for targets that have moved a little.

    Raises RevanimError when there is nothing to hit or nothing to change. No progress is worse than the scene as it is.
    Where something cannot be had, each says so in `advice`, the first one perhaps before the scene as it is has been
    walked and its cost is known, and the last one says `why` it is not better, if it is not; a solve that shall be
    quick does without (`advised`). Stop whenever you like: each progress holds the best so far;
    and where an iteration takes long, `stopped`, asked before every walk, ends it sooner.
    """
    if not 0.0 <= physical <= 1.0:
        raise RevanimError("How physical a motion is lies between 0 and 1, not at {value:g}.", value=physical)
    with suppress(Stopped):
        if between is not None:
            yield from _bent(scene, between, controls, iterations, starts, physical, stopped, advised)
        elif controls != "auto" and tuple(controls) != ("auto",):
            yield from _asked(scene, controls, iterations, starts, physical, stopped, advised)
        elif stirring(scene):
            wishes: list[Control | str] = [*stirring(scene)]
            wishes += [LAUNCH] if (~carried(scene))[asked(scene)].any() else []
            yield from _asked(scene, wishes, iterations, starts, physical, stopped, advised)
        else:
            yield from _automatic(scene, iterations, starts, physical, stopped, advised)


def _asked(
    scene: Scene,
    controls: Wishes,
    iterations: int,
    starts: int,
    physical: float,
    stopped: Callable[[], bool],
    advised: bool,
) -> Iterator[Progress]:
    """Change what is asked to change.

    Where a flow makes each stage of a step long, it is searched by a scheme of few stages, and then settled by the
    scene's own.
    """
    run = Run(Objective(scene, controls, stopped), iterations)
    if carried(scene).any() and len(scheme_of(scene).stages) > len(verlet.stages):
        quick = Run(Objective(scene, controls, stopped, verlet.name), max(iterations - SETTLING, 1))
        yield from _solve(quick, starts, physical, advised)
        adopt(run.objective, quick.objective)
        run.iteration, run.started, run.advice = quick.iteration, quick.started, quick.advice
        run.objective.evaluations = quick.objective.evaluations
        run.note(run.objective.start)
        yield run.note(quick.best)
        if not run.over:
            yield from approach(run, quick.best)
    else:
        yield from _solve(run, starts, physical, advised)
    yield from _concluded(run, advised)


def _bent(
    scene: Scene,
    between: tuple[int, int],
    controls: Wishes,
    iterations: int,
    starts: int,
    physical: float,
    stopped: Callable[[], bool],
    advised: bool,
) -> Iterator[Progress]:
    """Solve the part between two frames, and yield what it says of the whole."""
    wishes = [Control(wish) if isinstance(wish, str) else wish for wish in controls if controls != "auto"]
    if any(wish.name not in (nudge.name, "auto") for wish in wishes):
        raise RevanimError("Between two frames only pushes may change; name nudge alone, or nothing.")
    bend = bend_of(scene, between, next((wish for wish in wishes if wish.name == nudge.name), None))
    run = Run(Objective(bend.part, (bend.control,), stopped), iterations)
    for progress in chain(_solve(run, starts, physical, advised), _concluded(run, advised)):
        yield progress.of_whole(bend)
    last, z = run.progress(), closed(bend, run.objective, run.best)
    excess, cost, misses = run.objective.judge(z)
    if hits(run.objective, misses) or (excess, cost) <= (last.excess, last.cost):
        last = replace(last, z=z, excess=excess, cost=cost, misses=misses)
    yield replace(last.of_whole(bend), seam=seam(bend, run.objective, last.z))


def _automatic(
    scene: Scene, iterations: int, starts: int, physical: float, stopped: Callable[[], bool], advised: bool
) -> Iterator[Progress]:
    """Launch alone where no body is asked for twice; with pushes where that is so, or where the launch falls short."""
    best = Run(Objective(scene, (LAUNCH,), stopped), max(iterations - PLANS, iterations // 2))
    objective = best.objective
    launch_does, vain = asks_once(objective) and physical == 1.0, impossible(objective) if advised else None
    if vain:
        yield replace(best.progress(), advice=vain)
    if launch_does and not (advised and beyond_aim(objective)):
        joined = linkage_of(objective) is not None
        best.patience = LAUNCH_WALKS if joined else FREE_WALKS
        yield from _solve(best, min(starts, LAUNCHES) if joined else starts, physical, advised)
        if best.good or vain:
            yield from _concluded(best, advised)
            return
    before = objective
    for every, last in _paces(objective):
        run = Run(Objective(scene, (LAUNCH, Control(nudge.name, every=every)), stopped), iterations, best.iteration)
        run.started, run.objective.evaluations = best.started, best.objective.evaluations
        adopt(run.objective, before)
        for progress in _solve(run, starts if last else None, physical, advised):
            better = best.first is None or (progress.excess, progress.cost) <= (best.excess, best.cost)
            yield progress if better else _instead(best, progress)
        if run.good or last or run.iteration >= iterations:
            break
        best.iteration, best.objective.evaluations, before = run.iteration, run.objective.evaluations, run.objective
        best = run if better else best
    for progress in _concluded(run, advised):
        yield progress if better else _instead(best, progress)


def _paces(objective: Objective) -> Iterator[tuple[int, bool]]:
    """Yield for how many frames pushes may last, coarse ones first, and whether there are none to try after them."""
    every = push_frames(objective)
    given = any(part.kind == nudge.name for part in objective.origin.forces)
    while every > 1 and not given and linkage_of(objective) is None:
        yield every, False
        every //= 2
    yield every, True


def _instead(run: Run, progress: Progress) -> Progress:
    """Return where a run stands that is better than what another has come to so far."""
    return replace(run.progress().counted(progress), advice=progress.advice)


def _solve(run: Run, starts: int | None, physical: float, advised: bool) -> Iterator[Progress]:
    """Plan, descend and search; without a number of starts it is planned alone."""
    yield from _begun(run, advised)
    if can_steer(run.objective):
        yield from _guided(run, physical, hasty=starts is None)
    if starts is not None and not (can_steer(run.objective) and run.good and run.objective.variables.effortless):
        yield from _descended(run, starts)
    if unsettled(run.objective) and not run.hit:
        run.look_back()


def _begun(run: Run, advised: bool) -> Iterator[Progress]:
    """Walk the scene as it is; what cannot be had is told before, as soon as it is known."""
    run.advice = foreseen(run.objective) if advised else None
    if run.advice:
        yield run.progress()
    yield run.note(run.objective.start)
    if not np.isfinite(run.cost):
        raise RevanimError(
            "The motion leaves the range of the grid before the last keyframe; solve from another start."
        )
    walks = run.objective.evaluations
    if advised and not run.advice and run.miss > FAIR:
        run.advice = beyond_aim(run.objective, run.miss)
    if run.objective.evaluations > walks:
        yield run.progress()


def _descended(run: Run, starts: int) -> Iterator[Progress]:
    """Descend from what was planned, if anything was; then search, unless more than what is near cannot be had."""
    certain = run.advice is not None and run.advice.certain
    if not run.over and (certain or can_steer(run.objective)):
        yield from approach(run, run.best)
    if not (run.over or certain):
        yield from searched(run, starts) if starts else followed(run)


def _concluded(run: Run, advised: bool) -> Iterator[Progress]:
    """Yield where a run has ended, and what stands in the way of a better result."""
    run.stand()
    found = advise(run.objective, run.best, run.misses) if advised else None
    run.advice = found and (run.advice or found)
    yield run.progress()


def _guided(run: Run, physical: float, hasty: bool) -> Iterator[Progress]:
    """Plan the whole sequence, and correct the plan by walking; what it falls short of is descended from there.

    A motion that is to be guided is kept as it is planned, though others push less.
    """
    for step in planned(run.objective, physical, hasty):
        if step is None:
            yield run.progress()
            continue
        run.iteration += 1
        yield run.note(step, anyhow=physical < 1.0)
        if run.iteration >= run.iterations:
            return
