"""What a pen paints along lines: dashes, caps and corners."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.placing import turn

MOST_DASHES = 20_000  # of a shape: finer ones cannot be told from a whole line
SHORTEST = 1e-6  # of its width: as long a dash of no length is drawn, that has caps and a direction
GENTLE = 0.98  # cosine of the bend below which a round corner cannot be told from a pointed one
ROUND = np.array([turn(11.25 * corner) for corner in range(32)])  # a pen of radius 1


@dataclass(frozen=True, eq=False)
class Pen:
    """How lines are drawn. Lengths are in the units of the lines."""

    width: float
    cap: str = "butt"  # or round, square
    join: str = "miter"  # or round, bevel
    limit: float = 4.0  # times the width that a pointed corner may be long
    dashes: tuple[float, ...] = ()  # drawn, left out, drawn, …
    offset: float = 0.0  # where in the dashes a line begins


def dashed(lines: Sequence[Floats], pen: Pen) -> list[Floats]:
    """Return the parts of lines, float64[k, 2], that dashes leave."""
    period = sum(pen.dashes)
    ways = [np.append(0.0, np.cumsum(np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1)))) for line in lines]
    many = sum(way[-1] for way in ways) / period * len(pen.dashes) if period > 0 else np.inf
    if not many <= MOST_DASHES:
        return list(lines)
    return [part for line, way in zip(lines, ways, strict=True) for part in _parts(line, way, pen)]


def _parts(line: Floats, way: Floats, pen: Pen) -> Iterator[Floats]:
    """Yield the dashes of a line; `way` is how far along it each corner is."""
    pattern = np.array(pen.dashes * (1 + len(pen.dashes) % 2))
    period = pattern.sum()
    begin = -(pen.offset % period)
    turns = int(np.ceil((way[-1] - begin) / period))
    ends = begin + np.concatenate([period * turn + np.append(0.0, np.cumsum(pattern)[:-1]) for turn in range(turns)])
    for first, last in zip(ends[::2], ends[::2] + np.tile(pattern[::2], turns), strict=True):
        low, high = max(first, 0.0), min(max(last, first + SHORTEST * pen.width), way[-1])
        if low < high:
            inside = line[(way > low) & (way < high)]
            cut = np.stack([np.interp((low, high), way, column) for column in line.T], axis=1)
            yield np.concatenate([cut[:1], inside, cut[1:]])


def painted(lines: Sequence[Floats], pen: Pen) -> list[Floats]:
    """Return what a pen paints along lines as stacks of polygons, float64[m, k, 2], which all wind the same way.

    A line that ends where it begins is closed, and has a corner there in place of two ends.
    """
    return [stack for line in lines for stack in _line(line, pen) if len(stack)]


def _line(line: Floats, pen: Pen) -> Iterator[Floats]:
    half, steps = pen.width / 2, np.diff(line, axis=0)
    length = np.sqrt((steps**2).sum(axis=1))
    moves = length > 0
    if not moves.any():
        yield from _dot(line[:1], pen)
        return
    along = steps[moves] / length[moves, None]
    begin, end = line[:-1][moves], line[1:][moves]
    aside = half * along[:, ::-1] * (-1, 1)
    yield np.stack([begin - aside, end - aside, end + aside, begin + aside], axis=1)
    is_closed = len(along) > 1 and bool((line[0] == line[-1]).all())
    arrives, leaves = along, np.roll(along, -1, axis=0)
    corners = slice(None) if is_closed else slice(-1)
    yield from _corners(end[corners], arrives[corners], leaves[corners], pen)
    if not is_closed:
        yield from _ends(np.stack([begin[0], end[-1]]), np.stack([-along[0], along[-1]]), pen)


def _dot(place: Floats, pen: Pen) -> Iterator[Floats]:
    """Yield what a pen leaves that is set down and not moved."""
    if pen.cap == "round":
        yield place[:, None] + pen.width / 2 * ROUND
    elif pen.cap == "square":
        yield place[:, None] + pen.width / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])


def _ends(place: Floats, outward: Floats, pen: Pen) -> Iterator[Floats]:
    """Yield the caps at the ends of a line."""
    if pen.cap == "round":
        yield place[:, None] + pen.width / 2 * ROUND
    elif pen.cap == "square":
        out = pen.width / 2 * outward
        aside = out[:, ::-1] * (-1, 1)
        yield np.stack([place - aside, place + out - aside, place + out + aside, place + aside], axis=1)


def _corners(place: Floats, arrives: Floats, leaves: Floats, pen: Pen) -> Iterator[Floats]:
    """Yield what fills the gap on the outer side of corners; directions are of length 1."""
    cross = arrives[:, 0] * leaves[:, 1] - arrives[:, 1] * leaves[:, 0]
    dot = (arrives * leaves).sum(axis=1)
    if pen.join == "round":
        sharp = dot < GENTLE
        yield place[sharp, None] + pen.width / 2 * ROUND
    bends = cross != 0
    if pen.join == "round":
        bends &= ~sharp
    place, cross, dot = place[bends], cross[bends, None], dot[bends, None]
    side = -np.sign(cross) * pen.width / 2
    one, other = (side * way[bends][:, ::-1] * (-1, 1) for way in (arrives, leaves))
    with np.errstate(all="ignore"):  # a line that turns back has no tip
        tip = (one + other) / (1 + dot)
        pointed = (pen.join != "bevel") & (2 / (1 + dot) <= pen.limit**2)
    tip = np.where(pointed, tip, one)
    turned = np.stack([place, place + one, place + tip, place + other], axis=1)
    yield np.where(cross[:, :, None] > 0, turned, turned[:, ::-1])
