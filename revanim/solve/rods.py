"""Rods leave a state few ways to go; every other way only makes them ring."""

import numpy as np

from revanim.engine.parameter import Animated, Floats
from revanim.engine.system import System

TURNS, TAUT = 10, 1e-11  # corrections of the lengths at most, and the error over the longest that needs none
FIRM = 1e-9  # singular values of the lengths' slope below this part of a unit mean that nothing holds


class Rods:
    """The rods of a system, and the states that leave them as long as they are at rest.

    A state here is float64[2 d]: the places, then the speeds, of the d coordinates that may move (`System.free`).
    Without rods every state will do, and every way is open. Places may also be those of many moments, float64[..., d].
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
        self.ends = np.zeros((len(self.links), len(place)))  # 1 and -1 at the ends of each
        self.ends[np.arange(len(self.links)), self.links[:, 0]] += 1.0
        self.ends[np.arange(len(self.links)), self.links[:, 1]] -= 1.0

    def straighten(self, state: Floats) -> Floats:
        """Return the nearest state whose rods are neither stretched nor being stretched."""
        place, speed = np.split(state, 2)
        place = self.taut(place)
        slope = self.slope(self.across(place)[0])
        return np.concatenate([place, speed - np.linalg.pinv(slope) @ (slope @ speed)])

    def taut(self, place: Floats) -> Floats:
        """Return the nearest places, float64[..., d], whose rods are not stretched (Newton's method)."""
        for _ in range(TURNS):
            across, lengths = self.across(place)
            stretch = lengths - self.lengths
            if np.abs(stretch).max(initial=0.0) <= TAUT * self.lengths.max(initial=0.0):
                break
            place = place - (np.linalg.pinv(self.slope(across)) @ stretch[..., None])[..., 0]
        return place

    def ways(self, state: Floats) -> Floats:
        """Return float64[2 d, 2 w]: the w ways that places may go, the speeds turning with them, then the same w as
        ways that speeds may change alone.
        """
        place, speed = np.split(state, 2)
        across, lengths = self.across(place)
        ways = self.turns(place)
        apart = self.apart(speed, np.zeros_like(self.place))
        turning = (apart - across * np.sum(across * apart, axis=0)) / np.maximum(lengths, FIRM)
        turned = -np.linalg.pinv(self.slope(across)) @ (self.slope(turning) @ ways)
        return np.block([[ways, np.zeros_like(ways)], [turned, ways]])

    def turns(self, place: Floats) -> Floats:
        """Return float64[..., d, w], the ways that places, float64[..., d], may go; each is at right angles to all."""
        _, firm, ways = np.linalg.svd(self.slope(self.across(place)[0]))
        held = int(np.count_nonzero(firm > FIRM, axis=-1).max(initial=0))
        return np.asarray(ways[..., held:, :].swapaxes(-1, -2))

    def apart(self, values: Floats, others: Floats) -> Floats:
        """Return float64[..., 3, links]: values, float64[..., d], at one end less those at the other.

        `others`, float64[3, n], has those of what cannot move.
        """
        whole = np.broadcast_to(others.ravel(), (*values.shape[:-1], others.size)).copy()
        whole[..., self.free] = values
        return np.asarray(whole.reshape(*values.shape[:-1], *others.shape) @ self.ends.T)

    def across(self, place: Floats) -> tuple[Floats, Floats]:
        """Return float64[..., 3, links] directions and float64[..., links] lengths."""
        apart = self.apart(place, self.place)
        lengths = np.sqrt(np.sum(apart * apart, axis=-2))
        return apart / np.maximum(lengths, np.finfo(float).tiny)[..., None, :], lengths

    def slope(self, across: Floats) -> Floats:
        """Return float64[..., links, d]: how `across` sees the two ends of each rod move apart."""
        slope = np.einsum("...cl,ln->...lcn", across, self.ends)
        return np.asarray(slope.reshape(*slope.shape[:-2], self.place.size)[..., self.free])
