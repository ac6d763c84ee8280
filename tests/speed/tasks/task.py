"""What a task is: a scene with keyframes, and what counts as hit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import revanim as ra


@dataclass(frozen=True)
class Task:
    """A scene to be solved, what may change, and what counts as hit (miss over size) in which time."""

    family: str
    make: Callable[[], ra.Scene]
    goal: float
    seconds: float
    share: float = 1.0  # of the family that should be hit
    controls: Sequence[ra.Control | str] | Literal["auto"] = "auto"
    possible: bool = True  # or to be recognised as impossible, within its seconds
