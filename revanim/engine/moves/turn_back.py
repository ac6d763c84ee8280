"""A turn back: at one moment every speed becomes its opposite, v -> -v.

What pushes bodies by their places alone then takes them back along the way they came, and bit for bit: a step back is
the same list of stages with every plus a minus, and so is a step onward with all speeds turned.

It acts in the first half of the step at whose beginning that moment is, which is told from the middle of the step.
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import Words

AT, CLOCK = 1, 2


@kernel("boolean(float64[::1], int64[:,:,::1], int64, float64, int64)")
def is_now(theta: Floats, slot: Counts, f: int, h: float, tick: int) -> bool:
    """Tell whether this half of a step begins at the moment."""
    begin = theta[slot[f, CLOCK, 0]] - h
    return tick & 1 == 0 and -h <= theta[slot[f, AT, 0]] - begin < h


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    if is_now(theta, slot, f, h, tick):
        for i in who[slot[f, 0, 0] : slot[f, 0, 1]]:
            for c in range(3):
                if free[c, i] != 0.0:
                    state[3 + c, i] = -state[3 + c, i]
    return -1


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    if is_now(theta, slot, f, h, tick):
        for i in who[slot[f, 0, 0] : slot[f, 0, 1]]:
            for c in range(3):
                if free[c, i] != 0.0:
                    adj[3 + c, i] = -adj[3 + c, i]
    move(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1)


turn_back = MoveKind(
    name="turn_back",
    help="Turns the speeds of bodies around at one moment, so that they go back the way they came.",
    title="Turn back",
    words="reverse rewind time return mirror undo backward bounce",
    order=49,
    parameters=(Parameter("at", 0.0, "s", -1e6, 1e6, "When, after frame 0.", steady=True, graded=False),),
    kernels=MoveKernels(move, pull, rows={"at": AT}, clock=CLOCK),
    alike_everywhere=True,
    retraces=True,
)
