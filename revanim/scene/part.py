"""Forces, flows, moves and cues as the artist sets them: made by the name of their kind, and whom they act on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.collect import choose
from revanim.engine.flow import flow_kinds
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind, Role
from revanim.engine.move import move_kinds
from revanim.engine.parameter import Animated
from revanim.error import RevanimError
from revanim.scene.absent import resting_kind
from revanim.scene.given import whole_numbers, words
from revanim.scene.keys import value_at
from revanim.scene.parts.cue import cue_kinds
from revanim.scene.parts.settings import settings, value_in_order
from revanim.scene.scene import Index, Part
from revanim.sentence import Sentence, Text


def force(kind: str, *, links: ArrayLike | None = None, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a force of the kind with this name.

    `links` is int[k, 2] for forces along links, `bodies` int[k] whom it acts on (all by default). Every other argument
    is a parameter of the kind: a number, a vector, an array with a row for each body or link, a `Curve`, or `keyed`.
    """
    return _part(choose(force_kinds(), kind, Sentence("force")), links, bodies, values)


def flow(kind: str, *, links: ArrayLike | None = None, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a flow of the kind with this name; arguments as for `force`.

    With links, `bodies` are those whom it carries beside the ends of these.
    """
    return _part(choose(flow_kinds(), kind, Sentence("flow")), links, bodies, values)


def move(kind: str, *, bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a move of the kind with this name; arguments as for `force`."""
    return _part(choose(move_kinds(), kind, Sentence("move")), None, bodies, values)


def cue(kind: str, *, text: str = "", bodies: ArrayLike | None = None, **values: Any) -> Part:
    """Make a cue of the kind with this name; arguments as for `force`.

    `text` is what one says that has words, and `bodies` are those whom it follows.
    """
    made = _part(choose(cue_kinds(), kind, Sentence("cue")), None, bodies, values)
    return replace(made, text=words(text, Sentence("The words of {kind}", kind=Sentence(kind))))


MAKERS: Mapping[Role, Callable[..., Part]] = {"force": force, "flow": flow, "move": move, "cue": cue}


def kind_of(part: Part) -> AnyKind:
    """Return what declares this part; a kind that is not installed rests."""
    if part.absent is not None:
        return resting_kind(part)
    return installed(part.kind) or choose(move_kinds(), part.kind, Sentence("force, flow, move or cue"))


def values_at(part: Part, frame: float) -> dict[str, Any]:
    """Return the values of a part as they are at a frame."""
    given = ((each, part.values[each.name]) for each in kind_of(part).parameters)
    return {each.name: value_at(value, each, frame) if isinstance(value, Animated) else value for each, value in given}


def goes_inside(part: Part) -> bool:
    """Tell whether a part acts inside the steps of a scheme, which then must not go to and fro."""
    return kind_of(part).kernels.goes_inside and not part.muted


def installed(name: str) -> AnyKind | None:
    """Return the force, flow, move or cue with a name, if it is installed."""
    return force_kinds().get(name) or flow_kinds().get(name) or move_kinds().get(name) or cue_kinds().get(name)


def check_role(part: Part, role: Role) -> AnyKind:
    """Return what declares a part, or refuse one that stands among those of another role."""
    kind = kind_of(part)
    if kind.role != role and part.absent is None:
        raise RevanimError(
            "{kind} stands among the wrong things; forces, flows, moves and cues are separate lists.", kind=part.kind
        )
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


def in_order(part: Part) -> Part:
    """Return a part whose arrays kernels can read: itself, or one made of it. Refuses what is no numbers."""
    what = f"{part.kind}.{{}}".format
    made = replace(
        part,
        values={name: value_in_order(value, what(name)) for name, value in part.values.items()},
        links=None if part.links is None else whole_numbers(part.links, f"The links of {part.kind}"),
        bodies=None if part.bodies is None else whole_numbers(part.bodies, f"The bodies of {part.kind}"),
    )
    same = made.links is part.links and made.bodies is part.bodies
    return part if same and all(made.values[name] is value for name, value in part.values.items()) else made


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
