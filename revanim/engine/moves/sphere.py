"""A ball that stands fast, and that bodies bounce off (contacts/obstacle.py)."""

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.firmness import firmest
from revanim.engine.contacts.forms import AROUND, CENTERED, MATERIALS, ROWS, TOUCHED, around_block, set_axes
from revanim.engine.contacts.obstacle import SIZE, STAND, obstacle_kernels
from revanim.engine.contacts.shells import ball_shell
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE


@kernel(STAND)
def stand(theta: Floats, slot: Counts, f: int, at: Floats) -> None:
    at[0], at[1], at[2], at[AROUND] = 0.0, 0.0, 0.0, theta[slot[f, SIZE, 0]]
    set_axes(0.0, 0.0, 0.0, at)


sphere = MoveKind(
    name="sphere",
    help="A ball that stands fast, and that bodies bounce off.",
    title="Fixed ball",
    words="obstacle collide sphere round bounce",
    order=53,
    parameters=(CENTERED, Parameter("size", 1.0, "length", 0.0, 1e12, "Its radius.", lies="size"), *TOUCHED),
    kernels=obstacle_kernels(stand, around_block, {**ROWS, "size": SIZE}, grows=SIZE),
    lanes=TAPE,
    derive=firmest,
    shell=ball_shell,
    presets=MATERIALS,
)
