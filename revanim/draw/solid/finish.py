"""How the surface of solid things answers the lamp."""

from dataclasses import astuple, dataclass

import numpy as np

from revanim.draw.look import Rgb
from revanim.engine.parameter import Floats

# Its row in kernels.
SHADOW, LAMP, COOL, GLOSS, RIM, TERRACE, OUTLINE, INK = range(8)


@dataclass(frozen=True)
class Finish:
    """Shares are of the own colour of a thing, `gloss` and `rim` are white out of 255."""

    shadow: float = 0.34  # what is left of it where it faces away from the lamp
    lamp: float = 0.82  # what the lamp adds
    cool: float = 0.06  # how much a shadow turns from red to blue
    gloss: float = 52.0  # the lamp, mirrored
    rim: float = 40.0  # the sky, mirrored at the edge
    terrace: float = 0.0  # 0: light falls off softly; 1: in one step, as in a drawing
    outline: float = 0.0  # pixels that a line around it is wide
    ink: Rgb = (0, 0, 0)  # of that line
    paper: float = 0.0  # share of the background in every colour

    def row(self, ratio: float) -> Floats:
        """Return what the kernels read, float64[10], for pictures with so many pixels for each of the artist's."""
        *light, outline, ink, _ = astuple(self)
        return np.array([*light, outline * ratio, *ink], np.float64)
