"""Drag slows bodies down toward the speed of a wind that is the same everywhere (wind/slowing.py)."""

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind
from revanim.engine.parameter import Floats
from revanim.engine.tape import TAPE
from revanim.engine.wind.slowing import AIR, BLOW, BLOW_BACK, ROWS, WIND, slowing_kernels


@kernel(BLOW)
def blow(state: Counts, theta: Floats, slot: Counts, f: int, i: int, s: int, unit: float, w: Floats) -> None:
    for c in range(3):
        w[c] = theta[slot[f, WIND, 0] + slot[f, WIND, 1] * s + c]


@kernel(BLOW_BACK)
def blow_back(
    state: Counts, theta: Floats, slot: Counts, f: int, i: int, s: int, unit: float, g: Floats, adj: Floats,
    gtheta: Floats,
) -> None:  # fmt: skip
    for c in range(3):
        gtheta[slot[f, WIND, 0] + slot[f, WIND, 1] * s + c] += g[c]


drag = MoveKind(
    name="drag",
    help="Slows bodies down, toward the speed of a wind.",
    title="Drag or wind",
    words="friction air water resistance damping viscosity breeze gust slow",
    order=40,
    parameters=AIR,
    kernels=slowing_kernels(blow, blow_back, ROWS),
    lanes=TAPE,
    presets={
        "Air": {"rate": 0.05, "quadratic": 0.02},
        "Balloon": {"rate": 0.5, "quadratic": 1.0},
        "Feather": {"rate": 3.0, "quadratic": 0.0},
        "Water": {"rate": 0.5, "quadratic": 0.5},
        "Honey": {"rate": 10.0, "quadratic": 0.0},
    },
)
