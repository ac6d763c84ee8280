"""What a task is: a scene with keyframes, and what counts as hit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import revanim as ra

PATIENCE = 10.0  # times the seconds of a median: then even a slow one of its family is given up


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
    median: bool = False  # whether the seconds are a goal for the median of its family, not for each
    sort: str = ""  # what else is to be known of it

    @property
    def limit(self) -> float:
        """The seconds after which it does not count as hit."""
        return PATIENCE * self.seconds if self.median else self.seconds
