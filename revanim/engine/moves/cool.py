"""Cold at a rate that is given, or heat where it is below 0: dv/dt = -r v along each axis.

In half a step h a speed is scaled by (1 - r h / 2) / (1 + r h / 2). Cooling merges speeds and pushes bits on the tapes;
heating is that undone (merge.py), and pops them in the reverse order: so what is cooled and then heated as long has the
speeds that it had, to the bit. Where more is heated than was cooled the tape goes below 0: the bits are borrowed,
and given back on the way back. A body at rest stays at rest. Unlike a heat bath this knows no temperature.
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.merge import MOST, cooled
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE, Words

RATE = 1


@kernel(MOVE)
def move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    begin, lost = slot[f, 0, 0], -1
    for k in range(begin, slot[f, 0, 1]):
        i, cooling = who[k], h * theta[slot[f, RATE, 0] + slot[f, RATE, 1] * (k - begin)]
        for j in range(3):
            c = j if (cooling > 0.0) == (way > 0) else 2 - j
            if free[c, i] != 0.0:
                state[3 + c, i] = cooled(state, words, lane, i, state[3 + c, i], cooling, way)
                lost = i if abs(state[3 + c, i]) >= BEYOND else lost
    return int(lost)


@kernel(MOVE_PULL)
def pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    begin = slot[f, 0, 0]
    for k in range(begin, slot[f, 0, 1]):
        i, rate = who[k], slot[f, RATE, 0] + slot[f, RATE, 1] * (k - begin)
        cooling = min(max(h * theta[rate], -MOST), MOST)
        for c in range(3):
            if free[c, i] != 0.0:
                if abs(cooling) < MOST:
                    gtheta[rate] -= adj[3 + c, i] * state[3 + c, i] * units[1] * h / (1.0 - 0.25 * cooling * cooling)
                adj[3 + c, i] *= (1.0 - 0.5 * cooling) / (1.0 + 0.5 * cooling)
    move(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1)


cool = MoveKind(
    name="cool",
    help="Slows bodies down evenly, or makes them ever faster.",
    title="Cool or heat",
    words="heating cooling cold freeze melt warm temperature anneal",
    order=43,
    parameters=(
        Parameter(
            "rate", 0.5, "1/s", -1e6, 1e6, "Which part of the speed is lost in a second; below 0 it is gained.",
            per="body",
        ),
    ),
    kernels=MoveKernels(move, pull, rows={"rate": RATE}),
    lanes=TAPE,
    presets={"Cool": {"rate": 0.5}, "Heat": {"rate": -0.2}},
)  # fmt: skip
