"""Lines seen through windows: cut where they meet an edge, and left out where a window is shut."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed
from revanim.scene.shapes.area import Area, Layer, Region
from revanim.scene.shapes.outline import FAINT, Mask


def cut(lines: Sequence[Floats], within: Sequence[Region], passed: Passed) -> list[Floats]:
    """Return the parts of lines, float64[k, 2], that are seen through all windows."""
    if not within:
        return list(lines)
    areas = list(_areas(area for region in within for area in region.areas))
    return [part for line in lines for part in _seen(line, within, areas, passed)]


def _areas(areas: Iterable[Area | Layer]) -> Iterator[Area]:
    """Yield all areas that decide about others."""
    for area in areas:
        if isinstance(area, Layer):
            yield from _areas(area.areas)
        else:
            yield area
            yield from _areas(below for region in area.within for below in region.areas)


def _seen(line: Floats, within: Sequence[Region], areas: Sequence[Area], passed: Passed) -> Iterator[Floats]:
    """Yield the parts of a line that are seen."""
    fine = line
    for area in areas:
        passed(0.0)
        fine = _divided(fine, *area.packed)
    middle = (fine[1:] + fine[:-1]) / 2
    seen = _open(within, middle)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]])))
    for first, last in edges.reshape(-1, 2):
        yield fine[first : last + 1]


def _divided(line: Floats, corners: Floats, ends: NDArray[np.int64]) -> Floats:
    """Return a line with a corner wherever it meets an edge of polygons."""
    room = 4 * len(line)
    while True:
        at = np.empty(room)
        count = meetings(line, corners, ends, at)
        if count <= room:
            break
        room = count
    if not count:
        return line
    way = np.unique(np.concatenate([np.arange(len(line)), at[:count]]))
    return np.stack([np.interp(way, np.arange(len(line)), column) for column in line.T], axis=1)


def _tone(areas: Iterable[Area | Layer], places: Floats, tone: Floats) -> Floats:
    """Return how bright places are, float64[n], once areas are painted on them."""
    for area in areas:
        if isinstance(area, Layer):
            tone = tone + area.alpha * (_tone(area.areas, places, tone) - tone)
            continue
        inside = np.empty(len(places), np.bool_)
        covered(places, *area.packed, area.odd, inside)
        inside &= _open(area.within, places)
        tone = np.where(inside, tone * (1 - area.alpha) + area.shade * area.alpha, tone)
    return tone


def _open(within: Sequence[Region], places: Floats) -> Mask:
    """Tell which places can be seen through all windows."""
    seen = np.ones(len(places), np.bool_)
    for region in within:
        seen &= _tone(region.areas, places, np.zeros(len(places))) > FAINT
    return seen


@kernel("int64(float64[:,::1], float64[:,::1], int64[::1], float64[::1])")
def meetings(line: Floats, corners: Floats, ends: NDArray[np.int64], at: Floats) -> int:
    """Find where a line meets the edges of polygons, as corners of the line and parts between them; return how often.

    No more are kept than there is room for.
    """
    count = 0
    for piece in range(len(line) - 1):
        px, py = line[piece]
        dx, dy = line[piece + 1, 0] - px, line[piece + 1, 1] - py
        begin = 0
        for end in ends:
            ax, ay = corners[end - 1]
            for k in range(begin, end):
                bx, by = corners[k]
                one, other = dx * (ay - py) - dy * (ax - px), dx * (by - py) - dy * (bx - px)
                if (one > 0) != (other > 0):
                    cross = dx * (by - ay) - dy * (bx - ax)
                    part = ((ax - px) * (by - ay) - (ay - py) * (bx - ax)) / cross
                    if 0 < part < 1:
                        if count < len(at):
                            at[count] = piece + part
                        count += 1
                ax, ay = bx, by
            begin = end
    return count


@kernel("void(float64[:,::1], float64[:,::1], int64[::1], boolean, boolean[::1])")
def covered(places: Floats, corners: Floats, ends: NDArray[np.int64], odd: bool, inside: NDArray[np.bool_]) -> None:
    """Tell which places polygons wind around, or wind around an odd number of times."""
    for place in range(len(places)):
        x, y = places[place]
        winding, begin = 0, 0
        for end in ends:
            ax, ay = corners[end - 1]
            for k in range(begin, end):
                bx, by = corners[k]
                if (ay > y) != (by > y) and ax + (y - ay) * ((bx - ax) / (by - ay)) > x:
                    winding += 1 if by > ay else -1
                ax, ay = bx, by
            begin = end
        inside[place] = winding % 2 != 0 if odd else winding != 0
