"""The gallery: each file is a recipe that makes one scene.

What an artist opens is the scene that the recipe once made, kept under `resources/scenes`: a sine or a random number
may differ in the last bit between machines, and a gallery scene has the same bits everywhere. A scene of very many
bodies would be too large for that. Its recipe takes whole numbers, roots and + - * / alone, so that it makes the same
bits everywhere when the scene is opened; what is kept of it is a sketch, the same with few bodies, for whoever shows
the whole gallery at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from revanim.collect import choose, collect
from revanim.engine.parameter import Floats
from revanim.resources import resource
from revanim.scene.build import make_playhead
from revanim.scene.edits import rehome
from revanim.scene.file import load
from revanim.scene.scene import Scene
from revanim.sentence import Sentence

# One of each kind, for whoever sees the gallery for the first time; the others follow by name.
SEEN_FIRST = ("galaxy-collision", "word", "figure-eight", "cloth", "solar-system")

FOLDERS = "directed", "flowing", "learnt", "losing"


@dataclass(frozen=True)
class Recipe:
    """How a scene of the gallery was made, and what was solved for before it was stored.

    What is made in whole when it is opened has only its sketch stored.
    """

    name: str
    make: Callable[[], Scene]
    solve_for: tuple[str, ...] = ()
    iterations: int = 200
    whole: Callable[[], Scene] | None = None
    count: int = 0  # bodies of what is made in whole


def with_home(scene: Scene, frame: int) -> Scene:
    """Return the same motion with its home at another frame: a scene opens there, so let it be the best picture."""
    playhead = make_playhead(scene)
    playhead.seek(frame)
    return rehome(scene, playhead.state, frame)


@cache
def recipes() -> dict[str, Recipe]:
    """Return every recipe by name."""
    names = (__name__, *(f"{__name__}.{folder}" for folder in FOLDERS))
    folders = [collect(name, Recipe) for name in names]
    return dict(sorted((name, recipe) for folder in folders for name, recipe in folder.items()))


def examples() -> list[str]:
    """Return the names of the scenes in the gallery."""
    return list(recipes())


def gallery_order() -> list[str]:
    """Return the names of the scenes in the order in which the gallery shows them."""
    return [*SEEN_FIRST, *(name for name in examples() if name not in SEEN_FIRST)]


def is_stored(name: str) -> bool:
    """Whether a scene of the gallery is read from a file, and not made when it is opened."""
    return choose(recipes(), name, Sentence("example")).whole is None


def sketch(name: str) -> Scene:
    """Return what is stored of a scene of the gallery: all of it, or the same with few bodies."""
    return load(resource("scenes", f"{choose(recipes(), name, Sentence('example')).name}.revanim"))


def count_of(name: str) -> int:
    """Return how many bodies a scene of the gallery has, without making it."""
    return choose(recipes(), name, Sentence("example")).count or sketch(name).bodies.count


def example(name: str) -> Scene:
    """Return a scene of the gallery."""
    whole = choose(recipes(), name, Sentence("example")).whole
    return whole() if whole else sketch(name)


def chance(seed: int, *shape: int) -> Floats:
    """Return random numbers from -1 up to 1, the same on every machine and with every numpy."""
    raw = np.random.PCG64(seed).random_raw(shape)
    return np.asarray((raw >> np.uint64(11)) * 2.0**-52 - 1.0, np.float64)


def in_ball(count: int, seed: int) -> Floats:
    """Return float64[count, 3], random places in a ball of radius 1, the same everywhere, too."""
    x, y, z = chance(seed, 3, 3 * count + 100)
    inside: Floats = np.stack([x, y, z], axis=1)[x * x + y * y + z * z < 1.0][:count]
    return inside
