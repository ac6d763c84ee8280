"""A way of going from one key to the next; each file of `eases/` declares one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from revanim.collect import collect
from revanim.engine.parameter import SMOOTH, Floats, Keyed, Parameter
from revanim.scene.keys import settled, with_more

Reach = tuple[float, float]  # of a handle: parts of the time and of the change between two keys


@dataclass(frozen=True)
class Ease:
    """What a file of `eases/` declares.

    `shape(value, key)` returns a value that goes from a key to the next in this way; it may set keys in between.
    """

    name: str
    title: str
    help: str
    order: int  # in menus
    shape: Callable[[Keyed, int], Keyed]


@cache
def eases() -> dict[str, Ease]:
    """Return every way by name, in the order of menus."""
    found = collect("revanim.scene.eases", Ease).values()
    return {ease.name: ease for ease in sorted(found, key=lambda ease: ease.order)}


def eased(ease: Ease, value: Keyed, keys: Iterable[int], parameter: Parameter) -> Keyed:
    """Return a value that goes on from some keys, to the next of each, in a way, within the bounds of its parameter."""
    for key in sorted(keys, reverse=True):  # those before keep their numbers
        if key + 1 < len(value.frames):
            value = ease.shape(value, key)
    return settled(replace(value, values=np.clip(value.values, parameter.low, parameter.high)))


def bent(value: Keyed, key: int, leaving: Reach, arriving: Reach) -> Keyed:
    """Return a value that leaves a key along one handle and arrives at the next along another."""
    gap = float(value.frames[key + 1] - value.frames[key])
    change = value.values[key + 1] - value.values[key]
    ways, free = value.ways.copy(), value.free.copy()
    reach, rise = value.reach.copy(), value.rise.copy()
    ways[key], free[key : key + 2] = SMOOTH, True
    reach[key, 1], rise[key, 1] = leaving[0] * gap, leaving[1] * change
    reach[key + 1, 0], rise[key + 1, 0] = arriving[0] * gap, arriving[1] * change
    return settled(replace(value, ways=ways, reach=reach, rise=rise, free=free))


def between(value: Keyed, key: int, frames: Iterable[int], values: Floats) -> tuple[Keyed, list[int]]:
    """Return a value with keys of its own between one key and the next, float64[k, ...], and which those are."""
    there = np.array(sorted(frames), np.int64)
    return with_more(value, key + 1, there, values, SMOOTH), list(range(key + 1, key + 1 + there.size))
