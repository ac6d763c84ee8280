"""Rods leave a state few ways to go; every other way only makes them ring."""

import numpy as np

from revanim.engine.parameter import Animated, Floats
from revanim.engine.system import System

TURNS, TAUT = 10, 1e-11  # corrections of the lengths at most, and the error over the longest that needs none
FIRM = 1e-9  # singular values of the lengths' slope below this part of a unit mean that nothing holds


class Rods:
    """The rods of a system, and the states that leave them as long as they are at rest.

    A state here is float64[2 d]: the places, then the speeds, of the d coordinates that may move (`System.free`).
    Without rods every state will do, and every way is open.
    """

    def __init__(self, system: System, place: Floats, stiff: bool = True) -> None:
        self.place = np.ascontiguousarray(place.T)  # float64[3, n], for what never moves
        self.free = np.flatnonzero(system.free)
        links, lengths = [np.zeros((0, 2), np.int64)], [np.zeros(0)]
        for index, item in enumerate(system.items):
            kept = item.kind.keeps
            if stiff and kept and not isinstance(item.values[kept], Animated):
                links.append(item.who.reshape(-1, 2))
                lengths.append(np.broadcast_to(system.theta[system.layout[index, kept]], len(links[-1])))
        self.links, self.lengths = np.concatenate(links), np.concatenate(lengths)

    def straighten(self, state: Floats) -> Floats:
        """Return the nearest state whose rods are neither stretched nor being stretched (Newton's method)."""
        place, speed = np.split(state, 2)
        for _ in range(TURNS):
            across, lengths = self._across(place)
            if np.abs(lengths - self.lengths).max(initial=0.0) <= TAUT * self.lengths.max(initial=0.0):
                break
            place = place - np.linalg.pinv(self._slope(across)) @ (lengths - self.lengths)
        slope = self._slope(self._across(place)[0])
        return np.concatenate([place, speed - np.linalg.pinv(slope) @ (slope @ speed)])

    def ways(self, state: Floats) -> Floats:
        """Return float64[2 d, 2 w]: the w ways that places may go, the speeds turning with them, then the same w as
        ways that speeds may change alone.
        """
        place, speed = np.split(state, 2)
        across, lengths = self._across(place)
        slope = self._slope(across)
        _, firm, ways = np.linalg.svd(slope)
        ways = ways[np.count_nonzero(firm > FIRM) :].T
        apart = self._apart(speed, np.zeros_like(self.place))
        turning = (apart - across * np.sum(across * apart, axis=0)) / np.maximum(lengths, FIRM)
        turned = -np.linalg.pinv(slope) @ (self._slope(turning) @ ways)
        return np.block([[ways, np.zeros_like(ways)], [turned, ways]])

    def _apart(self, values: Floats, others: Floats) -> Floats:
        """Return float64[3, links]: the values at one end less those at the other."""
        whole = others.copy()
        whole.ravel()[self.free] = values
        return whole[:, self.links[:, 0]] - whole[:, self.links[:, 1]]

    def _across(self, place: Floats) -> tuple[Floats, Floats]:
        """Return float64[3, links] directions and float64[links] lengths."""
        apart = self._apart(place, self.place)
        lengths = np.sqrt(np.sum(apart * apart, axis=0))
        return apart / np.maximum(lengths, np.finfo(float).tiny), lengths

    def _slope(self, across: Floats) -> Floats:
        """Return float64[links, d]: how `across` sees the two ends of each rod move apart."""
        slope, link = np.zeros((len(self.links), *self.place.shape)), np.arange(len(self.links))
        slope[link, :, self.links[:, 0]] += across.T
        slope[link, :, self.links[:, 1]] -= across.T
        return slope.reshape(len(self.links), self.place.size)[:, self.free]
