"""What people and files give, made into what a scene holds, or refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, cast, get_args

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.engine.tape import Words
from revanim.error import RevanimError
from revanim.scene.once import is_fixed, once
from revanim.scene.scene import Colors, Index
from revanim.sentence import Text

T = TypeVar("T")
NumberKind = type[np.int64] | type[np.float64] | type[np.bool_] | type[np.uint8]
Array = TypeVar("Array", bound=NDArray[Any])


def sealed(array: Array) -> Array:
    """Make an array read-only, and return it; one that is not in C order, as kernels read it, is copied into it."""
    inside = np.asarray(array, order="C")
    inside.setflags(write=False)
    return cast(Array, inside)


def is_ordered(array: Any, kind: NumberKind) -> bool:
    """Tell whether kernels can read an array as one of this kind of number."""
    return (
        isinstance(array, np.ndarray) and array.dtype == kind and bool(array.flags.c_contiguous and array.flags.aligned)
    )


def ordered(array: NDArray[Any], kind: NumberKind) -> NDArray[Any]:
    """Return an array as kernels read it, and read-only: itself if it is so and nobody can change it, or a copy."""
    if is_ordered(array, kind) and is_fixed(array):
        return array
    return sealed(np.array(array, kind, order="C"))


def frozen(values: Any, what: Text) -> Floats:
    """Return an array as read-only float64 in C order, or refuse what is not numbers."""
    try:
        array = np.asarray(values)
    except (TypeError, ValueError):  # rows of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "iuf":
        raise RevanimError("{what} must be numbers, all rows of the same length.", what=what)
    return ordered(array, np.float64)


def whole_numbers(values: Any, what: Text) -> Index:
    """Return an array as read-only int64 in C order, or refuse what is not whole numbers."""
    array = values if is_ordered(values, np.int64) else frozen(values, what)
    _check_whole(array, what=what)
    return ordered(array, np.int64)


@once
def _check_whole(array: NDArray[Any], *, what: Text) -> None:
    if not ((np.abs(array) < 2**53) & (array == np.rint(array))).all():
        raise RevanimError("{what} must be whole numbers.", what=what)


def flags(values: Any, what: Text) -> NDArray[np.bool_]:
    """Return an array as read-only True and False (also given as 1 and 0), or refuse what is neither."""
    array = np.asarray(values)
    if array.dtype.kind != "b" and not np.isin(frozen(values, what), (0.0, 1.0)).all():
        raise RevanimError("{what} must be True or False.", what=what)
    return ordered(array, np.bool_)


def colors(values: Any, what: Text) -> Colors:
    """Return an array as read-only uint8 in C order, or refuse what is not numbers from 0 to 255."""
    if is_ordered(values, np.uint8):
        return ordered(values, np.uint8)
    array = frozen(values, what)
    if not ((array >= 0) & (array <= 255)).all():
        raise RevanimError("{what} must be numbers from 0 to 255.", what=what)
    return ordered(array, np.uint8)


def on_tapes(words: NDArray[Any]) -> Words | None:
    """Return what is on tapes, uint32[moves, n, c], as a scene holds it: read-only, and None where that is nothing."""
    used = np.flatnonzero(words.any(axis=(0, 1)))
    return sealed(np.array(words[:, :, used[0] :], np.uint32, order="C")) if used.size else None


def check_order(array: NDArray[Any], kind: NumberKind, what: Text) -> None:
    """Refuse an array that kernels could not read; the doors into a scene have put theirs in order."""
    if not is_ordered(array, kind):
        raise RevanimError("{what} must be an array of {kind} in C order.", what=what, kind=kind.__name__)


def _plain(value: Any) -> float | None:
    value = value.item() if isinstance(value, np.generic) else value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def number(value: Any, what: Text) -> float:
    """Return a single number, or refuse what is none or not finite."""
    plain = _plain(value)
    if plain is None or not abs(plain) < 1e300:
        raise RevanimError("{what} must be a finite number.", what=what)
    return float(plain)


def whole(value: Any, what: Text) -> int:
    """Return a single whole number, or refuse what is none."""
    plain = _plain(value)
    if plain is None or not abs(plain) < 2**53 or int(plain) != plain:
        raise RevanimError("{what} must be a whole number.", what=what)
    return int(plain)


def words(value: Any, what: Text) -> str:
    """Return a text, or refuse what cannot be written to a file as one."""
    if not isinstance(value, str) or value != value.encode(errors="replace").decode():
        raise RevanimError("{what} must be text.", what=what)
    return value


def yes_or_no(value: Any, what: Text) -> bool:
    """Return True or False, or refuse what is neither."""
    if not isinstance(value, bool | np.bool_):
        raise RevanimError("{what} must be True or False.", what=what)
    return bool(value)


MAKERS: dict[Any, Callable[[Any, Text], Any]] = {
    float: number,
    int: whole,
    str: words,
    bool: yes_or_no,
    Index: whole_numbers,
}


def given_as(kind: Any, value: Any, what: Text) -> Any:
    """Return a value as a field of this type holds it: one of the above, a tuple of them, a record, or None."""
    if kind in MAKERS:
        return MAKERS[kind](value, what)
    if isinstance(kind, UnionType):  # with None
        return None if value is None else given_as(get_args(kind)[0], value, what)
    if isinstance(kind, type) and is_dataclass(kind):
        if isinstance(value, kind):
            return record(kind, vars(value))
        raise RevanimError("The {what} must be a {kind}.", what=what, kind=kind.__name__)
    parts = get_args(kind)  # of a tuple
    if parts[-1] is Ellipsis and isinstance(value, Sequence | np.ndarray) and not isinstance(value, str):
        parts = (parts[0],) * len(value)
    if isinstance(value, Sequence | np.ndarray) and len(value) == len(parts):
        return tuple(given_as(part, one, what) for part, one in zip(parts, value, strict=True))
    raise RevanimError("{what} must be {count} values.", what=what, count=len(parts))


def record(kind: type[T], given: Mapping[str, Any]) -> T:
    """Return a dataclass from values for its fields, each made what the field declares."""
    declared = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]
    for name in given:
        if name not in declared:
            raise RevanimError(
                "There is no {name!r} in the {what}; there are {names}.",
                name=name,
                what=kind.__name__.lower(),
                names=", ".join(declared),
            )
    return kind(**{name: given_as(declared[name], value, name) for name, value in given.items()})
