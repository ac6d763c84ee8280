"""A number that an artist may set: declared once, used by the engine, the file, the form and the solver."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


# A place in the scene, a way from there, a mere direction, how far along that direction the thing lies, its size, the
# lengths of its edges, and by how many degrees these are turned about x, then y, then z.
Lies = Literal["", "place", "way", "direction", "offset", "size", "edges", "turn"]


@dataclass(frozen=True)
class Parameter:
    """A named quantity of a force or a move.

    `per` says what it may vary over: the whole scene (one value), the bodies acted on, or the links; a scalar
    always serves all of them. `axes` is 3 for a vector. The default "derived" is found by the force when it is bound,
    "drawn" is the length that a link has when it is made. A table of weights has a `shape` instead of axes and one
    value for the whole scene; a default that is a number fills it.
    """

    name: str
    default: float | tuple[float, ...] | str  # "derived", "drawn", or a text
    unit: str
    low: float
    high: float
    help: str
    per: Literal["scene", "body", "link"] = "scene"
    axes: int = 1
    outside: Literal["hold", "zero"] = "hold"  # what a curve over frames is before and after its rows
    choices: tuple[str, ...] = ()  # names of the values 0, 1, ...
    steady: bool = False  # the same at all frames
    rows: bool = True  # may have a row for every so many frames, and so jump from each to the next
    faint: float = 0.0  # what stands for 0 while it is solved for, where 0 takes a body out
    whole: bool = False  # no fractions
    shape: tuple[int, ...] = ()  # of a value that is a table of weights, else empty
    shape_of: Callable[[Mapping[str, Any]], tuple[int, ...]] | None = None  # that shape, where other values decide it
    follows: tuple[str, ...] = ()  # the parameters of which another value lets it be derived anew
    shown: bool = True  # in the form
    graded: bool = True  # has a derivative, so that it can be solved for
    text: bool = False  # letters and no number: only of what acts once
    offers: Callable[[], Sequence[str]] | None = None  # texts to choose from, asked for when a list of them is opened
    suffixes: tuple[str, ...] = ()  # of files whose path such a text may be
    older: float | tuple[float, ...] | None = None  # what a file from before this parameter gets, if not the default
    planar: float | tuple[float, ...] | None = None  # what is added to a planar scene begins with, if not the default
    level: bool = False  # has no height in a planar scene
    lies: Lies = ""  # what it says of where a thing stands in space, and how large

    def fitted(self, values: Mapping[str, Any]) -> Self:
        """Return it with the shape that goes with the other values of its part."""
        return self if self.shape_of is None else replace(self, shape=self.shape_of(values))

    @property
    def value_shape(self) -> tuple[int, ...]:
        """The shape of one value: of a number, a vector or a table."""
        return self.shape or (() if self.axes == 1 else (self.axes,))

    @property
    def numbers(self) -> int:
        """How many numbers one value has."""
        return prod(self.value_shape)

    @property
    def default_value(self) -> Floats:
        """The default as an array; it must not be derived or drawn."""
        assert not isinstance(self.default, str)
        return np.broadcast_to(np.asarray(self.default, np.float64), self.value_shape).copy()


@dataclass(frozen=True, eq=False)
class Curve:
    """Values over frames: row r holds for `every` frames from frame `first + r * every` on.

    `values` is float64[rows, ...]; each row is shaped like the plain value it stands for.
    """

    first: int
    every: int
    values: Floats


@dataclass(frozen=True)
class Formula:
    """What a value is, as arithmetic of t, of `value`, which its keys say, and of `i`, which body or link it is.

    There is a text for each axis of the value. t is pace * frame + shift, so at first the frame; the result is
    scale * f(value / scale), so that a value can be given in another unit.
    """

    texts: tuple[str, ...]
    pace: float = 1.0
    shift: float = 0.0
    scale: float = 1.0


STEP, LINEAR, SMOOTH = range(3)  # how a value goes on from a key
WAYS = ("step", "linear", "smooth")


@dataclass(frozen=True, eq=False)
class Keyed:
    """Values at keys, and how one goes on from each to the next; before the first and after the last they hold.

    frames is int64[k], ascending, and values float64[k, ...], each row shaped like the plain value. ways, int64[k],
    says of each key whether the value stays behind it until the next, goes straight there, or along a cubic Bézier
    curve. Its handles reach[k] = (before, after) frames far, and along them the value changes by rise[k], float64[2,
    ...]; free[k] says that they were set by hand. With a formula the value is what that makes of it.
    """

    frames: NDArray[np.int64]
    values: Floats
    ways: NDArray[np.int64]
    reach: Floats
    rise: Floats
    free: NDArray[np.bool_]
    formula: Formula | None = None

    @property
    def arrays(self) -> dict[str, Any]:
        """All that has a row for each key, by name."""
        return {name: one for name, one in vars(self).items() if name != "formula"}


Animated = Curve | Keyed  # what changes over the frames


def rows_of(parameter: Parameter, value: Floats) -> Floats:
    """Return a plain value as float64[rows, numbers]: one row that serves all, or one for each body or link."""
    return np.asarray(value, np.float64).reshape(-1, parameter.numbers)


def at_first(value: Floats | Animated | None) -> Floats:
    """Return a value that is given as it is at first: its first row, where it changes over frames."""
    assert value is not None
    return np.asarray(value.values[0] if isinstance(value, Animated) else value)
