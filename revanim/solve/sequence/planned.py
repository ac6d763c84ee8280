"""A sequence of keyframes: it is planned and corrected until it is hit, and then let be as physical as it can be."""

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.judging import hits
from revanim.solve.objective import Objective
from revanim.solve.sequence.apart import step_aside
from revanim.solve.sequence.ease import eased
from revanim.solve.sequence.linkage import Linkage, linkage_of
from revanim.solve.sequence.linked_ease import linked_eased
from revanim.solve.sequence.linked_plan import Base, LinkedPlan
from revanim.solve.sequence.plan import Plan

BASES: tuple[Base, ...] = ("natural", "home")
EVERY = 6  # frames between the knots of a path of rods that is eased
MOST, PATIENCE, GAIN = 24, 3, 0.3  # walks; a gain below this part in so many ends them
HOPE, RATE = 3, 0.1  # walks: if so many more, each as good as the last, are not enough, who is hasty gives up
LOST = 30.0  # times the first miss: such a plan leads nowhere
NEAR = 1e-6  # miss over size: such a plan may become more physical
ROUNDS, LINKED_ROUNDS = 4, 2  # of easing a plan and walking it: what rods save, they save at once
SAVED = 0.02  # part of the effort that makes a round worth it
STEPS = 1.0, 0.75, 0.5, 0.25, 0.125  # of the way to an eased path, if a longer one is too much to walk at once

AnyPlan = TypeVar("AnyPlan", Plan, LinkedPlan)
Eased = Callable[[AnyPlan, float], Iterator[tuple[float, Floats]]]


def planned(objective: Objective, physical: float = 1.0, hasty: bool = False) -> Iterator[Floats | None]:
    """Yield controls that hit the keyframes better and better, then with less and less pushes; None says: still at it.

    Every plan is walked before it is yielded. `physical` is the share of the forces that is used in the end, 0 to 1.
    A `hasty` one, for which shorter pushes are tried next, is given up where a few more walks would not bring it near.
    """
    linkage = linkage_of(objective)
    if linkage is not None:
        for base in BASES:
            linked = LinkedPlan(objective, linkage, base)
            z = yield from corrected(linked)
            if z is not None and _is_near(objective, z):
                if isinstance(linkage, Linkage):
                    yield from _let_go(linked.finer(EVERY), z, physical, linked_eased, LINKED_ROUNDS)
                elif physical > 0.0:  # a net is eased from where it is led: its slopes are those of small turns
                    rounds = LINKED_ROUNDS if physical == 1.0 else 1
                    yield from _let_go(linked.rebased().finer(EVERY), z, 1.0, linked_eased, rounds, physical)
                return
        if isinstance(linkage, Linkage):
            return
    plan = Plan(objective)
    z = yield from corrected(plan, hasty)
    if (z is None or not (hasty or _is_near(objective, z))) and _parts(plan):
        z = yield from corrected(plan, hasty)
    if physical > 0.0 and z is not None and _is_near(objective, z):
        yield from _let_go(plan, z, physical, eased, ROUNDS)


def _let_go(
    plan: AnyPlan, z: Floats, share: float, eased: Eased[AnyPlan], rounds: int, way: float = 1.0
) -> Iterator[Floats | None]:
    """Yield controls that push less and less, beside a share of the forces, and hit all the same.

    They go so much of the way to the least pushes. Where forces are used at all, none pushes more than z, the plan's.
    """
    objective = plan.steering.objective
    for _ in range(rounds):
        costs: list[float] = []
        paths: list[Floats] = []
        kept: int | None = None if isinstance(plan, LinkedPlan) else 1  # those of many bodies take much memory
        for cost, path in eased(plan, share):
            costs, paths = [*costs[:kept], cost], [*paths[:kept], path]
            yield None
        if not costs[-1] < (1 - SAVED) * costs[0]:
            return
        most = objective.variables.push_of(z) if share > 0.0 else np.inf
        for step in STEPS:
            trial = plan.led(_part_of(way * step, costs, paths))
            turns = list[Floats]()
            for turn in corrected(trial):
                turns = [turn]
                yield None
            if turns and _is_near(objective, turns[0]) and objective.variables.push_of(turns[0]) <= most:
                break
        else:
            return
        plan, z = trial, turns[0]
        yield z


def _part_of(part: float, costs: list[float], paths: list[Floats]) -> Floats:
    """Return the path so far on the way down: on a straight one to the least of some squares, just that part of it."""
    height = np.sqrt(np.maximum(np.array(costs) - costs[-1], 0.0))
    at = float(np.interp(part - 1.0, -height / height[0], np.arange(len(costs))))
    before = min(int(at), len(costs) - 2)
    return paths[before] + (at - before) * (paths[before + 1] - paths[before])


def _parts(plan: Plan) -> bool:
    """Return whether hard meetings could be led aside, on a path within the grid."""
    try:
        return step_aside(plan)
    except RevanimError:
        return False


def _is_near(objective: Objective, z: Floats) -> bool:
    return max(objective.judge(z)[2]) < NEAR * objective.size


def corrected(plan: Plan | LinkedPlan, hasty: bool = False) -> Generator[Floats, None, Floats | None]:
    """Yield the controls of a plan that is walked and corrected, until a walk is hardly better than those before.

    It returns the last of them; nothing where the plan or a walk left the grid: there is nothing to learn from that.
    """
    misses, before, objective = list[float](), 0.0, plan.steering.objective
    for _ in range(MOST):
        try:
            z, missed = plan.turn()
        except RevanimError:
            return None
        yield z
        found = objective.judge(z)[2]
        misses.append(missed)
        stalled = len(misses) > PATIENCE and misses[-1] > GAIN * misses[-1 - PATIENCE]
        over = stalled or not plan.learns or misses[-1] > LOST * misses[0] or misses[-1] <= 0.0
        if over or hits(objective, found):
            break
        rate, before = (min(1.0, max(found) / before) if before else RATE), max(found)
        if hasty and before * rate**HOPE > NEAR * objective.size:
            break
    return z
