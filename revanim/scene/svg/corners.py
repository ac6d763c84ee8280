"""The corners of a path, where its markers stand, and which way it goes there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt

from revanim.scene.svg.path import CUBIC, Point, Run

NO_WAY = (0.0, 0.0)
Corner = tuple[Point, Point]


def corners(run: Run) -> Iterator[Corner]:
    """Yield each corner of a run and the way of the line there, midway between how it arrives and how it leaves."""
    ends: list[Point] = [run.start, *((step[-2], step[-1]) for step in run.steps)]
    arrives, leaves = list[Point](), list[Point]()
    for (start, end), step in zip(pairwise(ends), run.steps, strict=True):
        handles = [start, *zip(step[::2], step[1::2], strict=True)] if len(step) == CUBIC else [start, end]
        leaves.append(_way(handles))
        arrives.append(tuple(-part for part in _way(handles[::-1])))  # type: ignore[arg-type]
    closing = _way([ends[-1], run.start]) if run.closed else NO_WAY
    for number, (place, before, after) in enumerate(zip(ends, [NO_WAY, *arrives], [*leaves, closing], strict=True)):
        if number - 1 not in run.inner:
            yield place, _middle(before, after)
    if run.closed:
        yield run.start, closing if closing != NO_WAY or not arrives else arrives[-1]


def _way(places: Sequence[Point]) -> Point:
    """Return the direction from the first place to the next one that differs, of length 1."""
    for x, y in places[1:]:
        x, y = x - places[0][0], y - places[0][1]
        size = sqrt(x * x + y * y)
        if size > 0:
            return x / size, y / size
    return NO_WAY


def _middle(one: Point, other: Point) -> Point:
    """Return the direction midway between two; where they are opposed, across both."""
    if one == NO_WAY or other == NO_WAY:
        return other if one == NO_WAY else one
    found = _way([NO_WAY, (one[0] + other[0], one[1] + other[1])])
    return found if found != NO_WAY else (-one[1], one[0])
