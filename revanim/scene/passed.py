"""How far long work has come: whoever does it tells, and whoever waits may end it."""

from collections.abc import Callable

Passed = Callable[[float], None]  # hears which part is done, and may raise to end the work


def silent(part: float) -> None:
    """Hear which part is done, and say nothing."""


def between(passed: Passed, begin: float, end: float) -> Passed:
    """Return who hears of a piece of the work, which takes the whole from one part done to another."""
    return lambda part: passed(begin + (end - begin) * part)
