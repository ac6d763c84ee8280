"""A sequence of keyframes: it is planned and corrected until it is hit, and then let be as physical as it can be."""

from collections.abc import Iterator

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.objective import Objective
from revanim.solve.sequence.linkage import linkage_of
from revanim.solve.sequence.linked_plan import LinkedPlan
from revanim.solve.sequence.plan import Plan

MOST, PATIENCE, GAIN = 24, 3, 0.3  # walks; a gain below this part in so many ends them
LOST = 30.0  # times the first miss: such a plan leads nowhere
NEAR = 1e-6  # miss over size: such a plan may become more physical
SHARES = 0.0, 0.5, 1.0  # of the forces that are kept: first a motion that hits, then ever more physical ones


def planned(objective: Objective, physical: float = 1.0) -> Iterator[Floats]:
    """Yield controls that hit the keyframes better and better, then with more and more of the scene's own forces.

    Every plan is walked before it is yielded. `physical` is the share of the forces that is kept in the end, 0 to 1.
    """
    linkage = linkage_of(objective)
    if linkage is not None:
        for base in ("natural", "home"):
            linked = LinkedPlan(objective, linkage, base)
            for z in corrected(linked):
                yield z
                if objective.hits(objective.judge(z)[2]):
                    return
                if not linked.learns:
                    break
        return
    plan = Plan(objective)
    for share in [*(share for share in SHARES if share < physical), physical]:
        plan.share, z = share, objective.start
        for z in corrected(plan):
            yield z
        if max(objective.judge(z)[2]) > NEAR * objective.size:
            return  # with more of the forces it would be farther still


def corrected(plan: Plan | LinkedPlan) -> Iterator[Floats]:
    """Yield the controls of a plan that is walked and corrected, until a walk is hardly better than those before."""
    misses, objective = list[float](), plan.steering.objective
    for _ in range(MOST):
        try:
            z, missed = plan.turn()
        except RevanimError:  # out of the grid: there is nothing to learn from such a plan or walk
            return
        yield z
        if objective.hits(objective.judge(z)[2]):
            return
        misses.append(missed)
        stalled = len(misses) > PATIENCE and misses[-1] > GAIN * misses[-1 - PATIENCE]
        if stalled or misses[-1] > LOST * misses[0] or misses[-1] <= 0.0:
            return
