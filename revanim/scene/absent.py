"""Forces and moves of a file that are not installed: they are kept as they are, rest, and are saved again."""

from collections.abc import Mapping
from math import inf

from revanim.engine.code.function_list import no_move, no_move_pull
from revanim.engine.kind import Lane
from revanim.engine.move import MoveKernels, MoveKind
from revanim.engine.parameter import Curve, Parameter
from revanim.scene.scene import Part, Scene, Value
from revanim.sentence import N_, Sentence

HELP = N_("Not installed here: it is kept as it is, and rests")


def resting_kind(part: Part) -> MoveKind:
    """Return a declaration that fits what is in a part whose own is not installed; what it declares does nothing."""
    assert part.absent is not None
    parameters = tuple(_parameter(part, name, value) for name, value in part.values.items())
    rows = {parameter.name: row for row, parameter in enumerate(parameters, start=1)}
    lanes = tuple(Lane(f"lane {number}") for number in range(part.absent.lanes))
    kernels = MoveKernels(no_move, no_move_pull, rows)
    return MoveKind(part.kind, HELP, parameters, kernels, lanes, linked=part.links is not None)


def _parameter(part: Part, name: str, value: Value) -> Parameter:
    each, shape = part.absent is not None and name in part.absent.each, _shape(value)
    return Parameter(
        name,
        "derived" if value is None else 0.0,
        "",
        -inf,
        inf,
        HELP,
        per="scene" if not each else "body" if part.links is None else "link",
        shape=shape[1:] if each else shape,
        shown=False,
    )


def with_rows(values: Mapping[str, Value], count: int, linked: bool) -> frozenset[str]:
    """Return the names of the values that seem to have a row for each of `count` bodies or links.

    Nothing says so of a kind that is not installed: three numbers for three bodies are taken for a vector.
    """
    shapes = {name: _shape(value) for name, value in values.items()}
    return frozenset(
        name for name, shape in shapes.items() if shape[:1] == (count,) and (linked or count != 3 or len(shape) > 1)
    )


def _shape(value: Value) -> tuple[int, ...]:
    return () if value is None else value.values.shape[1:] if isinstance(value, Curve) else value.shape


def missing(scene: Scene) -> list[Sentence]:
    """Return a sentence for each force and move of a scene that is not installed."""
    forces = {part.kind for one in (scene, *(take.scene for take in scene.takes)) for part in one.forces}
    force = Sentence("This scene has a force {name!r} that is not installed; it rests.")
    move = Sentence("This scene has a move {name!r} that is not installed; it rests.")
    return [(force if name in forces else move).with_values(name=name) for name in scene.missing]
