"""A force is one file: a formula, its derivative, its energy, and a declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import ClassVar, TypeAlias

import numpy as np

from revanim.collect import collect
from revanim.engine.code.kernel import Kernel, kernel
from revanim.engine.grid import Counts
from revanim.engine.kind import Kind, Role, Values
from revanim.engine.parameter import Floats

# The arguments that every kernel of a force begins with; all forces share the arrays, each reads its own part.
#   x      float64[3, n]      places
#   m      float64[n]         masses
#   theta  float64[t]         every parameter of the scene, one after the other
#   slot   int64[F, 1+P, 2]   slot[f, 0] is where the bodies of force f begin and end in `who`; slot[f, ROW] is where
#                             the parameter that is read in this row starts in theta, and the stride to the next
#                             body's. Each file names its rows, and ties them to the names of its parameters.
#   who    int64[w]           the bodies that a force acts on, or the two ends of each of its links; the last number of
#                             all is 0 as long as somebody waits for what is computed
#   f      int64              which force of the scene this is
#   wide   bool               whether to share the work among threads (which changes no bit)
COMMON = "float64[:,::1], float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64, boolean"

# A kernel that may take long, and says so by its `pairs`, asks `is_dropped(who)` (code/dropped.py) between shares of
# its work, and ends where that is so: the step is not done then, and nothing of what it has filled is read.

# apply(..., a): adds the acceleration of each body to a, float64[3, n].
APPLY = f"void({COMMON}, float64[:,::1])"

# pull(..., w, a, gx, gm, gtheta): adds the same acceleration (the same bits) to a, and the derivatives of the sum
# of w * a with respect to places, masses and parameters to gx float64[3, n], gm float64[n] and gtheta float64[t];
# gm is empty when nobody asks for the masses.
PULL = f"void({COMMON}, float64[:,::1], float64[:,::1], float64[:,::1], float64[::1], float64[::1])"

# energy(...): returns the potential energy.
ENERGY = f"float64({COMMON})"

MANY = 8  # bodies


def no_pairs(mass: Floats) -> int:
    """Count nothing: each body, or each link, is computed once."""
    return 0


def all_pairs(mass: Floats) -> int:
    """Count each of these bodies with each."""
    return mass.size**2


def pairs_with_mass(mass: Floats) -> int:
    """Count each of these bodies with each that has mass."""
    return mass.size * int(np.count_nonzero(mass))


def pairs_for(bodies: int, most: int) -> int:
    """Count, for a sum that is sifted, the pairs that could be computed in its time: so many a body at most."""
    return bodies * min(bodies, most)


def no_other(values: Values) -> None:
    """Choose none: the same kernels serve all values."""


@dataclass(frozen=True, eq=False)
class ForceKernels:
    """What a force does; `rows` says by name in which row of `slot` its kernels find each parameter."""

    role: ClassVar[Role] = "force"
    goes_inside: ClassVar[bool] = False
    beside: ClassVar[int] = 0
    threads: ClassVar[int] = 0

    apply: Kernel
    pull: Kernel
    energy: Kernel
    rows: Mapping[str, int] = field(default_factory=dict)
    clock: int = 0
    rates: Mapping[str, int] = field(default_factory=dict)
    apply_many: Kernel | None = None  # the same for MANY bodies or more, where another form is faster
    pull_many: Kernel | None = None
    pairs: Callable[[Floats], int] = no_pairs  # how many are computed among bodies of these masses, float64[k]
    other: Callable[[Values], "ForceKernels | None"] = no_other  # what does it instead, where its values ask for that

    def among(self, bodies: int, values: Values) -> "ForceKernels":
        """Return the kernels of this force on so many bodies with these values; nobody else needs machine code."""
        if other := self.other(values):
            return other.among(bodies, values)
        if bodies < MANY:
            return self
        return replace(self, apply=self.apply_many or self.apply, pull=self.pull_many or self.pull)


def where_set(name: str, kernels: ForceKernels) -> Callable[[Values], ForceKernels | None]:
    """Return what chooses these kernels for a force where the parameter of this name is not 0."""
    return lambda values: kernels if np.all(values[name] != 0.0) else None


@kernel(APPLY)
def no_force(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Do nothing."""


@kernel(PULL)
def no_pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Do nothing."""


@kernel(ENERGY)
def no_energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return 0."""
    return 0.0


NO_PUSH = ForceKernels(no_force, no_pull, no_energy)  # of a move that only maps


ForceKind: TypeAlias = Kind[ForceKernels]


@cache
def force_kinds() -> dict[str, ForceKind]:
    """Return every force by name."""
    return collect("revanim.engine.forces", Kind, "force")
