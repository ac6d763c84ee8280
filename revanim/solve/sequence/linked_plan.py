"""A plan for bodies on rods: a path whose rods keep their lengths, and the pushes that rods cannot give.

The plan is a base motion (the natural one, or resting at home) whose rods are turned a little: by nothing at home, by
the least turn that brings the asked bodies to their targets at each keyframe, and in between by a natural cubic spline.
Where a speed is asked for, too, the spline also goes by where such a speed comes from, a frame before.
What the path asks of each body beyond the forces there, less what the rods can carry (least squares over their
tensions), are the pushes. While it is walked, the push of each interval leads the rods back to the path, so that no
error grows, however chaotic chains are, and the last ones before each keyframe land on it.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Literal, Self

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.sequence.landing import Landing
from revanim.solve.sequence.linkage import Linkage
from revanim.solve.sequence.net import Net
from revanim.solve.sequence.steering import Mask, Steering

Base = Literal["natural", "home"]

SAMPLES = 8  # of the forces in an interval
LANDING = 5  # pushes before a keyframe that land on it

Ask = tuple[int, int]  # which wish for places, and how many frames before it


class LinkedPlan:
    """A launch and pushes that are made for aims, and made again when these are moved."""

    def __init__(self, objective: Objective, linkage: Linkage | Net, base: Base) -> None:
        from scipy.interpolate import CubicSpline  # costs its time only where rods are planned for

        self.spline = CubicSpline
        self.steering, self.linkage = Steering(objective), linkage
        self.step = objective.origin.timing.step_seconds
        self.aims = self.steering.targets()
        self.speeds = self._speeds()
        self.asks = self._asks()
        self.frames = sorted(self.asks)
        self.turns = np.zeros((len(self.frames), linkage.size))  # at each of the frames, from the base motion on
        self.base = self._walked(self.last + 2) if base == "natural" else self._resting(self.last + 2)
        self.rests = np.array([wish.term.key.hold > 0 for wish in self.steering.wishes])
        self.random = np.random.default_rng(0)
        self.rods = Rods(objective.playhead.system, objective.origin.bodies.position)

    def _speeds(self) -> Floats:
        """Return float64[wishes, n, 3], how fast bodies shall be where they are asked to be at some places."""
        s, found = self.steering, np.zeros_like(self.aims)
        of = {wish.term: i for i, wish in enumerate(s.wishes) if wish.name == "position"}
        for i, wish in enumerate(s.wishes):
            if wish.name == "velocity":
                found[of[wish.term]] = self.aims[i]
        return found

    def _asks(self) -> dict[int, list[Ask]]:
        """Return what is asked for at each frame: places, and where speeds come from if nothing else is asked there."""
        s, found = self.steering, dict[int, list[Ask]]()
        places = [(i, wish.term) for i, wish in enumerate(s.wishes) if wish.name == "position"]
        for i, term in places:
            found.setdefault(term.frame, []).append((i, 0))
        free = range(s.objective.origin.timing.home + 1, s.objective.last) - found.keys()
        for i, term in places:
            if term.key.velocity is not None and term.frame - 1 in free:
                found.setdefault(term.frame - 1, []).append((i, 1))
        return found

    def step_at(self, frame: int) -> int:
        """Return how many sub-steps after home a frame is."""
        timing = self.steering.objective.origin.timing
        return (frame - timing.home) * timing.steps_per_frame

    @property
    def last(self) -> int:
        """The sub-steps from home to the last frame."""
        return self.step_at(self.frames[-1])

    def _walked(self, steps: int) -> Floats:
        """Return float64[steps, n, 3], where the bodies are at each sub-step from home on if nothing steers them."""
        objective = self.steering.objective
        playhead = objective.at_home(self.steering.controls(objective.origin.bodies.velocity, self._none()))
        with objective.coming_home():
            return playhead.way(range(playhead.now, playhead.now + steps))

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
            for frame in sorted({wish.term.frame for wish in s.wishes}):
                end = min(-(-(self.step_at(frame) - s.first) // s.steps), s.intervals)
                window = slice(max(begin, end - LANDING), end)
                self._lead(pushes, slice(begin, window.start))
                mine = [term for term in s.objective.terms if term.frame == frame]
                if window.start >= window.stop or any(term.key.hold for term in mine):
                    self._lead(pushes, window)
                else:
                    self._go_to(window.start)
                    landing = Landing(s, mine, pushes, window)
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
        return np.asarray(whole.reshape(rods.place.shape).T * self.free)

    def make(self) -> tuple[Floats, Floats]:
        """Return the launch, float64[n, 3], and pushes, float64[intervals, n, 3], for the aims as they are now."""
        h, asked = self.step, [knot for knot, frame in enumerate(self.frames) if frame in self.asks]
        for knot in sorted(asked, key=lambda knot: self.asks[self.frames[knot]][0][1]):  # run-ups last
            self.turns[knot] = self._reached(knot)
        seconds = np.arange(len(self.base), dtype=np.float64) * h
        path = self.path = self.linkage.turned(self.base, self.spline_at(self.frames, self._whole())(seconds))
        bent = np.diff(path, n=2, axis=0) / h**2
        bent = np.concatenate([bent[:1], bent])[: len(path) - 1]
        velocity = (path[1] - path[0]) / h - 0.5 * h * bent[0]
        wanted = bent - self._forces(path[:-1], seconds[:-1])
        pushes = self._means(self.uncarried(path[:-1], wanted))
        return np.where(self.free, velocity, 0.0), pushes * self.free

    def _reached(self, knot: int) -> Floats:
        """Return the turn, float64[size], that brings the bodies to what is asked for at a frame."""
        frame, asks = self.frames[knot], self.asks[self.frames[knot]]
        place, start = self.base[self.step_at(frame)], self.turns[knot]
        if not start.any() and asks[0][1]:
            start = self.turns[knot + 1]  # a run-up, which is much like what it leads to
        elif knot and not start.any() and all(self.steering.wishes[i].term.after > 0 for i, _ in asks):
            there = self.linkage.turned(self.base[self.step_at(self.frames[knot - 1])], self.turns[knot - 1])
            start = self.linkage.between(place, there)  # held: as before
        return self.linkage.reach(place, start, *self.targets(frame))

    def targets(self, frame: int) -> tuple[Mask, Floats]:
        """Return bool[n, 3], where something is asked of a body at a frame, and float64[n, 3], which place."""
        s, count, total = self.steering, np.zeros(self.aims.shape[1:]), np.zeros(self.aims.shape[1:])
        for i, early in self.asks[frame]:
            count += s.asked[i]
            total += s.asked[i] * (self.aims[i] - early / s.objective.origin.timing.fps * self.speeds[i])
        return np.asarray(count > 0), total / np.maximum(count, 1)

    def spline_at(self, frames: Sequence[int], values: Floats) -> Callable[[Floats], Floats]:
        """Return the spline by values at home and at frames, float64[1 + frames, k], as a function of seconds.

        It begins as steep as it likes where there is a launch, else level.
        """
        begin = (2 if self.steering.launch else 1, 0.0 * values[0])
        seconds = [0.0, *(self.step * self.step_at(frame) for frame in frames)]
        spline: Callable[[Floats], Floats] = self.spline(seconds, values, bc_type=(begin, (2, 0.0 * values[0])))
        return spline

    def _forces(self, path: Floats, seconds: Floats) -> Floats:
        """Return float64[steps, n, 3], the forces along the path, from every so many of its places."""
        every = max(1, self.steering.steps // SAMPLES)
        some = np.unique(np.r_[0 : len(path) : every, len(path) - 1])
        found = self.steering.forces(path[some], seconds[some])
        share = np.interp(np.arange(len(path)), some, np.arange(len(some)))
        low = np.minimum(share.astype(int), len(some) - 2)
        part = (share - low)[:, None, None]
        return np.asarray(found[low] * (1 - part) + found[low + 1] * part)

    def finer(self, every: int) -> Self:
        """Return the same plan with knots at every so many frames, too."""
        home = self.steering.objective.origin.timing.home
        frames = sorted({*range(home + every, self.frames[-1], every), *self.frames})
        plan, seconds = copy(self), self.step * np.array([self.step_at(frame) for frame in frames])
        plan.frames, plan.turns = frames, self.spline_at(self.frames, self._whole())(seconds)
        return plan

    def led(self, turns: Floats) -> Self:
        """Return the same plan for a path with other turns, float64[frames, size]."""
        plan = copy(self)
        plan.turns = turns.copy()
        return plan

    def _whole(self) -> Floats:
        """Return float64[1 + frames, size], the turns with that at home, which is none."""
        return np.vstack([0.0 * self.turns[:1], self.turns])

    @property
    def free(self) -> Floats:
        """float64[n, 3], 1 where a body on rods may move."""
        free = self.steering.objective.playhead.system.free.T.copy()
        free[np.setdiff1d(np.arange(len(free)), self.linkage.bodies)] = 0.0
        return free

    def uncarried(self, path: Floats, wanted: Floats) -> Floats:
        """Return float64[t, n, 3], what is left of accelerations when the rods carry as much as they can."""
        rods, free = self.linkage.directions(path), self.free
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
        last = self.last
        for interval in range(s.intervals):
            a = max(s.first + interval * s.steps, 0)
            b = min(s.first + (interval + 1) * s.steps, last)
            if b > a:
                found[interval] = wanted[a:b].mean(axis=0)
        return found
