"""Launches of jointed bodies: where else to begin when a chain is caught.

Rods leave a chain few ways to be launched; every other launch makes them ring, thousands of times a second and with
little effect. So a place to begin is looked for among the ways alone, by how the chain swings without the ringing, and
for the turns that rods miss: an angle leads farther than a distance. From there all targets are near but for the
ringing, whose phase at the keyframe hangs on everything before: that is a matter of several tries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.least_squares import stride
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.sequence.linkage import turn_between
from revanim.solve.sequence.steering import Mask
from revanim.solve.swing import Swing

MOST = 24  # ways; beyond, exploring them takes as long as anything else
CANDIDATES = 4  # the best of so many is descended from
SEARCHES, LONGEST_SEARCH = 4, 12  # so many descents end a search that has found a fair launch, or none
FAINT, WEAKEST, STRONGEST = 0.05, 0.1, 2.0  # half turns of a rod until the keyframe, at first and then
CLOSE, NEAR, FAIR = 3e-3, 0.03, 0.3  # radians or mean lengths missed in all: nothing more to gain, near, worth a try
FARTHEST = 3.0  # radians until the keyframe, of a step
PATIENCE, GAIN = 7, 0.5  # a gain below this part in so many iterations ends a descent
STRIDES = 2  # steps of a motion that follows a hand: more would take longer than the hand stays where it is
TRIES, RINGING = 2, (0.2, 1.0)  # ringing launches from what was found, and how strong they are, over size and time


@dataclass(frozen=True, eq=False)
class Launch:
    """The columns of z along which rods allow a launch, and along which they ring.

    A step of 1 along the first turns the rods by about 1 radian a second; along the second it is as fast as to cross
    the scene until the last keyframe.
    """

    free: Floats  # float64[c, w]
    ringing: Floats  # float64[c, r]
    speeds: Floats  # float64[d, w], the first ones as speeds of what may move
    length: float  # of a rod, in the mean


def launch_of(objective: Objective) -> Launch | None:
    """Return how the bodies may be launched to where they are asked; nothing without rods, or if some may not be."""
    rods = Rods(objective.playhead.system, objective.origin.bodies.position)
    wish = next((handle.control for handle in objective.handles if handle.control.name == "velocity"), None)
    if not len(rods.links) or wish is None or wish.together:
        return None
    count = objective.origin.bodies.count
    who = np.arange(count) if wish.bodies is None else np.array(wish.bodies)
    placed = all(term.key.velocity is None for term in objective.terms)
    if not (placed and np.isin(rods.free % count, who).all()):
        return None
    place = objective.origin.bodies.position.T.ravel()[rods.free]
    ways = rods.turns(place)
    if not 0 < ways.shape[1] <= MOST:
        return None
    ringing = np.linalg.svd(ways)[0][:, ways.shape[1] :]

    def columns(speeds: Floats) -> Floats:
        whole, found = np.zeros((3 * count, speeds.shape[1])), np.zeros((objective.start.size, speeds.shape[1]))
        whole[rods.free] = speeds
        by_body = whole.reshape(3, count, -1)[:, who].transpose(1, 0, 2)
        found[objective.part_of("velocity")] = by_body.reshape(3 * who.size, -1)
        return found

    turning = _turning(rods, ways, objective.size)
    return Launch(columns(turning), objective.scale[:, None] * columns(ringing), turning, rods.lengths.mean())


def _turning(rods: Rods, ways: Floats, size: float) -> Floats:
    """Return the same ways mixed so that each turns rods as fast as the others; what turns none moves by the size."""
    spin = rods.apart(ways.T, 0.0 * rods.place) / rods.lengths
    spin = np.concatenate([spin.reshape(len(spin), -1), ways.T / size], axis=1)
    values, vectors = np.linalg.eigh(spin @ spin.T)
    return np.asarray(ways @ (vectors / np.sqrt(values)))


def launches(objective: Objective, launch: Launch, random: np.random.Generator) -> Iterator[Floats | None]:
    """Yield controls to begin at, on and on: what is there already if it is near, and then the best of some searches.

    What is near is also tried with the rods ringing. None is yielded after each search that has found nothing, so that
    whoever looks on hears of it.
    """
    aim, none = Aim(objective, launch), np.zeros(launch.free.shape[1])
    starts = aim.starts(random)
    if np.linalg.norm(aim.missed(none)) < FAIR:
        yield objective.start
    while True:
        best, lowest = none, np.inf
        for number in range(1, LONGEST_SEARCH + 1):
            s, missed = aim.descended(next(starts))
            if missed < lowest:
                best, lowest = s, missed
            if missed < NEAR or (lowest < FAIR and number >= SEARCHES):
                break
            yield None
        yield aim.controls(best)
        for _ in range(TRIES if lowest < NEAR else 0):
            ringing = launch.ringing @ random.normal(size=launch.ringing.shape[1])
            z = aim.controls(best) + random.uniform(*RINGING) * ringing
            yield np.clip(z, objective.low, objective.high)


def swung(objective: Objective) -> Floats:
    """Return controls to begin at that lead on from the motion there is, without a search; itself where it is near."""
    launch = launch_of(objective)
    if launch is None or max(objective.misses(objective.start)) < FAIR * launch.length:
        return objective.start
    aim, none = Aim(objective, launch), np.zeros(launch.free.shape[1])
    return aim.controls(aim.descended(none, STRIDES)[0])


class Aim:
    """Launches of bodies on rods, and what they miss of the first keyframe when the ringing is left out.

    That is the turns of rods both of whose ends are known there; of other bodies, how far they are off.
    """

    def __init__(self, objective: Objective, launch: Launch) -> None:
        self.objective, self.launch = objective, launch
        self.frame = min(term.frame for term in objective.terms)
        self.swing = Swing(objective, self.frame)
        self.target, asked = objective.origin.bodies.position.copy(), ~objective.playhead.system.free.T.astype(bool)
        anchored: Mask = np.asarray(asked.all(axis=1))
        for term in objective.terms:
            if term.frame == self.frame and term.key.position is not None:
                moves = objective.moves(term)
                goal = term.key.position[term.order]
                self.target[term.key.bodies] = np.where(moves, goal, self.target[term.key.bodies])
                asked[term.key.bodies] |= moves
        links = self.swing.rods.links
        self.known = np.flatnonzero(asked[links].all(axis=(1, 2)))
        for _ in self.known:
            anchored[links[self.known][anchored[links[self.known]].any(axis=1)]] = True
        free = self.swing.rods.free
        self.places = np.flatnonzero((asked & ~anchored[:, None]).T.ravel()[free])
        self.axes = (2,) if objective.origin.planar else (0, 1, 2)
        self.path: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))  # the last launch, and where it has led

    def starts(self, random: np.random.Generator) -> Iterator[Floats]:
        """Yield a launch that is nearly the one there is, and then, on and on, the best of a few random ones."""
        yield self._drawn(random, FAINT)
        while True:
            strengths = np.exp(random.uniform(np.log(WEAKEST), np.log(STRONGEST), CANDIDATES))
            drawn = [self._drawn(random, strength) for strength in strengths]
            yield min(drawn, key=lambda s: float(np.linalg.norm(self.missed(s))))

    def _drawn(self, random: np.random.Generator, strength: float) -> Floats:
        """Return a random launch that turns rods by so many half turns until the keyframe."""
        return np.asarray(random.normal(size=self.launch.free.shape[1]) * strength * np.pi / self.swing.duration)

    def descended(self, start: Floats, most: int | None = None) -> tuple[Floats, float]:
        """Return where least squares lead, and how much is missed there; it ends when near enough, or stalled."""
        values = [np.inf]
        for point in islice(stride(self.missed, self.slope, start, FARTHEST / self.swing.duration), most):
            start = point.z
            values.append(point.value)
            stalled = len(values) > PATIENCE and values[-1] > GAIN * values[-1 - PATIENCE]
            if stalled or values[-1] < CLOSE**2:
                break
        return start, float(np.sqrt(values[-1]))

    def controls(self, s: Floats) -> Floats:
        """Return z for a launch."""
        objective = self.objective
        return np.clip(objective.start + self.launch.free @ s, objective.low, objective.high)

    def missed(self, s: Floats) -> Floats:
        """Return float64[r], what a launch misses; infinite where it leaves the range of the grid."""
        rods = self.swing.rods
        try:
            self.path = s, self.swing.walk(self.controls(s))
        except RevanimError:
            return np.full(1, np.inf)
        end, goal = self.path[1][-1], self.target.T.ravel()[rods.free]
        here, there = (rods.across(place)[0].T[self.known] for place in (end, goal))
        off = (end - goal)[self.places] / rods.lengths.mean()
        return np.concatenate([turn_between(there, here)[:, self.axes].ravel(), off])

    def slope(self, s: Floats) -> Floats:
        """Return float64[r, w], the slope of what a launch misses."""
        if not np.array_equal(self.path[0], s):
            self.missed(s)
        rods, path = self.swing.rods, self.path[1]
        moved = self.swing.answer(path, self.launch.speeds)
        across, lengths = rods.across(path[-1])
        apart = rods.apart(moved.T, 0.0 * rods.place) / lengths
        turned = np.cross(across.T[self.known], apart.swapaxes(1, 2)[:, self.known])[..., self.axes]
        return np.concatenate([turned.reshape(s.size, -1), moved.T[:, self.places] / rods.lengths.mean()], axis=1).T
