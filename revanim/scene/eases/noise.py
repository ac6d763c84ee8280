"""It trembles on its way, always alike between the same frames."""

import numpy as np

from revanim.engine.parameter import Keyed
from revanim.scene.ease import Ease, between
from revanim.scene.keys import settled

EVERY = 4  # frames from one key to the next
STRONG, LEAST = 0.25, 0.05  # of the change between the keys, and of the value where there is none


def shape(value: Keyed, key: int) -> Keyed:
    """Set keys on the straight way to the next, each off by a random amount."""
    begin, end = int(value.frames[key]), int(value.frames[key + 1])
    frames = np.arange(begin + EVERY, end, EVERY)
    one, other = value.values[key], value.values[key + 1]
    part = ((frames - begin) / (end - begin)).reshape(-1, *[1] * one.ndim)
    most = np.maximum(STRONG * np.abs(other - one), LEAST * np.maximum(np.abs(one), np.abs(other)))
    off = np.random.default_rng([begin % 2**32, end % 2**32]).uniform(-1.0, 1.0, (frames.size, *one.shape))
    made, _ = between(value, key, frames.tolist(), one + part * (other - one) + off * most)
    return settled(made)


noise = Ease(
    name="noise",
    title="Noise",
    help="It trembles on its way, always alike between the same frames.",
    order=30,
    shape=shape,
)
