"""A move is an exact bijection of the state, with its inverse: applied in mirrored halves around the scheme.

A force only ever shears the state (speed by a function of place), and that cannot damp, turn or heat. What can is a
move: one file in `moves/` that adds integers to some lanes, computed only from the other lanes, and subtracts the same
integers, in the reverse order, on the way back (engine.md, section 3: lifting steps and ancilla lanes).
"""

from dataclasses import dataclass
from functools import cache

from revanim.collect import collect
from revanim.engine.code.kernel import Kernel
from revanim.engine.parameter import Parameter

# move(state, m, free, theta, slot, who, f, lane, units, h, way):
#   state  int64[6 + l, n]   places, speeds, then the lanes of all moves
#   free   float64[3, n]     1 where a body may move along an axis, else 0
#   f      int64             which row of `slot` is this move's
#   lane   int64             the first lane of this move
#   units  float64[2]        length and speed of one count
#   h      float64           seconds: half of a sub-step
#   way    int64             +1 onward, -1 the inverse
# and m, theta, slot, who as for a force. It returns a body that it took out of range, or -1; even then the inverse
# undoes it.
MOVE = (
    "int64(int64[:,::1], float64[::1], float64[:,::1], float64[::1], int64[:,:,::1], int64[::1],"
    " int64, int64, float64[::1], float64, int64)"
)


@dataclass(frozen=True)
class MoveKind:
    """What a file in `moves/` declares."""

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    lanes: int
    move: Kernel


@cache
def move_kinds() -> dict[str, MoveKind]:
    """Return every move by name."""
    return collect("revanim.engine.moves", MoveKind)
