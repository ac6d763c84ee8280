"""A bar with round ends that stands fast, and that bodies bounce off (contacts/obstacle.py)."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.firmness import firmest
from revanim.engine.contacts.forms import AROUND, CENTERED, MATERIALS, ROWS, TOUCHED, around_block, set_upright
from revanim.engine.contacts.obstacle import FORM, SIZE, STAND, obstacle_kernels
from revanim.engine.contacts.shells import bar_shell
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE


@kernel(STAND)
def stand(theta: Floats, slot: Counts, f: int, at: Floats) -> None:
    c = slot[f, FORM, 0]
    x, y, z = theta[c], theta[c + 1], theta[c + 2]
    at[0], at[1], at[2], at[AROUND] = 0.0, 0.0, np.sqrt(x * x + y * y + z * z), theta[slot[f, SIZE, 0]]
    set_upright(x, y, z, at)


capsule = MoveKind(
    name="capsule",
    help="A bar with round ends that stands fast, and that bodies bounce off.",
    title="Fixed bar",
    words="obstacle collide capsule pill cylinder rod peg rail bounce",
    order=55,
    parameters=(
        CENTERED,
        Parameter(
            "along", (1.0, 0.0, 0.0), "length", -1e12, 1e12, "The way from its middle to one of its ends.",
            axes=3, graded=False, lies="way",
        ),
        Parameter("size", 0.3, "length", 0.0, 1e12, "Its radius.", lies="size"),
        *TOUCHED,
    ),
    kernels=obstacle_kernels(stand, around_block, {**ROWS, "along": FORM, "size": SIZE}, grows=SIZE),
    lanes=TAPE,
    derive=firmest,
    shell=bar_shell,
    presets=MATERIALS,
)  # fmt: skip
