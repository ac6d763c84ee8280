"""Colours and how much they cover, as style sheets write them."""

from functools import lru_cache
from typing import NamedTuple

from revanim.scene.svg.numbers import length


class Paint(NamedTuple):
    """A colour from 0 to 1, and how much of what lies below it covers."""

    red: float
    green: float
    blue: float
    alpha: float

    @property
    def paleness(self) -> float:
        """How near to white it is: as far as its darkest part."""
        return min(self.red, self.green, self.blue)

    @property
    def luminance(self) -> float:
        """How bright it is in a mask."""
        return 0.2125 * self.red + 0.7154 * self.green + 0.0721 * self.blue


BLACK = Paint(0.0, 0.0, 0.0, 1.0)


@lru_cache(maxsize=4096)
def color(text: str) -> Paint | None:
    """Return a colour, or None where a text is none that is known."""
    from tinycss2.color4 import parse_color  # only who reads a drawing pays for it

    found = parse_color(text.partition("icc-color")[0])
    if found is None or isinstance(found, str):
        return None
    try:
        red, green, blue = (min(max(float(part or 0), 0.0), 1.0) for part in found.to("srgb").coordinates)
    except (NotImplementedError, ValueError):  # a space of colours that is not calculated with
        return None
    return Paint(red, green, blue, min(max(float(found.alpha), 0.0), 1.0))


def opacity(text: str) -> float:
    """Return how much something covers, from 0 to 1."""
    return min(max(length(text, 1.0, 1.0), 0.0), 1.0)
