"""A cue says how a scene is shown, never how it moves: through which camera, with which words; see `cues/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar, TypeAlias

from revanim.collect import collect
from revanim.engine.kind import Kind, Role
from revanim.engine.parameter import Parameter


@dataclass(frozen=True)
class NoKernels:
    """What a cue computes of the motion: nothing."""

    role: ClassVar[Role] = "cue"
    rows: Mapping[str, int]
    clock: int = 0
    beside: int = 0
    rates: Mapping[str, int] = field(default_factory=dict)
    goes_inside: bool = False


CueKind: TypeAlias = Kind[NoKernels]


def cue_kind(
    name: str, help: str, parameters: tuple[Parameter, ...], title: str, order: int, *, says: bool = False
) -> CueKind:
    """Return what a file of `cues/` declares: parameters with their curves, and no kernels."""
    rows = {parameter.name: row for row, parameter in enumerate(parameters, start=1)}
    return Kind(name, help, parameters, NoKernels(rows), title=title, order=order, says=says)


@cache
def cue_kinds() -> dict[str, CueKind]:
    """Return every cue by name."""
    return collect("revanim.scene.cues", Kind, "cue")
