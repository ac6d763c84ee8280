"""Outlines, such as letters or drawings have, and points spread evenly inside or along them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.passed import Passed, silent
from revanim.scene.placing import turn
from revanim.scene.shapes.spread import rows_for, stipple

Outline = Sequence[Floats]  # polygons, float64[k, 2] each, closed from the last corner to the first
Mask = NDArray[np.bool_]

FINEST = 1 << 23  # cells of a mask
SHARP = 0.866  # cosine of the bend from which on a corner has a point of its own: 30 degrees
PEN = np.array([turn(22.5 * corner) for corner in range(16)])  # a round one of radius 1


@dataclass(frozen=True, eq=False)
class Area:
    """What an outline winds around, or winds around an odd number of times; a cut takes away what lies below it."""

    outline: Outline
    odd: bool = False
    cut: bool = False


def bounds(polygons: Iterable[Floats]) -> tuple[Floats, Floats]:
    """Return the lowest and the highest x and y of polygons."""
    corners = np.concatenate([np.zeros((0, 2)), *polygons])
    return corners.min(axis=0, initial=np.inf), corners.max(axis=0, initial=-np.inf)


def fill(outline: Outline, count: int, passed: Passed = silent) -> Floats:
    """Return `count` points inside an outline, float64[count, 2]: always the same ones, evenly spread.

    Inside is what the outline winds around, one way or the other, as in fonts.
    """
    return fill_areas([Area(outline)], count, passed)


def fill_areas(areas: Sequence[Area], count: int, passed: Passed = silent) -> Floats:
    """Return `count` points, float64[count, 2], inside areas that lie one upon the other, the last on top."""
    low, high = bounds(polygon for area in areas for polygon in area.outline)
    area, wanted = float((high - low).prod()) if (high > low).all() else 0.0, rows_for(count)
    pitch, finest, inside = sqrt(area / wanted), sqrt(area / FINEST), 0
    while pitch >= finest > 0:
        mask = _mask(areas, low, high, pitch, passed)
        inside = int(np.count_nonzero(mask))
        if 2 * inside >= wanted or pitch == finest:
            break
        pitch = max(pitch * max(sqrt(inside / wanted), 0.125), finest)
    if not inside:
        raise RevanimError("The outline holds no area that points could fill.")
    return low + stipple(mask.astype(np.float64), count, passed) * pitch


def _mask(areas: Sequence[Area], low: Floats, high: Floats, pitch: float, passed: Passed) -> Mask:
    """Return which cells of a grid over the areas have their centre inside, bool[rows, columns], lowest row first."""
    columns, rows = (ceil(side / pitch) for side in high - low)
    mask = np.zeros((rows, columns), np.bool_)
    for area in areas:
        first, last = bounds(area.outline)
        left, bottom = np.floor((first - low) / pitch).astype(int)
        right, top = np.ceil((last - low) / pitch).astype(int)
        turns = np.zeros((top - bottom, right - left + 1), np.int32)
        for polygon in area.outline:
            cross((polygon - low) / pitch - (left, bottom), turns)
        winding = np.cumsum(turns, axis=1, dtype=np.int32)[:, :-1]
        mask[bottom:top, left:right][winding % 2 == 1 if area.odd else winding != 0] = not area.cut
        passed(0.0)
    return mask


@kernel("void(float64[:,::1], int32[:,::1])")
def cross(polygon: Floats, turns: NDArray[np.int32]) -> None:
    """Add how the winding changes at each cell, +1 or -1, where a row of cell centres meets an edge of the polygon."""
    rows, columns = turns.shape
    for k in range(len(polygon)):
        ax, ay = polygon[k - 1]
        bx, by = polygon[k]
        turn = 1 if by > ay else -1
        for row in range(max(ceil(min(ay, by) - 0.5), 0), min(ceil(max(ay, by) - 0.5), rows)):
            x = ax + (row + 0.5 - ay) * ((bx - ax) / (by - ay))
            turns[row, min(max(ceil(x - 0.5), 0), columns - 1)] += turn


def along(lines: Iterable[Floats], count: int) -> Floats:
    """Return `count` points, float64[count, 2], at equal distances along lines, float64[k, 2] each.

    Sharp corners have points of their own, and so has the end of a line that is not closed.
    """
    runs = [run for line in lines for run in _runs(line)]
    lengths = np.array([way[-1] for _, way, _ in runs])
    if not lengths.sum() > 0:
        raise RevanimError("The outline holds no line that points could follow.")
    shares = np.floor(np.cumsum(lengths) * (count / lengths.sum()) + 0.5).astype(int)
    shares[-1] = count
    points = []
    for (corners, way, is_end), share in zip(runs, np.diff(shares, prepend=0), strict=True):
        steps = share - 1 if is_end and share > 1 else share
        at = np.arange(share) * (way[-1] / max(steps, 1))
        points.append(np.stack([np.interp(at, way, column) for column in corners.T], axis=1))
    return np.concatenate(points)


def _runs(line: Floats) -> Iterator[tuple[Floats, Floats, bool]]:
    """Yield a line cut at its corners: the points of each run, the way along it to each, and if an open line ends."""
    steps = np.diff(line, axis=0)
    length = np.sqrt((steps**2).sum(axis=1))
    line, steps, length = line[np.append(True, length > 0)], steps[length > 0], length[length > 0]
    bend = (steps[1:] * steps[:-1]).sum(axis=1) < SHARP * length[1:] * length[:-1]
    way = np.append(0.0, np.cumsum(length))
    is_open = bool((line[0] != line[-1]).any())
    for begin, end in pairwise([0, *(np.flatnonzero(bend) + 1), len(length)]):
        yield line[begin : end + 1], way[begin : end + 1] - way[begin], is_open and end == len(length)


def closed(polygon: Floats) -> Floats:
    """Return the polygon as a line that ends where it begins."""
    return np.concatenate([polygon, polygon[:1]])


def thick(line: Floats, width: float) -> Outline:
    """Return the outline of a line drawn with a round pen: pieces that overlap and wind the same way."""
    steps = np.diff(line, axis=0)
    length = np.sqrt((steps**2).sum(axis=1))
    begin, end = line[:-1][length > 0], line[1:][length > 0]
    aside = steps[length > 0][:, ::-1] * (-1, 1) * (width / 2 / length[length > 0])[:, None]
    bars = np.stack([begin - aside, end - aside, end + aside, begin + aside], axis=1)
    dots = line[:, None] + PEN * (width / 2)
    return [*bars, *dots]
