"""How much two bodies heed each other: w = (1 - |d|² / R²)², where R = R_i + R_j is how far they see, and 0 beyond.

It fades smoothly, and asks for no root. The functions are the law of `neighbours.py`, where it is F = w d, and of which
the potential is R² (1 - |d|² / R²)³ / 6 where it repels.
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.meeting import LAW, SLOPE
from revanim.engine.neighbours import POTENTIAL


@kernel(LAW)
def law(r2: float, ri: float, rj: float, s: float) -> float:
    """Return w."""
    left = max(0.0, 1.0 - r2 / ((ri + rj) * (ri + rj)))
    return left * left


@kernel(SLOPE)
def slope(r2: float, ri: float, rj: float, s: float) -> tuple[float, float, float, float, float]:
    """Return w, twice its derivative for |d|², and those for R_i, R_j and nothing."""
    reach = ri + rj
    square = reach * reach
    left = max(0.0, 1.0 - r2 / square)
    by_reach = 4.0 * left * r2 / (square * reach)
    return left * left, -4.0 * left / square, by_reach, by_reach, 0.0


@kernel(POTENTIAL)
def potential(r: float, ri: float, rj: float, s: float) -> float:
    """Return the energy of a pair that repels."""
    square = (ri + rj) * (ri + rj)
    left = max(0.0, 1.0 - r * r / square)
    return square * (left * left * left) / 6.0
