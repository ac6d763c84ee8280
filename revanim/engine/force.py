"""A force is one file: a formula, its derivative, its energy, and this declaration."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from revanim.collect import collect
from revanim.engine.code.kernel import Kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.sentence import Sentence

# The arguments that every kernel of a force begins with; all forces share the arrays, each reads its own part.
#   x      float64[3, n]      places
#   m      float64[n]         masses
#   theta  float64[t]         every parameter of the scene, one after the other
#   slot   int64[F, 1+P, 2]   slot[f, 0] is where the bodies of force f begin and end in `who`;
#                             slot[f, 1+p] is where its parameter p starts in theta, and the stride to the next body's
#   who    int64[w]           the bodies that a force acts on, or the two ends of each of its links
#   f      int64              which force of the scene this is
#   wide   bool               whether to share the work among threads (which changes no bit)
COMMON = "float64[:,::1], float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64, boolean"

# apply(..., a): adds the acceleration of each body to a, float64[3, n].
APPLY = f"void({COMMON}, float64[:,::1])"

# pull(..., w, a, gx, gm, gtheta): adds the same acceleration (the same bits) to a, and the derivatives of the sum
# of w * a with respect to places, masses and parameters to gx float64[3, n], gm float64[n] and gtheta float64[t];
# gm is empty when nobody asks for the masses.
PULL = f"void({COMMON}, float64[:,::1], float64[:,::1], float64[:,::1], float64[::1], float64[::1])"

# energy(...): returns the potential energy.
ENERGY = f"float64({COMMON})"

MANY = 16  # bodies


@dataclass(frozen=True)
class ForceKind:
    """What a file of `forces/` declares.

    `derive(masses, links, seconds)` gives the parameter whose default is "derived", for a sub-step of `seconds`.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    apply: Kernel
    pull: Kernel
    energy: Kernel
    apply_many: Kernel | None = None  # the same for MANY bodies or more, where another form is faster
    pull_many: Kernel | None = None
    linked: bool = False  # acts along links between two bodies
    divides_by_mass: bool = False  # so a body without mass is refused
    derive: Callable[[Floats, Counts, float], Floats] | None = None

    def derived(self, masses: Floats, links: Counts, seconds: float) -> Floats:
        """Return what `derive` gives; a force may be somebody else's, so whatever goes wrong there is refused."""
        assert self.derive is not None
        try:
            return self.derive(masses, links, seconds)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            raise RevanimError(
                "The force {name} cannot derive a value ({why}).", name=Sentence(self.name), why=why
            ) from error

    def kernels(self, bodies: int) -> tuple[Kernel, Kernel]:
        """Return what applies and what pulls this force on so many bodies."""
        many = bodies >= MANY
        return (self.apply_many if many and self.apply_many else self.apply), (
            self.pull_many if many and self.pull_many else self.pull
        )


@cache
def force_kinds() -> dict[str, ForceKind]:
    """Return every force by name."""
    return collect("revanim.engine.forces", ForceKind)
