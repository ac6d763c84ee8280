"""The same steps in floating point, for comparison: what a place gets is added to it without being a whole number.

Forces, stages and factors are those of `walk` (motion.py), and so is the way back: what was added is subtracted. But a
sum of floats drops what does not fit, so the way back does not end where it began.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.motion import DRIFT, KICK, set_rows
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import System
from revanim.engine.verify import grouped
from revanim.error import RevanimError
from revanim.sentence import Sentence


@dataclass(frozen=True)
class Rounded:
    """How many of the bits of a state of floats are others after a walk there and back."""

    bits: int
    bits_different: int

    @property
    def sentence(self) -> Sentence:
        """What is found, in words."""
        return Sentence(
            "In floating point {different} of {bits} bits are wrong after the same way",
            different=grouped(self.bits_different),
            bits=grouped(self.bits),
        )


def can_float(system: System) -> bool:
    """Whether there are only forces, which push all bodies at all times: what moves and flows do is made of bits."""
    return not (system.move_items or system.flow_items or system.lives)


def walk_in_floats(
    playhead: Playhead, first: int, last: int, passed: Callable[[float], None] = lambda part: None
) -> Rounded:
    """Walk in floats from frame `first` to `last` and back, and count the bits that do not come back.

    `passed` hears after every step which part is done; it may raise to end the walk. Raises RevanimError for a system
    that cannot be walked so.
    """
    if not can_float(playhead.system):
        raise RevanimError("Moves, flows and lives are made of whole numbers; only forces can be walked in floats.")
    playhead.seek(first)
    system, steps = playhead.system, playhead.system.steps_per_frame
    state = playhead.state[:6].astype(np.float64)
    before = state.copy()
    slot, theta = system.slot.copy(), system.theta.copy()
    onward = range(first * steps, last * steps)
    for done, (now, way) in enumerate([*((now, 1) for now in onward), *((now, -1) for now in reversed(onward))]):
        set_rows(slot, theta, system.curves, now, steps)
        _step(system, state, theta, slot, way)
        passed((done + 1) / max(2 * len(onward), 1))
    different = np.bitwise_count(state.view(np.uint64) ^ before.view(np.uint64)).sum()
    return Rounded(64 * state.size, int(different))


def _step(system: System, state: Floats, theta: Floats, slot: Counts, way: int) -> None:
    """Do all stages of a step, or undo them; they are a palindrome."""
    place, speed = state[:3], state[3:]
    for code, scale in zip(system.codes, system.scales, strict=True):
        if code == DRIFT:
            place += way * scale * speed
        elif code == KICK:
            a, x = np.zeros_like(place), place * system.units[0]
            for f, push in enumerate(system.pushes):
                push.apply(x, system.m, theta, slot, system.who, f, bool(system.wide[f]), a)
            speed += way * scale * (a * system.free)
