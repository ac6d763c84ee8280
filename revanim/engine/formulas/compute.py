"""What a formula is at a moment, and how it changes with the value of its keys: a stack of numbers and derivatives.

What has no value, such as 1 / 0 or the root of -1, is 0.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.formulas.language import (
    ABSOLUTE,
    ADD,
    BLEND,
    CHOOSE,
    COSINE,
    DEEPEST,
    EXPONENTIAL,
    FLOOR,
    INDEX,
    LEAST,
    LESS,
    MOST,
    NEGATIVE,
    NUMBER,
    OVER,
    POWER,
    REST,
    ROOT,
    SINE,
    SUBTRACT,
    TIME,
    TIMES,
    UP_TO,
    VALUE,
    WIGGLE,
)  # fmt: skip
from revanim.engine.formulas.smooth import exponential, wander, wave
from revanim.engine.parameter import Floats


@kernel("UniTuple(float64, 2)(int64, float64, float64, float64)")
def of_one(code: int, number: float, a: float, da: float) -> tuple[float, float]:
    """Return what a function makes of one value and of its derivative."""
    if code == NEGATIVE:
        return -a, -da
    if code == ABSOLUTE:
        return abs(a), da if a > 0.0 else -da
    if code == FLOOR:
        return np.floor(a), 0.0
    if code == ROOT:
        root = np.sqrt(max(a, 0.0))
        return root, 0.5 * da / root if root > 0.0 else 0.0
    if code == SINE:
        return wave(a, 0), wave(a, 1) * da
    if code == COSINE:
        return wave(a, 1), -wave(a, 0) * da
    if code == EXPONENTIAL:
        grown = exponential(a)
        return grown, grown * da
    below, power = 0.0, 1.0  # POWER
    for _ in range(int(number)):
        below, power = power, power * a
    return power, number * below * da


@kernel("UniTuple(float64, 2)(int64, float64, float64, float64, float64)")
def of_two(code: int, a: float, da: float, b: float, db: float) -> tuple[float, float]:
    """Return what an operator or a function makes of two values and of their derivatives."""
    if code == ADD:
        return a + b, da + db
    if code == SUBTRACT:
        return a - b, da - db
    if code == TIMES:
        return a * b, da * b + a * db
    if code == OVER:
        return (a / b, (da - a / b * db) / b) if b != 0.0 else (0.0, 0.0)
    if code == REST:
        whole = np.floor(a / b) if b != 0.0 else 0.0
        return (a - whole * b, da - whole * db) if b != 0.0 else (0.0, 0.0)
    if code == LEAST:
        return (a, da) if a <= b else (b, db)
    if code == MOST:
        return (a, da) if a >= b else (b, db)
    if code == WIGGLE:
        value, slope = wander(a, np.int64(np.rint(b)) if abs(b) < 1e15 else 0)
        return value, slope * da
    return (1.0 if (a < b if code == LESS else a <= b if code == UP_TO else a == b) else 0.0), 0.0


@kernel("UniTuple(float64, 2)(int64, float64, float64, float64, float64, float64, float64)")
def of_three(code: int, a: float, da: float, b: float, db: float, c: float, dc: float) -> tuple[float, float]:
    """Return what a choice, or a smooth way from 0 at a to 1 at b, makes of three values and of their derivatives."""
    if code == CHOOSE:
        return (b, db) if a != 0.0 else (c, dc)
    part, change = of_two(OVER, c - a, dc - da, b - a, db - da)  # BLEND
    if part <= 0.0 or part >= 1.0:
        return (0.0 if part <= 0.0 else 1.0), 0.0
    return part * part * (3.0 - 2.0 * part), 6.0 * part * (1.0 - part) * change


@kernel("UniTuple(float64, 2)(float64[::1], int64, int64, float64, float64)")
def compute(theta: Floats, at: int, j: int, frame: float, value: float) -> tuple[float, float]:
    """Return number j of a value as its formula has it, and the derivative for what its keys say.

    `at` is where the programs stand (language.py): one for each axis, which serve all bodies or links.
    """
    texts = int(theta[at + 3]) - 3
    t, scale = theta[at] * frame + theta[at + 1], theta[at + 2]
    begin = at + int(theta[at + 3 + j % texts])
    stack, slopes, top = np.empty(DEEPEST + 1), np.empty(DEEPEST + 1), -1
    for step in range(int(theta[begin])):
        code, number = int(theta[begin + 1 + 2 * step]), theta[begin + 2 + 2 * step]
        if code <= INDEX:
            top += 1
            given = number if code == NUMBER else t if code == TIME else value / scale if code == VALUE else j // texts
            stack[top], slopes[top] = given, 1.0 if code == VALUE else 0.0
        elif code in (CHOOSE, BLEND):
            top -= 2
            stack[top], slopes[top] = of_three(
                code, stack[top], slopes[top], stack[top + 1], slopes[top + 1], stack[top + 2], slopes[top + 2]
            )
        elif code == POWER or (NEGATIVE <= code <= EXPONENTIAL):
            stack[top], slopes[top] = of_one(code, number, stack[top], slopes[top])
        else:
            top -= 1
            stack[top], slopes[top] = of_two(code, stack[top], slopes[top], stack[top + 1], slopes[top + 1])
    found, slope = scale * stack[0], slopes[0]
    lost = not (abs(found) < np.inf and abs(slope) < np.inf)
    return (0.0, 0.0) if lost else (found, slope)
