"""A handle is a pinned body on a path: what has keys is where it is, x(t) = P(t), and all that hangs on it follows.

In each half of a step a body goes by the whole counts from P at the beginning of that half to P at its end. Both are
found from the number of the step alone (keyed.py), so the way back takes off what the way there put on. A body that is
at P at home is there at every frame, whatever the motion of the others; one that is elsewhere goes the same way beside.
Where keys of `holds` let it go, it is free with the velocity that P had, until others catch it (alive/letting.py).
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import ADDED, BEYOND, Counts
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import Words

PLACE, PASSAGE = 1, 2  # where it is in the middle of a step; by how much it changes, where it begins and ends
HOLDS = 3


@kernel("UniTuple(int64, 2)(int64[:,:,::1], int64, int64)")
def ends_of(slot: Counts, f: int, tick: int) -> tuple[int, int]:
    """Return where in theta the places stand at the beginning and at the end of a half step."""
    middle, begin, end = slot[f, PLACE, 0], slot[f, PASSAGE, 0] + 3, slot[f, PASSAGE, 0] + 6
    return (begin, middle) if tick & 1 == 0 else (middle, end)


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    begin, end = ends_of(slot, f, tick)
    lost = -1
    for c in range(3):
        here, there = theta[begin + c] / units[0], theta[end + c] / units[0]
        fits = max(abs(here), abs(there)) < ADDED
        stride = np.int64(np.rint(there)) - np.int64(np.rint(here)) if fits else 0
        for k in range(slot[f, 0, 0], slot[f, 0, 1]):
            i = who[k]
            state[c, i] += way * stride * (free[0, i] == 0.0)
            lost = lost if fits and abs(state[c, i]) < BEYOND else i
    return int(lost)


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin, end = ends_of(slot, f, tick)
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        for c in range(3):
            along = adj[c, i] * (free[0, i] == 0.0)
            gtheta[begin + c] -= along
            gtheta[end + c] += along
    move(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1)


handle = MoveKind(
    name="handle",
    help="Leads pinned bodies along a path with keys, and whatever hangs on them.",
    title="Handle on a path",
    words="path animate keyframe follow stroke lead puppet rig animated pin move",
    order=15,
    parameters=(
        Parameter(
            "place", (0.0, 0.0, 0.0), "length", -1e9, 1e9, "Where the body is; keys make it a path.", axes=3,
            rows=False, level=True,
        ),
        Parameter(
            "holds", 1.0, "", 0.0, 1.0, "Whether it holds the body; keys let it go, and catch it again.",
            choices=("no", "yes"), rows=False, graded=False,
        ),
    ),
    kernels=MoveKernels(move, pull, rows={"place": PLACE, "holds": HOLDS}, rates={"place": PASSAGE}),
    holds="holds",
    alike_everywhere=True,
    retraces=True,
)  # fmt: skip
