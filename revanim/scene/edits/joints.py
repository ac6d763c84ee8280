"""Bodies that links hold together: they are led to places as far as rods and threads let them go.

A rod keeps its length. A thread, which is a spring too swift for the eye, may slacken but becomes no longer.
The bodies in the hand go towards their places in short steps, all others by the least motion with which no link changes
its length, each weighed by its mass: one linear system for the tensions (Gauss's principle of least constraint). After
each step the links are closed again in the same way, by Newton's method on their lengths, as SHAKE does for molecules
(Ryckaert, Ciccotti and Berendsen 1977).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.scene.scene import Index

Mask = NDArray[np.bool_]
Along = Callable[[Floats], Floats]  # from the way of each body in the hand to that of all

STEPS, STRIDE = 400, 0.5  # towards a place at most, and how long one may be, in shortest links
HALVES = 4  # times that a step which leads away is halved
TURNS, PARTS = 60, (1.0, 0.5, 0.25, 0.1)  # of Newton's method, and of a turn that would overshoot
ROUGH, FINE = 1e-4, 1e-15  # of the longest link, as far as lengths may be off between two steps, and in the end
RIGID = 1e-9  # of the longest link: so little it is off where all that it joins moves as one
THERE, IDLE = 1e-14, 1e-6  # of the shortest link: near enough, and too little gained to go on
TAIL = 1e-9  # of a hand's way: what differs less over every link of a body is no way between two that are held
DRAPE = 0.05  # how soon what hangs on a hand is left behind: over the inverse root of this many links
BEND = 0.05  # of the shortest link: by so much a straight chain is bent, which has no other way to become shorter
GRIP = 0.3  # ease of a body in the hand, over that of the others
MANY = 64  # links, beyond which most of their equations are zeros
FAINT = 1e-13  # of the largest entry: what keeps equations solvable where more links than needed hold a body


@dataclass(frozen=True, eq=False)
class Joints:
    """Links among n bodies."""

    links: Index  # int64[k, 2]
    rods: Mask  # bool[k]: the others are threads
    lengths: Floats  # float64[k]
    ease: Floats  # float64[n, 3], how willingly each body moves along each axis by itself
    open: Floats  # float64[3], 1 where the scene is, 0 across its plane
    away: Index  # int64[n], how many links each is away from the hand

    @property
    def shortest(self) -> float:
        """The length of the shortest link that has one."""
        return float(self.lengths[self.lengths > 0].min(initial=np.inf))

    @property
    def longest(self) -> float:
        """The length of the longest link."""
        return float(self.lengths.max(initial=0.0))

    def led(self, place: Floats, held: Index, target: Floats) -> Floats:
        """Return float64[n, 3], the places of all bodies when some, int64[h], are led to float64[h, 3] or near it."""
        whole = place.copy()
        whole[held] = target
        if self._off(whole) <= RIGID * self.longest:  # all that is joined moves as one
            return self.closed(whole, FINE)
        along = self._along(held)
        found, gap, bent = place, _apart(place[held], target), False
        best, least = found, gap
        for _ in range(STEPS):
            if gap <= THERE * self.shortest:
                break
            ahead, left, pressed = self._step(found, held, target, along)
            if gap - left < IDLE * self.shortest and left > gap / 2:
                if bent or not pressed:
                    break
                bent, ahead = True, self.closed(self._bent(found, target - found[held]), ROUGH)
                left = _apart(ahead[held], target)
            found, gap = ahead, left
            if gap < least:
                best, least = found, gap
        return self.closed(best, FINE)

    def _step(self, place: Floats, held: Index, target: Floats, along: Along) -> tuple[Floats, float, bool]:
        """Return the places a step on, how far they are from the targets, and whether a rod is pressed on the way."""
        gap, pull = _apart(place[held], target), target - place[held]
        room = float(np.ptp(place, axis=0).max()) / 2
        way = along(pull * min(1.0, room / float(np.linalg.norm(pull, axis=1).max())))
        over, ease = self._over(place), self.ease.copy()
        ease[held] = GRIP * self.ease.max() * self.open
        least, pressed = self._least(place, over + self.rates(place, way), self._taut(over), ease)
        way = way - least
        part = min(1.0, STRIDE * self.shortest / max(float(np.linalg.norm(way, axis=1).max()), 1e-300))
        for _ in range(HALVES):
            ahead = self.closed(place + part * way, ROUGH * min(1.0, gap / self.longest))
            left = _apart(ahead[held], target)
            if left < gap and self._off(ahead) <= ROUGH * self.longest:
                return ahead, left, pressed
            part /= 2
        return place, gap, pressed

    def _along(self, held: Index) -> Along:
        """Return what gives all bodies their share, float64[n, 3], of the way of those in the hand, float64[h, 3].

        What lies between a hand and a pin, or between two hands, shares their ways evenly (harmonic functions on the
        links); what only hangs on a hand is carried along the less the farther away it is.
        """
        loose = np.zeros(len(self.ease))
        shares = self._spread(held, loose)(1.0 + np.arange(held.size, dtype=np.float64)[:, None])[:, 0]
        between = np.zeros(len(loose), np.bool_)
        between[self.links[np.abs(np.diff(shares[self.links], axis=1)[:, 0]) > TAIL]] = True
        spread = self._spread(held, np.where(between, 0.0, DRAPE))
        return lambda ways: spread(ways) * self.open

    def _spread(self, held: Index, loose: Floats) -> Along:
        """Return what solves Laplace's equation on the links, screened by float64[n]: hands are given, pins are 0."""
        fixed: Mask = np.asarray(~self.ease.any(axis=1))
        fixed[held] = True
        free, row = np.flatnonzero(~fixed), np.cumsum(~fixed) - 1
        one, other = np.concatenate([self.links, self.links[:, ::-1]]).T
        own, both = ~fixed[one], ~fixed[one] & ~fixed[other]
        rows, columns = (
            np.r_[row[one[own]], row[one[both]], row[free]],
            np.r_[row[one[own]], row[other[both]], row[free]],
        )
        values = np.r_[np.ones(own.sum()), -np.ones(both.sum()), loose[free]]
        solve = _solver(rows, columns, values, free.size)

        def spread(ways: Floats) -> Floats:
            whole = np.zeros((len(fixed), ways.shape[1]))
            whole[held] = ways
            given = np.zeros_like(whole)
            np.add.at(given, one, whole[other])
            whole[free] = solve(given[free])
            return whole

        return spread

    def closed(self, place: Floats, near: float) -> Floats:
        """Return the nearest places at which links are as long as they shall be, to a part of the longest."""
        off = self._off(place)
        for _ in range(TURNS):
            if off <= near * self.longest:
                break
            over = self._over(place)
            way, _ = self._least(place, over, self._taut(over), self.ease)
            for part in PARTS:
                ahead = place - part * way
                left = self._off(ahead)
                if left < off:
                    break
            else:
                break
            place, off = ahead, left
        return place

    def steadied(self, place: Floats, velocity: Floats, rates: Floats, held: Index) -> Floats:
        """Return the nearest velocities that stretch rods by float64[k] a second, and threads by no more.

        Those of bodies in the hand, int64[h], change only where they must.
        """
        ease = self.ease.copy()
        ease[held] *= GRIP
        over = self.rates(place, velocity) - rates
        return velocity - self._least(place, over, self._taut(over), ease)[0]

    def rates(self, place: Floats, velocity: Floats) -> Floats:
        """Return float64[k], by how much each link becomes longer in a second."""
        one, other = self.links.T
        return np.asarray(np.sum(self._across(place)[0] * (velocity[one] - velocity[other]), axis=1))

    def _taut(self, over: Floats) -> Mask:
        """Return bool[k], which links mind being too long by so much, or too short."""
        return self.rods | (over > 0)

    def _over(self, place: Floats) -> Floats:
        """Return float64[k], by how much links are too long."""
        return self._across(place)[1] - self.lengths

    def _off(self, place: Floats) -> float:
        """Return by how much the worst link is too long or short."""
        over = self._over(place)
        return float(np.abs(over[self._taut(over)]).max(initial=0.0))

    def _across(self, place: Floats) -> tuple[Floats, Floats]:
        """Return float64[k, 3] directions and float64[k] lengths."""
        one, other = self.links.T
        apart = place[one] - place[other]
        length = np.sqrt(np.sum(apart * apart, axis=1))
        return apart / np.maximum(length, np.finfo(float).tiny)[:, None], length

    def _least(self, place: Floats, amount: Floats, taut: Mask, ease: Floats) -> tuple[Floats, bool]:
        """Return float64[n, 3], the least motion that makes taut links so much longer, and whether a rod is pressed.

        `amount` is float64[k]; links that are not taut do nothing.
        """
        across = self._across(place)[0] * taut[:, None]
        first, second, body, sign = self._pairs
        values = sign * np.sum(across[first] * ease[body] * across[second], axis=1)
        tension = _solver(first, second, values, len(across))(amount * taut)
        moved, drawn = np.zeros_like(ease), across * tension[:, None]
        np.add.at(moved, self.links[:, 0], drawn)
        np.subtract.at(moved, self.links[:, 1], drawn)
        return moved * ease, bool((tension[self.rods] < 0).any())

    @cached_property
    def _pairs(self) -> tuple[Index, Index, Index, Floats]:
        """Two links, the body at which they meet, and the sign of the product of their directions there: float64[p]."""
        end = np.argsort(self.links.ravel(), kind="stable")
        body, link = self.links.ravel()[end], end // 2
        size = np.bincount(body, minlength=len(self.ease))[body]
        start = np.searchsorted(body, body)
        first = np.repeat(np.arange(end.size), size)
        second = np.repeat(start - np.r_[0, np.cumsum(size)[:-1]], size) + np.arange(first.size)
        sign = 1.0 - 2.0 * (end % 2)
        return link[first], link[second], body[first], sign[first] * sign[second]

    def _bent(self, place: Floats, way: Floats) -> Floats:
        """Return places bent to a slight zigzag, across the way that the hand wants to go."""
        pull, flat = way.mean(axis=0), np.flatnonzero(self.open)
        thin = np.eye(3)[flat[np.abs(pull[flat]).argmin()]]
        aside = thin * (pull @ pull) - pull * (pull @ thin)
        side = np.where(self.away % 2, BEND, -BEND)[:, None] * self.shortest
        return np.asarray(place + np.where(self.ease > 0, side * aside / (np.linalg.norm(aside) or 1.0), 0.0))


def _apart(place: Floats, target: Floats) -> float:
    """Return the root mean square distance between places and targets."""
    return float(np.sqrt(np.mean(np.sum((target - place) ** 2, axis=1))))


def _solver(row: Index, column: Index, values: Floats, size: int) -> Callable[[Floats], Floats]:
    """Return what solves a linear system whose symmetric matrix is the sum of values at rows and columns."""
    if size <= MANY:
        matrix = np.zeros((size, size))
        np.add.at(matrix, (row, column), values)
        matrix[np.diag_indices(size)] += FAINT * (matrix.max(initial=0.0) or 1.0)
        return partial(np.linalg.solve, matrix)
    from scipy import sparse  # slow to load, and seldom needed
    from scipy.sparse.linalg import splu

    whole = sparse.coo_array((values, (row, column)), shape=(size, size)).tocsc()
    whole = whole + FAINT * (whole.max() or 1.0) * sparse.eye_array(size, format="csc")
    solve: Callable[[Floats], Floats] = splu(whole, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}).solve
    return solve
