"""Bodies that see each other turn to fly the same way, as starlings do.

Rules that make speeds alike forget how they differed; here bodies are slow to turn instead (Cavagna et al. 2015). Each
carries a spin s, which those that it sees ask to change, and which turns its speed v:

    ds_i/dt = k sum_j w_ij n_i x n_j - r s_i,   dv_i/dt = s_i x v_i,   n = v / |v|

with w as in flocking/sight.py. Both are shears, of the spins by a function of places and speeds, and of the speeds by
one of the spins (planes/rotation.py), so they are undone exactly; no body gets slower or faster. Without the damping r
nothing is erased, and a turn runs through a flock as a wave. With it spins are slowed down (merge.py), and the flock
comes to fly one way; what that erases is on the tape. The second half of a step does all of that in the reverse order.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.flocking.heading import asked, asked_back
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.kind import Lane
from revanim.engine.merge import lose, regain, slopes
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.planes.rotation import rotate, rotate_back
from revanim.engine.tape import TAPE, Words

STRENGTH, SIGHT, DAMPING = 1, 2, 3
UNIT = 2.0**-46  # of a spin, 1/s
FARTHEST = 2.0**60  # counts that a spin changes by at once
SPIN = len(TAPE)  # the first of its lanes


@kernel("float64[::1](float64[::1], int64[:,:,::1], int64, int64)")
def radii(theta: Floats, slot: Counts, f: int, count: int) -> Floats:
    """Return how far each body sees."""
    radius = np.empty(count)
    for k in range(count):
        radius[k] = theta[slot[f, SIGHT, 0] + slot[f, SIGHT, 1] * k]
    return radius


@kernel("void(int64[:,::1], int64, int64[::1], float64[:,::1], float64, int64)")
def add(state: Counts, spin: int, ours: Counts, turned: Floats, scale: float, way: int) -> None:
    """Add to the spins what is asked of them."""
    for k in range(ours.size):
        for c in range(3):
            push = min(max(scale * turned[c, k] / UNIT, -FARTHEST), FARTHEST)
            state[spin + c, ours[k]] += way * np.int64(np.rint(push))


@kernel("void(int64[:,::1], uint32[:,::1], int64, int64[::1], float64, int64)")
def slow(state: Counts, words: Words, lane: int, ours: Counts, damping: float, way: int) -> None:
    """Slow the spins down, or give them back what they lost."""
    if damping == 0.0:
        return
    for i in ours:
        for j in range(3):
            c = lane + SPIN + (j if way > 0 else 2 - j)
            if way > 0:
                state[c, i] = lose(state, words, lane, i, state[c, i], damping, 0.0, 0.0)
            else:
                state[c, i] = regain(state, words, lane, i, state[c, i], damping, 0.0, 0.0)


@kernel("void(int64[:,::1], int64, int64[::1], float64[:,::1], float64, int64)")
def steer(state: Counts, spin: int, ours: Counts, free: Floats, h: float, way: int) -> None:
    """Turn the speeds by the spins."""
    for i in ours:
        if free[0, i] != 0.0:
            x, y, z = state[spin, i] * UNIT, state[spin + 1, i] * UNIT, state[spin + 2, i] * UNIT
            rotate(state, i, x, y, z, h, way)


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    ours, spin, lost = who[slot[f, 0, 0] : slot[f, 0, 1]], lane + SPIN, -1
    radius, scale, damping = (
        radii(theta, slot, f, ours.size),
        h * theta[slot[f, STRENGTH, 0]],
        h * theta[slot[f, DAMPING, 0]],
    )
    if (tick & 1 == 0) == (way > 0):
        add(state, spin, ours, asked(state, who, ours, radius, units), scale, way)
        slow(state, words, lane, ours, damping, way)
        steer(state, spin, ours, free, h, way)
    else:
        steer(state, spin, ours, free, h, way)
        slow(state, words, lane, ours, damping, way)
        add(state, spin, ours, asked(state, who, ours, radius, units), scale, way)
    for i in ours:
        for c in range(3):
            lost = i if max(abs(state[3 + c, i]), abs(state[spin + c, i])) >= BEYOND else lost
    return int(lost)


@kernel(
    "void(int64[:,::1], int64[::1], int64[::1], float64[::1], int64[:,:,::1], int64, int64, float64[::1], float64,"
    " float64[:,::1], float64[::1])"
)
def pull_add(
    state: Counts, who: Counts, ours: Counts, theta: Floats, slot: Counts, f: int, spin: int, units: Floats, h: float,
    adj: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Take away what was asked of the spins, with the gradient."""
    n, strength = ours.size, theta[slot[f, STRENGTH, 0]]
    radius, z, gr = radii(theta, slot, f, n), np.empty((3, n)), np.zeros(n)
    for k in range(n):
        for c in range(3):
            z[c, k] = h * strength * adj[spin + c, ours[k]]
    turned = asked_back(state, who, ours, radius, units, z, adj, gr)
    for k in range(n):
        gtheta[slot[f, SIGHT, 0] + slot[f, SIGHT, 1] * k] += gr[k]
        for c in range(3):
            gtheta[slot[f, STRENGTH, 0]] += h * adj[spin + c, ours[k]] * turned[c, k]
    add(state, spin, ours, turned, h * strength, -1)


