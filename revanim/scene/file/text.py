"""A scene as readable text: everything but long arrays, which the text names and `state.npz` holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from math import isfinite
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from revanim.engine.grid import ARITHMETIC, Grid
from revanim.engine.parameter import Curve, Keyed, Parameter
from revanim.engine.tape import Words
from revanim.error import RevanimError
from revanim.scene.absent import with_rows
from revanim.scene.given import NumberKind, flags, frozen, record, sealed, whole_numbers, words
from revanim.scene.keyframe import keyframe
from revanim.scene.make import as_drawn
from revanim.scene.part import count_of, installed, kind_of
from revanim.scene.scene import Absent, Bodies, Group, Keyframe, Look, Marker, Part, Scene, Take, Timing, Value, View

VERSION = 3  # 1 had no groups, markers and takes, 2 no holds and tapes
PLAIN = 2  # what a scene that has neither is written as, so that an older revanim reads it
FIRST_ARITHMETIC = 1  # of files that do not say
LONGEST = 32  # numbers that stand in the text; longer arrays go to state.npz

Text = dict[str, Any]
Arrays = dict[str, NDArray[Any]]
T = TypeVar("T")
Named = TypeVar("Named", Group, Take)

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
KEYED: dict[str, NumberKind] = {  # of a value with keys
    "frames": np.int64,
    "values": np.float64,
    "ways": np.int64,
    "reach": np.float64,
    "rise": np.float64,
    "free": np.int64,
}
PART = {"kind", "muted", "lanes", "links", "bodies", "values"}
NEW_IN_2: Text = {"groups": [], "markers": [], "take": "", "takes": []}
PLAIN_LENS = {"lens": View().lens}
PLAIN_LOOK = asdict(Look())  # a look is no motion: what an older file does not say of it is as in a new scene


def text_from_scene(scene: Scene) -> tuple[Text, Arrays]:
    """Return the text of a scene, and the arrays that it names."""
    arrays: Arrays = {}
    version = PLAIN if _is_plain(scene) else VERSION
    return {"revanim": version, "arithmetic": ARITHMETIC, **_scene_text(scene, arrays, "")}, arrays


def _is_plain(scene: Scene) -> bool:
    """Whether in a scene, and in all of its takes, no keyframe holds and nothing is on a tape."""
    plain = scene.bodies.tapes is None and not any(key.hold for key in scene.keyframes)
    return plain and all(_is_plain(take.scene) for take in scene.takes)


def _scene_text(scene: Scene, arrays: Arrays, prefix: str) -> Text:
    """Return the text of a scene; the names of its arrays begin with the prefix."""
    bodies = scene.bodies
    arrays |= {f"{prefix}{name}": getattr(bodies, name) for name in BODIES}
    if bodies.tapes is not None:
        arrays[f"{prefix}tapes"] = bodies.tapes.astype("<u4").view(np.uint8)
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
        "look": _look_text(scene.look),
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
        elif value is not None and (value or field.name != "hold"):
            text[field.name] = value
    return text


def _keyframe(text: Text, arrays: Arrays) -> Keyframe:
    given = dict(text)
    for kind, names in KEYFRAME.items():
        given.update({name: _array(text[name], arrays, kind) for name in names if name in text})
    return keyframe(**given)


def _part_text(part: Part, key: str, arrays: Arrays) -> Text:
    text: Text = {"kind": part.kind, "muted": part.muted if part.absent is None else part.absent.muted}
    if lanes := len(kind_of(part).lanes):
        text["lanes"] = lanes
    for name in ("links", "bodies"):
        if getattr(part, name) is not None:
            text[name] = _array_text(getattr(part, name), f"{key}.{name}", arrays)
    text["values"] = {name: _value_text(value, f"{key}.{name}", arrays) for name, value in part.values.items()}
    if part.absent is not None:
        text["values"] |= _kept_text(part.absent.values, key, arrays)
        text |= _kept_text(part.absent.fields, key, arrays)
    return text


def _kept_text(kept: Any, key: str, arrays: Arrays) -> Any:
    """Return the text of what nobody here can read, with the arrays that it names."""
    if isinstance(kept, np.ndarray):
        return _put(kept, key, arrays)
    if isinstance(kept, Mapping):
        return {name: _kept_text(one, f"{key}.{name}", arrays) for name, one in kept.items()}
    if isinstance(kept, tuple):
        return [_kept_text(one, f"{key}.{index}", arrays) for index, one in enumerate(kept)]
    return kept


def _value_text(value: Value, key: str, arrays: Arrays) -> Any:
    if isinstance(value, Curve):
        return {"first": value.first, "every": value.every, "rows": _array_text(value.values, key, arrays)}
    if isinstance(value, Keyed):
        return {
            name: _array_text(one.astype(KEYED[name]), f"{key}.{name}", arrays) for name, one in vars(value).items()
        }
    return None if value is None else _array_text(value, key, arrays)


def _array_text(array: NDArray[Any], key: str, arrays: Arrays) -> Any:
    if array.size <= LONGEST and array.size > 0:
        return array.tolist()
    return _put(array, key, arrays)


def _put(array: NDArray[Any], key: str, arrays: Arrays) -> Text:
    """Put an array among the others, and return the text that names it."""
    while key in arrays:  # a value may have the name of something else
        key += "'"
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
    scene = _scene({**NEW_IN_2, **text} if version < 2 else text, arrays, "")
    return replace(scene, arithmetic=_field({"arithmetic": FIRST_ARITHMETIC, **text}, "arithmetic", int))


def _scene(text: Text, arrays: Arrays, prefix: str) -> Scene:
    look, bodies = _field(text, "look", dict), _bodies(_field(text, "bodies", dict), arrays, prefix)
    return Scene(
        name=_field(text, "name", str),
        bodies=bodies,
        forces=tuple(_part(part, arrays, bodies) for part in _field(text, "forces", list)),
        moves=tuple(_part(part, arrays, bodies) for part in _field(text, "moves", list)),
        keyframes=tuple(_keyframe(key, arrays) for key in _field(text, "keyframes", list)),
        timing=_record(Timing, _field(text, "timing", dict)),
        scheme=_field(text, "scheme", str),
        planar=_field(text, "planar", bool),
        look=_record(Look, {**PLAIN_LOOK, **look}, view=_view(look, "view"), camera=_camera(look)),
        note=_field(text, "note", str),
        groups=_told_apart(_group(group, arrays) for group in _field(text, "groups", list)),
        markers=tuple(_record(Marker, marker) for marker in _field(text, "markers", list)),
        take=_field(text, "take", str),
        takes=_told_apart(
            _take(take, arrays, f"{prefix}take{i}.") for i, take in enumerate(_field(text, "takes", list))
        ),
    )


def _told_apart(named: Iterable[Named]) -> tuple[Named, ...]:
    """Return groups or takes, with numbers behind names that look alike: in older files they may."""
    found, often = dict[str, Named](), Counter[str]()
    for one in named:
        name = one.name
        while not name or name in found:
            often[one.name] += 1
            name = f"{one.name} {often[one.name] + 1}".strip()
        found[name] = replace(one, name=name)
    return tuple(found.values())


def _look_text(look: Look) -> Text:
    """Return a look; how far somebody was is said only where it differs from a scene that nobody has opened."""
    text = asdict(record(Look, vars(look)))
    return {name: value for name, value in text.items() if value is not None or name not in ("stands", "plays")}


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
    named = {name: _named(arrays, prefix + name, kind) for name, kind in BODIES.items()}
    bodies = Bodies(grid, **named, tapes=_tapes(arrays, f"{prefix}tapes"))
    if bodies.count != count:
        raise RevanimError("it says that there are {said} bodies, and has {count}.", said=count, count=bodies.count)
    return bodies


def _tapes(arrays: Arrays, name: str) -> Words | None:
    """Return what is on the tapes; it is kept as bytes."""
    if name not in arrays:
        return None
    written = _named(arrays, name, np.uint8)
    if written.ndim != 3 or written.shape[2] % 4:
        raise RevanimError("its array {name!r} is missing or of the wrong kind.", name=name)
    return sealed(written.view("<u4").astype(np.uint32))


def _part(text: Any, arrays: Arrays, bodies: Bodies) -> Part:
    kind, values = words(_field(text, "kind", str), "The name of a force"), _field(text, "values", dict)
    known = installed(kind)
    part = Part(
        kind=kind,
        values={} if known is None else _values(values, arrays, known.parameters),
        links=_array(text["links"], arrays, np.int64) if "links" in text else None,
        bodies=_array(text["bodies"], arrays, np.int64) if "bodies" in text else None,
        muted=_field(text, "muted", bool),
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
    lanes = _field(text, "lanes", int) if "lanes" in text else 0
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
    if isinstance(text, dict) and set(text) not in ({"array"}, {"first", "every", "rows"}, set(KEYED)):
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
        rows = _array(text["rows"], arrays, np.float64)
        return Curve(_field(text, "first", int), _field(text, "every", int), rows)
    if isinstance(text, dict) and "frames" in text:
        found = {name: _array(_field_of(text, name), arrays, kind) for name, kind in KEYED.items()}
        return Keyed(**{**found, "free": flags(found["free"], "the handles in it")})
    return None if text is None else _array(text, arrays, np.float64)


def _field_of(text: Text, name: str) -> Any:
    if name not in text:
        raise RevanimError("{names} is missing in it.", names=name)
    return text[name]


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
