"""Random places in a box, in a ball and on its shell, by + - * / and square roots alone: the same on every machine."""

import numpy as np

from revanim.engine.parameter import Floats

SPARE = 1.2  # of the draws that a ball needs on average


def in_box(count: int, seed: int) -> Floats:
    """Return places in the box from -1 to 1, float64[count, 3]."""
    return np.random.default_rng(seed).random((count, 3)) * 2 - 1


def in_ball(count: int, seed: int) -> Floats:
    """Return places in the ball of radius 1, float64[count, 3]: those of a box that lie in it."""
    random, found = np.random.default_rng(seed), np.zeros((0, 3))
    while len(found) < count:
        drawn = random.random((int(SPARE * 2 * count) + 16, 3)) * 2 - 1
        inside = (drawn * drawn).sum(axis=1) < 1
        found = np.concatenate([found, drawn[inside]])
    return found[:count]


def on_shell(count: int, seed: int) -> Floats:
    """Return places on the sphere of radius 1, float64[count, 3]: those in a ball, moved out to it."""
    place = in_ball(count, seed)
    far = np.sqrt((place * place).sum(axis=1, keepdims=True))
    shell: Floats = np.divide(place, far, out=np.tile([1.0, 0.0, 0.0], (count, 1)), where=far > 0)
    return shell
