"""A wish of what may change, and what there is to wish for in a scene."""

from dataclasses import dataclass

import numpy as np

from revanim.engine.forces.nudge import nudge
from revanim.engine.parameter import Parameter
from revanim.error import RevanimError
from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene

NUDGE_EVERY, LINKED_EVERY = 8, 2  # frames of a push that the solver adds itself, and of one on bodies that rods join


@dataclass(frozen=True)
class Control:
    """A wish: which quantity may change, of whom, and within which bounds.

    `name` is "velocity", "position", "nudge", "mass", or a parameter such as "gravity.strength" (with "gravity[1]..."
    for the second gravity of a scene). `together` moves the bodies of a position or velocity as one. `effort` and
    `smoothness` are costs of each value squared and of each change from one interval to the next, squared. Nudges last
    `every` so many frames, and begin `after` a frame, or at home. Of the bodies that keyframes name, the share
    `held_out` counts for nothing while weights are learnt, and tells how well they serve bodies that were not there.
    """

    name: str
    bodies: tuple[int, ...] | None = None
    together: bool = False
    low: float = -np.inf
    high: float = np.inf
    effort: float = 0.0
    smoothness: float = 0.0
    every: int = NUDGE_EVERY
    after: int | None = None
    held_out: float = 0.0


def is_parameter(control: Control) -> bool:
    """Whether a control is a parameter of a part, and not something that bodies have."""
    return control.name not in ("velocity", "position", "mass")


def names(scene: Scene) -> list[str]:
    """Return the names of everything that could be a control of this scene."""
    found, seen = ["velocity", "position", nudge.name, "mass"], dict[str, int]()
    for part in scene.parts:
        number = seen[part.kind] = seen.get(part.kind, -1) + (not part.muted)
        if not part.muted and part.kind != nudge.name:
            kind = f"{part.kind}[{number}]" if number else part.kind
            found += [f"{kind}.{parameter.name}" for parameter in _gradable(part)]
    return found


def find(control: Control, scene: Scene) -> tuple[int, str]:
    """Return which of the parts of the scene, and which of its parameters, a control names."""
    full = f"{nudge.name}.push" if control.name == nudge.name else control.name
    kind, _, name = full.partition(".")
    kind, _, place = kind.partition("[")
    there = [i for i, part in enumerate(scene.parts) if part.kind == kind and not part.muted]
    which = int(place.rstrip("]")) if place.rstrip("]").isdigit() else 0
    if not name or which >= len(there):
        raise RevanimError(
            "There is nothing called {name!r} to change; there are {names}.",
            name=control.name,
            names=", ".join(names(scene)),
        )
    known = [parameter.name for parameter in _gradable(scene.parts[there[which]])]
    if name not in known:
        raise RevanimError(
            "{kind} has no parameter {name!r} to change; it has {names}.", kind=kind, name=name, names=", ".join(known)
        )
    return there[which], name


def learns(name: str, scene: Scene) -> bool:
    """Whether a control names weights of the scene, which are learnt."""
    if "." not in name:
        return False
    try:
        index, parameter = find(Control(name), scene)
    except RevanimError:  # a scene that was opened since has nothing of this name
        return False
    part = scene.parts[index]
    return any(each.fitted(part.values).shape for each in _gradable(part) if each.name == parameter)


def _gradable(part: Part) -> list[Parameter]:
    """Return the parameters of a part that have a derivative."""
    return [each for each in kind_of(part).parameters if each.graded and not each.choices]
