"""A plan for bodies on rods: a path whose rods keep their lengths, and the pushes that rods cannot give.

The plan is a base motion (the natural one, or resting at home) whose rods are turned a little: by nothing at home, by
the least turn that brings the asked bodies to their targets at each keyframe, and in between by a natural cubic spline.
What the path asks of each body beyond the forces there, less what the rods can carry (least squares over their
tensions), are the pushes. While it is walked, the push of each interval leads the rods back to the path, so that no
error grows, however chaotic chains are, and the last ones before each keyframe land on it.
"""

from typing import Literal

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.sequence.landing import Landing
from revanim.solve.sequence.linkage import Linkage
from revanim.solve.sequence.steering import Steering

Base = Literal["natural", "home"]

SAMPLES = 8  # of the forces in an interval
LANDING = 5  # pushes before a keyframe that land on it


class LinkedPlan:
    """A launch and pushes that are made for aims, and made again when these are moved."""

    def __init__(self, objective: Objective, linkage: Linkage, base: Base) -> None:
        from scipy.interpolate import CubicSpline  # costs its time only where rods are planned for

        self.spline = CubicSpline
        self.steering, self.linkage = Steering(objective), linkage
        timing = objective.origin.timing
        self.step = timing.step_seconds
        frames = sorted({wish.term.frame for wish in self.steering.wishes})
        self.knots = np.array([(frame - timing.home) * timing.steps_per_frame for frame in frames])
        self.knot = [frames.index(wish.term.frame) for wish in self.steering.wishes]
        terms = [wish.term for wish in self.steering.wishes]
        self.held = [all(t.after > 0 for t in terms if t.frame == frame) for frame in frames]  # as at the knot before
        self.base = (
            self._walked(int(self.knots[-1]) + 2) if base == "natural" else self._resting(int(self.knots[-1]) + 2)
        )
        self.turns = np.zeros((len(frames), linkage.size))
        self.aims = self.steering.targets()
        self.rests = np.array([term.key.hold > 0 for term in terms])
        self.random = np.random.default_rng(0)
        self.rods = Rods(objective.playhead.system, objective.origin.bodies.position)

    def _walked(self, steps: int) -> Floats:
        """Return float64[steps, n, 3], where the bodies are at each sub-step from home on if nothing steers them."""
        objective = self.steering.objective
        playhead, found = objective.at_home(self.steering.controls(objective.origin.bodies.velocity, self._none())), []
        with objective.coming_home():
            for _ in range(steps):
                found.append(playhead.position)
                playhead.step(1)
        return np.array(found)

    def _resting(self, steps: int) -> Floats:
        place = self.steering.objective.origin.bodies.position
        return np.broadcast_to(place, (steps, *place.shape))

    def _none(self) -> Floats:
        return np.zeros((self.steering.intervals, *self.steering.asked.shape[1:]))

    @property
    def learns(self) -> bool:
        """Whether another turn may come nearer: on rests there is no landing, so these are aimed at ever better."""
        return bool(self.rests.any())

    def turn(self) -> tuple[Floats, float]:
        """Walk a plan, led back to its path all the way, and land on each keyframe; return z and the root mean square
        of what it missed. What no landing hits moves the aims.
        """
        s, begin = self.steering, 0
        velocity, pushes = self.make()
        s.objective.at_home(s.controls(velocity, pushes))
        with s.objective.coming_home():
            for knot, step in enumerate(self.knots):
                end = min(-(-(int(step) - s.first) // s.steps), s.intervals)
                window = slice(max(begin, end - LANDING), end)
                self._lead(pushes, slice(begin, window.start))
                mine = [i for i, k in enumerate(self.knot) if k == knot]
                if window.start >= window.stop or self.rests[mine].any():
                    self._lead(pushes, window)
                else:
                    self._go_to(window.start)
                    landing = Landing(s, [s.wishes[i].term for i in mine], pushes, window)
                    pushes = landing.changed(landing.softest(self.random))
                    s.let_act(pushes)
                begin = max(begin, end)
        z = s.controls(velocity, pushes)
        off = s.walk(z)
        self.aims = self.aims - off * self.rests[:, None, None]
        return z, s.miss(off)

    def _go_to(self, interval: int) -> None:
        """Walk to where an interval begins."""
        s, playhead = self.steering, self.steering.objective.playhead
        home = s.objective.origin.timing.home * s.objective.origin.timing.steps_per_frame
        playhead.step(home + max(s.first + interval * s.steps, 0) - playhead.now)

    def _lead(self, pushes: Floats, window: slice) -> None:
        """Walk through intervals, and add to the pushes in each what leads rods back to the path."""
        s = self.steering
        for interval in range(window.start, window.stop):
            step = s.first + interval * s.steps
            if 0 < step < len(self.path) - 1:
                self._go_to(interval)
                pushes[interval] += self._back(step)
                s.let_act(pushes)

    def _back(self, step: int) -> Floats:
        """Return float64[n, 3], the push that begins to bring rods back to the path: two, and they turn as planned."""
        rods, h, playhead = self.rods, self.steering.interval, self.steering.objective.playhead
        place, speed = playhead.position, (self.path[step + 1] - self.path[step - 1]) / (2.0 * self.step)
        ways = rods.turns(place.T.ravel()[rods.free])
        apart = place - self.path[step] + 1.5 * h * (playhead.velocity - speed)
        whole = np.zeros(rods.place.size)
        whole[rods.free] = -ways @ (ways.T @ apart.T.ravel()[rods.free]) / h**2
        return np.asarray(whole.reshape(rods.place.shape).T * self._free())

    def make(self) -> tuple[Floats, Floats]:
        """Return the launch, float64[n, 3], and pushes, float64[intervals, n, 3], for the aims as they are now."""
        s, h = self.steering, self.step
        for knot, step in enumerate(self.knots):
            mine = [i for i, k in enumerate(self.knot) if k == knot]
            count = s.asked[mine].sum(axis=0)
            asked, target = np.asarray(count > 0), (self.aims * s.asked)[mine].sum(axis=0) / np.maximum(count, 1)
            start = self.turns[knot]
            if knot and not start.any() and self.held[knot]:
                there = self.linkage.turned(self.base[self.knots[knot - 1]], self.turns[knot - 1])
                start = self.linkage.between(self.base[step], there)
            self.turns[knot] = self.linkage.reach(self.base[step], start, asked, target)
        seconds = np.arange(len(self.base), dtype=np.float64) * h
        spline = self.spline(np.r_[0.0, self.knots * h], np.vstack([0 * self.turns[:1], self.turns]), bc_type="natural")
        path = self.path = self.linkage.turned(self.base, spline(seconds))
        bent = np.diff(path, n=2, axis=0) / h**2
        bent = np.concatenate([bent[:1], bent])[: len(path) - 1]
        velocity = (path[1] - path[0]) / h - 0.5 * h * bent[0]
        wanted = bent - self._forces(path[:-1], seconds[:-1])
        pushes = self._means(self._uncarried(path[:-1], wanted))
        return np.where(self._free(), velocity, 0.0), pushes * self._free()

    def _forces(self, path: Floats, seconds: Floats) -> Floats:
        """Return float64[steps, n, 3], the forces along the path, from every so many of its places."""
        every = max(1, self.steering.steps // SAMPLES)
        some = np.unique(np.r_[0 : len(path) : every, len(path) - 1])
        found = self.steering.forces(path[some], seconds[some])
        share = np.interp(np.arange(len(path)), some, np.arange(len(some)))
        low = np.minimum(share.astype(int), len(some) - 2)
        part = (share - low)[:, None, None]
        return np.asarray(found[low] * (1 - part) + found[low + 1] * part)

    def _free(self) -> Floats:
        """Return float64[n, 3], 1 where a body on rods may move."""
        free = self.steering.objective.playhead.system.free.T.copy()
        free[np.setdiff1d(np.arange(len(free)), self.linkage.bodies)] = 0.0
        return free

    def _uncarried(self, path: Floats, wanted: Floats) -> Floats:
        """Return float64[steps, n, 3], what is left of accelerations when the rods carry as much as they can."""
        rods, free = self.linkage.directions(path), self._free()
        mass = self.steering.objective.playhead.system.m
        held = np.zeros((*path.shape, len(self.linkage.tips)))
        rod = np.arange(len(self.linkage.tips))
        held[:, self.linkage.tails, :, rod] += (rods / mass[self.linkage.tails, None]).swapaxes(0, 1)
        held[:, self.linkage.tips, :, rod] -= (rods / mass[self.linkage.tips, None]).swapaxes(0, 1)
        held = (held * free[..., None]).reshape(len(path), -1, rod.size)
        flat = (wanted * free).reshape(len(path), -1, 1)
        turned = held.swapaxes(1, 2)
        tension = np.linalg.solve(turned @ held + 1e-12 * np.eye(rod.size), turned @ flat)
        return np.asarray((flat - held @ tension).reshape(path.shape))

    def _means(self, wanted: Floats) -> Floats:
        """Return float64[intervals, n, 3], the means of accelerations over the intervals of the pushes."""
        s, found = self.steering, self._none()
        last = int(self.knots[-1])
        for interval in range(s.intervals):
            a = max(s.first + interval * s.steps, 0)
            b = min(s.first + (interval + 1) * s.steps, last)
            if b > a:
                found[interval] = wanted[a:b].mean(axis=0)
        return found
