"""A box that stands fast, and that bodies bounce off (contacts/obstacle.py)."""

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.firmness import firmest
from revanim.engine.contacts.forms import AROUND, CENTERED, MATERIALS, ROWS, TOUCHED, around_block, set_axes
from revanim.engine.contacts.obstacle import SIZE, STAND, TURN, obstacle_kernels
from revanim.engine.contacts.shells import box_shell
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE


@kernel(STAND)
def stand(theta: Floats, slot: Counts, f: int, at: Floats) -> None:
    size, turned = slot[f, SIZE, 0], slot[f, TURN, 0]
    at[0], at[1], at[2], at[AROUND] = 0.5 * theta[size], 0.5 * theta[size + 1], 0.5 * theta[size + 2], 0.0
    set_axes(theta[turned], theta[turned + 1], theta[turned + 2], at)


box = MoveKind(
    name="box",
    help="A box that stands fast, and that bodies bounce off.",
    title="Fixed box",
    words="obstacle collide block cube brick ramp step bounce",
    order=54,
    parameters=(
        CENTERED,
        Parameter(
            "size", (1.0, 1.0, 1.0), "length", 0.0, 1e12, "How long its edges are.",
            axes=3, graded=False, lies="edges",
        ),
        Parameter(
            "turn", (0.0, 0.0, 0.0), "°", -1e6, 1e6, "By how much it is turned about x, then y, then z.",
            axes=3, graded=False, lies="turn",
        ),
        *TOUCHED,
    ),
    kernels=obstacle_kernels(stand, around_block, {**ROWS, "size": SIZE, "turn": TURN}),
    lanes=TAPE,
    derive=firmest,
    shell=box_shell,
    presets=MATERIALS,
)  # fmt: skip