@kernel(
    "void(int64[:,::1], uint32[:,::1], int64, int64[::1], float64[::1], int64, float64, float64[:,::1], float64[::1])"
)
def pull_slow(
    state: Counts, words: Words, lane: int, ours: Counts, theta: Floats, at: int, h: float, adj: Floats, gtheta: Floats
) -> None:  # fmt: skip
    """Give the spins back what they lost, with the gradient."""
    for i in ours:
        for c in range(lane + SPIN, lane + SPIN + 3):
            s, z = state[c, i], adj[c, i]
            kept, by_damping, _, _ = slopes(abs(s), h * theta[at], 0.0, 0.0)
            gtheta[at] += z * (1.0 if s > 0 else -1.0) * UNIT * h * by_damping
            adj[c, i] = z * kept
    slow(state, words, lane, ours, h * theta[at], -1)


@kernel("void(int64[:,::1], int64, int64[::1], float64[:,::1], float64[::1], float64, float64[:,::1])")
def pull_steer(state: Counts, spin: int, ours: Counts, free: Floats, units: Floats, h: float, adj: Floats) -> None:
    """Turn the speeds back, with the gradient."""
    for i in ours:
        if free[0, i] != 0.0:
            x, y, z = state[spin, i] * UNIT, state[spin + 1, i] * UNIT, state[spin + 2, i] * UNIT
            g0, g1, g2 = rotate_back(state, adj, i, x, y, z, h, units[1])
            adj[spin, i] += g0
            adj[spin + 1, i] += g1
            adj[spin + 2, i] += g2


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    ours, spin = who[slot[f, 0, 0] : slot[f, 0, 1]], lane + SPIN
    if tick & 1 == 0:
        pull_steer(state, spin, ours, free, units, h, adj)
        pull_slow(state, words, lane, ours, theta, slot[f, DAMPING, 0], h, adj, gtheta)
        pull_add(state, who, ours, theta, slot, f, spin, units, h, adj, gtheta)
    else:
        pull_add(state, who, ours, theta, slot, f, spin, units, h, adj, gtheta)
        pull_slow(state, words, lane, ours, theta, slot[f, DAMPING, 0], h, adj, gtheta)
        pull_steer(state, spin, ours, free, units, h, adj)


alignment = MoveKind(
    name="alignment",
    help="Bodies that see each other turn to fly the same way; none gets slower or faster.",
    title="Alignment",
    words="flock boids birds fish swarm school starlings murmuration heading steer neighbours",
    order=34,
    parameters=(
        Parameter("strength", 4.0, "1/s²", 0.0, 1e9, "How firmly each body that is seen turns a body to its heading."),
        Parameter(
            "sight", 0.2, "length", 0.0, 1e12, "Two see each other where spheres of this radius meet.", per="body"
        ),
        Parameter("damping", 1.0, "1/s", 0.0, 1e6, "How soon turns die away; with 0 they run on, nothing erased."),
    ),
    kernels=MoveKernels(move, pull, rows={"strength": STRENGTH, "sight": SIGHT, "damping": DAMPING}),
    lanes=(*TAPE, Lane("spin x", "1/s"), Lane("spin y", "1/s"), Lane("spin z", "1/s")),
    couples=True,
)  # fmt: skip
