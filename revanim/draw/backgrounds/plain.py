"""One colour all over, which the artist chooses: for titles, and for keying in another tool."""

import numpy as np

from revanim.draw.background import BRIGHT, PALE, Background, Ground
from revanim.draw.look import Tokens, rgb
from revanim.engine.parameter import Floats
from revanim.scene.scene import Look

INK = "#1c1c1c"  # lines of the floor on a bright colour


def ground(look: Look, tokens: Tokens, dark: bool) -> Ground:
    """Return the colour of the look, with lines that can be seen on it."""
    return Ground(look.plain, look.plain, rgb(INK if sum(look.plain) > BRIGHT else PALE))


def tile(ground: Ground, height: int, ratio: float) -> Floats:
    """Return a single pixel."""
    return np.array([[ground.top]], np.float64)


plain = Background(
    name="plain",
    title="Plain",
    help="One colour all over.",
    order=30,
    ground=ground,
    tile=tile,
    colors=(("Black", (0, 0, 0)), ("Slate", (32, 34, 40)), ("White", (255, 255, 255)), ("Green Screen", (0, 177, 64))),
)
