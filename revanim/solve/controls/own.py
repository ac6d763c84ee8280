"""What some bodies have of a parameter: that alone may change where a control names them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Animated, Parameter
from revanim.error import RevanimError
from revanim.scene.given import sealed
from revanim.scene.keys import each_row
from revanim.scene.part import acting_on, count_of, kind_of
from revanim.scene.scene import Index, Part, Scene, Value
from revanim.scene.values import each_has_its_own
from revanim.sentence import Sentence
from revanim.solve.controls.control import Control, find, is_parameter


def own_entries(control: Control, part: Part, parameter: Parameter, count: int) -> tuple[Index, Index]:
    """Return which entries of a value, flattened, are those of the bodies of a control, and these bodies, int64[k].

    Of links those are meant whose ends are both named. Raises RevanimError where the part acts on none of them.
    """
    value = part.values[parameter.name]
    sheet = value.values if isinstance(value, Animated) else np.asarray(value)
    entries, ends = np.arange(sheet.size).reshape(sheet.shape), acting_on(part, count)
    if control.bodies is None or value is None or not each_has_its_own(parameter, value):
        return entries.ravel(), ends
    pairs = ends.reshape(-1, 1 if part.links is None else 2)
    named = np.atleast_1d(np.isin(pairs, control.bodies).all(axis=1))
    if not named.any():
        raise RevanimError(
            "{name} has no value of its own for any of these bodies; {kind} does not act on them.",
            name=Sentence(control.name),
            kind=Sentence(part.kind),
        )
    chosen = entries[:, named] if isinstance(value, Animated) else entries[named]
    return chosen.ravel(), pairs[named].ravel()


def with_own_values(scene: Scene, controls: Sequence[Control]) -> Scene:
    """Return a scene in which what a control changes for some bodies alone is not one value for all."""
    for control in controls:
        if control.bodies is not None and is_parameter(control):
            index, name = find(control, scene)
            part = scene.parts[index]
            parameter = next(each for each in kind_of(part).parameters if each.name == name)
            scene = with_value(scene, index, name, _spread(part, parameter, scene.bodies.count))
    return scene


def _spread(part: Part, parameter: Parameter, bodies: int) -> Value:
    """Return a value with a row for each body or link, where there may be."""
    value, count = part.values[parameter.name], count_of(part, bodies)
    if value is None or parameter.per == "scene" or each_has_its_own(parameter, value):
        return value
    if isinstance(value, Animated):
        return each_row(value, lambda rows: np.repeat(rows[:, None], count, axis=1))
    return sealed(np.repeat(value[None], count, axis=0))


def with_value(scene: Scene, index: int, name: str, value: Value) -> Scene:
    """Return a scene in which the part at an index among all has another value."""
    parts = list(scene.parts)
    parts[index] = replace(parts[index], values={**parts[index].values, name: value})
    forces, flows = len(scene.forces), len(scene.forces) + len(scene.flows)
    return replace(scene, forces=tuple(parts[:forces]), flows=tuple(parts[forces:flows]), moves=tuple(parts[flows:]))
