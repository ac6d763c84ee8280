"""An attribute is a number that each body has at each frame; bodies can be coloured by it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from revanim.collect import choose, collect
from revanim.engine.parameter import Floats
from revanim.scene.scene import Look, Scene
from revanim.sentence import N_, Sentence

BY = {  # the fields of a look that name an attribute
    "color_by": N_("attribute to colour by"),
    "size_by": N_("attribute to size by"),
    "opacity_by": N_("attribute to fade by"),
}


@dataclass(frozen=True, eq=False)
class Instant:
    """What is known of the bodies at a frame: where they are, how fast, and what their moves have erased since home."""

    frame: int
    position: Floats  # float64[n, 3]
    velocity: Floats  # float64[n, 3]
    erased: Floats  # float64[n], bits


Values = Callable[[Scene, Instant], Floats]
Names = Callable[[Scene], tuple[str, ...]]


@dataclass(frozen=True)
class Attribute:
    """What a file of `attributes/` declares.

    `values(scene, instant)` returns float64[n], NaN where a body has none.
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
    """Refuse a look that goes by an attribute that is not there; what it was `before` it may stay."""
    for field, what in BY.items():
        name = getattr(look, field)
        if name and (before is None or name != getattr(before, field)):
            choose(attributes(), name, Sentence(what))


def asked_for(look: Look) -> dict[str, Attribute]:
    """Return the attributes that a look goes by and that are installed, by the names of its fields."""
    return {field: attributes()[getattr(look, field)] for field in BY if getattr(look, field) in attributes()}
