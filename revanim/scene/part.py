"""Forces and moves as the artist sets them: made from names and numbers, and checked against what the kind declares."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.collect import choose
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind, Role
from revanim.engine.move import move_kinds
from revanim.engine.parameter import Curve, Floats, Parameter
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.given import frozen, whole, whole_numbers
from revanim.scene.once import once
from revanim.scene.scene import Index, Part, Value


def force(kind: str, *, links: ArrayLike | None = None, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a force of the kind with this name.

    `links` is int[k, 2] for forces along links, `bodies` int[k] whom it acts on (all by default). Every other argument
    is a parameter of the kind: a number, a vector, an array with a row for each body or link, or a `Curve`.
    """
    return _part(choose(force_kinds(), kind, "force"), links, bodies, values)


def move(kind: str, *, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a move of the kind with this name; arguments as for `force`."""
    return _part(choose(move_kinds(), kind, "move"), None, bodies, values)


def kind_of(part: Part) -> AnyKind:
    """Return what declares this part."""
    return force_kinds()[part.kind] if part.kind in force_kinds() else choose(move_kinds(), part.kind, "force or move")


def check_role(part: Part, role: Role) -> AnyKind:
    """Return what declares a part, or refuse a force among the moves and a move among the forces."""
    kind = kind_of(part)
    if kind.role != role:
        raise RevanimError("{kind} stands among the wrong things; forces and moves are separate lists.", kind=part.kind)
    return kind


def _part(kind: AnyKind, links: ArrayLike | None, bodies: ArrayLike | None, values: Mapping[str, Any]) -> Part:
    return Part(
        kind=kind.name,
        values=settings(kind.name, kind.parameters, values),
        links=None if links is None else _pairs(links, f"The links of {kind.name}"),
        bodies=None if bodies is None else whole_numbers(bodies, f"The bodies of {kind.name}").reshape(-1),
    )


def _pairs(links: ArrayLike, what: str) -> Index:
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
                "{kind} has no parameter {name!r}; it has {value}.",
                kind=kind,
                name=name,
                value=", ".join(known) or "none",
            )
    return {name: _value(kind, known[name], given.get(name)) for name in known}


def _value(kind: str, parameter: Parameter, given: Any) -> Value:
    if isinstance(given, Curve):
        what = f"{kind}.{parameter.name}"
        return Curve(whole(given.first, what), whole(given.every, what), frozen(given.values, what))
    if given is None:
        given = None if isinstance(parameter.default, str) else parameter.default_value
    if isinstance(given, str) and parameter.choices:
        if given not in parameter.choices:
            raise RevanimError(
                "{kind}.{name} must be one of {join}.",
                kind=kind,
                name=parameter.name,
                join=", ".join(parameter.choices),
            )
        given = parameter.choices.index(given)
    return None if given is None else frozen(given, f"{kind}.{parameter.name}")


def plain_settings(kind: str, parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a checked value for each parameter of what acts once: a number, float64[axes], or the name of a choice."""
    made, plain = settings(kind, parameters, given), dict[str, Any]()
    for parameter in parameters:
        value = made[parameter.name]
        if value is None or isinstance(value, Curve):
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
    _check_bodies(part, kind, mass)
    unknown = set(part.values) ^ {parameter.name for parameter in kind.parameters}
    if unknown:
        raise RevanimError(
            "{kind} needs exactly its own parameters; {join} does not fit.",
            kind=part.kind,
            join=", ".join(sorted(unknown)),
        )
    count = count_of(part, mass.size)
    for parameter in kind.parameters:
        check_value(parameter, part.values[parameter.name], count, what=f"{part.kind}.{parameter.name}")


def _check_bodies(part: Part, kind: AnyKind, mass: Floats) -> None:
    if kind.linked != (part.links is not None) or (kind.linked and part.bodies is not None):
        raise RevanimError(
            "{kind} acts {value}: give it {value2}.",
            kind=part.kind,
            value="along links" if kind.linked else "on bodies",
            value2="links" if kind.linked else "no links",
        )
    for array, axes in ((part.links, 2), (part.bodies, 1)):
        if array is not None:
            _check_named(array, axes, mass.size, what=part.kind)
    if kind.divides_by_mass:
        _check_heavy(part.links if part.bodies is None else part.bodies, mass, what=part.kind)


@once
def _check_named(named: Index, axes: int, count: int, *, what: str) -> None:
    """Refuse bodies, int64[k], or links, int64[k, 2], that are not among `count` bodies, or name one twice."""
    if named.shape != (len(named), 2)[:axes]:
        raise RevanimError("{kind} has links or bodies of the shape {shape}.", kind=what, shape=named.shape)
    if named.size and not (named.min() >= 0 and named.max() < count):
        raise RevanimError(
            "{kind} names body {who}; there are bodies 0 to {value}.",
            kind=what,
            who=named[(named < 0) | (named >= count)][0],
            value=count - 1,
        )
    if axes == 2 and (named[:, 0] == named[:, 1]).any():
        raise RevanimError("{kind} links a body to itself; a link needs two different bodies.", kind=what)
    if axes == 1 and np.unique(named).size != named.size:
        raise RevanimError("{kind} names a body twice; each may be named once.", kind=what)


@once
def _check_heavy(named: Index | None, mass: Floats, *, what: str) -> None:
    who = np.arange(mass.size) if named is None else named.ravel()
    if (mass[who] == 0).any():
        raise RevanimError(
            "{kind} acts on body {who}, which has no mass; give it one.", kind=what, who=who[mass[who] == 0][0]
        )


@once
def check_value(parameter: Parameter, value: Value, count: int, *, what: str) -> None:
    """Refuse a value that does not fit its parameter; it may vary over `count` bodies or links."""
    if value is None:
        if parameter.default != "derived":
            raise RevanimError("{what} has no value.", what=what)
        return
    if isinstance(value, Curve):
        _check_curve(what, value)
    sheet = value.values if isinstance(value, Curve) else value[None]
    plain = parameter.value_shape
    shapes = {plain} if parameter.per == "scene" else {plain, (count, *plain)}
    if sheet.shape[1:] not in shapes:
        allowed = " or ".join(str(shape) if shape else "a single number" for shape in sorted(shapes, key=len))
        raise RevanimError(
            "{what} has the shape {shape}; allowed is {allowed}.", what=what, shape=sheet.shape[1:], allowed=allowed
        )
    if not ((sheet >= parameter.low) & (sheet <= parameter.high)).all():
        raise RevanimError(
            "{what} must lie between {low:g} and {high:g}.", what=what, low=parameter.low, high=parameter.high
        )
    if parameter.whole and (sheet != np.rint(sheet)).any():
        raise RevanimError("{what} must be a whole number.", what=what)
    if parameter.choices and not np.isin(sheet, range(len(parameter.choices))).all():
        raise RevanimError("{what} must be one of {join}.", what=what, join=", ".join(parameter.choices))


def _check_curve(what: str, curve: Curve) -> None:
    if not (curve.values.ndim and len(curve.values)):
        raise RevanimError("{what} has a curve without rows.", what=what)
    if not 1 <= curve.every <= 10**6:
        raise RevanimError(
            "{what} must hold each row for 1 to 1000000 frames, not {every}.", what=what, every=curve.every
        )
    if abs(curve.first) > FARTHEST_FRAME:
        raise RevanimError(
            "{what} must start between the frames {value} and {FARTHEST_FRAME}.",
            what=what,
            value=-FARTHEST_FRAME,
            FARTHEST_FRAME=FARTHEST_FRAME,
        )


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
