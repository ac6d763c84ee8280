"""Bodies that would meet too hard on their way step aside.

Where forces are so strong up close that a single step through them throws a body off, as those of atoms are, a path
through another body cannot be walked. There it is led aside, in some direction across its way, as softly as it can be
and still go by its targets; farther at every try, until nobody meets too hard. The forces along the path say where:
whichever they are, no length has to be known of them.
"""

from dataclasses import dataclass

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.solve.sequence.levers import places
from revanim.solve.sequence.plan import Plan

HARD = 0.2  # times the square of the length of a push: a force that grows faster along the way is too hard
SUDDEN = 4.0  # what takes one push, or less, from the path to aside is not tried: targets are as near as that
TRIES, FIRST, FARTHER = 24, 1e-3, 1.4  # how far aside at first, over the size of the scene, and then
LARGE = 1e9  # in place of a force that is not finite
LOOSELY = 1.0  # how much chance there is in where to


@dataclass(frozen=True, eq=False)
class Meeting:
    """Where a body meets too hard a force."""

    body: int
    stretch: int
    seconds: float  # after home
    force: Floats  # float64[3]
    velocity: Floats  # float64[3]


def step_aside(plan: Plan) -> bool:
    """Bend the path of a plan around hard meetings; return whether there were any that could be avoided.

    Once they are known only their stretches are looked at, until all is well there.
    Raises RevanimError where that leads out of the grid.
    """
    random, far, found = np.random.default_rng(0), FIRST * plan.steering.objective.size, False
    every = np.arange(len(plan.stretches.push))
    some = every
    plan.forget()
    for _ in range(TRIES):
        plan.steer()
        hard = _hardest(plan, some)
        bends = [_bend(plan, meeting) for meeting in hard]
        if any(bend.any() for bend in bends):
            for meeting, bend in zip(hard, bends, strict=True):
                plan.path[:, meeting.body] += far * bend * _aside(meeting, random)
            some = np.unique([meeting.stretch for meeting in hard])
            far, found = far * FARTHER, True
        elif some is every:
            break
        else:
            some = every
    return found


def _hardest(plan: Plan, some: Counts) -> list[Meeting]:
    """Return the hardest meeting of each body in some of the stretches, if that is too hard."""
    way, step = plan.way, plan.steering.objective.origin.timing.step_seconds
    (place, speed), stops = plan.samples.nodes(way), plan.stretches.stops
    worst, found = np.zeros(len(plan.levers.x0)), dict[int, Meeting]()
    usual = float(np.sqrt(np.mean(np.sum(speed * speed, axis=-1))))
    for stretch in some:
        steps = np.arange(stops[stretch + 1] - stops[stretch] + (stretch + 1 < len(plan.stretches.push)))
        since = steps[:, None, None] * step
        at = place[stretch] + since * speed[stretch] + since * since / 2 * way[1 + stretch]
        forces = np.nan_to_num(plan.steering.forces(at, (stops[stretch] + steps) * step), nan=LARGE, posinf=LARGE)
        change = np.linalg.norm(np.diff(forces, axis=0), axis=2) * plan.stretches.led[stretch, :, 0]
        hardest = change.max(axis=0, initial=0.0)
        hard = (hardest > worst) & (hardest * plan.steering.interval**2 > HARD * usual * step)
        for body in map(int, np.flatnonzero(hard)):
            moment = int(change[:, body].argmax())
            seconds = float(stops[stretch] + moment) * step
            found[body] = Meeting(body, int(stretch), seconds, forces[moment, body], speed[stretch, body])
        worst = np.maximum(worst, hardest)
    return list(found.values())


def _aside(meeting: Meeting, random: np.random.Generator) -> Floats:
    """Return float64[3], a direction across the way, about that of the force: what is thrown apart parts before."""
    way, ahead = _unit(meeting.force) + random.normal(size=3) * LOOSELY, _unit(meeting.velocity)
    return _unit(way - ahead * (way @ ahead))


def _bend(plan: Plan, meeting: Meeting) -> Floats:
    """Return float64[1 + intervals, 3], the least change of a path that takes a body one unit aside at a meeting."""
    found = np.zeros((plan.path.shape[0], 3))
    row = places(np.array([meeting.seconds]), plan.levers.edges)[0]
    for axis, kind in enumerate(plan.levers.kind[3 * meeting.body : 3 * meeting.body + 3]):
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
