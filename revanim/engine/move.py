"""A move is an exact bijection of the state, with its inverse: in mirrored halves around the scheme, or inside it.

A force only ever shears the state (speed by a function of place), and that cannot damp, turn or heat. What can is a
move: one file in `moves/`. It adds integers to some lanes, computed only from the other lanes, and subtracts the same
integers, in the reverse order, on the way back; or it makes neighbours one, and keeps on a tape which they were
(tape.py, merge.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar, TypeAlias

from revanim.collect import collect
from revanim.engine.code.kernel import Kernel
from revanim.engine.force import ForceKernels
from revanim.engine.kind import Kind, Role

# The arguments that every kernel of a move begins with.
#   state  int64[6 + l, n]   places, speeds, then the lanes of all moves
#   words  uint32[n, c]      the tape of this move for each body (tape.py), if its lanes begin with those of one
#   a      float64[3, n]     the accelerations of the kick that this move follows; 0 for one in the outer halves, and
#                            nothing that may be read after a drift, but by a pull: there it is that of a kick nearby
#   m, theta, slot, who      as for a force
#   free   float64[3, n]     1 where a body may move along an axis, else 0
#   f      int64             which row of `slot` is this move's
#   lane   int64             the first lane of this move
#   units  float64[2]        length and speed of one count
#   h      float64           seconds: half of a sub-step, or those of the drift or kick that it follows
#   tick   int64             which half of a step this is: twice the number of the step, one more in its second half
COMMON = (
    "int64[:,::1], uint32[:,::1], float64[:,::1], float64[::1], float64[:,::1], float64[::1], int64[:,:,::1],"
    " int64[::1], int64, int64, float64[::1], float64, int64"
)

# move(..., way): acts onward where way is 1, and is its own inverse where way is -1: the same tick then undoes it. It
# returns a body that it took out of range, or -1; even then the inverse undoes it.
MOVE = f"int64({COMMON}, int64)"

# pull(..., adj, gm, gtheta): undoes the move exactly, as move(..., -1) would, and carries the gradient along: adj,
# float64[6 + l, n], holds the derivatives of a cost with respect to the state after the move, row by row in scene units
# (those of a lane in a unit that the move chooses), and shall hold those with respect to the state before it. What
# that says of masses and parameters is added to gm float64[n] (empty when nobody asks) and gtheta float64[t]. Rounding
# counts as the identity.
MOVE_PULL = f"void({COMMON}, float64[:,::1], float64[::1], float64[::1])"


@dataclass(frozen=True, eq=False)
class MoveKernels:
    """What a move does; `rows` says by name in which row of `slot` its kernels find each parameter.

    `move` acts in the outer halves of each step, `drifted` after each drift, `kicked` after each kick; these two need a
    scheme whose drifts and kicks all go onward. A scene with a move without one of the pulls cannot be solved. `push`
    is a force that belongs to it: its kernels find the same values in the same rows.
    """

    role: ClassVar[Role] = "move"
    beside: ClassVar[int] = 0

    move: Kernel | None = None
    pull: Kernel | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    clock: int = 0
    rates: Mapping[str, int] = field(default_factory=dict)
    threads: int = 0
    drifted: Kernel | None = None
    drifted_pull: Kernel | None = None
    kicked: Kernel | None = None
    kicked_pull: Kernel | None = None
    push: ForceKernels | None = None

    @property
    def acts(self) -> tuple[Kernel | None, Kernel | None, Kernel | None]:
        """What it does in the outer halves, after drifts and after kicks."""
        return self.move, self.drifted, self.kicked

    @property
    def pulls(self) -> tuple[Kernel | None, Kernel | None, Kernel | None]:
        """The pulls of these."""
        return self.pull, self.drifted_pull, self.kicked_pull

    @property
    def goes_inside(self) -> bool:
        """Whether it acts inside a scheme."""
        return self.drifted is not None or self.kicked is not None


MoveKind: TypeAlias = Kind[MoveKernels]


@cache
def move_kinds() -> dict[str, MoveKind]:
    """Return every move by name."""
    return collect("revanim.engine.moves", Kind, "move")
