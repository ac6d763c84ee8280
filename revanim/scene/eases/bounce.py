"""It falls to the next key like a ball, and bounces three times."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Keyed
from revanim.scene.ease import Ease, bent, between
from revanim.scene.keys import settled

HITS = (4 / 11, 8 / 11, 10 / 11)  # of the time: when it touches the ground; what it falls then is a half, a quarter
ARCS = (1 / 4, 1 / 16, 1 / 64)  # of the change: how high it bounces after each


def shape(value: Keyed, key: int) -> Keyed:
    """Set a key wherever it hits the ground, with a parabola between each and the next."""
    begin, end = int(value.frames[key]), int(value.frames[key + 1])
    ground, change = value.values[key + 1], value.values[key + 1] - value.values[key]
    frames = sorted({round(begin + part * (end - begin)) for part in HITS} - {begin, end})
    value, hits = between(value, key, frames, np.broadcast_to(ground, (len(frames), *ground.shape)))
    value = bent(value, key, (1 / 3, 0.0), (1 / 3, 2 / 3))
    for hit, high in zip(hits, ARCS, strict=False):
        value = _arc(value, hit, high * change)
    return settled(value)


def _arc(value: Keyed, key: int, high: np.ndarray) -> Keyed:
    """Return a value that leaves the ground and comes back: a parabola, whose handles rise by 4/3 of its height."""
    gap = float(value.frames[key + 1] - value.frames[key])
    reach, rise, free = value.reach.copy(), value.rise.copy(), value.free.copy()
    reach[key, 1], rise[key, 1] = gap / 3, -4 / 3 * high
    reach[key + 1, 0], rise[key + 1, 0] = gap / 3, 4 / 3 * high
    free[key : key + 2] = True
    return replace(value, reach=reach, rise=rise, free=free)


bounce = Ease(
    name="bounce",
    title="Bounce",
    help="It falls to the next key like a ball, and bounces three times.",
    order=21,
    shape=shape,
)
