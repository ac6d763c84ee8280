"""A checkerboard, as other tools show what is transparent."""

import numpy as np

from revanim.draw.background import Background, Ground
from revanim.draw.look import Tokens, rgb
from revanim.engine.parameter import Floats
from revanim.scene.scene import Look

CELL = 8  # pixels
STEP = 18  # between its two greys


def ground(look: Look, tokens: Tokens, dark: bool) -> Ground:
    """Return two greys of the theme."""
    red, green, blue = rgb(tokens.viewport_top)
    return Ground((red, green, blue), (red - STEP, green - STEP, blue - STEP), rgb(tokens.text))


def tile(ground: Ground, height: int, ratio: float) -> Floats:
    """Return two by two cells."""
    cell = round(CELL * ratio)
    row, column = np.indices((2 * cell, 2 * cell)) // cell
    return np.asarray(np.array([ground.top, ground.bottom], np.float64)[(row + column) % 2])


checker = Background(
    name="checker",
    title="Transparent",
    help="A checkerboard, as other tools show what is transparent.",
    order=40,
    ground=ground,
    tile=tile,
)
