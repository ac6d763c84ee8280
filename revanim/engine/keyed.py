"""What a value with keys is, from the number of the sub-step alone, and what its gradient means for the keys.

Between two keys at the frames f0 and f1 a value stays, goes straight, or follows the cubic Bézier curve from (f0, v0)
to (f1, v1) whose handles end at (f0 + r0, v0 + d0) and (f1 - r1, v1 - d1). At a frame f it is

    v = w0 v0 + w1 v1 + e0 d0 - e1 d1

where the weights depend on f, f0, f1, r0 and r1 alone. So it is linear in the values of the keys, and w0 and w1 are its
derivatives. Only + - * / and comparisons: the same bits on every machine, on the way there and on the way back.

A formula makes of that the value that counts; by its derivative the gradient goes on to the keys.

How quickly a value changes in a step is what it does between the two ends of that step, over its seconds.

A clock is a value without keys: its `shape` holds the seconds of a frame.

A vector `theta` holds the values of the keys at one place, and at another (`shape`) the bounds of the parameter, how
far from there its formula is, 0 for none, and then, for each key, its frame, its way (STEP, LINEAR, SMOOTH), the reach
of the handle before and after it, and what the value changes by along each. Behind them is the formula (formulas). What
the value is now is written to a third place, where kernels read it.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.formulas.compute import compute
from revanim.engine.formulas.language import programs_of
from revanim.engine.parameter import LINEAR, STEP, Floats, Keyed, Parameter

LOW, HIGH, FORMULA, KEYS = range(4)  # what stands where in a shape
FRAME, WAY, BEFORE, AFTER, RISES = range(5)  # columns of a key
HALVINGS = 50  # of the time between two keys: a Bézier curve is found as finely as a float64 tells frames apart


def shape_of(parameter: Parameter, value: Keyed) -> Floats:
    """Return what `theta` holds of some keys beside their values."""
    keys = len(value.frames)
    columns = np.column_stack([value.frames, value.ways, value.reach, value.rise.reshape(keys, -1)])
    formula = np.zeros(0) if value.formula is None else programs_of(value.formula)
    begin = KEYS + columns.size if formula.size else 0
    return np.concatenate([[parameter.low, parameter.high, begin], columns.ravel(), formula])


@kernel("Tuple((int64, float64, float64, float64, float64))(float64[::1], int64, int64, int64, float64)")
def weights(theta: Floats, keys: int, stride: int, count: int, frame: float) -> tuple[int, float, float, float, float]:
    """Return the last key at or before a frame, or the first, and w0, w1, e0 and e1 of it and the next."""
    first, beyond = 0, count
    while beyond - first > 1:
        middle = (first + beyond) // 2
        if theta[keys + middle * stride] <= frame:
            first = middle
        else:
            beyond = middle
    here = keys + first * stride
    begin, way = theta[here], theta[here + WAY]
    if first == count - 1 or way == STEP or frame <= begin:
        return first, 1.0, 0.0, 0.0, 0.0
    length = theta[here + stride] - begin
    part = (frame - begin) / length
    if way == LINEAR:
        return first, 1.0 - part, part, 0.0, 0.0
    out = min(theta[here + AFTER] / length, 1.0)
    into = 1.0 - min(theta[here + stride + BEFORE] / length, 1.0)
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        t = 0.5 * (low + high)
        s = 1.0 - t
        if 3.0 * s * t * (s * out + t * into) + t * t * t < part:
            low = t
        else:
            high = t
    t = 0.5 * (low + high)
    s = 1.0 - t
    return first, s * s * (s + 3.0 * t), t * t * (t + 3.0 * s), 3.0 * s * s * t, 3.0 * s * t * t


@kernel("float64(float64[::1], int64, int64, int64, int64, int64, float64, float64, float64, float64)")
def blend(theta, at, here, size, stride, j, w0, w1, e0, e1):  # type: ignore[no-untyped-def]
    """Return number j of the value between the key whose values and columns begin at `at` and `here`, and the next."""
    value = w0 * theta[at + j]
    if w1 != 0.0:
        rise_after, rise_before = theta[here + RISES + size + j], theta[here + stride + RISES + j]
        value += w1 * theta[at + size + j] + e0 * rise_after - e1 * rise_before
    return value


@kernel("void(float64[::1], int64, int64, int64, int64, int64, float64)")
def set_value(theta: Floats, at: int, size: int, count: int, shape: int, out: int, frame: float) -> None:
    """Write what a value of `size` numbers with `count` keys is at a frame, within the bounds of its parameter."""
    if count == 0:
        theta[out] = frame * theta[shape]
        return
    stride, formula = RISES + 2 * size, int(theta[shape + FORMULA])
    key, w0, w1, e0, e1 = weights(theta, shape + KEYS, stride, count, frame)
    for j in range(size):
        value = blend(theta, at + key * size, shape + KEYS + key * stride, size, stride, j, w0, w1, e0, e1)
        if formula != 0:
            value, _ = compute(theta, shape + formula, j, frame, value)
        theta[out + j] = min(max(value, theta[shape + LOW]), theta[shape + HIGH])


@kernel("void(float64[::1], float64[::1], int64, int64, int64, int64, int64, float64)")
def give_back(
    theta: Floats, gtheta: Floats, at: int, size: int, count: int, shape: int, out: int, frame: float
) -> None:
    """Hand the gradient that a value has collected on to its keys; at a bound it has none."""
    if count == 0:
        return
    stride, formula = RISES + 2 * size, int(theta[shape + FORMULA])
    key, w0, w1, e0, e1 = weights(theta, shape + KEYS, stride, count, frame)
    for j in range(size):
        collected, gtheta[out + j] = gtheta[out + j], 0.0
        value = blend(theta, at + key * size, shape + KEYS + key * stride, size, stride, j, w0, w1, e0, e1)
        if formula != 0:
            value, slope = compute(theta, shape + formula, j, frame, value)
            collected *= slope
        if theta[shape + LOW] <= value <= theta[shape + HIGH]:
            gtheta[at + key * size + j] += w0 * collected
            if w1 != 0.0:
                gtheta[at + (key + 1) * size + j] += w1 * collected


@kernel("void(float64[::1], int64, int64, int64, int64, int64, float64, float64)")
def set_change(theta: Floats, at: int, size: int, count: int, shape: int, out: int, begin: float, end: float) -> None:
    """Write by how much a value changes in a second, and what it is at two frames; behind are the steps a second."""
    set_value(theta, at, size, count, shape, out + size, begin)
    set_value(theta, at, size, count, shape, out + 2 * size, end)
    for j in range(out, out + size):
        theta[j] = (theta[2 * size + j] - theta[size + j]) * theta[out + 3 * size]


@kernel("void(float64[::1], float64[::1], int64, int64, int64, int64, int64, float64, float64)")
def give_change_back(
    theta: Floats, gtheta: Floats, at: int, size: int, count: int, shape: int, out: int, begin: float, end: float
) -> None:
    """Hand the gradient that a change has collected, and the value at two frames, on to the keys."""
    for j in range(out, out + size):
        change, gtheta[j] = gtheta[j] * theta[out + 3 * size], 0.0
        gtheta[size + j] -= change
        gtheta[2 * size + j] += change
    give_back(theta, gtheta, at, size, count, shape, out + size, begin)
    give_back(theta, gtheta, at, size, count, shape, out + 2 * size, end)


def values_of(parameter: Parameter, value: Keyed, frames: Floats) -> Floats:
    """Return what a value is at some frames, float64[k, ...], each row shaped like the plain one."""
    size, count, shape = value.values[0].size, len(value.frames), shape_of(parameter, value)
    theta = np.concatenate([value.values.ravel(), shape, np.zeros(size)])
    found = np.empty((len(frames), size))
    for row, frame in zip(found, frames, strict=True):
        set_value(theta, 0, size, count, value.values.size, theta.size - size, float(frame))
        row[:] = theta[-size:]
    return found.reshape(len(frames), *value.values.shape[1:])
