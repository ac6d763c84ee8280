"""Which pixels belong to a line, whatever it is painted with."""

import numpy as np

from revanim.engine.code.kernel import kernel


@kernel("UniTuple(int64, 2)(float64, float64, float64, float64, float64, float64, int64)")
def span(ax, bx, tx, ty, v, reach, width):  # type: ignore[no-untyped-def]
    """Return the first and the last pixel of a row, `v` below the first end, that a line of this reach may touch."""
    left, right = min(ax, bx) - reach, max(ax, bx) + reach
    if abs(ty) * width > 1.0:  # else the line is level, and fills the row
        middle, half = ax + v * tx / ty, reach / abs(ty)
        left, right = max(left, middle - half), min(right, middle + half)
    left, right = max(0.0, np.ceil(left)), min(width - 1.0, np.floor(right))
    if not left <= right:
        return 0, -1
    return int(left), int(right)


@kernel("UniTuple(float64, 2)(float64, float64, float64, float64)")
def cut(wx, wy, tx, ty):  # type: ignore[no-untyped-def]
    """Return across which way a line in the direction t ends: that of the bend, if it has one there.

    Both pieces at a bend are cut alike, so that they neither overlap nor gape.
    """
    return (wx, wy) if wx * tx + wy * ty > 0.0 else (tx, ty)
