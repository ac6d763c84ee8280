"""Curves over frames: the value at a frame, and curves with a row more, fewer or finer."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Curve, Floats
from revanim.error import RevanimError
from revanim.scene.given import sealed

POINTS = 16  # rows, about, of a curve that begins flat over a range
MOST_ROWS = 100_000


def flat(value: Floats, first: int, last: int) -> Curve:
    """Return a curve that has one value from the first frame to the last, in a handful of rows."""
    every = max(1, (last - first + 1) // POINTS)
    return Curve(first, every, _repeated(value[None], (last - first) // every + 1))


def row_at(curve: Curve, frame: int) -> int:
    """Return the row that holds at a frame; it lies beyond the rows where the curve has not begun, or is over."""
    return (frame - curve.first) // curve.every


def frames(curve: Curve) -> Floats:
    """Return the frame at which each row begins, as float64[rows]."""
    return curve.first + curve.every * np.arange(len(curve.values), dtype=np.float64)


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


def without_rows(curve: Curve, rows: set[int]) -> Curve:
    """Return a curve without some rows: it is shorter where they were at an end, else the row before holds on."""
    left = [row for row in range(len(curve.values)) if row not in rows]
    if not left:
        raise RevanimError("A curve needs one point at least; switch the animation off instead.")
    first, last = left[0], left[-1]
    source = np.maximum.accumulate([row if row in left else first for row in range(first, last + 1)])
    return Curve(curve.first + first * curve.every, curve.every, sealed(curve.values[source]))


def paced(curve: Curve, every: int) -> Curve:
    """Return a curve that holds each row for so many frames, with the values that the old one has there."""
    if every < 1:
        raise RevanimError("A point must hold for one frame at least, not for {frames}.", frames=every)
    count = -(-len(curve.values) * curve.every // every)
    if count > MOST_ROWS:
        raise RevanimError("A curve may have {most} rows; let each hold for more frames.", most=MOST_ROWS)
    rows = np.minimum(np.arange(count) * every // curve.every, len(curve.values) - 1)
    return Curve(curve.first, every, sealed(curve.values[rows]))


def _repeated(rows: Floats, count: int) -> Floats:
    return sealed(np.repeat(rows, count, axis=0)) if count else rows[:0]
