"""Values with a row for every so many frames: the one that holds at a frame, and rows for more frames."""

from dataclasses import replace
from math import ceil, floor

import numpy as np

from revanim.engine.parameter import Curve, Floats
from revanim.error import RevanimError
from revanim.scene.given import sealed

MOST_ROWS = 100_000
EVEN = 1e-9  # frames or rows: what is nearer to a whole one is one


def row_at(curve: Curve, frame: int) -> int:
    """Return the row that holds at a frame; it lies beyond the rows where the curve has not begun, or is over."""
    return (frame - curve.first) // curve.every


def value_at(curve: Curve, frame: int, outside: str = "hold") -> Floats:
    """Return the value at a frame, shaped like a row; `outside` is that of the parameter."""
    row = row_at(curve, frame)
    if outside == "zero" and not 0 <= row < len(curve.values):
        return np.zeros_like(curve.values[0])
    return np.array(curve.values[np.clip(row, 0, len(curve.values) - 1)])


def reaching(curve: Curve, frame: int, outside: str = "hold") -> Curve:
    """Return a curve that has a row for a frame: rows up to it go on as the curve does there."""
    row, last = row_at(curve, frame), len(curve.values) - 1
    before, after = max(0, -row), max(0, row - last)
    if before + after + last >= MOST_ROWS:
        raise RevanimError(
            "A curve may have {most} rows; frame {frame} is too far away for one.",
            most=MOST_ROWS,
            frame=frame,
        )
    ends = np.zeros_like(curve.values[:2]) if outside == "zero" else curve.values
    pieces = (_repeated(ends[:1], before), curve.values, _repeated(ends[-1:], after))
    return Curve(curve.first - before * curve.every, curve.every, sealed(np.concatenate(pieces)))


def with_value(curve: Curve, frame: int, value: Floats, outside: str = "hold") -> Curve:
    """Return a curve that has a value, shaped like a row, at a frame."""
    longer = reaching(curve, frame, outside)
    values = longer.values.copy()
    values[row_at(longer, frame)] = value
    return replace(longer, values=sealed(values))


def mirrored(curve: Curve, frame: int, outside: str = "hold") -> Curve:
    """Return a curve that is as before until a frame begins, and from then on goes back through the rows it had."""
    longer = reaching(curve, frame - 1, outside)
    sheet = longer.values[: row_at(longer, frame - 1) + 1]
    whole, every = (frame - longer.first) % longer.every == 0, longer.every
    before = sheet if whole else np.repeat(sheet, every, axis=0)[: frame - longer.first]
    if 2 * len(before) > MOST_ROWS:
        raise RevanimError("A curve may have {most} rows; let each hold for more frames.", most=MOST_ROWS)
    return Curve(longer.first, every if whole else 1, sealed(np.concatenate([before, before[::-1]])))


def paced_by(curve: Curve, ratio: float, home: int, outside: str = "hold") -> Curve:
    """Return a curve whose frames are so many times as far from home, with the value that the old one has then.

    Where its rows do not begin at whole frames, each frame has the mean of its time: a push pushes as much as before.
    """
    first, every = home + (curve.first - home) * ratio, curve.every * ratio
    if max(abs(first - round(first)), abs(every - round(every))) < EVEN:
        return Curve(round(first), round(every), curve.values)
    begin, end = floor(first + EVEN), ceil(first + every * len(curve.values) - EVEN)
    if end - begin > MOST_ROWS:
        raise RevanimError("A curve may have {most} rows; let each hold for more frames.", most=MOST_ROWS)
    edges = home + (np.arange(begin, end + 1) - home) / ratio
    return Curve(begin, 1, sealed(_means(curve, (edges - curve.first) / curve.every, outside)))


def _means(curve: Curve, edges: Floats, outside: str) -> Floats:
    """Return the mean of a curve from each edge to the next; edges are counted in rows."""
    count, rows = len(curve.values), curve.values.reshape(len(curve.values), -1)
    inside = np.clip(edges, 0, count)[:, None]
    row = np.minimum(np.floor(inside[:, 0] + EVEN), count - 1).astype(np.int64)
    sums = (
        np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])[row]
        + (inside - row[:, None]) * rows[row]
    )
    if outside == "hold":
        sums += np.minimum(edges, 0)[:, None] * rows[:1] + np.maximum(edges - count, 0)[:, None] * rows[-1:]
    means = np.diff(sums, axis=0) / np.diff(edges)[:, None]
    whole = (row[1:] == row[:-1]) & (edges[:-1] >= -EVEN) & (edges[1:] <= count + EVEN)
    means[whole] = rows[row[:-1]][whole]
    return means.reshape(-1, *curve.values.shape[1:])


def _repeated(rows: Floats, count: int) -> Floats:
    return sealed(np.repeat(rows, count, axis=0)) if count else rows[:0]
