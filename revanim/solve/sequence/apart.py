"""Bodies that would meet too hard on their way step aside.

Where forces are so strong up close that a single step through them throws a body off, as those of atoms are, a path
through another body cannot be walked. There it is led aside, in some direction across its way, as softly as it can be
and still go by its targets; farther at every try, until nobody meets too hard. The forces along the path say where:
whichever they are, no length has to be known of them.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.sequence.levers import places, speeds
from revanim.solve.sequence.plan import Plan

HARD = 0.2  # times the square of the length of a push: a force that grows faster along the way is too hard
SUDDEN = 4.0  # what takes one push, or less, from the path to aside is not tried: targets are as near as that
TRIES, FIRST, FARTHER = 24, 1e-3, 1.4  # how far aside at first, over the size of the scene, and then
LOOSELY = 1.0  # how much chance there is in where to


def step_aside(plan: Plan) -> bool:
    """Bend the path of a plan around hard meetings; return whether there were any that could be avoided."""
    random, far, found = np.random.default_rng(0), FIRST * plan.steering.objective.size, False
    plan.forget()
    for _ in range(TRIES):
        plan.steer()
        bends = [(body, _bend(plan, body, moment), aside) for body, moment, aside in _meetings(plan, random)]
        if not any(bend.any() for _, bend, _ in bends):
            break
        for body, bend, aside in bends:
            plan.path[:, body] += far * bend * aside
        far, found = far * FARTHER, True
    return found


def _meetings(plan: Plan, random: np.random.Generator) -> Iterator[tuple[int, float, Floats]]:
    """Yield who meets too hard, when that is hardest, and float64[3], a direction across the way there.

    It is that of the force, more or less: what is thrown apart parts before.
    """
    bodies, moments, forces = _hardest(plan)
    ahead = np.einsum("ms,smc->mc", speeds(moments, plan.stretches.edges), plan.way[:, bodies])
    for body, moment, force, velocity in zip(bodies, moments, forces, ahead + plan.levers.v0[bodies], strict=True):
        aside = _unit(force) + random.normal(size=3) * LOOSELY
        yield int(body), float(moment), _unit(aside - _unit(velocity) * (aside @ _unit(velocity)))


def _hardest(plan: Plan) -> tuple[Counts, Floats, Floats]:
    """Return who meets too hard, int64[m], when that is hardest, float64[m], and the forces then, float64[m, 3]."""
    cut, way = plan.stretches, plan.way
    step = plan.steering.objective.origin.timing.step_seconds
    usual = float(np.sqrt(np.mean(np.sum(plan.nodes()[1] ** 2, axis=-1))))
    worst, when, felt = np.zeros(len(plan.levers.x0)), np.zeros(len(plan.levers.x0)), np.zeros_like(plan.levers.x0)
    before = plan.steering.forces(plan.levers.x0[None], np.zeros(1))
    for stretch, (first, last) in enumerate(pairwise(cut.stops)):
        seconds = np.arange(first, last) * step
        free = plan.levers.x0 + seconds[:, None, None] * plan.levers.v0
        forces = plan.steering.forces(free + np.tensordot(places(seconds, cut.edges), way, 1), seconds)
        change = np.linalg.norm(np.diff(np.concatenate([before, forces]), axis=0), axis=2) * cut.led[stretch, :, 0]
        at, who = change.argmax(axis=0), np.flatnonzero(change.max(axis=0) > worst)
        worst[who], when[who], felt[who] = change.max(axis=0)[who], seconds[at[who]], forces[at[who], who]
        before = forces[-1:]
    hard = np.flatnonzero(worst * plan.steering.interval**2 > HARD * usual * step)
    return hard, when[hard], felt[hard]


def _bend(plan: Plan, body: int, moment: float) -> Floats:
    """Return float64[1 + intervals, 3], the least change of a path that takes a body one unit aside at a moment."""
    found = np.zeros((plan.path.shape[0], 3))
    row = places(np.array([moment]), plan.levers.edges)[0]
    for axis, kind in enumerate(plan.levers.kind[3 * body : 3 * body + 3]):
        if kind >= 0:
            alike = plan.levers.alike[kind]
            way = alike.spare @ (alike.ease * row)
            bend = alike.ease * way / (float(way @ way) or np.inf)
            if np.abs(bend[1:]).max() * plan.steering.interval**2 < SUDDEN:
                found[:, axis] = bend
    return found


def _unit(way: Floats) -> Floats:
    """Return a direction, float64[3], or nothing where there is none."""
    return np.asarray(way / (np.linalg.norm(way) or 1.0))
