"""Turning the speed of a body about an axis in three shears (frame.py), and the gradient of that.

What is more than a quarter of a radian is turned in parts. Speed and energy stay, to rounding; nothing is erased
(Boris 1970).
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import enter, frame_of, turn

CIRCLE = 6.283185307179586
LARGEST = 0.25  # radians, of a part of a turn


@kernel("float64(float64)")
def tangent(x: float) -> float:
    """Return tan(x) for x from 0 to LARGEST / 2, by its continued fraction (Lambert 1761)."""
    square = x * x
    return x / (1.0 - square / (3.0 - square / (5.0 - square / (7.0 - square / 9.0))))


@kernel("Tuple((int64, float64, float64))(float64)")
def parts_of(angle: float) -> tuple[int, float, float]:
    """Return in how many parts an angle from 0 up is turned, and t and s of each of them."""
    if not angle < 1e15:  # whatever is left of it is rounding
        return 0, 0.0, 0.0
    angle -= CIRCLE * np.floor(angle / CIRCLE)
    parts = 1 + int(angle / LARGEST)
    t = tangent(0.5 * angle / parts)
    return parts, t, 2.0 * t / (1.0 + t * t)


@kernel("void(int64[:,::1], int64, float64, float64, float64, float64, int64)")
def rotate(state: Counts, i: int, x: float, y: float, z: float, h: float, way: int) -> None:
    """Turn the speed of a body at a rate (x, y, z) for a time h, or turn it back where way is -1."""
    parts, t, s = parts_of(h * np.sqrt(x * x + y * y + z * z))
    frame = frame_of(x, y, z)
    enter(state, 3, i, frame, 1)
    for _ in range(parts):
        turn(state, 3 + frame[1], 3 + frame[2], i, frame[7] * t, frame[7] * s, way)
    enter(state, 3, i, frame, -1)


@kernel("UniTuple(float64, 3)(float64[:,::1], int64, float64, float64, float64, float64)")
def pulled_back(adj: Floats, i: int, x: float, y: float, z: float, h: float) -> tuple[float, float, float]:
    """Turn the gradient of a body back, and return n, sin and cos of the angle as numbers about them.

    They are sin(b) / b, (1 - cos(b)) / b and the angle b itself, of a turn by h (x, y, z).
    """
    size = np.sqrt(x * x + y * y + z * z)
    parts, t, _ = parts_of(h * size)
    c, s, angle = 1.0, 0.0, h * size
    one, other = (1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t)
    for _ in range(parts):
        c, s = c * one - s * other, s * one + c * other
    if angle > 0.0:
        n0, n1, n2 = x / size, y / size, z / size
        w0, w1, w2 = adj[3, i], adj[4, i], adj[5, i]
        along = (1.0 - c) * (n0 * w0 + n1 * w1 + n2 * w2)
        adj[3, i] = c * w0 - s * (n1 * w2 - n2 * w1) + along * n0
        adj[4, i] = c * w1 - s * (n2 * w0 - n0 * w2) + along * n1
        adj[5, i] = c * w2 - s * (n0 * w1 - n1 * w0) + along * n2
    small = angle < 1e-4
    return (1.0 - angle * angle / 6.0 if small else s / angle), (0.5 * angle if small else (1.0 - c) / angle), angle


@kernel("UniTuple(float64, 3)(int64[:,::1], float64[:,::1], int64, float64, float64, float64, float64, float64)")
def rotate_back(
    state: Counts, adj: Floats, i: int, x: float, y: float, z: float, h: float, unit: float
) -> tuple[float, float, float]:
    """Undo a turn, carry the gradient along, and return what it says of the rate.

    For a speed v of counts of `unit` and its gradient w that is h J' (v x w), with the left Jacobian J of turns.
    """
    v0, v1, v2 = state[3, i] * unit, state[4, i] * unit, state[5, i] * unit
    w0, w1, w2 = adj[3, i], adj[4, i], adj[5, i]
    g0, g1, g2 = v1 * w2 - v2 * w1, v2 * w0 - v0 * w2, v0 * w1 - v1 * w0
    even, odd, angle = pulled_back(adj, i, x, y, z, h)
    per = h / angle if angle > 0.0 else 0.0
    n0, n1, n2 = per * x, per * y, per * z
    along = (1.0 - even) * (n0 * g0 + n1 * g1 + n2 * g2)
    rotate(state, i, x, y, z, h, -1)
    return (
        h * (even * g0 + along * n0 - odd * (n1 * g2 - n2 * g1)),
        h * (even * g1 + along * n1 - odd * (n2 * g0 - n0 * g2)),
        h * (even * g2 + along * n2 - odd * (n0 * g1 - n1 * g0)),
    )
