"""Looking once: what can never change, and has been found right, need not be looked at again."""

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import wraps
from typing import Any
from weakref import ref

import numpy as np

from revanim.sentence import Text

PLAIN = (bool, int, float, str, type(None))  # are the same where they are equal, all else where it is one object

Look = Callable[..., None]  # raises RevanimError where something is wrong


def once(look: Look) -> Look:
    """Let a look at some things pass at once where the very same things have passed it before.

    That is remembered as long as they live, and only of things that nobody can change: numbers, texts, read-only
    arrays, and frozen dataclasses of such. At all others it looks each time. What they are called in its sentences,
    `what`, makes no difference.
    """
    passed: dict[tuple[object, ...], list[ref[Any]]] = {}

    @wraps(look)
    def looked(*things: Any, what: Text = "") -> None:
        key = tuple((type(thing), thing) if type(thing) in PLAIN else id(thing) for thing in things)
        if key in passed:
            return
        look(*things, **({"what": what} if what else {}))
        objects = [thing for thing in things if type(thing) not in PLAIN]
        if not any(isinstance(thing, tuple) for thing in objects) and all(map(is_fixed, objects)):

            def forget(_: object) -> None:  # with the first of the objects, before another can get its id
                passed.pop(key, None)

            passed[key] = [ref(thing, forget) for thing in objects]

    return looked


def is_fixed(thing: Any) -> bool:
    """Tell whether nobody can change a thing; an array shares its numbers with those that it is a view of."""
    if type(thing) in PLAIN or isinstance(thing, bytes):
        return True
    if isinstance(thing, np.ndarray):
        return not thing.flags.writeable and is_fixed(thing.base)
    if isinstance(thing, tuple):
        return all(map(is_fixed, thing))
    frozen = is_dataclass(thing) and not isinstance(thing, type) and type(thing).__dataclass_params__.frozen  # type: ignore[attr-defined]
    return frozen and all(map(is_fixed, vars(thing).values()))
