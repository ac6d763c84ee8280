"""A scene as readable text: everything but long arrays, which the text names and `state.npz` holds."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from revanim.engine.grid import Grid
from revanim.engine.parameter import Curve
from revanim.error import RevanimError
from revanim.scene.scene import Bodies, Keyframe, Look, Part, Scene, Timing, Value, View

VERSION = 1
LONGEST = 32  # numbers that stand in the text; longer arrays go to state.npz

Text = dict[str, Any]
Arrays = dict[str, NDArray[Any]]
NumberKind = type[np.int64] | type[np.float64] | type[np.bool_] | type[np.uint8]
T = TypeVar("T")


def text_from_scene(scene: Scene) -> tuple[Text, Arrays]:
    """Return the text of a scene, and the arrays that it names."""
    bodies = scene.bodies
    arrays: Arrays = {name: getattr(bodies, name) for name in ("state", "mass", "pinned", "radius", "color")}
    text: Text = {
        "revanim": VERSION,
        "name": scene.name,
        "note": scene.note,
        "bodies": {"count": bodies.count, "grid": asdict(bodies.grid)},
        "forces": [_part_text(part, f"force{i}", arrays) for i, part in enumerate(scene.forces)],
        "moves": [_part_text(part, f"move{i}", arrays) for i, part in enumerate(scene.moves)],
        "keyframes": [_keyframe_text(key, f"key{i}", arrays) for i, key in enumerate(scene.keyframes)],
        "timing": asdict(scene.timing),
        "scheme": scene.scheme,
        "planar": scene.planar,
        "look": asdict(scene.look),
    }
    return text, arrays


def _keyframe_text(key: Keyframe, name: str, arrays: Arrays) -> Text:
    text: Text = {}
    for field in fields(key):
        value = getattr(key, field.name)
        if isinstance(value, np.ndarray):
            text[field.name] = _array_text(value, f"{name}.{field.name}", arrays)
        elif value is not None:
            text[field.name] = value
    return text


def _keyframe(text: Any, arrays: Arrays) -> Keyframe:
    first, last = _listed(text, "window", int, 2) if "window" in text else (0, 0)
    x, y, z = _listed(text, "axes", bool, 3)

    def array(name: str, kind: NumberKind = np.float64) -> NDArray[Any] | None:
        return _array(text[name], arrays, kind) if name in text else None

    return Keyframe(
        frame=_field(text, "frame", int),
        bodies=_array(text.get("bodies"), arrays, np.int64),
        position=array("position"),
        velocity=array("velocity"),
        weight=_number(text.get("weight")),
        weights=array("weights"),
        axes=(x, y, z),
        nail=_field(text, "nail", bool),
        tolerance=_number(text.get("tolerance")),
        window=(first, last) if "window" in text else None,
        shape=_field(text, "shape", bool),
        assignment=array("assignment", np.int64),
    )


def _listed(text: Any, name: str, kind: type[T], count: int) -> list[T]:
    values = _field(text, name, list)
    if len(values) != count or any(type(value) is not kind for value in values):
        raise RevanimError(f"{name!r} in it is not {count} values of the kind {kind.__name__}.")
    return values


def _part_text(part: Part, key: str, arrays: Arrays) -> Text:
    text: Text = {"kind": part.kind, "muted": part.muted}
    for name in ("links", "bodies"):
        if getattr(part, name) is not None:
            text[name] = _array_text(getattr(part, name), f"{key}.{name}", arrays)
    text["values"] = {name: _value_text(value, f"{key}.{name}", arrays) for name, value in part.values.items()}
    return text


def _value_text(value: Value, key: str, arrays: Arrays) -> Any:
    if isinstance(value, Curve):
        return {"first": value.first, "every": value.every, "rows": _array_text(value.values, key, arrays)}
    return None if value is None else _array_text(value, key, arrays)


def _array_text(array: NDArray[Any], key: str, arrays: Arrays) -> Any:
    if array.size <= LONGEST and array.size > 0:
        return array.tolist()
    arrays[key] = array
    return {"array": key}


def scene_from_text(text: Any, arrays: Arrays) -> Scene:
    """Return the scene that a text and its arrays describe; `check` must still look at it."""
    version = _field(text, "revanim", int)
    if version > VERSION:
        raise RevanimError(f"it was made by a newer revanim (format {version}); this one reads up to {VERSION}.")
    look = _field(text, "look", dict)
    return Scene(
        name=_field(text, "name", str),
        bodies=_bodies(_field(text, "bodies", dict), arrays),
        forces=tuple(_part(part, arrays) for part in _field(text, "forces", list)),
        moves=tuple(_part(part, arrays) for part in _field(text, "moves", list)),
        keyframes=tuple(_keyframe(key, arrays) for key in _field(text, "keyframes", list)),
        timing=_record(Timing, _field(text, "timing", dict)),
        scheme=_field(text, "scheme", str),
        planar=_field(text, "planar", bool),
        look=_record(Look, {**look, "view": _view(_field(look, "view", dict))}),
        note=_field(text, "note", str),
    )


def _bodies(text: Text, arrays: Arrays) -> Bodies:
    kinds: dict[str, NumberKind] = {
        "state": np.int64,
        "mass": np.float64,
        "pinned": np.bool_,
        "radius": np.float64,
        "color": np.uint8,
    }
    return Bodies(_record(Grid, _field(text, "grid", dict)), **{k: _named(arrays, k, v) for k, v in kinds.items()})


def _view(text: Text) -> View:
    target = _field(text, "target", list)
    if len(target) != 3:
        raise RevanimError("the target of its view is not x, y, z.")
    return _record(View, {**text, "target": tuple(_number(number) for number in target)})


def _part(text: Any, arrays: Arrays) -> Part:
    values = _field(text, "values", dict)
    return Part(
        kind=_field(text, "kind", str),
        values={name: _value(value, arrays) for name, value in values.items()},
        links=_array(text["links"], arrays, np.int64) if "links" in text else None,
        bodies=_array(text["bodies"], arrays, np.int64) if "bodies" in text else None,
        muted=_field(text, "muted", bool),
    )


def _value(text: Any, arrays: Arrays) -> Value:
    if isinstance(text, dict) and "rows" in text:
        rows = _array(text["rows"], arrays, np.float64)
        return Curve(_field(text, "first", int), _field(text, "every", int), rows)
    return None if text is None else _array(text, arrays, np.float64)


def _array(text: Any, arrays: Arrays, kind: NumberKind) -> NDArray[Any]:
    if isinstance(text, dict):
        return _named(arrays, _field(text, "array", str), kind)
    array = np.array(text, kind)
    array.setflags(write=False)
    return array


def _named(arrays: Arrays, name: str, kind: NumberKind) -> NDArray[Any]:
    if name not in arrays or arrays[name].dtype != kind:
        raise RevanimError(f"its array {name!r} is missing or of the wrong kind.")
    return arrays[name]


def _record(kind: type[T], text: Text) -> T:
    """Return a dataclass from its fields, each of the type of its default."""
    given = {}
    for field in fields(kind):  # type: ignore[arg-type]
        value = text.get(field.name)
        if field.type is float or field.type == "float":
            value = _number(value)
        elif isinstance(field.type, type) and (type(value) is not field.type):
            raise RevanimError(f"{field.name!r} in it is not a {field.type.__name__}.")
        given[field.name] = value
    return kind(**given)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RevanimError(f"{value!r} in it is not a number.")
    return float(value)


def _field(text: Any, name: str, kind: type[T]) -> T:
    value = text.get(name) if isinstance(text, Mapping) else None
    if type(value) is not kind:
        raise RevanimError(f"{name!r} in it is missing or not a {kind.__name__}.")
    return value
