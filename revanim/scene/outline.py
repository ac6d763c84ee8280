"""Closed outlines, such as letters or drawings have, and points spread evenly inside them."""

from collections.abc import Sequence

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.scene import Index

Outline = Sequence[Floats]  # polygons, float64[k, 2] each, closed from the last corner to the first

NO_AREA = "The outline holds no area that points could fill."
BATCH = 16384  # points that are tried at once
# Steps of the plane sequence that spreads most evenly (Roberts 2018): 1/g and 1/g^2, with g^3 = g + 1.
STEPS = np.array([0.7548776662466927, 0.5698402909980532])


def fill(outline: Outline, count: int) -> Floats:
    """Return `count` points inside an outline, float64[count, 2]: always the same ones, evenly spread.

    Inside is what the outline winds around, one way or the other, as in fonts. Only + - * / make the points, so
    every machine finds the same bits.
    """
    corners = np.concatenate([np.zeros((0, 2)), *outline])
    if len(corners) < 3:
        raise RevanimError(NO_AREA)
    low, high = corners.min(axis=0), corners.max(axis=0)
    found, tried = [np.zeros((0, 2))], 0
    while sum(map(len, found)) < count:
        steps = np.arange(tried, tried + BATCH)[:, None] * STEPS
        points = (low + high) / 2 + (steps % 1 - 0.5) * (high - low).max()  # in a square: as dense along x as along y
        points = points[((low <= points) & (points <= high)).all(axis=1)]
        found.append(points[winding(outline, points) != 0])
        tried += BATCH
        if tried == 10 * BATCH and not any(map(len, found)):
            raise RevanimError(NO_AREA)
    return np.concatenate(found)[:count]


def winding(outline: Outline, points: Floats) -> Index:
    """Return int64[n], how many times the outline winds around each point, float64[n, 2] (Sunday 2001)."""
    x, y = points[:, :1], points[:, 1:]
    turns = np.zeros(len(points), np.int64)
    for polygon in outline:
        (ax, ay), (bx, by) = polygon.T, np.roll(polygon, -1, axis=0).T
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        turns += np.sum((ay <= y) & (y < by) & (side > 0), axis=1)
        turns -= np.sum((by <= y) & (y < ay) & (side < 0), axis=1)
    return turns
