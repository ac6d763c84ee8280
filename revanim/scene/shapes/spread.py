"""A few of many: rows of a cloud that lie as dense as their weights ask, and otherwise as evenly as they can."""

from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed, between, silent
from revanim.scene.scene import Index

PER_POINT, FEWEST = 32, 8192  # rows that a cloud needs for each point, and at all: more show no difference
MOST, LEAST = 1 << 18, 8  # rows that many points share, and that each still has beyond it
FINER = 4  # times as many rows a picture of few bright cells may need
ENOUGH = 4  # times as many rows of a long list are looked at
ROUNDS = 20
STRIDE = 1.7  # times the way to its centre that a point goes: with 1, twice as many rounds are as even
NEIGHBOURS = 8  # of a point, among which the owner of a row is sought
DIVISION = 0.3  # of the time


def rows_for(count: int) -> int:
    """Return how many rows a cloud should have for `count` points to be spread evenly."""
    return max(min(max(PER_POINT * count, FEWEST), MOST), LEAST * count)


def spread(cloud: Floats, weight: Floats, count: int, passed: Passed = silent) -> Index:
    """Return which rows of a cloud, float64[m, 3], to keep: int64[count], always the same ones.

    Every row weighs more than 0, float64[m]. This is weighted Voronoi stippling (Secord 2002) with the cloud in place
    of pixels, so that it serves areas, surfaces and lists of points alike. If there are fewer rows than points, each
    row is taken equally often.
    """
    if count >= len(cloud):
        return np.arange(count) * len(cloud) // count
    from scipy.spatial import cKDTree  # only who spreads points pays for it

    rows, owner = _divide(cloud, weight, count, between(passed, 0.0, DIVISION))
    # Points at the centres of mass of what is near them crowd in a plane like the root of the weight (Gersho 1979).
    cloud, weight = np.ascontiguousarray(cloud[rows]), weight[rows] ** 2
    points = _centres(cloud, weight, owner, count)
    for turn in range(ROUNDS):
        near = cKDTree(points).query(points, min(NEIGHBOURS + 1, count))[1].reshape(count, -1)
        settle(cloud, points, np.ascontiguousarray(near, np.int64), owner)
        _revive(cloud, points, owner)
        if turn < ROUNDS - 1:
            points += STRIDE * (_centres(cloud, weight, owner, count) - points)
        passed(DIVISION + (1 - DIVISION) * (turn + 1) / ROUNDS)
    return rows[_nearest_rows(cloud, points, owner)]


def pick(cloud: Floats, count: int, passed: Passed = silent) -> Index:
    """Return which rows of points, float64[m, 2 or 3], to take: int64[count], in their order and evenly spread."""
    some = min(len(cloud), ENOUGH * rows_for(count))
    rows = np.arange(some) * len(cloud) // some
    solid = np.zeros((some, 3))
    solid[:, : cloud.shape[1]] = cloud[rows]
    return np.sort(rows[spread(solid, np.ones(some), count, passed)])


def stipple(tone: Floats, count: int, passed: Passed = silent) -> Floats:
    """Return `count` points, float64[count, 2] in cells along x and y, as dense as a picture is bright.

    `tone` is float64[rows, columns]. Cells that are not fine enough for so many points are divided.
    """
    at = np.argwhere(tone > 0)[:, ::-1]
    weight = tone[at[:, 1], at[:, 0]]
    wanted = rows_for(count)
    parts = ceil(sqrt(wanted * weight.max() / weight.sum()))
    parts = max(min(parts, floor(sqrt(FINER * wanted / len(at)))), 1)
    inside = (np.indices((parts, parts)).reshape(2, -1).T + 0.5) / parts
    cloud = np.zeros((len(at) * parts**2, 3))
    cloud[:, :2] = (at[:, None] + inside).reshape(-1, 2)
    return cloud[spread(cloud, np.repeat(weight, parts**2), count, passed), :2]


def _divide(cloud: Floats, weight: Floats, count: int, passed: Passed) -> tuple[Index, Index]:
    """Cut a cloud across its longest side, and each part again, until there are `count` parts of equal weight.

    Returns the rows part by part, int64[m], and the part of each.
    """
    rank = np.stack([np.unique(column, return_inverse=True)[1] for column in cloud.T], axis=1)
    rows, part = np.arange(len(cloud)), np.zeros(len(cloud), np.int64)
    begin, shares = np.zeros(1, np.int64), np.array([count])  # of each part: its first row, and how many it will be
    while shares.max() > 1:
        places = cloud[rows]
        longest = (np.maximum.reduceat(places, begin) - np.minimum.reduceat(places, begin)).argmax(axis=1)
        rows = rows[np.argsort(part * len(cloud) + rank[rows, longest[part]], kind="stable")]
        left = shares // 2
        right = _lies_right(weight[rows], part, begin, left, shares)
        half = 2 * part + right
        begin = np.flatnonzero(np.diff(half, prepend=-1))
        shares = np.where(right, (shares - left)[part], left[part])[begin]
        part = np.cumsum(np.diff(half, prepend=half[0]) > 0)
        passed(len(begin) / count)
    return rows, part


def _lies_right(weight: Floats, part: Index, begin: Index, left: Index, shares: Index) -> NDArray[np.bool_]:
    """Tell which rows of each part lie right of the cut that leaves `left` of its `shares` to the left of it."""
    row, size = np.arange(len(weight)) - begin[part], np.diff(begin, append=len(weight))
    middle = np.cumsum(weight) - weight / 2
    inside = middle - (middle - weight / 2)[begin][part]
    heavy = inside >= (np.add.reduceat(weight, begin) * left / shares)[part]
    return heavy & (row >= left[part]) | (row >= (size - shares + left)[part])


def _centres(cloud: Floats, weight: Floats, owner: Index, count: int) -> Floats:
    """Return the centre of mass of what each point owns, float64[count, 3]; every point owns a row."""
    mass = np.bincount(owner, weight, count)
    return np.stack([np.bincount(owner, weight * column, count) / mass for column in cloud.T], axis=1)


@kernel("void(float64[:,::1], float64[:,::1], int64[:,::1], int64[::1])")
def settle(cloud: Floats, points: Floats, near: Index, owner: Index) -> None:
    """Hand each row to the nearest point, walking there from neighbour to neighbour; `near` is int64[n, k]."""
    for row in range(len(cloud)):
        x, y, z = cloud[row, 0], cloud[row, 1], cloud[row, 2]
        best, here, before = np.inf, owner[row], np.int64(-1)
        while here != before:
            before = here
            for other in near[before]:
                dx, dy, dz = points[other, 0] - x, points[other, 1] - y, points[other, 2] - z
                distance = dx * dx + dy * dy + dz * dz
                if distance < best:
                    best, here = distance, other
        owner[row] = here


def _revive(cloud: Floats, points: Floats, owner: Index) -> None:
    """Put the points that own nothing onto rows that others can spare, here and there."""
    a_row = np.full(len(points), -1)
    a_row[owner] = np.arange(len(owner))
    idle = np.flatnonzero(a_row < 0)
    if idle.size:
        needed = np.zeros(len(owner), np.bool_)
        needed[a_row[a_row >= 0]] = True
        spare = np.flatnonzero(~needed)
        rows = spare[np.arange(len(idle)) * len(spare) // len(idle)]
        owner[rows], points[idle] = idle, cloud[rows]


def _nearest_rows(cloud: Floats, points: Floats, owner: Index) -> Index:
    """Return the row nearest to each point among those that it owns."""
    distance = np.sum((cloud - points[owner]) ** 2, axis=1)
    order = np.lexsort((distance, owner))
    return order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
