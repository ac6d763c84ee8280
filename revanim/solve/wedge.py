"""A wedge: variants of a scene that differ in a few numbers, each walked, or solved, on its own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from revanim.error import RevanimError
from revanim.farm.errand import tell
from revanim.scene.build import make_playhead
from revanim.scene.check import check
from revanim.scene.scene import Scene, Take
from revanim.solve.controls.control import Control
from revanim.solve.controls.handles import bind_control
from revanim.solve.solve import solve

MOST = 10_000  # variants
AXES = "xyz"


@dataclass(frozen=True)
class Axis:
    """A quantity, named as the solver's controls are, perhaps with .x, .y or .z at its end, and its values."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Variant:
    """A scene of a wedge, and what its numbers are."""

    values: dict[str, float]
    scene: Scene

    @property
    def name(self) -> str:
        """The numbers as the name of a take."""
        return ", ".join(f"{name} {value:g}" for name, value in self.values.items())


def evenly(first: float, last: float, count: int) -> tuple[float, ...]:
    """Return so many values from the first to the last."""
    return tuple(float(value) for value in np.linspace(first, last, count))


def variants(scene: Scene, axes: Sequence[Axis]) -> list[Variant]:
    """Return a variant for every combination of values; raises RevanimError where a number cannot be set or be so."""
    count = int(np.prod([len(axis.values) for axis in axes]))
    if not axes or not 1 <= count <= MOST:
        raise RevanimError(
            "{count} variants cannot be; a wedge has 1 to {most}.", count=count if axes else 0, most=MOST
        )
    if len({axis.name for axis in axes}) < len(axes):
        raise RevanimError("A wedge names a quantity twice; each may be named once.")
    bare, names = replace(scene, take="", takes=()), [axis.name for axis in axes]
    found = []
    for numbers in product(*(axis.values for axis in axes)):
        values, changed = dict(zip(names, numbers, strict=True)), bare
        for name, value in values.items():
            changed = put(changed, name, value)
        found.append(Variant(values, check(changed)))
    return found


def put(scene: Scene, name: str, value: float) -> Scene:
    """Return the scene with one quantity at a value, for all bodies or links and at all frames alike."""
    known, _, end = name.rpartition(".")
    axis = AXES.index(end) if end in AXES and len(end) == 1 else None
    handle = bind_control(Control(name if axis is None else known), scene, scene.timing.last)
    z = np.full(handle.start.size, value)
    if axis is not None:
        if z.size % 3:
            raise RevanimError("{name} has no {part}; it is a single number.", name=known, part=end)
        z = handle.start.copy()
        z[axis::3] = value
    return handle.edit(scene, z)


@dataclass(frozen=True)
class Order:
    """A variant as it travels to another process, and how it is solved, if it is."""

    scene: Scene
    controls: tuple[str, ...] = ()
    iterations: int = 200


@dataclass(frozen=True)
class Answer:
    """What became of a variant: its scene, solved if that was asked for, and what is known of it."""

    scene: Scene
    facts: dict[str, Any]


def answer(order: Order) -> Answer:
    """Solve a variant, or walk it to its last frame."""
    started, scene = time.perf_counter(), order.scene
    try:
        scene, facts = _solved(scene, order) if order.controls else (scene, {})
        playhead = make_playhead(scene)
        playhead.seek(scene.timing.last)
        facts |= {"digest": playhead.digest(), "energy": playhead.energy(), "why": facts.get("why", "")}
    except RevanimError as error:
        facts = {"why": str(error)}
    return Answer(scene, {**facts, "seconds": time.perf_counter() - started})


def _solved(scene: Scene, order: Order) -> tuple[Scene, dict[str, Any]]:
    for last in solve(scene, order.controls, order.iterations):
        tell(last.iteration / order.iterations)
    facts = {"cost_before": last.before, "cost_after": last.cost, "misses": list(last.misses), "why": last.why}
    return last.scene, {**facts, "iterations": last.iteration}


def together(name: str, found: Sequence[tuple[str, Scene]], best: int = 0) -> Scene:
    """Return variants as the takes of one scene, one of them in front."""
    takes = tuple(Take(title, scene) for index, (title, scene) in enumerate(found) if index != best)
    title, scene = found[best]
    return check(replace(scene, name=name, take=title, takes=takes))


def best_of(answers: Sequence[Answer]) -> int:
    """Return which one hits best; the first where nothing was aimed at."""
    return int(np.argmin([answer.facts.get("cost_after", np.inf) for answer in answers]))
