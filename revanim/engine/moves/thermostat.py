"""A heat bath that keeps bodies at a temperature, on average: Nosé and Hoover's thermostat.

    dv/dt = -x v,   dx/dt = (K / (g T) - 1) / t²,   K = sum m v²

with the temperature T (energy, k = 1) of each of g directions in which a body may move, and the time t that it takes to
answer. In half a step x is kicked, the speeds are scaled by (1 - b) / (1 + b) with b = x h / 2, and x is kicked again
(Hoover 1985; Martyna, Klein and Tuckerman 1992). x is a lane of the first body.

Cooling merges speeds and pushes bits on the tapes, heating is that undone and pops them (merge.py): so a tape is as
long as what was cooled in all, less what was heated, and shorter than at home where more was heated.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.kind import Lane
from revanim.engine.merge import cooled
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE, Words

TEMPERATURE, RELAXATION = 1, 2
UNIT = 2.0**-46  # of x, 1/s
STRONGEST = 1.0  # of x h: stronger scaling than a step can follow
BATH = len(TAPE)  # which lane x is


@kernel("UniTuple(float64, 2)(int64[:,::1], float64[::1], float64[:,::1], int64[::1], float64)")
def heat_of(state: Counts, m: Floats, free: Floats, who: Counts, unit: float) -> tuple[float, float]:
    """Return the sum of m v² of some bodies, and in how many directions they may move."""
    heat, directions = 0.0, 0.0
    for i in who:
        for c in range(3):
            v = state[3 + c, i] * unit * free[c, i]
            heat += m[i] * v * v
            directions += free[c, i]
    return heat, directions


@kernel("int64(float64, float64, float64, float64, float64)")
def push_of_heat(heat: float, directions: float, temperature: float, relaxation: float, h: float) -> int:
    """Return by how many counts x is kicked in a time."""
    push = h / UNIT * (heat / (directions * temperature) - 1.0) / (relaxation * relaxation)
    return int(np.int64(np.rint(min(max(push, -(2.0**60)), 2.0**60))))


@kernel("float64(int64, float64)")
def cooling_of(x: int, h: float) -> float:
    """Return x h, which speeds are slowed down by (merge.py)."""
    return min(max(h * (x * UNIT), -STRONGEST), STRONGEST)


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    ours, lost = who[slot[f, 0, 0] : slot[f, 0, 1]], -1
    temperature, relaxation = theta[slot[f, TEMPERATURE, 0]], theta[slot[f, RELAXATION, 0]]
    heat, directions = heat_of(state, m, free, ours, units[1])
    if directions == 0.0:
        return -1
    first, bath = ours[0], lane + BATH
    state[bath, first] += way * push_of_heat(heat, directions, temperature, relaxation, 0.5 * h)
    cooling = cooling_of(state[bath, first], h)
    for i in ours:
        for j in range(3):
            c = j if way > 0 else 2 - j
            if free[c, i] != 0.0:
                state[3 + c, i] = cooled(state, words, lane, i, state[3 + c, i], cooling, way)
                lost = i if abs(state[3 + c, i]) >= BEYOND else lost
    heat, _ = heat_of(state, m, free, ours, units[1])
    state[bath, first] += way * push_of_heat(heat, directions, temperature, relaxation, 0.5 * h)
    return int(first if abs(state[bath, first]) >= BEYOND else lost)


@kernel(
    "void(int64[:,::1], float64[::1], float64[:,::1], float64[::1], int64[:,:,::1], int64[::1], int64, float64,"
    " float64, float64, float64[:,::1], float64[::1], float64[::1])"
)
def pull_heat(
    state: Counts, m: Floats, free: Floats, theta: Floats, slot: Counts, ours: Counts, f: int, unit: float, h: float,
    z: float, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add what z, the derivative for x, says of speeds, masses and parameters through a kick of x."""
    temperature, relaxation = theta[slot[f, TEMPERATURE, 0]], theta[slot[f, RELAXATION, 0]]
    heat, directions = heat_of(state, m, free, ours, unit)
    per = z * h / (relaxation * relaxation * directions * temperature)
    for i in ours:
        for c in range(3):
            v = state[3 + c, i] * unit * free[c, i]
            adj[3 + c, i] += 2.0 * per * m[i] * v
            if gm.size > 0:
                gm[i] += per * v * v
    gtheta[slot[f, TEMPERATURE, 0]] -= per * heat / temperature
    gtheta[slot[f, RELAXATION, 0]] -= 2.0 * per * (heat - directions * temperature) / relaxation


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    ours = who[slot[f, 0, 0] : slot[f, 0, 1]]
    temperature, relaxation = theta[slot[f, TEMPERATURE, 0]], theta[slot[f, RELAXATION, 0]]
    heat, directions = heat_of(state, m, free, ours, units[1])
    if directions == 0.0:
        return
    first, bath, half = ours[0], lane + BATH, 0.5 * h
    pull_heat(state, m, free, theta, slot, ours, f, units[1], half, adj[bath, first], adj, gm, gtheta)
    state[bath, first] -= push_of_heat(heat, directions, temperature, relaxation, half)
    cooling = cooling_of(state[bath, first], h)
    for i in ours:
        for c in range(2, -1, -1):
            if free[c, i] != 0.0:
                v, w = state[3 + c, i], adj[3 + c, i]
                if abs(cooling) < STRONGEST:
                    adj[bath, first] -= w * v * units[1] * h / (1.0 - 0.25 * cooling * cooling)
                adj[3 + c, i] = w * (1.0 - 0.5 * cooling) / (1.0 + 0.5 * cooling)
                state[3 + c, i] = cooled(state, words, lane, i, v, cooling, -1)
    pull_heat(state, m, free, theta, slot, ours, f, units[1], half, adj[bath, first], adj, gm, gtheta)
    heat, _ = heat_of(state, m, free, ours, units[1])
    state[bath, first] -= push_of_heat(heat, directions, temperature, relaxation, half)


thermostat = MoveKind(
    name="thermostat",
    help="Keeps bodies at a temperature, by heating and cooling them all alike.",
    title="Heat bath",
    words="thermostat temperature nose hoover heat cool melt freeze",
    order=44,
    parameters=(
        Parameter(
            "temperature",
            1.0,
            "mass length²/s²",
            1e-12,
            1e12,
            "Twice the energy of motion along an axis, on average.",
        ),
        Parameter("relaxation", 0.5, "s", 1e-6, 1e6, "How long it takes to answer."),
    ),
    kernels=MoveKernels(move, pull, rows={"temperature": TEMPERATURE, "relaxation": RELAXATION}),
    lanes=(*TAPE, Lane("bath", "1/s")),
    couples=True,
)
