"""A pose is where bodies shall be; each file of `poses/` declares one source that it can come from."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from operator import index
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import numpy as np

from revanim.collect import choose, collect
from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.file import reason
from revanim.scene.given import colors, frozen
from revanim.scene.part import plain_settings
from revanim.scene.passed import Passed, silent
from revanim.scene.placing import lay
from revanim.scene.scene import Colors

MOST = 200_000  # points that are looked for; they take half a minute

PAINT = Parameter("paint", 0.0, "", 0.0, 1.0, "Points inside, or along the edge.", choices=("fill", "outline"))


@dataclass(frozen=True, eq=False)
class Pose:
    """Where bodies shall be, with colours if the source has some."""

    position: Floats  # float64[n, 3]
    color: Colors | None  # uint8[n, 3], sRGB
    source: str  # where it came from, in a few words
    note: str = ""  # a sentence on what a person would not expect


@dataclass(frozen=True, eq=False)
class Points:
    """What a source gives, before it is laid in the scene."""

    place: Floats  # float64[n, 2 or 3], x to the right and y up
    low: Floats  # the box around all that the source shows, float64[2 or 3]
    high: Floats
    source: str
    color: Colors | None = None
    note: str = ""


Make = Callable[[Any, int, Mapping[str, Any], Passed], Points]


@dataclass(frozen=True)
class PoseKind:
    """What a file of `poses/` declares.

    `make(source, count, values, passed)` returns exactly `count` points. The values are those of `parameters`: a
    number, float64[axes], or the name of a choice. `passed` hears which part is done, and may raise to end the work.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    make: Make
    source: Literal["text", "file", "positions", "nothing"]
    suffixes: tuple[str, ...] = ()  # of the files that it reads


@cache
def pose_kinds() -> dict[str, PoseKind]:
    """Return every source of poses by name."""
    return collect("revanim.scene.poses", PoseKind)


def make_pose(kind: str, count: int, *, source: Any = None, passed: Passed = silent, **values: Any) -> Pose:
    """Return a pose of `count` points, always the same ones.

    `source` is what the kind asks for: a text, the path of a file, positions, float64[n, 3], or nothing. Every other
    argument is a parameter of the kind. Raises RevanimError with one sentence when no such pose can be made.
    """
    chosen = choose(pose_kinds(), kind, "pose")
    given = plain_settings(chosen.name, chosen.parameters, values)
    found = chosen.make(source, _checked_count(chosen, count), given, passed)
    laid = lay(found.place, found.low, found.high, given) if "plane" in given else found.place
    color = None if found.color is None else colors(found.color, "The colours of a pose")
    return Pose(frozen(laid, "The points of a pose"), color, found.source, found.note)


def _checked_count(kind: PoseKind, count: int) -> int:
    try:
        whole = index(count)
    except TypeError:
        raise RevanimError("{count!r} points cannot be; a pose has a whole number of them.", count=count) from None
    if whole < 1 or (whole > MOST and kind.source != "positions"):
        raise RevanimError(
            "{whole} points cannot be; the pose {name} has 1 to {MOST}.", whole=whole, name=kind.name, MOST=MOST
        )
    return whole


def first_pose(
    kinds: Sequence[PoseKind], count: int, *, source: Any, passed: Passed = silent, **values: Any
) -> tuple[PoseKind, Pose]:
    """Return the pose of the first kind that can make one, and that kind: a PLY may hold a mesh, or points alone."""
    if not kinds:
        raise RevanimError(
            "{name} holds no pose; give an SVG, an image, a mesh or a file of points.", name=Path(source).name
        )
    *others, last = kinds
    for kind in others:
        with suppress(RevanimError):
            return kind, make_pose(kind.name, count, source=source, passed=passed, **values)
    return last, make_pose(last.name, count, source=source, passed=passed, **values)


def kinds_reading(path: str | PathLike[str]) -> list[PoseKind]:
    """Return the kinds that read files with the suffix of this one."""
    return [kind for kind in pose_kinds().values() if Path(path).suffix.lower() in kind.suffixes]


def existing(source: Any, what: str, largest: int) -> Path:
    """Return the path of a file that can be read and has at most `largest` bytes, or refuse it."""
    if not isinstance(source, str | PathLike):
        raise RevanimError("The pose {what} needs the path of a file.", what=what)
    try:
        path = Path(source)
        size = path.stat().st_size
        if not path.is_file():
            raise RevanimError("{source} is not a file.", source=source)
        path.open("rb").close()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "that is no name of a file"
        raise RevanimError("{source} cannot be read: {why}.", source=source, why=why) from None
    if size > largest:
        raise RevanimError(
            "{name} has {value:.0f} MB; the pose {what} reads up to {value2:.0f}.",
            name=path.name,
            value=size / 1000000.0,
            what=what,
            value2=largest / 1000000.0,
        )
    return path


def as_given(source: Any, count: int, what: str) -> Points:
    """Return positions as they are, if they are finite and `count` rows of x, y, z."""
    place = frozen(source, what)
    if place.shape != (count, 3):
        raise RevanimError(
            "{what} have the shape {shape}; for {count} bodies it must be {value}.",
            what=what,
            shape=place.shape,
            count=count,
            value=(count, 3),
        )
    if not np.isfinite(place).all():
        raise RevanimError(
            "{what} must be finite; row {argwhere} is not.", what=what, argwhere=np.argwhere(~np.isfinite(place))[0, 0]
        )
    return Points(place, place.min(axis=0), place.max(axis=0), what.lower())


def taken(name: str, what: str, held: int, count: int) -> str:
    """Return a sentence on a source that holds another number of points than a pose needs, or nothing."""
    if held == count:
        return ""
    if held > count:
        return f"{name} has {held} {what} for {count} bodies; {count} of them are taken, evenly spread."
    times = f"{count // held}" if count % held == 0 else f"{count // held} or {count // held + 1}"
    return f"{name} has {held} {what} for {count} bodies; each is the place of {times}."
