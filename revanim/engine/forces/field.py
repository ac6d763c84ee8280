"""A wind that is learnt: a_i = (l / T^2) R o_i, where a small network (learnt/network.py) makes o of what it is told.

That is where the body is, R' (x_i - c) / l; how much of its time T has gone by; and a code of the body, so that one
field can bring several groups to several shapes. There is a network for each layer, which is an equal part of the time.
Before and after its time there is no push.

Smooth forces that change with time bend paths through each other, and one field moves any number of bodies (Chen et
al. 2018; of second order: Norcliffe et al. 2020). With layers it is a reversible neural network, and what its adjoint
has to keep is one state, however many steps there are (Stam 2022).

The derivatives for weights are summed body by body over SHARE at a time; these are dealt out to at most PARTS sums. So
their order hangs neither on how many bodies there are nor on threads.
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel, prange
from revanim.engine.contacts.forms import laid, seen
from revanim.engine.force import APPLY, COMMON, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.learnt.credit import SHARED, add_parts, add_shared, credit
from revanim.engine.learnt.network import LANES, OUTS, begin_with, think, think_back, weight_count
from revanim.engine.learnt.told import AT, CLOCK, ROWS, TIME, now, stand, tell
from revanim.engine.parameter import Floats, Parameter

SHARE = 8 * LANES  # bodies
PARTS = 16
PAIRS = 250  # that gravity has summed in the time of one body here, with as many units as by default


@kernel(f"void(int64, int64, {COMMON}, float64[:,::1])")
def push_some(
    part: int, parts: int,
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats,
) -> None:  # fmt: skip
    """Add the accelerations of one share of bodies in so many."""
    told, units, t, weights = now(theta, slot, f)
    n, at = slot[f, 0, 1] - slot[f, 0, 0], np.empty(AT)
    strength = stand(theta, slot, f, at)
    p, o = np.empty((told + 1, LANES)), np.empty((OUTS, LANES))
    one, two = np.ones((units + 1, LANES)), np.empty((units, LANES))
    for share in range(part * SHARE, n, parts * SHARE):
        if is_dropped(who):
            return
        for start in range(share, min(share + SHARE, n), LANES):
            count = min(LANES, n - start)
            tell(x, theta, slot, who, f, start, count, told, t, at, p)
            think(theta, weights, told, units, p, one, two, o)
            for i in range(count):
                b = who[slot[f, 0, 0] + start + i]
                a0, a1, a2 = laid(at, strength * o[0, i], strength * o[1, i], strength * o[2, i])
                a[0, b] += a0
                a[1, b] += a1
                a[2, b] += a2


@kernel("int64(int64[:,:,::1], int64)")
def parts_of(slot: Counts, f: int) -> int:
    """Return to how many sums the bodies are dealt out."""
    return min(int(slot[f, 0, 1] - slot[f, 0, 0] + SHARE - 1) // SHARE, PARTS)


@kernel(APPLY, parallel=True)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    if now(theta, slot, f)[3] < 0:
        return
    parts = parts_of(slot, f)
    if wide:
        for part in prange(parts):
            push_some(part, parts, x, m, theta, slot, who, f, wide, a)
    else:
        for part in range(parts):
            push_some(part, parts, x, m, theta, slot, who, f, wide, a)


@kernel(
    f"void(int64, int64, {COMMON}, float64[:,::1], float64[:,::1], float64[:,::1], float64[::1], float64[::1],"
    " float64[::1])"
)
def pull_some(
    part: int, parts: int,
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gtheta: Floats, g: Floats, sums: Floats,
) -> None:  # fmt: skip
    """Add the same accelerations of one share of bodies in so many, and the derivatives."""
    told, units, t, weights = now(theta, slot, f)
    n, at = slot[f, 0, 1] - slot[f, 0, 0], np.empty(AT)
    strength = stand(theta, slot, f, at)
    p, dp, o, do = (np.empty((told + 1, LANES)), np.empty((told + 1, LANES)),
                    np.empty((OUTS, LANES)), np.empty((OUTS, LANES)))  # fmt: skip
    one, done = np.ones((units + 1, LANES)), np.empty((units + 1, LANES))
    two, dtwo = np.empty((units, LANES)), np.empty((units, LANES))
    turned = np.empty((LANES, max(units, OUTS)))
    for share in range(part * SHARE, n, parts * SHARE):
        if is_dropped(who):
            return
        for start in range(share, min(share + SHARE, n), LANES):
            count = min(LANES, n - start)
            tell(x, theta, slot, who, f, start, count, told, t, at, p)
            think(theta, weights, told, units, p, one, two, o)
            do[:] = 0.0
            for i in range(count):
                b = who[slot[f, 0, 0] + start + i]
                do[0, i], do[1, i], do[2, i] = seen(at, strength * w[0, b], strength * w[1, b], strength * w[2, b])
            think_back(theta, weights, told, units, p, one, two, do, dp, done, dtwo, turned, g)
            credit(theta, slot, who, f, start, count, strength, told, units, at, x, w, p, o, dp, a, gx, sums, gtheta)


@kernel(PULL, parallel=True)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    told, units, t, weights = now(theta, slot, f)
    if weights < 0:
        return
    parts = parts_of(slot, f)
    g, sums = np.zeros((parts, weight_count(told, units))), np.zeros((parts, SHARED))
    if wide:
        for part in prange(parts):
            pull_some(part, parts, x, m, theta, slot, who, f, wide, w, a, gx, gtheta, g[part], sums[part])
    else:
        for part in range(parts):
            pull_some(part, parts, x, m, theta, slot, who, f, wide, w, a, gx, gtheta, g[part], sums[part])
    add_parts(g, gtheta, weights)
    add_shared(theta, slot, f, t, sums, gtheta)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    return 0.0


def weights_of(values: Values) -> tuple[int, ...]:
    """Return the shape of the weights that go with the other values: a row for each layer."""
    units, layers, codes = (int(np.rint(np.asarray(values[name]))) for name in ("units", "layers", "codes"))
    return layers, weight_count.function(TIME + codes, units)


def begun(masses: Floats, values: Values, who: Counts, seconds: float) -> Floats:
    """Return the weights that the seed gives."""
    units, codes, seed = (int(np.rint(np.asarray(values[name]))) for name in ("units", "codes", "seed"))
    weights = np.empty(weights_of(values))
    for layer, row in enumerate(weights):
        begin_with(row, TIME + codes, units, layer, seed)
    return weights


def pairs(mass: Floats) -> int:
    """Count as many pairs as gravity sums in the same time."""
    return PAIRS * mass.size


field = ForceKind(
    name="field",
    help="A wind that is learnt: solving finds one smooth field that brings any number of bodies to their keys.",
    title="Learnt field",
    gain="Train it on 500 bodies, use it on 50 000: bodies that are added later follow it, too. Saved as an asset it "
    "acts in other scenes, wherever it is moved, however it is scaled and turned.",
    words="neural network learn train ai machine ode wind flow swarm morph unroll transport",
    order=16,
    parameters=(
        Parameter(
            "units", 16.0, "", 1.0, 64.0, "How fine it can be; another number begins anew.",
            steady=True, whole=True, graded=False,
        ),
        Parameter(
            "layers", 4.0, "", 1.0, 64.0, "Into how many parts its time is cut, each with a field of its own; "
            "another number begins anew.", steady=True, whole=True, graded=False,
        ),
        Parameter(
            "codes", 1.0, "", 1.0, 16.0, "How many ways it knows; another number begins anew.",
            steady=True, whole=True, graded=False,
        ),
        Parameter(
            "code", 0.0, "", 0.0, 15.0, "Which of its ways a body takes; between two numbers the ways are mixed.",
            per="body",
        ),
        Parameter("seed", 1.0, "", 0.0, 1e9, "Another number begins anew elsewhere.",
                  steady=True, whole=True, graded=False),
        Parameter("place", (0.0, 0.0, 0.0), "length", -1e12, 1e12, "Where its middle is.", axes=3, lies="place"),
        Parameter("size", 1.0, "length", 1e-9, 1e12, "How large it is, from its middle to where bodies are.",
                  lies="size"),
        Parameter(
            "turn", (0.0, 0.0, 0.0), "°", -1e6, 1e6, "By how much it is turned about x, then y, then z.",
            axes=3, lies="turn",
        ),
        Parameter("begin", 0.0, "s", -1e9, 1e9, "When it begins, after frame 0.", steady=True, graded=False),
        Parameter("seconds", 4.0, "s", 1e-6, 1e9, "How long it lasts; then it lets go.", steady=True, graded=False),
        Parameter(
            "weights", "derived", "", -1e6, 1e6, "What it has learnt.", steady=True, shown=False,
            follows=("units", "layers", "codes", "seed"), shape_of=weights_of,
        ),
    ),
    kernels=ForceKernels(
        apply, pull, energy,
        rows=ROWS,
        clock=CLOCK,
        pairs=pairs,
    ),
    derive=begun,
    around=True,
    span=("begin", "seconds"),
    layers="layers",
    drives=True,
)  # fmt: skip
