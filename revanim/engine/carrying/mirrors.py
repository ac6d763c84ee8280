"""Walls that a flow glides along: what is behind a mirror flows as what is before it does, mirrored.

With M the mirror, u(x) + M u(M x) has no component across it (method of images). A corner of ground and wall has three
mirrors: the two, and one after the other. The ground lies across y in a plane and across z in space, the wall across x;
both go through one point.
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Floats, Parameter, at_first

IN_GROUND, IN_WALL = 1, 2  # bits of an image: in which it is mirrored

WALLS = (
    Parameter(
        "walls", 0.0, "", 0.0, 2.0, "What it glides along: the ground, or that and a wall across x.",
        choices=("none", "ground", "corner"), graded=False,
    ),
    Parameter(
        "corner", (0.0, 0.0, 0.0), "length", -1e9, 1e9, "A point of the ground and of the wall.",
        axes=3, graded=False, lies="place",
    ),
)  # fmt: skip


def times_seen(values: Values) -> int:
    """Return how often everything is seen, itself included, by the values of a flow."""
    return 1 << int(at_first(values["walls"]))


@kernel("int64(float64[::1], int64[:,:,::1], int64, int64)")
def images(theta: Floats, slot: Counts, f: int, walls: int) -> int:
    """Return the same in a kernel; the walls of flow f stand in this row of `slot`."""
    return 1 << int(theta[slot[f, walls, 0]])


@kernel("float64[:,::1](float64[:,::1], int64[::1], float64[::1], int64, int64, int64)")
def seen(x: Floats, who: Counts, theta: Floats, corner: int, up: int, image: int) -> Floats:
    """Return where bodies are in an image, float64[3, k]; theta holds the corner from an index on."""
    y = x[:, who]
    for axis in range(3):
        if (axis == up and image & IN_GROUND) or (axis == 0 and image & IN_WALL):
            twice = 2.0 * theta[corner + axis]
            for k in range(who.size):
                y[axis, k] = twice - y[axis, k]
    return y


@kernel("void(float64[:,::1], int64, int64)")
def mirror(v: Floats, up: int, image: int) -> None:
    """Mirror directions, float64[3, k], into an image or out of it."""
    for axis in range(3):
        if (axis == up and image & IN_GROUND) or (axis == 0 and image & IN_WALL):
            for k in range(v.shape[1]):
                v[axis, k] = -v[axis, k]
