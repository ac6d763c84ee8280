"""Whether a force, flow or move fits the bodies of its scene and what its kind declares."""

import numpy as np

from revanim.engine.kind import AnyKind
from revanim.engine.parameter import Floats, Keyed
from revanim.error import RevanimError
from revanim.scene.given import check_order, words
from revanim.scene.once import once
from revanim.scene.part import count_of, kind_of
from revanim.scene.parts.check_value import check_value
from revanim.scene.scene import Index, Part
from revanim.sentence import Sentence


def check_part(part: Part, mass: Floats, planar: bool) -> None:
    """Refuse a part that does not fit these bodies or what its kind declares."""
    kind = kind_of(part)
    if part.absent is not None and not part.muted:
        raise RevanimError("{kind} is not installed, so it can only rest.", kind=part.kind)
    _check_bodies(part, kind, mass)
    words(part.text, Sentence("The words of {kind}", kind=Sentence(part.kind)))
    unknown = set(part.values) ^ {parameter.name for parameter in kind.parameters}
    if unknown:
        raise RevanimError(
            "{kind} needs exactly its own parameters; {names} does not fit.",
            kind=Sentence(part.kind),
            names=", ".join(sorted(unknown)),
        )
    count = count_of(part, mass.size)
    for parameter in kind.parameters:
        what = f"{part.kind}.{parameter.name}"
        check_value(parameter.fitted(part.values), part.values[parameter.name], count, what=what)
        if planar and parameter.level and isinstance(value := part.values[parameter.name], Keyed):
            _check_level(value, what=what)


def _check_bodies(part: Part, kind: AnyKind, mass: Floats) -> None:
    named = part.bodies is not None and not kind.kernels.beside
    if kind.linked != (part.links is not None) or (kind.linked and named):
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
def _check_level(value: Keyed, *, what: str) -> None:
    """Refuse keys that leave the plane of their scene."""
    if value.values[..., 2].any() or value.rise[..., 2].any():
        raise RevanimError("{what} leaves the plane of its scene; its z must be 0.", what=what)


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
