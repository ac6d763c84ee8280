"""Letting go and catching: what pinned bodies on a path get of its velocity when they are free, and give back after.

While a grip holds a body, what that has of speed is set aside. Where it is let go, the velocity that its path had in
the step before is added to that, in whole counts; where it is caught, the velocity that its path has in the step behind
is taken off. Both depend on the keys of the path alone, so from whatever state, each way undoes the other.
"""

from collections.abc import Iterator

import numpy as np

from revanim.engine.alive.lives import Grip
from revanim.engine.grid import Counts
from revanim.engine.keyed import give_change_back, set_change
from revanim.engine.parameter import Floats
from revanim.engine.system import System

KEYS = [2, 3, 4, 5, 7]  # of a row of `curves`: where the keys are, how large, how many, and what belongs to them


def turned(system: System, step: int, way: int, departs: bool) -> Iterator[tuple[Counts, Grip, float, float]]:
    """Yield whom a walk that departs from a step, or arrives there, catches or lets go, and when their path counts.

    Onward it catches those where it departs and lets go where it arrives, and the way back undoes that. The path counts
    from one frame to another, parts of frames.
    """
    frame, part = divmod(step, system.steps_per_frame)
    if system.lives is None or part:
        return
    catches = (way > 0) == departs
    for grip in system.lives.grips:
        if grip.holds_at(frame) == catches != grip.holds_at(frame - 1) and grip.change >= 0:
            there = system.lives.alive(frame if catches else frame - 1)
            begin = step if catches else step - 1
            ends = begin / system.steps_per_frame, (begin + 1) / system.steps_per_frame
            yield grip.who[there[grip.who]], grip, *ends


def turn_speeds(system: System, state: Counts, step: int, way: int, departs: bool) -> None:
    """Take off the velocities of paths where a walk departs, and add them where it arrives."""
    for who, grip, begin, end in turned(system, step, way, departs):
        theta, (at, size, count, shape, out) = system.theta.copy(), system.curves[grip.change, KEYS]
        set_change(theta, at, size, count, shape, out, begin, end)
        speed = np.rint(theta[out : out + 3] / system.units[1]).astype(np.int64)
        state[3:6, who] += (-speed if departs else speed)[:, None]


def give_speeds_back(system: System, step: int, w: Floats, gtheta: Floats, departs: bool) -> None:
    """Hand the gradient for the speeds, float64[3, n], on to the keys of paths, where the way back turns them."""
    for who, grip, begin, end in turned(system, step, -1, departs):
        given, (at, size, count, shape, out) = np.zeros_like(gtheta), system.curves[grip.change, KEYS]
        given[out : out + 3] = w[:, who].sum(axis=1) * (1.0 if departs else -1.0)
        give_change_back(system.theta, given, at, size, count, shape, out, begin, end)
        gtheta += given
