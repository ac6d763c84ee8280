"""What a text of a scene consists of: fields of a known kind, records, and arrays, the long ones beside it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from revanim.error import RevanimError
from revanim.scene.given import NumberKind, frozen, record, whole_numbers

LONGEST = 32  # numbers that stand in the text; longer arrays go to state.npz

Text = dict[str, Any]
Arrays = dict[str, NDArray[Any]]
T = TypeVar("T")


def array_text(array: NDArray[Any], key: str, arrays: Arrays) -> Any:
    """Return the numbers of a short array, or the name under which a long one is put among the others."""
    if array.size <= LONGEST and array.size > 0:
        return array.tolist()
    return put(array, key, arrays)


def put(array: NDArray[Any], key: str, arrays: Arrays) -> Text:
    """Put an array among the others, and return the text that names it."""
    while key in arrays:  # a value may have the name of something else
        key += "'"
    arrays[key] = array
    return {"array": key}


def required(text: Text, name: str) -> Any:
    """Return what a text has under a name, or refuse it."""
    if name not in text:
        raise RevanimError("{names} is missing in it.", names=name)
    return text[name]


def array_of(text: Any, arrays: Arrays, kind: NumberKind) -> NDArray[Any]:
    """Return the array that a text is or names."""
    if isinstance(text, dict):
        return named_array(arrays, field_of(text, "array", str), kind)
    return whole_numbers(text, "a list in it") if kind is np.int64 else frozen(text, "a list in it")


def named_array(arrays: Arrays, name: str, kind: NumberKind) -> NDArray[Any]:
    """Return the array with a name, or refuse one of another kind."""
    if name not in arrays or arrays[name].dtype != kind:
        raise RevanimError("its array {name!r} is missing or of the wrong kind.", name=name)
    return arrays[name]


def record_of(kind: type[T], text: Text, **made: Any) -> T:
    """Return a dataclass that the text has every field of; `made` are those that are more than a plain value."""
    missing = {field.name for field in fields(kind)} - set(text)  # type: ignore[arg-type]
    if missing:
        raise RevanimError("{names} is missing in it.", names=", ".join(sorted(missing)))
    return record(kind, {**text, **made})


def field_of(text: Any, name: str, kind: type[T]) -> T:
    """Return what a text has under a name, or refuse what is of another kind."""
    value = text.get(name) if isinstance(text, Mapping) else None
    if type(value) is not kind:
        raise RevanimError("{name!r} in it is missing or not a {kind}.", name=name, kind=kind.__name__)
    return value
