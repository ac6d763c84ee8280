"""What a file names and is not installed (a force, a move, a scheme) is kept as it is, rests, and is saved again."""

from collections.abc import Mapping
from math import inf

from revanim.engine.code.function_list import no_move, no_move_pull
from revanim.engine.grid import ARITHMETIC
from revanim.engine.kind import Lane
from revanim.engine.move import MoveKernels, MoveKind
from revanim.engine.parameter import Animated, Parameter
from revanim.engine.scheme import Scheme, schemes
from revanim.scene.scene import Part, Scene, Value
from revanim.sentence import N_, Sentence

HELP = N_("Not installed here: it is kept as it is, and rests")
STILL = Scheme("still", 0, (("drift", 0.0),), HELP)


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
    return () if value is None else value.values.shape[1:] if isinstance(value, Animated) else value.shape


def scheme_of(scene: Scene) -> Scheme:
    """Return the scheme that a scene is walked by: where its own is not installed, one by which nothing moves."""
    return schemes().get(scene.scheme, STILL)


def missing_schemes(scene: Scene) -> list[str]:
    """Return the names of the schemes of a scene and its takes that are not installed, each once."""
    every = [scene, *(take.scene for take in scene.takes)]
    return list(dict.fromkeys(one.scheme for one in every if scheme_of(one) is STILL))


def remarks(scene: Scene) -> list[Sentence]:
    """Return what is said of a scene when it is opened: what rests, and that its last bits are not what they were."""
    other = Sentence(
        "This scene was stored by a revanim with another arithmetic ({stored}; here it is {here}): it opens as it was,"
        " and its motion differs from then in the last bits."
    )
    differs = [other.with_values(stored=scene.arithmetic, here=ARITHMETIC)] if scene.arithmetic != ARITHMETIC else []
    return [*resting(scene), *differs]


def resting(scene: Scene) -> list[Sentence]:
    """Return a sentence for each part and scheme of a scene, or of a take, that is not installed and rests."""
    every = (scene, *(take.scene for take in scene.takes))
    forces = {part.kind for one in every for part in one.forces}
    flows = {part.kind for one in every for part in one.flows}
    force = Sentence("This scene has a force {name!r} that is not installed; it rests.")
    flow = Sentence("This scene has a flow {name!r} that is not installed; it rests.")
    move = Sentence("This scene has a move {name!r} that is not installed; it rests.")
    still = Sentence("The scheme {name!r} is not installed; the bodies stand still, and the file keeps it.")
    cues = {part.kind for one in every for part in one.cues}
    cue = Sentence("This scene has a cue {name!r} that is not installed; it rests.")
    said = {**dict.fromkeys(cues, cue), **dict.fromkeys(flows, flow), **dict.fromkeys(forces, force)}
    parts = [said.get(name, move).with_values(name=name) for name in scene.missing]
    return [*parts, *(still.with_values(name=name) for name in missing_schemes(scene))]
