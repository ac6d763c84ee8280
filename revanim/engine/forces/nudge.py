"""A push on chosen bodies, changing with the frames: the handle by which a solver steers, a_i = p_i(frame).

Outside the frames of its curve there is no push."""

from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter

PUSH = 1


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    p, stride = slot[f, PUSH]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        row = p + stride * (s - slot[f, 0, 0])
        for c in range(3):
            a[c, who[s]] += theta[row + c]


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    p, stride = slot[f, PUSH]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        row = p + stride * (s - slot[f, 0, 0])
        for c in range(3):
            a[c, who[s]] += theta[row + c]
            gtheta[row + c] += w[c, who[s]]


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    p, stride = slot[f, PUSH]
    total = 0.0
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        row = p + stride * (s - slot[f, 0, 0])
        for c in range(3):
            total -= m[who[s]] * theta[row + c] * x[c, who[s]]
    return total


nudge = ForceKind(
    name="nudge",
    help="A push on chosen bodies for some frames.",
    title="Push",
    words="nudge impulse kick wind",
    order=13,
    parameters=(
        Parameter(
            "push", (0.0, 0.0, 0.0), "length/s²", -1e9, 1e9, "Direction and strength of the push.",
            per="body", axes=3, outside="zero",
        ),
    ),
    kernels=ForceKernels(apply, pull, energy, rows={"push": PUSH}),
    alike_everywhere=True,
)  # fmt: skip
