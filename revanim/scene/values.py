"""The values of a force or a move for some of its bodies or links: read at a frame, and written there."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Animated, Floats, Parameter, rows_of
from revanim.scene.given import sealed
from revanim.scene.keys import each_row, value_at, with_value
from revanim.scene.make import as_drawn
from revanim.scene.part import acting_on, count_of, kind_of
from revanim.scene.scene import Bodies, Index, Part, Scene, Value

SIZE = "radius"  # what the size of a body is called, by a part as by the body
HAIR = 1e-6  # of a radius: so much smaller than it is drawn a body counts, so that what touches is not behind


def each_has_its_own(parameter: Parameter, value: Floats | Animated) -> bool:
    """Whether a value has a row for each body or link, and not one that serves all."""
    sheet = value.values[0] if isinstance(value, Animated) else value
    return parameter.per != "scene" and sheet.ndim == 1 + len(parameter.value_shape)


def chosen_rows(part: Part, selection: NDArray[np.bool_]) -> Index:
    """Return which bodies or links of a part a selection (bool[n]) is about: int64[k], or all where it names none.

    A link is meant where both ends are selected, or, if there is no such link, where one is.
    """
    if part.links is None:
        named = selection[acting_on(part, selection.size)]
    else:
        first, second = (selection[ends] for ends in part.links.T)
        both = first & second
        named = both if both.any() else first | second
    return np.flatnonzero(named if named.any() else ~named)


def read(part: Part, parameter: Parameter, rows: Index, frame: int) -> Floats | None:
    """Return the value of some bodies or links at a frame, float64[k, numbers], or None where the kind derives it.

    What the whole scene has in common is one row.
    """
    value = part.values[parameter.name]
    if value is None:
        return None
    sheet = value_at(value, parameter, frame) if isinstance(value, Animated) else value
    table = rows_of(parameter, sheet)
    if parameter.per == "scene":
        return table
    return table[rows] if each_has_its_own(parameter, value) else np.repeat(table, rows.size, axis=0)


def write(part: Part, parameter: Parameter, rows: Index, frame: int, values: Floats, count: int) -> Part:
    """Give some of the `count` bodies or links values, float64[k, numbers]; a curve gets them at the frame alone."""
    value = part.values[parameter.name]
    if isinstance(value, Animated):
        value = _wide_enough(parameter, value, rows, count)
        sheet = _filled(parameter, value_at(value, parameter, frame), rows, values, count)
        written: Value = with_value(value, parameter, frame, sheet.reshape(value.values.shape[1:]))
    else:
        start = np.zeros(parameter.numbers) if value is None else value
        written = _plain(parameter, _filled(parameter, start, rows, values, count))
    return with_values(part, {parameter.name: written})


def with_values(part: Part, values: Mapping[str, Value]) -> Part:
    """Return a part with some other values; what follows one that is new, and is not given itself, is derived anew."""
    new = {name for name, value in values.items() if not _is_same(value, part.values[name])}
    stale = {each.name: None for each in kind_of(part).parameters if new.intersection(each.follows)}
    return replace(part, values={**part.values, **stale, **values})


def _is_same(value: Value, other: Value) -> bool:
    plain = isinstance(value, np.ndarray) and isinstance(other, np.ndarray)
    return value is other or (plain and np.array_equal(value, other))  # type: ignore[arg-type]


def _filled(parameter: Parameter, sheet: Floats, rows: Index, values: Floats, count: int) -> Floats:
    """Return rows for all, or the one for the scene, float64[*, numbers], with the new values among them."""
    if parameter.per == "scene" or rows.size == count:
        return values
    table = np.broadcast_to(rows_of(parameter, sheet), (count, parameter.numbers)).copy()
    table[rows] = values
    return table


def _plain(parameter: Parameter, table: Floats) -> Floats:
    """Return a table as a part holds it: one value where all rows are alike."""
    rows = table[0] if len(table) and (table == table[0]).all() else table
    return sealed(np.array(rows.reshape((*rows.shape[:-1], *parameter.value_shape))))


def _wide_enough(parameter: Parameter, curve: Animated, rows: Index, count: int) -> Animated:
    """Return a curve with a value for each body or link, if only some of them shall have another."""
    if parameter.per == "scene" or each_has_its_own(parameter, curve) or rows.size == count:
        return curve
    return each_row(curve, lambda rows: np.repeat(rows[:, None], count, axis=1))


def derived_value(scene: Scene, part: Part) -> Floats:
    """Return what the kind of a part derives, for all that it acts on."""
    who = acting_on(part, scene.bodies.count)
    return kind_of(part).derived(scene.bodies.mass, part.values, who, scene.timing.step_seconds)


def derived(scene: Scene, part: Part, rows: Index) -> Floats:
    """Return what the kind of a part derives for some of its links, or for all bodies, float64[k, 1]."""
    found = derived_value(scene, part)
    return found[rows, None] if found.ndim else found.reshape(1, 1)


def reset(scene: Scene, part: Part, parameter: Parameter, rows: Index) -> Part:
    """Give some bodies or links their default again; what is derived is derived for all."""
    if parameter.default == "derived":
        return replace(part, values={**part.values, parameter.name: None})
    fresh = replace(part, values={**part.values, parameter.name: default_of(scene, part, parameter)})
    values = read(fresh, parameter, rows, 0)
    assert values is not None
    plain = _still(part, parameter, rows, scene.bodies.count)
    return write(plain, parameter, rows, 0, values, count_of(part, scene.bodies.count))


def _still(part: Part, parameter: Parameter, rows: Index, bodies: int) -> Part:
    """Return a part without a curve, if all of its bodies or links lose it."""
    value = part.values[parameter.name]
    if not isinstance(value, Animated) or (parameter.per != "scene" and rows.size < count_of(part, bodies)):
        return part
    return replace(part, values={**part.values, parameter.name: value.values[0]})


def default_of(scene: Scene, part: Part, parameter: Parameter) -> Value:
    """Return what a parameter is by default, as this part would hold it."""
    if parameter.default == "drawn":
        blank = replace(part, values={**part.values, parameter.name: None})
        return as_drawn(blank, scene.bodies).values[parameter.name]
    if parameter.default == "derived":
        return None
    own = own_values(parameter, scene.bodies, acting_on(part, scene.bodies.count))
    return parameter.default_value if own is None else own


def own_values(parameter: Parameter, bodies: Bodies, who: Index) -> Floats | None:
    """Return what a parameter begins with for bodies that have it of their own, as they have a size, else None."""
    if parameter.per != "body" or parameter.name != SIZE or not who.size:
        return None
    return _plain(parameter, (1.0 - HAIR) * bodies.radius[who, None])


def is_default(part: Part, parameter: Parameter, fresh: Value, rows: Index) -> bool:
    """Whether some bodies or links have their default, which `default_of` gives: it is long to find for many links."""
    value = part.values[parameter.name]
    if value is None or isinstance(value, Animated):
        return value is None
    if fresh is None:
        return False
    alike = replace(part, values={**part.values, parameter.name: fresh})
    here, there = read(part, parameter, rows, 0), read(alike, parameter, rows, 0)
    return bool(np.array_equal(here, there))  # type: ignore[arg-type]


def as_preset(part: Part, name: str, rows: Index, frame: int, count: int) -> Part:
    """Give some bodies or links all values of a preset of the part's kind, as `write` does."""
    for parameter in _of_preset(part, name):
        number = np.full((1 if parameter.per == "scene" else rows.size, 1), kind_of(part).presets[name][parameter.name])
        part = write(part, parameter, rows, frame, number, count)
    return part


