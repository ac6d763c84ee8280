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
from revanim.scene.file.whole import reason
from revanim.scene.given import colors, frozen
from revanim.scene.parts.settings import plain_settings
from revanim.scene.passed import Passed, silent
from revanim.scene.placing import Lies, lay
from revanim.scene.scene import Colors
from revanim.sentence import N_, NOTHING, Sentence, Text, named

MOST = 200_000  # points that are looked for; they take half a minute

PAINT = Parameter("paint", 0.0, "", 0.0, 1.0, "Points inside, or along the edge.", choices=("fill", "outline"))


@dataclass(frozen=True, eq=False)
class Pose:
    """Where bodies shall be, with colours if the source has some."""

    position: Floats  # float64[n, 3]
    color: Colors | None  # uint8[n, 3], sRGB
    source: str  # where it came from, in a few words
    note: Sentence = NOTHING  # on what a person would not expect


@dataclass(frozen=True, eq=False)
class Points:
    """What a source gives, before it is laid in the scene."""

    place: Floats  # float64[n, 2 or 3], x to the right and y up
    low: Floats  # the box around all that the source shows, float64[2 or 3]
    high: Floats
    source: str
    color: Colors | None = None
    note: Sentence = NOTHING


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
    usual: int = 300  # bodies, where they are made for it and nobody says how many
    words: str = ""  # what else it is looked for by
    lies: Lies = "camera"  # which way bodies that are made for it face, where nobody says which


@cache
def pose_kinds() -> dict[str, PoseKind]:
    """Return every source of poses by name."""
    return collect("revanim.scene.poses", PoseKind)


def make_pose(kind: str, count: int, *, source: Any = None, passed: Passed = silent, **values: Any) -> Pose:
    """Return a pose of `count` points, always the same ones.

    `source` is what the kind asks for: a text, the path of a file, positions, float64[n, 3], or nothing. Every other
    argument is a parameter of the kind. Raises RevanimError with one sentence when no such pose can be made.
    """
    chosen = choose(pose_kinds(), kind, Sentence("pose"))
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
            "{count} points cannot be; the pose {name} has 1 to {most}.",
            count=whole,
            name=named(kind.name, "pose"),
            most=MOST,
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
        raise RevanimError("The pose {what} needs the path of a file.", what=Sentence(what))
    try:
        path = Path(source)
        size = path.stat().st_size
        if not path.is_file():
            raise RevanimError("{path} is not a file.", path=source)
        path.open("rb").close()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else Sentence("that is no name of a file")
        raise RevanimError("{path} cannot be read: {why}.", path=source, why=why) from None
    if size > largest:
        raise RevanimError(
            "{name} has {size:.0f} MB; the pose {what} reads up to {most:.0f}.",
            name=path.name,
            size=size / 1000000.0,
            what=Sentence(what),
            most=largest / 1000000.0,
        )
    return path


def as_given(source: Any, count: int, what: Text) -> Points:
    """Return positions as they are, if they are finite and `count` rows of x, y, z."""
    place = frozen(source, what)
    if place.shape != (count, 3):
        raise RevanimError(
            "{what} have the shape {shape}; for {count} bodies it must be {needed}.",
            what=what,
            shape=place.shape,
            count=count,
            needed=(count, 3),
        )
    if not np.isfinite(place).all():
        raise RevanimError(
            "{what} must be finite; row {row} is not.", what=what, row=np.argwhere(~np.isfinite(place))[0, 0]
        )
    return Points(place, place.min(axis=0), place.max(axis=0), str(what).lower())


def taken(name: str, what: Sentence, held: int, count: int) -> Sentence:
    """Return a sentence on a source that holds another number of points than a pose needs, or nothing."""
    if held == count:
        return NOTHING
    if held > count:
        template = N_("{name} has {held} {what} for {count} bodies; {count} of them are taken, evenly spread.")
        return Sentence(template, name=name, held=held, what=what, count=count)
    least = count // held
    times = least if count % held == 0 else Sentence("{least} or {most}", least=least, most=least + 1)
    template = N_("{name} has {held} {what} for {count} bodies; each is the place of {times}.")
    return Sentence(template, name=name, held=held, what=what, count=count, times=times)
