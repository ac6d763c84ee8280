"""Forces and moves as readable text, those that are not installed too."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from math import isfinite
from typing import Any

import numpy as np

from revanim.engine.parameter import Curve, Formula, Keyed, Parameter
from revanim.error import RevanimError
from revanim.scene.absent import with_rows
from revanim.scene.file.entries import Arrays, Text, array_of, array_text, field_of, put, required
from revanim.scene.given import NumberKind, flags, record, sealed, words
from revanim.scene.make import as_drawn
from revanim.scene.part import count_of, installed, kind_of
from revanim.scene.scene import Absent, Bodies, Part, Value

KEYED: dict[str, NumberKind] = {  # of a value with keys
    "frames": np.int64,
    "values": np.float64,
    "ways": np.int64,
    "reach": np.float64,
    "rise": np.float64,
    "free": np.int64,
}
PART = {"kind", "muted", "lanes", "links", "bodies", "values", "text"}


def part_text(part: Part, key: str, arrays: Arrays) -> Text:
    """Return the text of a force or move; the names of its arrays begin with the key."""
    text: Text = {"kind": part.kind, "muted": part.muted if part.absent is None else part.absent.muted}
    if lanes := len(kind_of(part).lanes):
        text["lanes"] = lanes
    for name in ("links", "bodies"):
        if getattr(part, name) is not None:
            text[name] = array_text(getattr(part, name), f"{key}.{name}", arrays)
    text["values"] = {name: _value_text(value, f"{key}.{name}", arrays) for name, value in part.values.items()}
    if part.text:
        text["text"] = part.text
    if part.absent is not None:
        text["values"] |= _kept_text(part.absent.values, key, arrays)
        text |= _kept_text(part.absent.fields, key, arrays)
    return text


def _kept_text(kept: Any, key: str, arrays: Arrays) -> Any:
    """Return the text of what nobody here can read, with the arrays that it names."""
    if isinstance(kept, np.ndarray):
        return put(kept, key, arrays)
    if isinstance(kept, Mapping):
        return {name: _kept_text(one, f"{key}.{name}", arrays) for name, one in kept.items()}
    if isinstance(kept, tuple):
        return [_kept_text(one, f"{key}.{index}", arrays) for index, one in enumerate(kept)]
    return kept


def _value_text(value: Value, key: str, arrays: Arrays) -> Any:
    if isinstance(value, Curve):
        return {"first": value.first, "every": value.every, "rows": array_text(value.values, key, arrays)}
    if isinstance(value, Keyed):
        own = value.arrays.items()
        keys = {name: array_text(one.astype(KEYED[name]), f"{key}.{name}", arrays) for name, one in own}
        return keys if value.formula is None else {**keys, "formula": asdict(value.formula)}
    return None if value is None else array_text(value, key, arrays)


def part_of(text: Any, arrays: Arrays, bodies: Bodies) -> Part:
    """Return the force or move that a text describes."""
    kind, values = words(field_of(text, "kind", str), "The name of a force"), field_of(text, "values", dict)
    known = installed(kind)
    part = Part(
        kind=kind,
        values={} if known is None else _values(values, arrays, known.parameters),
        links=array_of(text["links"], arrays, np.int64) if "links" in text else None,
        bodies=array_of(text["bodies"], arrays, np.int64) if "bodies" in text else None,
        muted=field_of(text, "muted", bool),
        text=words(text.get("text", ""), "The words of a caption"),
    )
    return as_drawn(part, bodies) if known else _absent_part(text, arrays, part, bodies)


def _values(texts: Text, arrays: Arrays, parameters: Sequence[Parameter]) -> dict[str, Value]:
    """Return a value for each parameter, and for each other name; what an older file lacks is what it was."""
    given = {name: _value(text, arrays) for name, text in texts.items()}
    older = {parameter.name: _older(parameter) for parameter in parameters if parameter.name not in given}
    return {**{parameter.name: (given | older)[parameter.name] for parameter in parameters}, **given}


def _older(parameter: Parameter) -> Value:
    """Return what a file from before a parameter gets: what keeps its bits."""
    if parameter.older is not None:
        return sealed(np.broadcast_to(np.asarray(parameter.older, np.float64), parameter.value_shape).copy())
    return None if isinstance(parameter.default, str) else sealed(parameter.default_value)


def _absent_part(text: Text, arrays: Arrays, part: Part, bodies: Bodies) -> Part:
    """Return a part whose kind is not installed, with all that its text says."""
    lanes = field_of(text, "lanes", int) if "lanes" in text else 0
    if not (part.kind.strip() and 0 <= lanes <= len(bodies.state) - 6):
        raise RevanimError("{kind!r} in it is not installed, and does not fit its bodies.", kind=part.kind)
    values = {name: _value(value, arrays) for name, value in text["values"].items() if _is_value(value, arrays)}
    absent = Absent(
        muted=part.muted,
        lanes=lanes,
        each=with_rows(values, count_of(part, bodies.count), part.links is not None),
        values={name: _kept(value, arrays) for name, value in text["values"].items() if name not in values},
        fields={name: _kept(value, arrays) for name, value in text.items() if name not in PART},
    )
    return replace(part, values=values, muted=True, absent=absent)


def _is_value(text: Any, arrays: Arrays) -> bool:
    """Tell whether a text is what a value can be: a number, rows of numbers, an array, a curve, or null."""
    if isinstance(text, dict) and set(text) - {"formula"} not in ({"array"}, {"first", "every", "rows"}, set(KEYED)):
        return False
    try:
        _value(text, arrays)
    except RevanimError:
        return False
    return True


def _kept(text: Any, arrays: Arrays) -> Any:
    """Return what nobody here can read, as it is: the arrays that it names, and plain values that can be saved."""
    if isinstance(text, dict):
        if set(text) == {"array"} and text["array"] in arrays:
            return arrays[text["array"]]
        return {words(name, "a name in it"): _kept(one, arrays) for name, one in text.items()}
    if isinstance(text, list):
        return tuple(_kept(one, arrays) for one in text)
    if isinstance(text, float) and not isfinite(text):
        raise RevanimError("it has a number that is not finite.")
    return words(text, "a text in it") if isinstance(text, str) else text


def _value(text: Any, arrays: Arrays) -> Value:
    if isinstance(text, dict) and "rows" in text:
        rows = array_of(text["rows"], arrays, np.float64)
        return Curve(field_of(text, "first", int), field_of(text, "every", int), rows)
    if isinstance(text, dict) and "frames" in text:
        found = {name: array_of(required(text, name), arrays, kind) for name, kind in KEYED.items()}
        formula = record(Formula, text["formula"]) if "formula" in text else None
        return Keyed(**{**found, "free": flags(found["free"], "the handles in it")}, formula=formula)
    return None if text is None else array_of(text, arrays, np.float64)
