"""A turn of the speeds about an axis, dv/dt = w x v: what a magnetic field does to charges, w = -(q / m) B, and what a
frame that turns does to all, the Coriolis force, w = -2 W.

In the frame of the axis the speeds across it are turned by the angle |w| h in three shears (planes/rotation.py).
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.planes.rotation import rotate, rotate_back
from revanim.engine.tape import Words

RATE = 1


@kernel("UniTuple(float64, 3)(float64[:,::1], float64[::1], int64, int64)")
def rate_of(free: Floats, theta: Floats, at: int, i: int) -> tuple[float, float, float]:
    """Return the rate about each axis: about z alone in a plane, and none of a body that is pinned."""
    if free[0, i] == 0.0:
        return 0.0, 0.0, 0.0
    flat = free[2, i] == 0.0
    return 0.0 if flat else theta[at], 0.0 if flat else theta[at + 1], theta[at + 2]


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    begin, lost = slot[f, 0, 0], -1
    for k in range(begin, slot[f, 0, 1]):
        i = who[k]
        x, y, z = rate_of(free, theta, slot[f, RATE, 0] + slot[f, RATE, 1] * (k - begin), i)
        rotate(state, i, x, y, z, h, way)
        for axis in range(3, 6):
            lost = i if abs(state[axis, i]) >= BEYOND else lost
    return int(lost)


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin = slot[f, 0, 0]
    for k in range(begin, slot[f, 0, 1]):
        i, at = who[k], slot[f, RATE, 0] + slot[f, RATE, 1] * (k - begin)
        x, y, z = rate_of(free, theta, at, i)
        g0, g1, g2 = rotate_back(state, adj, i, x, y, z, h, units[1])
        if free[2, i] != 0.0:
            gtheta[at] += g0
            gtheta[at + 1] += g1
        gtheta[at + 2] += g2


magnet = MoveKind(
    name="turn",
    help="Turns the speeds about an axis, as a magnet or a frame that turns does.",
    title="Magnet or spin",
    words="magnetic field charge coriolis rotation gyrate lorentz spiral",
    order=42,
    parameters=(
        Parameter(
            "rate", (0.0, 0.0, 1.0), "1/s", -1e9, 1e9, "Radians a second about each axis.", per="body", axes=3
        ),
    ),
    kernels=MoveKernels(move, pull, rows={"rate": RATE}),
)  # fmt: skip
