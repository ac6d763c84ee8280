"""Forces and moves as the artist sets them: made from names and numbers, and checked against what the kind declares."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.collect import choose
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind, Role
from revanim.engine.move import move_kinds
from revanim.engine.parameter import STEP, WAYS, Animated, Curve, Floats, Keyed, Parameter
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.absent import resting_kind
from revanim.scene.given import check_order, flags, frozen, whole, whole_numbers, words
from revanim.scene.once import once
from revanim.scene.scene import Index, Part, Value
from revanim.sentence import Sentence, Text


def force(kind: str, *, links: ArrayLike | None = None, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a force of the kind with this name.

    `links` is int[k, 2] for forces along links, `bodies` int[k] whom it acts on (all by default). Every other argument
    is a parameter of the kind: a number, a vector, an array with a row for each body or link, a `Curve`, or `keyed`.
    """
    return _part(choose(force_kinds(), kind, Sentence("force")), links, bodies, values)


def move(kind: str, *, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a move of the kind with this name; arguments as for `force`."""
    return _part(choose(move_kinds(), kind, Sentence("move")), None, bodies, values)


def kind_of(part: Part) -> AnyKind:
    """Return what declares this part; a kind that is not installed rests."""
    if part.absent is not None:
        return resting_kind(part)
    return installed(part.kind) or choose(move_kinds(), part.kind, Sentence("force or move"))


def goes_inside(part: Part) -> bool:
    """Tell whether a part acts inside the steps of a scheme, which then must not go to and fro."""
    return kind_of(part).kernels.goes_inside and not part.muted


def installed(name: str) -> AnyKind | None:
    """Return the force or move with a name, if it is installed."""
    return force_kinds().get(name) or move_kinds().get(name)


def check_role(part: Part, role: Role) -> AnyKind:
    """Return what declares a part, or refuse a force among the moves and a move among the forces."""
    kind = kind_of(part)
    if kind.role != role and part.absent is None:
        raise RevanimError("{kind} stands among the wrong things; forces and moves are separate lists.", kind=part.kind)
    return kind


def _part(kind: AnyKind, links: ArrayLike | None, bodies: ArrayLike | None, values: Mapping[str, Any]) -> Part:
    return Part(
        kind=kind.name,
        values=settings(kind.name, kind.parameters, values),
        links=None if links is None else _pairs(links, Sentence("The links of {kind}", kind=Sentence(kind.name))),
        bodies=None
        if bodies is None
        else whole_numbers(bodies, Sentence("The bodies of {kind}", kind=Sentence(kind.name))).reshape(-1),
    )


def _pairs(links: ArrayLike, what: Text) -> Index:
    pairs = whole_numbers(links, what)
    if pairs.size and (pairs.ndim != 2 or pairs.shape[1] != 2):
        raise RevanimError("{what} must be pairs of bodies, as in [[0, 1], [1, 2]].", what=what)
    return pairs.reshape(-1, 2)


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


def in_order(part: Part) -> Part:
    """Return a part whose arrays kernels can read: itself, or one made of it. Refuses what is no numbers."""
    what = f"{part.kind}.{{}}".format
    made = replace(
        part,
        values={name: _value_in_order(value, what(name)) for name, value in part.values.items()},
        links=None if part.links is None else whole_numbers(part.links, f"The links of {part.kind}"),
        bodies=None if part.bodies is None else whole_numbers(part.bodies, f"The bodies of {part.kind}"),
    )
    same = made.links is part.links and made.bodies is part.bodies
    return part if same and all(made.values[name] is value for name, value in part.values.items()) else made


def _value_in_order(value: Value, what: str) -> Value:
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
        made = Keyed(frames, values, ways, reach, rise, flags(value.free, what))
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


def check_part(part: Part, mass: Floats) -> None:
    """Refuse a part that does not fit these bodies or what its kind declares."""
    kind = kind_of(part)
    if part.absent is not None and not part.muted:
        raise RevanimError("{kind} is not installed, so it can only rest.", kind=part.kind)
    _check_bodies(part, kind, mass)
    unknown = set(part.values) ^ {parameter.name for parameter in kind.parameters}
    if unknown:
        raise RevanimError(
            "{kind} needs exactly its own parameters; {names} does not fit.",
            kind=Sentence(part.kind),
            names=", ".join(sorted(unknown)),
        )
    count = count_of(part, mass.size)
    for parameter in kind.parameters:
        check_value(parameter, part.values[parameter.name], count, what=f"{part.kind}.{parameter.name}")


def _check_bodies(part: Part, kind: AnyKind, mass: Floats) -> None:
    if kind.linked != (part.links is not None) or (kind.linked and part.bodies is not None):
        raise RevanimError(
            "{kind} acts {where}: give it {what}.",
            kind=Sentence(part.kind),
            where=Sentence("along links") if kind.linked else Sentence("on bodies"),
            what=Sentence("links") if kind.linked else Sentence("no links"),
        )
    for array, axes in ((part.links, 2), (part.bodies, 1)):
        if array is not None:
            check_order(array, np.int64, f"What {part.kind} acts on")
            _check_named(array, axes, mass.size, what=part.kind)
    if kind.divides_by_mass:
        _check_heavy(part.links if part.bodies is None else part.bodies, mass, what=part.kind)


@once
def _check_named(named: Index, axes: int, count: int, *, what: str) -> None:
    """Refuse bodies, int64[k], or links, int64[k, 2], that are not among `count` bodies, or name one twice."""
    if named.shape != (len(named), 2)[:axes]:
        raise RevanimError("{kind} has links or bodies of the shape {shape}.", kind=Sentence(what), shape=named.shape)
    if named.size and not (named.min() >= 0 and named.max() < count):
        raise RevanimError(
            "{kind} names body {body}; there are bodies 0 to {last}.",
            kind=Sentence(what),
            body=named[(named < 0) | (named >= count)][0],
            last=count - 1,
        )
    if axes == 2 and (named[:, 0] == named[:, 1]).any():
        raise RevanimError("{kind} links a body to itself; a link needs two different bodies.", kind=Sentence(what))
    if axes == 1 and np.unique(named).size != named.size:
        raise RevanimError("{kind} names a body twice; each may be named once.", kind=Sentence(what))


@once
def _check_heavy(named: Index | None, mass: Floats, *, what: str) -> None:
    who = np.arange(mass.size) if named is None else named.ravel()
    if (mass[who] == 0).any():
        raise RevanimError(
            "{kind} acts on body {body}, which has no mass; give it one.",
            kind=Sentence(what),
            body=who[mass[who] == 0][0],
        )


@once
def check_value(parameter: Parameter, value: Value, count: int, *, what: str) -> None:
    """Refuse a value that does not fit its parameter; it may vary over `count` bodies or links."""
    if value is None:
        if parameter.default != "derived":
            raise RevanimError("{what} has no value.", what=what)
        return
    if parameter.steady and isinstance(value, Animated):
        raise RevanimError("{what} is the same at all frames; give it one value.", what=what)
    if isinstance(value, Curve):
        _check_curve(what, value)
    elif isinstance(value, Keyed):
        _check_keys(what, value, parameter)
    check_order(value.values if isinstance(value, Animated) else value, np.float64, what)
    sheet = value.values if isinstance(value, Animated) else value[None]
    plain = parameter.value_shape
    shapes = {plain} if parameter.per == "scene" else {plain, (count, *plain)}
    if sheet.shape[1:] not in shapes:
        allowed = " or ".join(str(shape) if shape else "a single number" for shape in sorted(shapes, key=len))
        raise RevanimError(
            "{what} has the shape {shape}; allowed is {allowed}.", what=what, shape=sheet.shape[1:], allowed=allowed
        )
    if not ((sheet >= parameter.low) & (sheet <= parameter.high)).all():
        raise RevanimError(
            "{what} must lie between {least:g} and {most:g}.", what=what, least=parameter.low, most=parameter.high
        )
    if parameter.whole and (sheet != np.rint(sheet)).any():
        raise RevanimError("{what} must be a whole number.", what=what)
    if parameter.choices and not np.isin(sheet, range(len(parameter.choices))).all():
        raise RevanimError("{what} must be one of {choices}.", what=what, choices=", ".join(parameter.choices))


def _check_curve(what: Text, curve: Curve) -> None:
    if not (curve.values.ndim and len(curve.values)):
        raise RevanimError("{what} has a curve without rows.", what=what)
    if not 1 <= curve.every <= 10**6:
        raise RevanimError(
            "{what} must hold each row for 1 to 1000000 frames, not {frames}.", what=what, frames=curve.every
        )
    if abs(curve.first) > FARTHEST_FRAME:
        raise RevanimError(
            "{what} must start between the frames {first} and {last}.",
            what=what,
            first=-FARTHEST_FRAME,
            last=FARTHEST_FRAME,
        )


def _check_keys(what: Text, value: Keyed, parameter: Parameter) -> None:
    count = len(value.frames)
    shapes = {"values": value.values.shape[1:], "ways": (), "reach": (2,), "free": (), "frames": ()}
    shapes["rise"] = (2, *value.values.shape[1:])
    if not count or any(getattr(value, name).shape != (count, *shape) for name, shape in shapes.items()):
        raise RevanimError(
            "{what} has keys that lack something; each has a frame, a value, a way and handles.", what=what
        )
    if (np.diff(value.frames) <= 0).any() or np.abs(value.frames).max() > FARTHEST_FRAME:
        raise RevanimError(
            "{what} must have keys in the order of their frames, between {first} and {last}.",
            what=what,
            first=-FARTHEST_FRAME,
            last=FARTHEST_FRAME,
        )
    if not np.isin(value.ways, range(len(WAYS))).all():
        raise RevanimError("{what} goes on from a key in one of the ways {ways}.", what=what, ways=", ".join(WAYS))
    if not ((value.reach >= 0).all() and np.isfinite(value.reach).all() and np.isfinite(value.rise).all()):
        raise RevanimError("{what} has a handle that is no number, or reaches to the wrong side.", what=what)
    if (parameter.whole or parameter.choices) and (value.ways != STEP).any():
        raise RevanimError("{what} has no values in between, so it can only step from key to key.", what=what)


def acting_on(part: Part, count: int) -> Index:
    """Return the bodies a part acts on: int64[k], or both ends of each link one after the other."""
    if part.links is not None:
        return part.links.ravel()
    return np.arange(count) if part.bodies is None else part.bodies


def count_of(part: Part, bodies: int) -> int:
    """Return how many bodies or links a part acts on, in a scene with so many bodies."""
    if part.links is not None:
        return len(part.links)
    return bodies if part.bodies is None else part.bodies.size
