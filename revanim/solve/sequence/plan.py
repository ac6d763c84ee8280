"""Plan and track: the least launch and pushes that take every body by its targets, walked with feedback.

The plan is a path: what a launch and an acceleration in each interval make of it, so that it goes by the targets
(levers.py). What the scene's forces do to place and speed in each stretch of time is taken off the pushes. At first
that is computed along the path; then it is measured by walking, and only what it changes with the path is computed.
While it is walked, the pushes bring the bodies back to the path, so that no error grows beyond two intervals, however
chaotic the scene is: each walk shrinks the misses 10 to 100 times.
"""

from copy import copy
from typing import Self

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.objective import Objective
from revanim.solve.sequence.levers import Levers
from revanim.solve.sequence.moved import Moments, has_losses, lanes_of
from revanim.solve.sequence.order import put_in_order
from revanim.solve.sequence.samples import Samples
from revanim.solve.sequence.steering import Steering
from revanim.solve.sequence.stretches import cut
from revanim.solve.sequence.tracking import gains

PASSES = 3  # over a path that bends by what is lost on it


class Plan:
    """A launch and pushes that lead by the targets, better with every turn.

    `path`, float64[1 + intervals, n, 3], is what the launch adds at home and the accelerations that the bodies shall
    have, pushes and forces together; the least that hit are added to it. At first it is 0: guided as calmly as can be.
    """

    def __init__(self, objective: Objective) -> None:
        self.steering = Steering(objective)
        self.levers = Levers(self.steering)
        put_in_order(self.levers)
        self.stretches = cut(self.steering)
        self.samples = Samples(self.steering, self.stretches)
        self.moving = self.levers.moving[:, None, None]
        self.of = self.stretches.at(self.steering.seconds)  # int64[wishes], the stretch that each is in
        self.since = (self.steering.seconds - self.stretches.edges[self.of])[:, None, None]
        self.part = np.where(self.moving, self.since, self.since**2 / 2)  # what an acceleration does by a wish
        self.passes = PASSES if has_losses(objective.playhead.system) else 1
        self.path = np.zeros((1 + self.steering.intervals, *self.levers.x0.shape))
        self.forget()

    def forget(self) -> None:
        """Know nothing of the forces, as at first."""
        stretches, shape = len(self.stretches.push), self.levers.x0.shape
        self.place, self.speed = np.zeros((2, stretches, *shape))  # what forces do in a stretch
        self.within = np.zeros(self.steering.asked.shape)  # and from the start of its stretch to a wish
        self.seen = np.zeros((stretches, self.samples.when.size, *shape))  # forces, where that was measured
        lanes = lanes_of(self.steering.objective.playhead)
        self.lanes = np.broadcast_to(lanes, (1 + stretches, *lanes.shape))  # between the stretches

    @property
    def learns(self) -> bool:
        """Whether another turn comes nearer."""
        return True

    def led(self, path: Floats) -> Self:
        """Return the same plan for another path."""
        plan = copy(self)
        plan.path = path
        return plan

    def turn(self) -> tuple[Floats, float]:
        """Walk a plan and learn from it; return z, and the root mean square of what it misses and could hit."""
        s, cut = self.steering, self.stretches
        self.steer()
        for _ in range(self.passes):
            self._foresee()
        slopes = self.samples.slopes(self._moments())
        self.gains = None if slopes is None else gains(cut.lengths, slopes)
        nodes = self.nodes()
        z = s.controls(self.launch, self.pushes)
        found: Floats = np.zeros((2, len(cut.stops), *self.levers.x0.shape))
        self.lanes = self.lanes.copy()

        def look(stop: int, place: Floats) -> None:
            playhead = s.objective.playhead
            found[:, stop] = place, playhead.velocity
            self.lanes[stop] = lanes_of(playhead)
            if 0 < stop < len(cut.push) and cut.led[stop].any():
                number = cut.push[stop]
                self.pushes[number] += self._back(stop, found[:, stop] - nodes[:, stop])
                s.push(number, self.pushes[number], z)

        off = s.walk(z, cut.stops.tolist(), look)
        self._learn(off, found)
        return z, s.miss(self.levers.within_reach(off))

    def steer(self) -> None:
        """Choose the least launch and pushes beside those that the path takes, as far as forces are known."""
        cut, steer = self.stretches, self.path.copy()
        steer[1 + cut.push[cut.push >= 0]] -= (self.forces * cut.led)[cut.push >= 0]
        self.launch, self.pushes = self.levers.v0 + steer[0], steer[1:]
        steer += self.levers.closing(self.steering.targets() - self._at_wishes(*self.nodes()) - self.within)
        self.launch, self.pushes = self.levers.v0 + steer[0], steer[1:]

    def _at_wishes(self, place: Floats, speed: Floats) -> Floats:
        """Return float64[wishes, n, 3], places or speeds at the wishes, if in the last stretch there were no forces."""
        of, acting = self.of, self._acting(self.pushes)
        return np.where(self.moving, speed[of], place[of] + self.since * speed[of]) + self.part * acting[of]

    def _foresee(self) -> None:
        """Find out how what acts changes where launch and pushes lead now, and choose these anew."""
        now = self._sampled()
        place, speed = self.samples.effects(now - self.seen)
        within = self.samples.within(now - self.seen, self.steering.seconds, self.levers.moving)
        self.within = self.within + self.steering.asked * within
        self.place, self.speed, self.seen = self.place + place, self.speed + speed, now
        self.steer()

    def _moments(self) -> Moments:
        """Return where launch and pushes lead, as far as it is known what acts."""
        return self.samples.led(self.nodes(), self._acting(self.pushes), self.seen, self.lanes)

    def _sampled(self) -> Floats:
        """Return float64[stretches, q, n, 3], what acts along the path of launch and pushes."""
        return self.samples.forces(self._moments())

    @property
    def forces(self) -> Floats:
        """float64[stretches, n, 3], the mean forces in each stretch."""
        return np.asarray(self.speed / self.stretches.lengths[:, None, None])

    @property
    def way(self) -> Floats:
        """float64[1 + stretches, n, 3], the path of launch and pushes: what the launch adds, and the accelerations."""
        return np.concatenate([(self.launch - self.levers.v0)[None], self._acting(self.pushes) + self.forces])

    def _acting(self, pushes: Floats) -> Floats:
        """Return float64[stretches, n, 3], the pushes in each stretch, from those in each interval."""
        push = self.stretches.push
        return np.where((push >= 0)[:, None, None], pushes[push], 0.0)

    def nodes(self) -> Floats:
        """Return float64[2, stops, n, 3], places and speeds that the plan goes through."""
        nodes, acting = [(self.levers.x0, self.launch)], self._acting(self.pushes)
        for stretch, h in enumerate(self.stretches.lengths):
            (place, speed), push = nodes[-1], acting[stretch]
            ahead = place + h * speed + push * h * h / 2 + self.place[stretch]
            nodes.append((ahead, speed + h * push + self.speed[stretch]))
        return np.array(nodes).swapaxes(0, 1)

    def _back(self, stretch: int, apart: Floats) -> Floats:
        """Return float64[n, 3], the push that begins to bring bodies back: in this stretch and the next they are."""
        if self.gains is not None:
            push = np.einsum("pnij,pnj->ni", self.gains[:, stretch], apart)
        else:
            h, then = (*self.stretches.lengths[stretch : stretch + 2], 0.0)[:2]
            push = -2.0 * (apart[0] + (h + then / 2) * apart[1]) / (h * (h + then))
        return np.asarray(push * self.stretches.led[stretch])

    def _learn(self, off: Floats, found: Floats) -> None:
        """Note what the forces have done in each stretch, and from its start to each wish in it."""
        s, cut, (place, speed), acting = self.steering, self.stretches, found, self._acting(self.pushes)
        h = cut.lengths[:, None, None]
        self.place = np.diff(place, axis=0) - h * speed[:-1] - acting * h * h / 2
        self.speed = np.diff(speed, axis=0) - h * acting
        self.within = np.where(s.asked, s.targets() + off - self._at_wishes(*found), 0.0)
        for _ in range(self.passes):
            self.seen = self._sampled()
