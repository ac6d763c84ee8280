"""A bowl that stands fast, and in which bodies roll and come to rest (contacts/obstacle.py).

It is what is within half a thickness of a part of a sphere, up to a rim: round inside, outside and at the rim.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.firmness import firmest
from revanim.engine.contacts.forms import CENTERED, MATERIALS, ROWS, TOUCHED, laid, seen, set_upright
from revanim.engine.contacts.obstacle import FORM, SIZE, STAND, SURFACE, TURN, Surface, obstacle_kernels
from revanim.engine.contacts.shells import bowl_shell
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE

MIDDLE, HALF, RISE = 0, 1, 2  # in `at`: radius of the sphere, half the thickness, and the rim: its height over a radius
THICK = 0.05  # of the radius
HEIGHT = TURN


@kernel(STAND)
def stand(theta: Floats, slot: Counts, f: int, at: Floats) -> None:
    size, up = theta[slot[f, SIZE, 0]], slot[f, FORM, 0]
    at[MIDDLE], at[HALF] = (1.0 + 0.5 * THICK) * size, 0.5 * THICK * size
    at[RISE] = min(max(theta[slot[f, HEIGHT, 0]] / size - 1.0, -1.0), 1.0) if size > 0.0 else 0.0
    set_upright(theta[up], theta[up + 1], theta[up + 2], at)


@kernel(SURFACE)
def surface(at: Floats, x: float, y: float, z: float) -> Surface:
    """Return the surface of a bowl (obstacle.py): of the sphere below the rim, else of a ring around it."""
    p0, p1, p2 = seen(at, x, y, z)
    r, middle, rise = np.sqrt(p0 * p0 + p1 * p1 + p2 * p2), at[MIDDLE], at[RISE]
    if p2 <= rise * r and r > 0.0:
        side = -1.0 if r < middle else 1.0
        n0, n1, n2 = laid(at, side * p0 / r, side * p1 / r, side * p2 / r)
        return side * (r - middle) - at[HALF], n0, n1, n2, 0.0, 0.0, 0.0, side / r, side / r
    rho = np.sqrt(p0 * p0 + p1 * p1)
    c, s = (p0 / rho, p1 / rho) if rho > 0.0 else (1.0, 0.0)
    out, up = rho - middle * np.sqrt(1.0 - rise * rise), p2 - middle * rise
    far = np.sqrt(out * out + up * up)
    out, up, bend = (out / far, up / far, 1.0 / far) if far > 0.0 else (0.0, 1.0, 0.0)
    n0, n1, n2 = laid(at, out * c, out * s, up)
    e0, e1, e2 = laid(at, -s, c, 0.0)
    return far - at[HALF], n0, n1, n2, e0, e1, e2, out / rho if rho > 0.0 else 0.0, bend


bowl = MoveKind(
    name="bowl",
    help="A bowl that stands fast, in which bodies roll and come to rest.",
    title="Bowl",
    words="obstacle collide dish cup basin sphere round roll bounce",
    order=56,
    parameters=(
        CENTERED,
        Parameter("size", 1.0, "length", 0.0, 1e12, "Its radius inside.", graded=False, lies="size"),
        Parameter(
            "height", 1.0, "length", 0.0, 1e12, "How high its rim is over its lowest point.",
            graded=False, lies="size",
        ),
        Parameter(
            "up", (0.0, 0.0, 1.0), "", -1e12, 1e12, "The direction in which it opens.",
            axes=3, planar=(0.0, 1.0, 0.0), graded=False, lies="direction",
        ),
        *TOUCHED,
    ),
    kernels=obstacle_kernels(stand, surface, {**ROWS, "size": SIZE, "height": HEIGHT, "up": FORM}),
    lanes=TAPE,
    derive=firmest,
    shell=lambda values: bowl_shell(values, THICK),
    presets=MATERIALS,
)  # fmt: skip
