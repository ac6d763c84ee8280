"""A scene as readable text: everything but long arrays, which the text names and `state.npz` holds."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from revanim.engine.grid import Grid
from revanim.engine.parameter import Curve
from revanim.error import RevanimError
from revanim.scene.given import NumberKind, frozen, record, whole_numbers
from revanim.scene.keyframe import keyframe
from revanim.scene.scene import Bodies, Group, Keyframe, Look, Marker, Part, Scene, Take, Timing, Value, View

VERSION = 2  # 1 had no groups, markers and takes
LONGEST = 32  # numbers that stand in the text; longer arrays go to state.npz

Text = dict[str, Any]
Arrays = dict[str, NDArray[Any]]
T = TypeVar("T")

BODIES: dict[str, NumberKind] = {
    "state": np.int64,
    "mass": np.float64,
    "pinned": np.bool_,
    "radius": np.float64,
    "color": np.uint8,
}
KEYFRAME: dict[NumberKind, tuple[str, ...]] = {
    np.float64: ("position", "velocity", "weights"),
    np.int64: ("bodies", "assignment"),
    np.uint8: ("color",),
}
NEW_IN_2: Text = {"groups": [], "markers": [], "take": "", "takes": []}
PLAIN_LENS = {"lens": View().lens}
PLAIN_LOOK = asdict(Look())  # a look is no motion: what an older file does not say of it is as in a new scene


def text_from_scene(scene: Scene) -> tuple[Text, Arrays]:
    """Return the text of a scene, and the arrays that it names."""
    arrays: Arrays = {}
    return {"revanim": VERSION, **_scene_text(scene, arrays, "")}, arrays


def _scene_text(scene: Scene, arrays: Arrays, prefix: str) -> Text:
    """Return the text of a scene; the names of its arrays begin with the prefix."""
    bodies = scene.bodies
    arrays |= {f"{prefix}{name}": getattr(bodies, name) for name in BODIES}
    return {
        "name": scene.name,
        "note": scene.note,
        "bodies": {"count": bodies.count, "grid": asdict(bodies.grid)},
        "groups": [_group_text(group, f"{prefix}group{i}", arrays) for i, group in enumerate(scene.groups)],
        "forces": [_part_text(part, f"{prefix}force{i}", arrays) for i, part in enumerate(scene.forces)],
        "moves": [_part_text(part, f"{prefix}move{i}", arrays) for i, part in enumerate(scene.moves)],
        "keyframes": [_keyframe_text(key, f"{prefix}key{i}", arrays) for i, key in enumerate(scene.keyframes)],
        "markers": [asdict(record(Marker, vars(marker))) for marker in scene.markers],
        "timing": asdict(record(Timing, vars(scene.timing))),
        "scheme": scene.scheme,
        "planar": scene.planar,
        "look": asdict(record(Look, vars(scene.look))),
        "take": scene.take,
        "takes": [
            {"name": take.name, "scene": _scene_text(take.scene, arrays, f"{prefix}take{i}.")}
            for i, take in enumerate(scene.takes)
        ],
    }


def _group_text(group: Group, name: str, arrays: Arrays) -> Text:
    who = _array_text(group.bodies, f"{name}.bodies", arrays)
    return {"name": group.name, "bodies": who, "hidden": group.hidden, "locked": group.locked}


def _keyframe_text(key: Keyframe, name: str, arrays: Arrays) -> Text:
    text: Text = {}
    for field in fields(key):
        value = getattr(key, field.name)
        if isinstance(value, np.ndarray):
            text[field.name] = _array_text(value, f"{name}.{field.name}", arrays)
        elif value is not None and (value or field.name != "hold"):  # a file without holds is one of an older revanim
            text[field.name] = value
    return text


def _keyframe(text: Text, arrays: Arrays) -> Keyframe:
    given = dict(text)
    for kind, names in KEYFRAME.items():
        given.update({name: _array(text[name], arrays, kind) for name in names if name in text})
    return keyframe(**given)


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
        raise RevanimError(
            "it was made by a newer revanim (format {version}); this one reads up to {newest}.",
            version=version,
            newest=VERSION,
        )
    return _scene({**NEW_IN_2, **text} if version < 2 else text, arrays, "")


def _scene(text: Text, arrays: Arrays, prefix: str) -> Scene:
    look = _field(text, "look", dict)
    return Scene(
        name=_field(text, "name", str),
        bodies=_bodies(_field(text, "bodies", dict), arrays, prefix),
        forces=tuple(_part(part, arrays) for part in _field(text, "forces", list)),
        moves=tuple(_part(part, arrays) for part in _field(text, "moves", list)),
        keyframes=tuple(_keyframe(key, arrays) for key in _field(text, "keyframes", list)),
        timing=_record(Timing, _field(text, "timing", dict)),
        scheme=_field(text, "scheme", str),
        planar=_field(text, "planar", bool),
        look=_record(Look, {**PLAIN_LOOK, **look}, view=_view(look, "view"), camera=_camera(look)),
        note=_field(text, "note", str),
        groups=tuple(_group(group, arrays) for group in _field(text, "groups", list)),
        markers=tuple(_record(Marker, marker) for marker in _field(text, "markers", list)),
        take=_field(text, "take", str),
        takes=tuple(_take(take, arrays, f"{prefix}take{i}.") for i, take in enumerate(_field(text, "takes", list))),
    )


def _view(look: Text, name: str) -> View:
    return _record(View, {**PLAIN_LENS, **_field(look, name, dict)})


def _camera(look: Text) -> View | None:
    return None if look.get("camera") is None else _view(look, "camera")


def _group(text: Any, arrays: Arrays) -> Group:
    return _record(Group, text, bodies=_array(text["bodies"], arrays, np.int64))


def _take(text: Any, arrays: Arrays, prefix: str) -> Take:
    return Take(_field(text, "name", str), _scene(_field(text, "scene", dict), arrays, prefix))


def _bodies(text: Text, arrays: Arrays, prefix: str) -> Bodies:
    grid, count = _record(Grid, _field(text, "grid", dict)), _field(text, "count", int)
    bodies = Bodies(grid, **{name: _named(arrays, prefix + name, kind) for name, kind in BODIES.items()})
    if bodies.count != count:
        raise RevanimError("it says that there are {said} bodies, and has {count}.", said=count, count=bodies.count)
    return bodies


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
    return whole_numbers(text, "a list in it") if kind is np.int64 else frozen(text, "a list in it")


def _named(arrays: Arrays, name: str, kind: NumberKind) -> NDArray[Any]:
    if name not in arrays or arrays[name].dtype != kind:
        raise RevanimError("its array {name!r} is missing or of the wrong kind.", name=name)
    return arrays[name]


def _record(kind: type[T], text: Text, **made: Any) -> T:
    """Return a dataclass that the text has every field of; `made` are those that are more than a plain value."""
    missing = {field.name for field in fields(kind)} - set(text)  # type: ignore[arg-type]
    if missing:
        raise RevanimError("{names} is missing in it.", names=", ".join(sorted(missing)))
    return record(kind, {**text, **made})


def _field(text: Any, name: str, kind: type[T]) -> T:
    value = text.get(name) if isinstance(text, Mapping) else None
    if type(value) is not kind:
        raise RevanimError("{name!r} in it is missing or not a {kind}.", name=name, kind=kind.__name__)
    return value
