"""The gallery: each file is a recipe that makes one scene.

What an artist opens is the scene that the recipe once made, kept under `resources/scenes`: a sine or a random number
may differ in the last bit between machines, and a gallery scene has the same bits everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from revanim.collect import choose, collect
from revanim.resources import resource
from revanim.scene.build import make_playhead
from revanim.scene.edits import rehome
from revanim.scene.file import load
from revanim.scene.scene import Scene
from revanim.sentence import Sentence

# One of each kind, for whoever sees the gallery for the first time; the others follow by name.
SEEN_FIRST = ("galaxy-collision", "word", "figure-eight", "cloth", "solar-system")


@dataclass(frozen=True)
class Recipe:
    """How a scene of the gallery was made, and what was solved for before it was stored."""

    name: str
    make: Callable[[], Scene]
    solve_for: tuple[str, ...] = ()


def with_home(scene: Scene, frame: int) -> Scene:
    """Return the same motion with its home at another frame: a scene opens there, so let it be the best picture."""
    playhead = make_playhead(scene)
    playhead.seek(frame)
    return rehome(scene, playhead.state, frame)


@cache
def recipes() -> dict[str, Recipe]:
    """Return every recipe by name."""
    return dict(sorted({**collect(__name__, Recipe), **collect(f"{__name__}.losing", Recipe)}.items()))


def examples() -> list[str]:
    """Return the names of the scenes in the gallery."""
    return list(recipes())


def gallery_order() -> list[str]:
    """Return the names of the scenes in the order in which the gallery shows them."""
    return [*SEEN_FIRST, *(name for name in examples() if name not in SEEN_FIRST)]


def example(name: str) -> Scene:
    """Return a scene of the gallery."""
    chosen = choose(recipes(), name, Sentence("example"))
    return load(resource("scenes", f"{chosen.name}.revanim"))
