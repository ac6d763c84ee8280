"""A scene as readable text: everything but long arrays, which the text names and `state.npz` holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

import numpy as np

from revanim.engine.grid import ARITHMETIC, Grid
from revanim.engine.parameter import Keyed
from revanim.engine.tape import Words
from revanim.error import RevanimError
from revanim.scene.file.entries import (
    Arrays,
    Text,
    array_of,
    array_text,
    field_of,
    named_array,
    put,
    record_of,
    required,
)
from revanim.scene.file.parts import part_of, part_text
from revanim.scene.given import NumberKind, record, sealed
from revanim.scene.keyframe import keyframe
from revanim.scene.scene import Bodies, Figure, Group, Keyframe, Look, Marker, Ramp, Scene, Sprite, Take, Timing, View

VERSION = 5  # 1 had no groups, markers and takes, 2 no holds and tapes, 3 no flows, 4 no births, cues, ramps, formulas
FLOWING, HELD, PLAIN = 4, 3, 2  # what a scene without what came later is written as, so that an older revanim reads it
FIRST_ARITHMETIC = 1  # of files that do not say
Named = TypeVar("Named", Group, Take)

BODIES: dict[str, NumberKind] = {
    "state": np.int64,
    "mass": np.float64,
    "pinned": np.bool_,
    "radius": np.float64,
    "color": np.uint8,
}
LIFE = ("born", "dies")  # frames that each body may have
KEYFRAME: dict[NumberKind, tuple[str, ...]] = {
    np.float64: ("position", "velocity", "weights"),
    np.int64: ("bodies", "assignment"),
    np.uint8: ("color",),
}
NEW_IN_2: Text = {"groups": [], "markers": [], "take": "", "takes": []}
PLAIN_LENS = {"lens": View().lens}
NEW_IN_5 = ("color_ramp", "size_by", "size_ramp", "opacity_by", "opacity_ramp", "facing", "spin", "names")  # of a look
PLAIN_LOOK = vars(Look())  # a look is no motion: what an older file does not say of it is as in a new scene


def text_from_scene(scene: Scene) -> tuple[Text, Arrays]:
    """Return the text of a scene, and the arrays that it names."""
    arrays: Arrays = {}
    version = max(_version(one) for one in (scene, *(take.scene for take in scene.takes)))
    return {"revanim": version, "arithmetic": ARITHMETIC, **_scene_text(scene, arrays, "")}, arrays


def _version(scene: Scene) -> int:
    """Return the oldest version that has all that a scene has, but for its takes."""
    late = (scene.cues, scene.sprite, scene.figure, scene.bodies.lives, _has_ramps(scene.look), _has_formulas(scene))
    if any(late):
        return VERSION
    if scene.flows:
        return FLOWING
    plain = scene.bodies.tapes is None and not any(key.hold for key in scene.keyframes)
    return PLAIN if plain else HELD


def _scene_text(scene: Scene, arrays: Arrays, prefix: str) -> Text:
    """Return the text of a scene; the names of its arrays begin with the prefix."""
    bodies = scene.bodies
    arrays |= {f"{prefix}{name}": getattr(bodies, name) for name in BODIES}
    lived = {f"{prefix}{name}": getattr(bodies, name) for name in LIFE}
    arrays |= {name: frames for name, frames in lived.items() if frames is not None}
    if bodies.tapes is not None:
        arrays[f"{prefix}tapes"] = bodies.tapes.astype("<u4").view(np.uint8)
    flows = [part_text(part, f"{prefix}flow{i}", arrays) for i, part in enumerate(scene.flows)]
    cues = [part_text(part, f"{prefix}cue{i}", arrays) for i, part in enumerate(scene.cues)]
    return {
        "name": scene.name,
        "note": scene.note,
        "bodies": {"count": bodies.count, "grid": asdict(bodies.grid)},
        "groups": [_group_text(group, f"{prefix}group{i}", arrays) for i, group in enumerate(scene.groups)],
        "forces": [part_text(part, f"{prefix}force{i}", arrays) for i, part in enumerate(scene.forces)],
        "moves": [part_text(part, f"{prefix}move{i}", arrays) for i, part in enumerate(scene.moves)],
        **({"flows": flows} if flows else {}),
        **({"cues": cues} if cues else {}),
        "keyframes": [_keyframe_text(key, f"{prefix}key{i}", arrays) for i, key in enumerate(scene.keyframes)],
        "markers": [asdict(record(Marker, vars(marker))) for marker in scene.markers],
        "timing": asdict(record(Timing, vars(scene.timing))),
        "scheme": scene.scheme,
        **_worn_text(scene, arrays, prefix),
        "planar": scene.planar,
        "look": _look_text(scene.look),
        "take": scene.take,
        "takes": [
            {"name": take.name, "scene": _scene_text(take.scene, arrays, f"{prefix}take{i}.")}
            for i, take in enumerate(scene.takes)
        ],
    }


def _worn_text(scene: Scene, arrays: Arrays, prefix: str) -> Text:
    """Return the texts of what bodies wear, with its arrays among the others."""
    text, sprite, figure = Text(), scene.sprite, scene.figure
    if sprite is not None:
        pixels = put(sprite.pixels, f"{prefix}sprite", arrays)
        text["sprite"] = {"name": sprite.name, "pixels": pixels, "across": sprite.across, "down": sprite.down}
    if figure is not None:
        corners, faces = put(figure.corners, f"{prefix}corners", arrays), put(figure.faces, f"{prefix}faces", arrays)
        text["figure"] = {"name": figure.name, "corners": corners, "faces": faces}
    return text


def _sprite(text: Any, arrays: Arrays) -> Sprite:
    return Sprite(
        field_of(text, "name", str),
        array_of(required(text, "pixels"), arrays, np.uint8),
        field_of(text, "across", int),
        field_of(text, "down", int),
    )


def _figure(text: Any, arrays: Arrays) -> Figure:
    corners, faces = required(text, "corners"), required(text, "faces")
    return Figure(field_of(text, "name", str), array_of(corners, arrays, np.float64), array_of(faces, arrays, np.int64))


def _group_text(group: Group, name: str, arrays: Arrays) -> Text:
    who = array_text(group.bodies, f"{name}.bodies", arrays)
    return {"name": group.name, "bodies": who, "hidden": group.hidden, "locked": group.locked}


def _keyframe_text(key: Keyframe, name: str, arrays: Arrays) -> Text:
    text: Text = {}
    for field in fields(key):
        value = getattr(key, field.name)
        if isinstance(value, np.ndarray):
            text[field.name] = array_text(value, f"{name}.{field.name}", arrays)
        elif value is not None and (value or field.name != "hold"):
            text[field.name] = value
    return text


def _keyframe(text: Text, arrays: Arrays) -> Keyframe:
    given = dict(text)
    for kind, names in KEYFRAME.items():
        given.update({name: array_of(text[name], arrays, kind) for name in names if name in text})
    return keyframe(**given)


def scene_from_text(text: Any, arrays: Arrays) -> Scene:
    """Return the scene that a text and its arrays describe; `check` must still look at it."""
    version = field_of(text, "revanim", int)
    if version > VERSION:
        raise RevanimError(
            "it was made by a newer revanim (format {version}); this one reads up to {newest}.",
            version=version,
            newest=VERSION,
        )
    scene = _scene({**NEW_IN_2, **text} if version < 2 else text, arrays, "")
    return replace(scene, arithmetic=field_of({"arithmetic": FIRST_ARITHMETIC, **text}, "arithmetic", int))


def _scene(text: Text, arrays: Arrays, prefix: str) -> Scene:
    look, bodies = field_of(text, "look", dict), _bodies(field_of(text, "bodies", dict), arrays, prefix)
    return Scene(
        name=field_of(text, "name", str),
        bodies=bodies,
        forces=tuple(part_of(part, arrays, bodies) for part in field_of(text, "forces", list)),
        moves=tuple(part_of(part, arrays, bodies) for part in field_of(text, "moves", list)),
        flows=tuple(part_of(part, arrays, bodies) for part in field_of({"flows": [], **text}, "flows", list)),
        cues=tuple(part_of(part, arrays, bodies) for part in field_of({"cues": [], **text}, "cues", list)),
        keyframes=tuple(_keyframe(key, arrays) for key in field_of(text, "keyframes", list)),
        timing=record_of(Timing, field_of(text, "timing", dict)),
        scheme=field_of(text, "scheme", str),
        planar=field_of(text, "planar", bool),
        look=record_of(Look, {**PLAIN_LOOK, **look}, view=_view(look, "view"), camera=_camera(look), **_ramps(look)),
        note=field_of(text, "note", str),
        sprite=_sprite(text["sprite"], arrays) if "sprite" in text else None,
        figure=_figure(text["figure"], arrays) if "figure" in text else None,
        groups=_told_apart(_group(group, arrays) for group in field_of(text, "groups", list)),
        markers=tuple(record_of(Marker, marker) for marker in field_of(text, "markers", list)),
        take=field_of(text, "take", str),
        takes=_told_apart(
            _take(take, arrays, f"{prefix}take{i}.") for i, take in enumerate(field_of(text, "takes", list))
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
    text, new = asdict(record(Look, vars(look))), NEW_IN_5 if not _has_ramps(look) else ()
    return {
        name: value
        for name, value in text.items()
        if name not in new and (value is not None or name not in ("stands", "plays"))
    }


def _has_ramps(look: Look) -> bool:
    return any(getattr(look, name) != PLAIN_LOOK[name] for name in NEW_IN_5)


def _has_formulas(scene: Scene) -> bool:
    values = (value for part in (*scene.forces, *scene.flows, *scene.moves) for value in part.values.values())
    return any(isinstance(value, Keyed) and value.formula is not None for value in values)


def _ramps(look: Text) -> dict[str, Ramp | None]:
    """Return the ramps that a text of a look has."""
    texts = {name: look[name] for name in NEW_IN_5 if name.endswith("_ramp") and name in look}
    return {name: None if text is None else record_of(Ramp, text) for name, text in texts.items()}


def _view(look: Text, name: str) -> View:
    return record_of(View, {**PLAIN_LENS, **field_of(look, name, dict)})


def _camera(look: Text) -> View | None:
    return None if look.get("camera") is None else _view(look, "camera")


def _group(text: Any, arrays: Arrays) -> Group:
    return record_of(Group, text, bodies=array_of(text["bodies"], arrays, np.int64))


def _take(text: Any, arrays: Arrays, prefix: str) -> Take:
    return Take(field_of(text, "name", str), _scene(field_of(text, "scene", dict), arrays, prefix))


def _bodies(text: Text, arrays: Arrays, prefix: str) -> Bodies:
    grid, count = record_of(Grid, field_of(text, "grid", dict)), field_of(text, "count", int)
    named = {name: named_array(arrays, prefix + name, kind) for name, kind in BODIES.items()}
    lived = {name: named_array(arrays, prefix + name, np.int64) for name in LIFE if prefix + name in arrays}
    bodies = Bodies(grid, **named, **lived, tapes=_tapes(arrays, f"{prefix}tapes"))
    if bodies.count != count:
        raise RevanimError("it says that there are {said} bodies, and has {count}.", said=count, count=bodies.count)
    return bodies


def _tapes(arrays: Arrays, name: str) -> Words | None:
    """Return what is on the tapes; it is kept as bytes."""
    if name not in arrays:
        return None
    written = named_array(arrays, name, np.uint8)
    if written.ndim != 3 or written.shape[2] % 4:
        raise RevanimError("its array {name!r} is missing or of the wrong kind.", name=name)
    return sealed(written.view("<u4").astype(np.uint32))
