"""An attribute is a number that each body has at each frame; bodies can be coloured by it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from revanim.collect import choose, collect
from revanim.engine.parameter import Floats
from revanim.scene.scene import Look, Scene
from revanim.sentence import Sentence

Values = Callable[[Scene, int, Floats, Floats], Floats]
Names = Callable[[Scene], tuple[str, ...]]


@dataclass(frozen=True)
class Attribute:
    """What a file of `attributes/` declares.

    `values(scene, frame, position, velocity)` returns float64[n] from float64[n, 3] each, NaN where a body has none.
    An attribute with `names` counts things: 0, 1, 2, ... are those.
    """

    name: str
    title: str
    unit: str
    help: str
    order: int  # in a menu
    values: Values
    names: Names | None = None
    nothing: str = ""  # what to say while no body has a number


@cache
def attributes() -> dict[str, Attribute]:
    """Return every attribute by name."""
    return collect("revanim.scene.attributes", Attribute)


def check_color_by(look: Look, before: Look | None = None) -> None:
    """Refuse a look that is coloured by an attribute that is not there; what it was `before` it may stay."""
    if look.color_by and (before is None or look.color_by != before.color_by):
        choose(attributes(), look.color_by, Sentence("attribute to colour by"))
