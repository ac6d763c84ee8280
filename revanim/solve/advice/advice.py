"""One sentence on what stands in the way of a solve, with the one deed that helps most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.solve.controls.control import Control

Wishes = Sequence[Control | str] | Literal["auto"]  # what a solver may change
Change = Callable[[Scene, Wishes], tuple[Scene, Wishes]]


@dataclass(frozen=True)
class Remedy:
    """What one click does: another scene, or other things that may change. `title` is short enough for a button."""

    title: Sentence
    change: Change


@dataclass(frozen=True)
class Advice:
    """What stands in the way of a better result, as an artist says it, and what would help, if anything is known.

    It is `certain` where nothing else can help, so that a long search is in vain.
    """

    sentence: Sentence
    remedy: Remedy | None = None
    certain: bool = True