def preset_of(part: Part, rows: Index, frame: int) -> str:
    """Return the first preset whose values some bodies or links have, or nothing."""
    for name, values in kind_of(part).presets.items():
        held = [(read(part, parameter, rows, frame), values[parameter.name]) for parameter in _of_preset(part, name)]
        if all(table is not None and (table == number).all() for table, number in held):
            return name
    return ""


def _of_preset(part: Part, name: str) -> list[Parameter]:
    kind = kind_of(part)
    return [parameter for parameter in kind.parameters if parameter.name in kind.presets[name]]


def act_on(part: Part, bodies: Index | None, count: int) -> Part:
    """Let a part act on these bodies, or on all `count`; whoever is new to it gets the value of its first body."""
    if part.links is not None:  # of a flow, whom it carries beside these; what it has of its own is along them
        return replace(part, bodies=bodies)
    before = acting_on(part, count)
    after = replace(part, bodies=bodies)
    place = np.zeros(count, np.int64)
    place[before] = np.arange(before.size)
    source = place[acting_on(after, count)]
    values = {p.name: _taken(p, part.values[p.name], source) for p in kind_of(part).parameters}
    return replace(after, values=values)


def _taken(parameter: Parameter, value: Value, source: Index) -> Value:
    if value is None or not each_has_its_own(parameter, value):
        return value
    if isinstance(value, Animated):
        return each_row(value, lambda rows: rows[:, source])
    return _plain(parameter, rows_of(parameter, value)[source])


def for_anyone(part: Part) -> Part:
    """Return a part as it acts on whatever bodies there are: what each has of its own, all get from the first."""
    values = {p.name: _common(p, part.values[p.name]) for p in kind_of(part).parameters}
    return replace(part, bodies=None, values=values)


def act_along(part: Part, links: Index) -> Part:
    """Let a part act along other links; lengths as drawn are drawn again, and one value then serves all."""
    values = {p.name: _common(p, part.values[p.name]) for p in kind_of(part).parameters}
    return replace(part, links=sealed(links), values=values)


def _common(parameter: Parameter, value: Value) -> Value:
    if value is None or parameter.default == "drawn" or not each_has_its_own(parameter, value):
        return None if parameter.default == "drawn" else value
    if isinstance(value, Animated):
        return each_row(value, lambda rows: rows[:, 0])
    return sealed(np.array(value[0]))
