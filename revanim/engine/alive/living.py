"""Those bodies of a system that take part at a frame, as a system of their own: all others cost nothing.

Values that each body or link has of its own are theirs alone, and a link is there while both its ends are.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from revanim.engine.alive.lives import Lives
from revanim.engine.binding.driven import driven
from revanim.engine.grid import Counts
from revanim.engine.halt import watch_here
from revanim.engine.kind import Kernels, Values
from revanim.engine.parameter import Animated, Curve, Flags, Floats, Keyed, Parameter
from revanim.engine.system import Item, System

KEPT = 8  # systems of those alive, for walks that go to and fro
NUMBERED = re.compile(r"\bi\b")  # which body or link it is, in a formula
OWN = ("m", "free", "carried", "sense")  # what each body of a system has of its own
K = TypeVar("K", bound=Kernels)


@dataclass(frozen=True, eq=False)
class Living:
    """A system of some of the bodies of another.

    `who`, int64[k], is what they are called there. What stands at `here` in their parameters, int64[t], stands at
    `there` in those of all. Whom a grip holds, int64[h] of them, has no speed meanwhile: what it had is kept for when
    it is let go.
    """

    system: System
    who: Counts
    here: Counts
    there: Counts
    held: Counts

    def refresh(self, whole: System) -> System:
        """Return the system with parameters and masses as they are now in that of all bodies."""
        self.system.theta[self.here] = whole.theta[self.there]
        self.system.m[:] = whole.m[self.who]
        return self.system


def living(whole: System, frame: int) -> Living:
    """Return those who take part in the steps that follow a frame, of a system whose bodies have a first and a last."""
    assert whole.lives is not None
    chapter = whole.lives.chapter(frame)
    found: Living | None = whole.chapters.get(chapter)
    if found is None:
        if len(whole.chapters) >= KEPT:
            whole.chapters.clear()
        found = whole.chapters[chapter] = _bound(whole, whole.lives, frame)
    found.refresh(whole)
    return found


def _bound(whole: System, lives: Lives, frame: int) -> Living:
    who, (held, free) = np.flatnonzero(lives.alive(frame)), lives.gripped(frame)
    number = np.full(whole.m.size, -1)
    number[who] = np.arange(who.size)
    forces = [_item(whole, i, item, number) for i, item in enumerate(whole.force_items)]
    flows = [_item(whole, i, item, number) for i, item in enumerate(whole.flow_items, len(forces))]
    moves = [_item(whole, i, item, number) for i, item in enumerate(whole.move_items, len(forces) + len(flows))]
    fields = driven(forces, flows, moves, whole.m[who], whole.seconds, whole.steps_per_frame)
    own: dict[str, Any] = {name: np.ascontiguousarray(getattr(whole, name)[..., who]) for name in OWN}
    held, free = (some[some >= 0] for some in (number[held], number[free]))
    own["free"][:, held], own["free"][:, free] = 0.0, whole.axes
    system = replace(whole, **fields, **own, lives=None, chapters={})
    watch_here(system)
    own_rows = [np.arange(part.start, part.stop) for part in system.layout.values()]
    rows = [_rows(whole, key, number) for key in system.layout]
    here, there = (np.concatenate([np.zeros(0, np.int64), *each]) for each in (own_rows, rows))
    return Living(system, who, here, there, held)


def _item(whole: System, index: int, item: Item[K], number: Counts) -> Item[K]:
    """Return an item for those alone who have a number, int64[n], and not -1."""
    stays, beside = _stays(item, number), number[item.beside]
    who = number[item.who].reshape(-1, _ends(item))[stays].reshape(-1)
    values: Values = {p.name: _value(whole, index, item, p, stays) for p in item.kind.parameters}
    return Item(item.kind, values, who, beside[beside >= 0])


def _stays(item: Item[Kernels], number: Counts) -> Flags:
    """Return which bodies, or links, of an item are there: bool[k]."""
    return np.asarray((number[item.who].reshape(-1, _ends(item)) >= 0).all(axis=1))


def _ends(item: Item[Kernels]) -> int:
    """Return how many bodies each entry of an item's bodies names."""
    return 2 if item.kind.linked else 1


def _value(whole: System, index: int, item: Item[Kernels], parameter: Parameter, stays: Flags) -> Floats | Animated:
    """Return a value without the rows of those who are not there; what is derived is as for all."""
    value, fitted = item.values[parameter.name], parameter.fitted(item.values)
    at = _table(whole, index, item, parameter)
    own = at.shape[1] == stays.size > 1
    if isinstance(value, Curve):
        return replace(value, values=value.values[:, stays]) if own else value
    if isinstance(value, Animated):
        return _of_those(value, stays) if own else value
    if value is None or own:
        rows = (-1,) if at.shape[1] > 1 else ()
        plain: Floats = whole.theta[at[0, stays] if own else at[0]]
        return plain.reshape((*rows, *fitted.value_shape))
    return value


def _of_those(value: Keyed, stays: Flags) -> Keyed:
    """Return keys for some of the bodies or links; in their formula each of them keeps its number."""
    formula = value.formula
    if formula is not None and any(map(NUMBERED.search, formula.texts)):
        each = (NUMBERED.sub(f"({row})", text) for row in np.flatnonzero(stays) for text in formula.texts)
        formula = replace(formula, texts=tuple(each))
    return replace(value, values=value.values[:, stays], rise=value.rise[:, :, stays], formula=formula)


def _table(whole: System, index: int, item: Item[Kernels], parameter: Parameter) -> Counts:
    """Return where the numbers of a parameter stand: int64[rows of a curve or keys, bodies or links or 1, numbers]."""
    value, part = item.values[parameter.name], whole.layout[index, parameter.name]
    sheets = len(value.values) if isinstance(value, Animated) else 1
    return np.arange(part.start, part.stop).reshape(sheets, -1, parameter.fitted(item.values).numbers)


def _rows(whole: System, key: tuple[int, str], number: Counts) -> Counts:
    """Return where those numbers of a parameter stand that those have who are there."""
    item = whole.items[key[0]]
    at = _table(whole, key[0], item, next(p for p in item.kind.parameters if p.name == key[1]))
    stays = _stays(item, number)
    return (at[:, stays] if at.shape[1] == stays.size > 1 else at).reshape(-1)
