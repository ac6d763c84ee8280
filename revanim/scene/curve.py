"""Values with a row for every so many frames: the one that holds at a frame, and rows for more frames."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Curve, Floats
from revanim.error import RevanimError
from revanim.scene.given import sealed

MOST_ROWS = 100_000


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


def _repeated(rows: Floats, count: int) -> Floats:
    return sealed(np.repeat(rows, count, axis=0)) if count else rows[:0]
