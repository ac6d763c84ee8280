"""Launches of jointed bodies: where else to begin when a chain is caught.

Rods leave a chain few ways to be launched; every other launch makes them ring, thousands of times a second and with
little effect. So a place to begin is looked for among the ways alone, which few walks explore. From there all targets
are near but for the ringing, whose phase at the keyframe hangs on everything before: that is a matter of several tries.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.least_squares import polish
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods

MOST = 24  # ways; beyond, exploring them takes as long as anything else
CANDIDATES, SEARCHES = 20, 4  # the best of so many is descended from, and so many descents end a search
WEAKEST, STRONGEST = 0.15, 2.0  # of a candidate, over the speed that leads as far as the scene is large
NEAR = 2e-3  # miss over size: near enough
PATIENCE, GAIN = 8, 0.5  # a gain below this part in so many iterations ends a descent
TRIES, RINGING = 4, (0.2, 1.0)  # ringing launches from what was found, and how strong they are, in the same measure
STEP = 1e-6  # for differences: as many walks as ways, where the adjoint takes two for every residual


@dataclass(frozen=True, eq=False)
class Launch:
    """The columns of z, float64[c, w] and float64[c, r], along which rods allow a launch, and along which they ring."""

    free: Floats
    ringing: Floats


def launch_of(objective: Objective) -> Launch | None:
    """Return how the bodies may be launched, if there are rods and every free body may be launched, else nothing."""
    rods = Rods(objective.playhead.system, objective.origin.bodies.position)
    wish = next((handle.control for handle in objective.handles if handle.control.name == "velocity"), None)
    if not len(rods.links) or wish is None or wish.together:
        return None
    count = objective.origin.bodies.count
    who = np.arange(count) if wish.bodies is None else np.array(wish.bodies)
    if not np.isin(rods.free % count, who).all():
        return None
    place = objective.origin.bodies.position.T.ravel()[rods.free]
    both = rods.ways(np.concatenate([place, 0 * place]))[rods.free.size :]
    ways = both[:, both.shape[1] // 2 :]
    if not 0 < ways.shape[1] <= MOST:
        return None
    every = np.linalg.svd(ways)[0]
    columns = np.zeros((3 * count, every.shape[1]))
    columns[rods.free] = every
    columns = columns.reshape(3, count, -1)[:, who].transpose(1, 0, 2).reshape(3 * who.size, -1)
    whole = np.zeros((objective.start.size, columns.shape[1]))
    whole[objective.part_of("velocity")] = columns
    whole *= objective.scale[:, None]
    return Launch(whole[:, : ways.shape[1]], whole[:, ways.shape[1] :])


def launches(objective: Objective, launch: Launch, random: np.random.Generator) -> Iterator[Floats | None]:
    """Yield controls to begin at: the best of some searches, and, if it is near, the same with the rods ringing.

    It yields None after each search that has found nothing, so that whoever looks on hears of it.
    """
    best, lowest = objective.start, np.inf
    for _ in range(SEARCHES):
        z, cost, near = _found(objective, launch, random)
        if cost < lowest:
            best, lowest = z, cost
        if near:
            break
        yield None
    yield best
    for _ in range(TRIES if near else 0):
        strength = random.uniform(*RINGING)
        yield _clip(objective, best + strength * launch.ringing @ random.normal(size=launch.ringing.shape[1]))


def _found(objective: Objective, launch: Launch, random: np.random.Generator) -> tuple[Floats, float, bool]:
    """Return where the best of some launches leads, what it costs there, and whether that is near the first target."""
    objective.horizon = min(term.key.frame for term in objective.terms)
    near = sum(term.key.weight * term.key.bodies.size for term in objective.asked) * (NEAR * objective.size) ** 2
    try:
        drawn = [_drawn(launch.free.shape[1], random) for _ in range(CANDIDATES)]
        costs = [_cost(objective, launch, s) for s in drawn]
        s, cost = _descended(objective, launch, drawn[int(np.argmin(costs))], near)
    finally:
        objective.horizon = objective.last
    return _clip(objective, objective.start + launch.free @ s), cost, cost < near


def _drawn(ways: int, random: np.random.Generator) -> Floats:
    way = random.normal(size=ways)
    strength = np.exp(random.uniform(*np.log([WEAKEST, STRONGEST])))
    return np.asarray(strength * np.sqrt(ways) * way / np.linalg.norm(way))


def _descended(objective: Objective, launch: Launch, start: Floats, near: float) -> tuple[Floats, float]:
    """Return where least squares lead along the ways, and the cost there; it ends when near enough, or stalled."""

    def slopes(s: Floats) -> Floats:
        here = _residuals(objective, launch, s)
        return np.array([_residuals(objective, launch, s + way) - here for way in STEP * np.eye(s.size)]).T / STEP

    free, costs = np.full(start.size, np.inf), list[float]()
    for point in polish(lambda s: _residuals(objective, launch, s), slopes, start, -free, free):
        start = point.z
        costs.append(point.value)
        if costs[-1] < near or (len(costs) > PATIENCE and costs[-1] > GAIN * costs[-1 - PATIENCE]):
            break
    return start, costs[-1] if costs else np.inf


def _cost(objective: Objective, launch: Launch, s: Floats) -> float:
    missed = _residuals(objective, launch, s)
    return float(missed @ missed)


def _residuals(objective: Objective, launch: Launch, s: Floats) -> Floats:
    try:
        return objective.residuals(_clip(objective, objective.start + launch.free @ s))
    except RevanimError:
        return np.full(1, np.inf)


def _clip(objective: Objective, z: Floats) -> Floats:
    return np.clip(z, objective.low, objective.high)
