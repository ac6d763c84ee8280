"""A path that is drawn, and what follows from it, which is found once however often the path is used."""

from dataclasses import dataclass
from functools import cached_property

from revanim.engine.parameter import Floats
from revanim.scene.svg.corners import Corner, corners
from revanim.scene.svg.path import Run, lines_of


@dataclass(eq=False)
class Drawn:
    """The strokes of a path or a basic shape, in its own units."""

    runs: list[Run]

    @cached_property
    def lines(self) -> list[Floats]:
        """The strokes as straight pieces, float64[k, 2] each."""
        return lines_of(self.runs)

    @cached_property
    def corners(self) -> list[Corner]:
        """Where markers stand, and which way they look."""
        return [corner for run in self.runs for corner in corners(run)]
