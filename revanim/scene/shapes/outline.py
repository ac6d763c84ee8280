"""Outlines, such as letters or drawings have, and points spread evenly inside or along them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.passed import Passed, silent
from revanim.scene.shapes.area import Area, Box, Layer, Outline, around, box_of, is_empty
from revanim.scene.shapes.spread import rows_for, stipple

FINEST = 1 << 23  # cells of a mask
SHARP = 0.866  # cosine of the bend from which on a corner has a point of its own: 30 degrees
FAINT = 0.03  # of full ink: what no eye tells from paper
OFTEN = 64  # areas between two looks at the way
UNSEEN = np.ones((0, 0), np.bool_)  # in place of a window where there is none

Mask = NDArray[np.bool_]
Cells = tuple[int, int, int, int]  # the first column and row, and those behind the last
Tone = NDArray[np.float32]


def bounds(polygons: Iterable[Floats]) -> tuple[Floats, Floats]:
    """Return the lowest and the highest x and y of polygons."""
    left, bottom, right, top = box_of(polygons)
    return np.array([left, bottom]), np.array([right, top])


def fill(outline: Outline, count: int, passed: Passed = silent) -> Floats:
    """Return `count` points inside an outline, float64[count, 2]: always the same ones, evenly spread.

    Inside is what the outline winds around, one way or the other, as in fonts.
    """
    return fill_areas([Area(outline)], count, passed)


def fill_areas(areas: Sequence[Area | Layer], count: int, passed: Passed = silent) -> Floats:
    """Return `count` points, float64[count, 2], where areas that lie one upon the other leave ink on white paper."""
    left, bottom, right, top = around(area.box for area in areas)
    area, wanted = (right - left) * (top - bottom) if right > left and top > bottom else 0.0, rows_for(count)
    pitch, finest, inside = sqrt(area / wanted), sqrt(area / FINEST), 0
    while pitch >= finest > 0:
        grid = Grid(left, bottom, pitch, passed)
        whole = 0, 0, ceil((right - left) / pitch), ceil((top - bottom) / pitch)
        mask = grid.tone(areas, whole, paper=1.0) < 1 - FAINT
        inside = int(np.count_nonzero(mask))
        if 2 * inside >= wanted or pitch == finest:
            break
        pitch = max(pitch * max(sqrt(inside / wanted), 0.125), finest)
    if not inside:
        raise RevanimError("The outline holds no area that points could fill.")
    return np.array([left, bottom]) + stipple(mask.astype(np.float64), count, passed) * pitch


@dataclass(frozen=True)
class Grid:
    """Cells over areas, the lowest row first."""

    left: float
    bottom: float
    pitch: float
    passed: Passed

    def tone(self, areas: Sequence[Area | Layer], cells: Cells, paper: float) -> Tone:
        """Return how pale the centre of each cell is, float32[rows, columns], once areas are painted on paper."""
        left, bottom, right, top = cells
        tone = np.full((max(top - bottom, 0), max(right - left, 0)), paper, np.float32)
        self._paint(areas, cells, tone)
        return tone

    def _paint(self, areas: Sequence[Area | Layer], cells: Cells, tone: Tone) -> None:
        """Paint areas onto cells."""
        for number, area in enumerate(areas):
            if number % OFTEN == 0:
                self.passed(0.0)
            over = self._cells(area.box, cells)
            if not (over[0] < over[2] and over[1] < over[3]):
                continue
            part = tone[over[1] - cells[1] : over[3] - cells[1], over[0] - cells[0] : over[2] - cells[0]]
            if isinstance(area, Layer):
                painted = part.copy()
                self._paint(area.areas, over, painted)
                part += area.alpha * (painted - part)
            else:
                corners, ends = area.packed
                place = np.array([self.left, self.bottom, self.pitch, over[0], over[1]], np.float64)
                paint(corners, ends, place, area.odd, area.shade, area.alpha, self._seen(area, over), part)

    def _seen(self, area: Area, cells: Cells) -> Mask:
        """Return where an area is seen through all that lies before it."""
        seen = UNSEEN
        for region in area.within:
            here = self.tone(region.areas, cells, paper=0.0) > FAINT
            seen = here & seen if seen.size else here
        return seen

    def _cells(self, box: Box, cells: Cells) -> Cells:
        """Return which of some cells lie in a box."""
        left, bottom, right, top = box
        if is_empty(box):
            return 0, 0, 0, 0
        return (
            max(floor((left - self.left) / self.pitch), cells[0]),
            max(floor((bottom - self.bottom) / self.pitch), cells[1]),
            min(ceil((right - self.left) / self.pitch), cells[2]),
            min(ceil((top - self.bottom) / self.pitch), cells[3]),
        )


@kernel("void(float64[:,::1], int64[::1], float64[::1], boolean, float64, float64, boolean[:,::1], float32[:,:])")
def paint(
    corners: Floats,
    ends: NDArray[np.int64],
    place: Floats,
    odd: bool,
    shade: float,
    alpha: float,
    seen: Mask,
    tone: Tone,
) -> None:
    """Paint polygons onto cells, those that are seen; `place` is where the grid begins, its pitch, and the first cell.

    How the winding changes is kept for each cell, +1 or -1, where a row of cell centres meets an edge.
    """
    rows, columns = tone.shape
    turns = np.zeros((rows, columns + 1), np.int32)
    left, bottom, pitch, column, row_below = place
    begin = 0
    for end in ends:
        ax, ay = (corners[end - 1, 0] - left) / pitch - column, (corners[end - 1, 1] - bottom) / pitch - row_below
        for k in range(begin, end):
            bx, by = (corners[k, 0] - left) / pitch - column, (corners[k, 1] - bottom) / pitch - row_below
            turn = 1 if by > ay else -1
            for row in range(max(ceil(min(ay, by) - 0.5), 0), min(ceil(max(ay, by) - 0.5), rows)):
                x = ax + (row + 0.5 - ay) * ((bx - ax) / (by - ay))
                turns[row, min(max(ceil(x - 0.5), 0), columns)] += turn
            ax, ay = bx, by
        begin = end
    for row in range(rows):
        winding = 0
        for cell in range(columns):
            winding += turns[row, cell]
            if (winding % 2 != 0 if odd else winding != 0) and (seen.size == 0 or seen[row, cell]):
                tone[row, cell] = tone[row, cell] * (1 - alpha) + shade * alpha


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
