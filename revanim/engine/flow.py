"""A flow carries bodies: a formula for their velocity, its derivative, its energy, and a declaration.

What a flow carries has no speed of its own, and no force pushes it. A walk returns exactly because each of these bodies
has a twin (carrying/twins.py), whose lead is in three lanes of the state behind the speeds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar, TypeAlias

import numpy as np

from revanim.collect import collect
from revanim.engine.code.kernel import Kernel
from revanim.engine.grid import Counts
from revanim.engine.kind import Kind, Lane, Role, Values

LANES = tuple(Lane(f"lead {axis}", "length") for axis in "xyz")  # how far the twin is ahead


def no_pairs(values: Values, who: Counts, bodies: int) -> int:
    """Count nothing: each body is computed once."""
    return 0


def all_alike(values: Values, who: Counts) -> Counts:
    """Return 1 for each body: their leads turn the same way."""
    return np.ones(who.size, np.int64)


@dataclass(frozen=True, eq=False)
class FlowKernels:
    """What a flow does; its kernels have the arguments of those of a force (force.py), and give velocities.

    `apply` reads the places of `who` alone, and adds velocities to those whom it carries: these, or, where the kind
    carries others beside the ends of its links, those whose begin and end in `who` stand in the row `beside` of `slot`.
    Nothing depends on masses.
    """

    role: ClassVar[Role] = "flow"
    threads: ClassVar[int] = 0
    goes_inside: ClassVar[bool] = False

    apply: Kernel
    pull: Kernel
    energy: Kernel
    rows: Mapping[str, int] = field(default_factory=dict)
    clock: int = 0
    rates: Mapping[str, int] = field(default_factory=dict)
    beside: int = 0
    pairs: Callable[[Values, Counts, int], int] = no_pairs  # how many are computed, where so many bodies are carried
    sense: Callable[[Values, Counts], Counts] = all_alike  # int64[k], 1 or -1: which way the lead of each body turns
    spin: Callable[[Values], float] | None = None  # how many radians a second it turns bodies about each other at most
    strength: str = ""  # the parameter with how strongly each body carries the others, 0 where it does not
    width: str = ""  # the parameter with how wide its vortices are; links that are longer are not resolved


FlowKind: TypeAlias = Kind[FlowKernels]


@cache
def flow_kinds() -> dict[str, FlowKind]:
    """Return every flow by name."""
    return collect("revanim.engine.flows", Kind, "flow")
