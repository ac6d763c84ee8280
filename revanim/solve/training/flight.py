"""Where bodies had best fly: by their keyframes in turn, with as little acceleration as can be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.scene import Index
from revanim.solve.assignment import assign
from revanim.solve.objective import Objective
from revanim.solve.terms import Term


@dataclass(frozen=True, eq=False)
class Flight:
    """Cubic curves of some bodies between knots: float64[m] seconds after home, float64[m, k, 3] places and speeds."""

    bodies: Index
    seconds: Floats
    place: Floats
    speed: Floats

    def at(self, seconds: float) -> tuple[Floats, Floats]:
        """Return float64[k, 3], places and accelerations at a time between the knots."""
        k = int(np.clip(np.searchsorted(self.seconds, seconds, side="right") - 1, 0, len(self.seconds) - 2))
        h = self.seconds[k + 1] - self.seconds[k]
        t = (seconds - self.seconds[k]) / h
        way, v0, v1 = self.place[k + 1] - self.place[k], h * self.speed[k], h * self.speed[k + 1]
        bend, turn = 3 * way - 2 * v0 - v1, v0 + v1 - 2 * way
        return self.place[k] + t * (v0 + t * (bend + t * turn)), (2 * bend + 6 * t * turn) / h**2


def flights(objective: Objective) -> list[Flight]:
    """Return the flights of all bodies that are asked to be somewhere, those of whom the same is asked together.

    Who takes which target of a shape is chosen on the way, as far as it is open: so that each flies least.
    """
    _put_in_order(objective)
    asked = [term for term in objective.terms if term.key.position is not None]
    of_whom = np.array([np.isin(np.arange(objective.playhead.system.m.size), term.key.bodies) for term in asked])
    kinds = np.unique(of_whom.T, axis=0)
    return [
        _flight(objective, np.flatnonzero((kind == of_whom.T).all(axis=1)), [asked[i] for i in np.flatnonzero(kind)])
        for kind in kinds
        if kind.any()
    ]


def _put_in_order(objective: Objective) -> None:
    place = objective.origin.bodies.position
    for group in objective.groups:
        key, choice = group[0].key, group[0].choice
        if key.position is None:
            continue
        if group[0].open:
            choice.order = assign(place[key.bodies] * key.axes, key.position * np.array(key.axes))
        place[key.bodies] = np.where(key.axes, key.position[choice.order], place[key.bodies])
    objective.forget()


def _flight(objective: Objective, who: Index, terms: Sequence[Term]) -> Flight:
    """Return the flight of some bodies by all of these terms; through a hold they rest."""
    bodies, timing = objective.origin.bodies, objective.origin.timing
    seconds, places, speeds = [0.0], [bodies.position[who]], [bodies.velocity[who]]
    for term in terms:
        rows = np.searchsorted(term.key.bodies, who, sorter=(order := np.argsort(term.key.bodies)))
        mine = order[rows]
        assert term.key.position is not None
        seconds.append((term.frame - timing.home) / timing.fps)
        places.append(np.where(term.key.axes, term.key.position[term.order][mine], places[-1]))
        rests = np.zeros((who.size, 3)) if term.key.hold else np.full((who.size, 3), np.nan)
        speeds.append(rests if term.key.velocity is None else term.key.velocity[term.order][mine])
    when, place = np.array(seconds), np.array(places)
    return Flight(who, when, place, _eased(when, place, np.array(speeds)))


def _eased(seconds: Floats, place: Floats, speed: Floats) -> Floats:
    """Return the speeds at knots with which the acceleration, squared, is least in all; those that are not NaN stay."""
    h, knots = np.diff(seconds)[:, None, None], len(seconds)
    pull, steep = np.zeros((knots, knots)), np.zeros(place.shape)
    for k, step in enumerate(np.diff(seconds)):
        pull[k : k + 2, k : k + 2] += np.array([[4.0, 2.0], [2.0, 4.0]]) / step
    rise = 6.0 * np.diff(place, axis=0) / h**2
    steep[:-1] += rise
    steep[1:] += rise
    given = ~np.isnan(speed[:, 0, 0])
    found = np.where(given[:, None, None], speed, 0.0)
    steep -= np.einsum("ij,jkc->ikc", pull, found)
    free = np.flatnonzero(~given)
    if free.size:
        found[free] = np.linalg.solve(pull[np.ix_(free, free)], steep[free].reshape(free.size, -1)).reshape(
            free.size, *place.shape[1:]
        )
    return found
