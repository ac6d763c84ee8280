"""The values of parameters, made from names and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from revanim.engine.parameter import Animated, Curve, Floats, Formula, Keyed, Parameter
from revanim.error import RevanimError
from revanim.scene.given import flags, frozen, whole, whole_numbers, words
from revanim.scene.keys import keyed
from revanim.scene.parts.check_value import check_value
from revanim.scene.scene import Value
from revanim.sentence import Sentence


def settings(kind: str, parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Value]:
    """Return a value for each parameter of a kind: the one that is given under its name, or the default."""
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            raise RevanimError(
                "{kind} has no parameter {name!r}; it has {names}.",
                kind=Sentence(kind),
                name=name,
                names=", ".join(known) or Sentence("none"),
            )
    return {name: _value(kind, known[name], given.get(name)) for name in known}


def _value(kind: str, parameter: Parameter, given: Any) -> Value:
    if isinstance(given, Formula):
        return _of_formula(parameter, given)
    if isinstance(given, Animated):
        return _animated_in_order(given, f"{kind}.{parameter.name}")
    if given is None:
        given = None if isinstance(parameter.default, str) else parameter.default_value
    if isinstance(given, str) and parameter.choices:
        if given not in parameter.choices:
            raise RevanimError(
                "{kind}.{name} must be one of {choices}.",
                kind=kind,
                name=parameter.name,
                choices=", ".join(parameter.choices),
            )
        given = parameter.choices.index(given)
    return None if given is None else frozen(given, f"{kind}.{parameter.name}")


def _of_formula(parameter: Parameter, formula: Formula) -> Keyed:
    """Return a value with one key, which the formula need not ask."""
    usual = np.zeros(parameter.value_shape) if isinstance(parameter.default, str) else parameter.default_value
    held = np.clip(usual, parameter.low, parameter.high)
    return replace(keyed([0], held[None]), formula=formula)


def value_in_order(value: Value, what: str) -> Value:
    """Return a value whose arrays kernels can read: itself, or one made of it. Refuses what is no numbers."""
    if isinstance(value, Animated):
        return _animated_in_order(value, what)
    return None if value is None else frozen(value, what)


def _animated_in_order(value: Animated, what: str) -> Animated:
    made: Animated
    if isinstance(value, Curve):
        made = Curve(whole(value.first, what), whole(value.every, what), frozen(value.values, what))
    else:
        values, reach, rise = (frozen(one, what) for one in (value.values, value.reach, value.rise))
        frames, ways = (whole_numbers(one, what) for one in (value.frames, value.ways))
        made = Keyed(frames, values, ways, reach, rise, flags(value.free, what), value.formula)
    same = all(one is other for one, other in zip(vars(made).values(), vars(value).values(), strict=True))
    return value if same else made


def plain_settings(kind: str, parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a checked value for each parameter of what acts once.

    That is a number, float64[axes], the name of a choice, or a text.
    """
    texts = [parameter for parameter in parameters if parameter.text]
    plain: dict[str, Any] = {
        parameter.name: words(given.get(parameter.name, parameter.default), f"{kind}.{parameter.name}")
        for parameter in texts
    }
    numbers = [parameter for parameter in parameters if not parameter.text]
    made = settings(kind, numbers, {name: value for name, value in given.items() if name not in plain})
    for parameter in numbers:
        value = made[parameter.name]
        if value is None or isinstance(value, Animated):
            raise RevanimError("{kind}.{name} needs one value, not one for each frame.", kind=kind, name=parameter.name)
        check_value(parameter, value, 1, what=f"{kind}.{parameter.name}")
        plain[parameter.name] = _plain(parameter, value)
    return plain


def _plain(parameter: Parameter, value: Floats) -> Any:
    if parameter.choices:
        return parameter.choices[int(value)]
    return value if parameter.value_shape else float(value)
