"""Areas that lie one upon the other: how pale each place is, and what can be seen of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats

Outline = Sequence[Floats]  # polygons, float64[k, 2] each or stacks of them, float64[m, k, 2], all closed
Box = tuple[float, float, float, float]  # left, bottom, right, top

NOWHERE: Box = (np.inf, np.inf, -np.inf, -np.inf)


@dataclass(frozen=True, eq=False)
class Area:
    """What an outline winds around, or winds around an odd number of times, painted over what lies below it."""

    outline: Outline
    odd: bool = False
    shade: float = 0.0  # from 0, which is ink, to 1, which is paper
    alpha: float = 1.0  # how much it covers
    within: "tuple[Region, ...]" = ()  # all that it is seen through

    @cached_property
    def box(self) -> Box:
        """The box around what can be seen of it."""
        box = box_of(self.outline)
        for region in self.within:
            box = meet(box, region.box)
        return box

    @cached_property
    def packed(self) -> tuple[Floats, NDArray[np.int64]]:
        """All corners, float64[c, 2], and where each polygon ends among them."""
        if len(self.outline) == 1 and self.outline[0].ndim == 2:
            return self.outline[0], np.array([len(self.outline[0])])[: len(self.outline[0])]
        corners = [polygon.reshape(-1, 2) for polygon in self.outline]
        sizes = [
            np.full(polygon.size // 2 // polygon.shape[-2], polygon.shape[-2])
            for polygon in self.outline
            if polygon.size
        ]
        return np.concatenate([np.zeros((0, 2)), *corners]), np.cumsum(np.concatenate([np.zeros(0, np.int64), *sizes]))


@dataclass(frozen=True, eq=False)
class Region:
    """A window onto other areas: painted upon black, its areas are bright where it is open."""

    areas: "tuple[Area | Layer, ...]"

    @cached_property
    def box(self) -> Box:
        """The box around it."""
        return around(area.box for area in self.areas)

    @cached_property
    def is_box(self) -> bool:
        """Whether it is a rectangle that lies along the axes."""
        area = self.areas[0] if len(self.areas) == 1 else None
        if not isinstance(area, Area) or area.within or len(area.outline) != 1:
            return False
        corners = area.outline[0]
        left, bottom, right, top = self.box
        on_edges = np.isin(corners[..., 0], (left, right)) & np.isin(corners[..., 1], (bottom, top))
        steps = np.diff(corners, axis=0)
        return corners.shape in ((4, 2), (5, 2)) and bool(on_edges.all() and (steps == 0).any(axis=1).all())


@dataclass(frozen=True, eq=False)
class Layer:
    """Areas that are painted as one, which covers only so much of what lies below it."""

    areas: "tuple[Area | Layer, ...]"
    alpha: float

    @cached_property
    def box(self) -> Box:
        """The box around it."""
        return around(area.box for area in self.areas)


def box_of(polygons: Iterable[Floats]) -> Box:
    """Return the box around polygons, or around stacks of them."""
    sides = np.array(NOWHERE)
    for polygon in polygons:
        widen(polygon.reshape(-1, 2), sides)
    left, bottom, right, top = sides.tolist()
    return left, bottom, right, top


@kernel("void(float64[:,::1], float64[::1])")
def widen(places: Floats, box: Floats) -> None:
    """Widen a box, float64[4], until it holds some places; what is no number makes it none."""
    for row in range(len(places)):
        x, y = places[row]
        box[0], box[2] = min(box[0], x), max(box[2], x)
        box[1], box[3] = min(box[1], y), max(box[3], y)
        if not (abs(x) < np.inf and abs(y) < np.inf):
            box[2] = box[3] = np.inf


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    whole = NOWHERE
    for box in boxes:
        if not is_empty(box):
            whole = min(whole[0], box[0]), min(whole[1], box[1]), max(whole[2], box[2]), max(whole[3], box[3])
    return whole


def meet(one: Box, other: Box) -> Box:
    """Return the box that two have in common."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def is_empty(box: Box) -> bool:
    """Tell whether a box holds nothing, not even a line."""
    return not (box[0] <= box[2] and box[1] <= box[3])


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether a box lies inside another."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
