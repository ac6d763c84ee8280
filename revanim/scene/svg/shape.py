"""What a drawing shows, one shape upon the other, and where each is seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.shapes.area import Area, Layer, Region
from revanim.scene.svg.color import Paint
from revanim.scene.svg.pen import Pen, painted
from revanim.scene.svg.style import INITIAL, Style, inherited
from revanim.scene.svg.transform import Affine

Size = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Stroke:
    """What is drawn along lines: they lie in the units of the pen, and a transform brings them into the drawing."""

    lines: list[Floats]
    pen: Pen
    transform: Affine


@dataclass(frozen=True, eq=False)
class Shape:
    """Lines of a drawing, float64[k, 2] each, y up; a closed one ends where it begins."""

    lines: list[Floats]
    fill: Paint | None
    odd: bool = False  # whether inside is where the lines wind around an odd number of times
    stroke: Paint | None = None
    along: Stroke | None = None  # where there is a stroke
    stroke_first: bool = False
    within: tuple[Region, ...] = ()  # all that it is seen through


@dataclass(frozen=True, eq=False)
class Group:
    """Shapes that cover less of what lies below them than each of them would."""

    shapes: "list[Shape | Group]"
    opacity: float


@dataclass(frozen=True, eq=False)
class Context:
    """Where an element is drawn, and what it has from those above it."""

    transform: Affine
    size: Size  # what percentages are of
    onto: list[Shape | Group]  # what is drawn, the lowest first
    style: Style = field(default_factory=lambda: INITIAL)  # of the element above
    inherited: Mapping[str, str] = field(default_factory=lambda: inherited(INITIAL))
    within: tuple[Region, ...] = ()
    depth: int = 0
    outlines: bool = False  # whether only where shapes are counts, and not what they paint, as in clip paths

    def below(self, style: Style) -> "Context":
        """Return the context of what is below an element with a style."""
        return replace(self, depth=self.depth + 1, style=style, inherited=inherited(style))


def moved(lines: list[Floats], transform: Affine) -> list[Floats]:
    """Return lines, float64[..., 2] each, where a transform brings them."""
    found = []
    for line in lines:
        place = np.empty_like(line)
        move(line.reshape(-1, 2), place.reshape(-1, 2), *transform)
        found.append(place)
    return found


@kernel("void(float64[:,::1], float64[:,::1], float64, float64, float64, float64, float64, float64)")
def move(line: Floats, place: Floats, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
    """Bring places to others by a x + c y + e, b x + d y + f."""
    for row in range(len(line)):
        x, y = line[row]
        place[row, 0] = a * x + c * y + e
        place[row, 1] = b * x + d * y + f


def leaves(shapes: Iterable[Shape | Group], covers: float = 1.0) -> Iterator[tuple[Shape, float]]:
    """Yield all shapes, and how much the groups let each of them cover."""
    for shape in shapes:
        if isinstance(shape, Group):
            yield from leaves(shape.shapes, covers * shape.opacity)
        else:
            yield shape, covers


def areas_of(shapes: Iterable[Shape | Group], shade: Callable[[Paint], float]) -> list[Area | Layer]:
    """Return what shapes paint, each paint with a shade from 0 to 1."""
    found = list[Area | Layer]()
    for shape in shapes:
        if isinstance(shape, Group):
            found.append(Layer(tuple(areas_of(shape.shapes, shade)), shape.opacity))
        else:
            found += _areas(shape, shade)
    return found


def _areas(shape: Shape, shade: Callable[[Paint], float]) -> list[Area]:
    found = []
    if shape.fill:
        found.append(Area(shape.lines, shape.odd, shade(shape.fill), shape.fill.alpha, shape.within))
    if shape.stroke and shape.along:
        outline = moved(painted(shape.along.lines, shape.along.pen), shape.along.transform)
        found.append(Area(outline, False, shade(shape.stroke), shape.stroke.alpha, shape.within))
    return found[::-1] if shape.stroke_first else found
