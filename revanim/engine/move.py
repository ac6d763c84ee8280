"""A move is an exact bijection of the state, with its inverse: applied in mirrored halves around the scheme.

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
from revanim.engine.kind import Kind, Role

# The arguments that every kernel of a move begins with.
#   state  int64[6 + l, n]   places, speeds, then the lanes of all moves
#   words  uint32[n, c]      the tape of this move for each body (tape.py), if its lanes begin with those of one
#   a      float64[3, n]     the accelerations of the kick that this move follows; 0 for one in the outer halves, as all
#                            are so far
#   m, theta, slot, who      as for a force
#   free   float64[3, n]     1 where a body may move along an axis, else 0
#   f      int64             which row of `slot` is this move's
#   lane   int64             the first lane of this move
#   units  float64[2]        length and speed of one count
#   h      float64           seconds: half of a sub-step
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

    A scene with a move that has no `pull` cannot be solved.
    """

    role: ClassVar[Role] = "move"

    move: Kernel
    pull: Kernel | None = None
    rows: Mapping[str, int] = field(default_factory=dict)


MoveKind: TypeAlias = Kind[MoveKernels]


@cache
def move_kinds() -> dict[str, MoveKind]:
    """Return every move by name."""
    return collect("revanim.engine.moves", Kind, "move")
