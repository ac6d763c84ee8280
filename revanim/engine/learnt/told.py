"""What a learnt field tells its network of a body: where it is, seen from the field, how late it is, and its code."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.forms import AXES, seen, set_axes
from revanim.engine.grid import Counts
from revanim.engine.learnt.network import weight_count
from revanim.engine.parameter import Floats

# The rows of the parameters of a field.
UNITS, LAYERS, CODES, CODE, SEED, PLACE, SIZE, TURN, BEGIN, SECONDS, WEIGHTS, CLOCK = range(1, 13)
ROWS = {
    "units": UNITS, "layers": LAYERS, "codes": CODES, "code": CODE, "seed": SEED, "place": PLACE, "size": SIZE,
    "turn": TURN, "begin": BEGIN, "seconds": SECONDS, "weights": WEIGHTS,
}  # fmt: skip

TIME = 3  # the row of p after the place; a row follows for each code but the first, which is where all of them are 0
AT = AXES + 9  # numbers that say how a field stands (contacts/forms.py)


@kernel("Tuple((int64, int64, float64, int64))(float64[::1], int64[:,:,::1], int64)")
def now(theta: Floats, slot: Counts, f: int) -> tuple[int, int, float, int]:
    """Return how much the network is told, its units, which part of the time has gone by, and where its weights begin.

    These begin nowhere, at -1, before and after its time.
    """
    units, layers = int(np.rint(theta[slot[f, UNITS, 0]])), int(np.rint(theta[slot[f, LAYERS, 0]]))
    told = TIME + int(np.rint(theta[slot[f, CODES, 0]]))
    t = (theta[slot[f, CLOCK, 0]] - theta[slot[f, BEGIN, 0]]) / theta[slot[f, SECONDS, 0]]
    if not 0.0 <= t < 1.0:
        return told, units, t, -1
    layer = min(int(t * layers), layers - 1)
    return told, units, t, int(slot[f, WEIGHTS, 0] + layer * weight_count(told, units))


@kernel("float64(float64[::1], int64[:,:,::1], int64, float64[::1])")
def stand(theta: Floats, slot: Counts, f: int, at: Floats) -> float:
    """Write down the axes of the field (contacts/forms.py), and return how strong a push of 1 is."""
    turn, seconds = slot[f, TURN, 0], theta[slot[f, SECONDS, 0]]
    set_axes(theta[turn], theta[turn + 1], theta[turn + 2], at)
    return float(theta[slot[f, SIZE, 0]] / (seconds * seconds))


@kernel("UniTuple(float64, 2)(float64, int64, int64)")
def share_of(code: float, which: int, last: int) -> tuple[float, float]:
    """Return how much of a code a body has, which blends from one to the next, and the derivative of that."""
    d = min(max(code, 0.0), 1.0 * last) - which
    r = 1.0 - abs(d)
    if r <= 0.0:
        return 0.0, 0.0
    return r * r * (3.0 - 2.0 * r), (-6.0 if d > 0.0 else 6.0) * r * (1.0 - r)


@kernel(
    "void(float64[:,::1], float64[::1], int64[:,:,::1], int64[::1], int64, int64, int64, int64, float64,"
    " float64[::1], float64[:,::1])"
)
def tell(
    x: Floats, theta: Floats, slot: Counts, who: Counts, f: int, start: int, count: int, told: int, t: float,
    at: Floats, p: Floats,
) -> None:  # fmt: skip
    """Fill p with what the network is told of `count` bodies from number `start` on; lanes without a body are 0."""
    place, size, code = slot[f, PLACE, 0], theta[slot[f, SIZE, 0]], slot[f, CODE]
    p[:] = 0.0
    for i in range(count):
        b = who[slot[f, 0, 0] + start + i]
        d0, d1, d2 = x[0, b] - theta[place], x[1, b] - theta[place + 1], x[2, b] - theta[place + 2]
        p[0, i], p[1, i], p[2, i] = seen(at, d0 / size, d1 / size, d2 / size)
        p[TIME, i], p[told, i] = t, 1.0
        for k in range(TIME + 1, told):
            p[k, i] = share_of(theta[code[0] + code[1] * (start + i)], k - TIME, told - TIME - 1)[0]
