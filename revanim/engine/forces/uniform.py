"""A uniform field: the same acceleration for every body, a_i = g."""

from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats, Parameter

ACCELERATION = 1


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    g = slot[f, ACCELERATION, 0]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        for c in range(3):
            a[c, who[s]] += theta[g + c]


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    g = slot[f, ACCELERATION, 0]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        for c in range(3):
            a[c, who[s]] += theta[g + c]
            gtheta[g + c] += w[c, who[s]]


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    g, total = slot[f, ACCELERATION, 0], 0.0
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        for c in range(3):
            total -= m[who[s]] * theta[g + c] * x[c, who[s]]
    return total


uniform = ForceKind(
    name="uniform",
    help="The same pull everywhere, like the weight of things on the ground.",
    title="Gravity (down)",
    words="weight fall drop down uniform earth constant",
    order=10,
    parameters=(
        Parameter(
            "acceleration", (0.0, 0.0, -9.81), "length/s²", -1e9, 1e9, "Direction and strength of the pull.",
            axes=3, planar=(0.0, -9.81, 0.0),
        ),
    ),
    kernels=ForceKernels(apply, pull, energy, rows={"acceleration": ACCELERATION}),
    alike_everywhere=True,
)  # fmt: skip
