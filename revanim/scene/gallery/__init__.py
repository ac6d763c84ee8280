"""The gallery: each file is a recipe that makes one scene.

What an artist opens is the scene that the recipe once made, kept under `resources/scenes`: a sine or a random number may
differ in the last bit between machines, and a gallery scene has the same bits everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from revanim.collect import choose, collect
from revanim.resources import resource
from revanim.scene.file import load
from revanim.scene.scene import Scene


@dataclass(frozen=True)
class Recipe:
    """How a scene of the gallery was made."""

    name: str
    make: Callable[[], Scene]


@cache
def recipes() -> dict[str, Recipe]:
    """Return every recipe by name."""
    return collect("revanim.scene.gallery", Recipe)


def examples() -> list[str]:
    """Return the names of the scenes in the gallery."""
    return list(recipes())


def example(name: str) -> Scene:
    """Return a scene of the gallery."""
    return load(resource("scenes", f"{choose(recipes(), name, 'example').name}.revanim"))
