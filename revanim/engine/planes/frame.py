"""Turning vectors of integers: three shears, each of which is undone by taking away what it added.

A turn of (p, q) by an angle b is p -= t q, q += s p, p -= t q with t = tan(b / 2) and s = sin(b). A frame turns the
normal of a plane onto that of the axes to which it is nearest, by two such turns.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.kernel import kernel, kernel_from
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats

Frame = tuple[int, int, int, float, float, float, float, float]  # axes k, i, j, t and s of both turns, and a sign
turns = cast(Any, None)  # which `entered` leaves open
FRAME = "Tuple((int64, int64, int64, float64, float64, float64, float64, float64))"


@kernel("void(int64[:,::1], int64, int64, int64, float64, float64, int64)")
def turn(state: Counts, p: int, q: int, i: int, t: float, s: float, way: int) -> None:
    """Turn rows p and q of a body, or turn them back."""
    if s != 0.0:
        state[p, i] -= way * np.int64(np.rint(t * state[q, i]))
        state[q, i] += way * np.int64(np.rint(s * state[p, i]))
        state[p, i] -= way * np.int64(np.rint(t * state[q, i]))


@kernel("void(float64[:,::1], int64, int64, int64, float64, float64, int64)")
def turn_floats(rows: Floats, p: int, q: int, i: int, t: float, s: float, way: int) -> None:
    """Do the same to numbers that are not rounded."""
    rows[p, i] -= way * t * rows[q, i]
    rows[q, i] += way * s * rows[p, i]
    rows[p, i] -= way * t * rows[q, i]


@kernel("UniTuple(float64, 2)(float64, float64)")
def onto(p: float, q: float) -> tuple[float, float]:
    """Return t and s of the turn, of at most a quarter, that brings (p, q) onto the line of p."""
    size = np.sqrt(p * p + q * q)
    if size == 0.0:
        return 0.0, 0.0
    return -q / (size + abs(p)) if p >= 0.0 else q / (size + abs(p)), -q / size if p >= 0.0 else q / size


@kernel(f"{FRAME}(float64, float64, float64)")
def frame_of(x: float, y: float, z: float) -> Any:
    """Return the frame of a normal, and 1 or -1: on which side of the axis k it points; 0 where it has no length."""
    k = 0 if abs(x) >= abs(y) and abs(x) >= abs(z) else 1 if abs(y) >= abs(z) else 2
    i, j = (k + 1) % 3, (k + 2) % 3
    along = x if k == 0 else y if k == 1 else z
    one = x if i == 0 else y if i == 1 else z
    other = x if j == 0 else y if j == 1 else z
    sign = 1.0 if along > 0.0 else -1.0 if along < 0.0 else 0.0
    t, s = onto(along, one)
    t2, s2 = onto(sign * np.sqrt(along * along + one * one), other)
    return k, i, j, t, s, t2, s2, sign


def entered(rows: Counts | Floats, row: int, body: int, frame: Frame, way: int) -> None:
    """Turn three rows of a body, from `row` on, into a frame, or back where way is -1; `turns` turns two of them."""
    k, i, j, t, s, t2, s2, _ = frame
    if way > 0:
        turns(rows, row + k, row + i, body, t, s, 1)
        turns(rows, row + k, row + j, body, t2, s2, 1)
    else:
        turns(rows, row + k, row + j, body, t2, s2, -1)
        turns(rows, row + k, row + i, body, t, s, -1)


enter = kernel_from(entered, f"void(int64[:,::1], int64, int64, {FRAME}, int64)", turn, turns=turn)
enter_floats = kernel_from(
    entered, f"void(float64[:,::1], int64, int64, {FRAME}, int64)", turn_floats, turns=turn_floats
)
