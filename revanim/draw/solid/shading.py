"""What spheres, tubes and surfaces have in common: light, haze, and how a pixel takes a colour."""

import numpy as np

from revanim.draw.solid.finish import COOL, GLOSS, INK, LAMP, RIM, SHADOW, TERRACE
from revanim.engine.code.kernel import kernel

FAINTEST = 0.4  # opacity that a thing keeps however far below one pixel it is
FULL = np.uint32(0xFF000000)  # a pixel from here on lets nothing through
ROUND_FROM, ROUND_OVER = 2.0, 6.0  # a body begins to look round at so many smallest radii, and is so many later
THICKEST = 0.35  # share of a thing that its outline may take

# The lamp hangs up, left and in front (x right, y down, z to the eye); gloss is half way between it and the eye.
LAMP_X, LAMP_Y, LAMP_Z = -0.42, -0.66, 0.62
HALF_X, HALF_Y, HALF_Z = -0.23, -0.37, 0.90
STEP_AT, STEP_OVER = 0.52, 0.05  # how far a thing faces the lamp where a terrace begins, and how soft its edge is


@kernel("float64(float64, float64[::1])")
def haze(depth, fog):  # type: ignore[no-untyped-def]
    """Return the share of the fog's colour at a depth; fog holds near, far, the most, red, green, blue, the least."""
    return fog[6] + (1.0 - fog[6]) * fog[2] * min(1.0, max(0.0, (depth - fog[0]) / (fog[1] - fog[0])))


@kernel("float64(float64, float64)")
def roundness(size, smallest):  # type: ignore[no-untyped-def]
    """Return how round a thing looks that is so many pixels thick, from 0 (flat) to 1."""
    return min(1.0, max(0.0, (size / smallest - ROUND_FROM) / ROUND_OVER))


@kernel("UniTuple(float64, 3)(float64, float64, float64, float64, float64[::1])")
def shade(nx, ny, nz, round_, finish):  # type: ignore[no-untyped-def]
    """Return the share of its colour, of cool shadow and of white gloss that a surface with this normal shows."""
    facing = 0.5 + 0.5 * (nx * LAMP_X + ny * LAMP_Y + nz * LAMP_Z)
    lit = facing * facing
    if finish[TERRACE] > 0.0:
        step = min(1.0, max(0.0, (facing - STEP_AT) / STEP_OVER))
        lit += finish[TERRACE] * (step * step * (3.0 - 2.0 * step) - lit)
    own = finish[SHADOW] + finish[LAMP] * lit
    gloss = max(0.0, nx * HALF_X + ny * HALF_Y + nz * HALF_Z)
    gloss *= gloss
    gloss *= gloss
    gloss *= gloss
    gloss *= gloss
    rim = (1.0 - nz) * (1.0 - nz) * (0.65 - 0.35 * ny)
    white = finish[GLOSS] * gloss * gloss + finish[RIM] * rim
    return 1.0 + (own - 1.0) * round_, finish[COOL] * (1.0 - facing) * round_, white * round_


@kernel("UniTuple(float64, 3)(float64, float64, float64, float64, float64[::1])")
def inked(red, green, blue, share, finish):  # type: ignore[no-untyped-def]
    """Return a colour of which the outline covers a share."""
    return (
        red + (finish[INK] - red) * share,
        green + (finish[INK + 1] - green) * share,
        blue + (finish[INK + 2] - blue) * share,
    )


@kernel("uint32(uint32, boolean, float64, float64, float64, float64)")
def blend(old, behind, red, green, blue, cover):  # type: ignore[no-untyped-def]
    """Return a pixel with a colour, 0 to 255, put over what is there, or under it."""
    filled = np.int32(old >> np.uint32(24))
    keep = 1.0 - cover
    if behind:
        cover *= (255 - filled) / 255.0
        keep = 1.0
    alpha = np.int32(255.0 * cover + keep * filled + 0.5)
    r = np.int32(min(255.0, red) * cover + keep * np.int32((old >> np.uint32(16)) & np.uint32(255)) + 0.5)
    g = np.int32(min(255.0, green) * cover + keep * np.int32((old >> np.uint32(8)) & np.uint32(255)) + 0.5)
    b = np.int32(min(255.0, blue) * cover + keep * np.int32(old & np.uint32(255)) + 0.5)
    return np.uint32((alpha << 24) | (r << 16) | (g << 8) | b)
