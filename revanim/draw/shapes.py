"""What pictures are made of: spheres and lines, where they fall on the picture.

Colours are put in C order here, at the door to the kernels, which take no other: those of many things that look alike
may be one row that stands for all, which numpy copies in another order.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from revanim.draw.camera import Projected
from revanim.engine.parameter import Floats
from revanim.scene.scene import Colors, Index

Image = NDArray[np.uint32]  # [h, w], premultiplied 0xAARRGGBB


@dataclass(frozen=True, eq=False)
class Spheres:
    """n spheres: the bodies of a frame, or those of its onion skins."""

    points: Projected
    radius: Floats  # float64[n], scene units
    color: Colors  # uint8[n, 3], sRGB
    opacity: Floats = field(default_factory=lambda: np.ones(1))  # float64[n], or one for all

    def __post_init__(self) -> None:
        object.__setattr__(self, "color", np.ascontiguousarray(self.color))
        opacity = np.broadcast_to(self.opacity, self.radius.shape)
        object.__setattr__(self, "opacity", np.ascontiguousarray(opacity, np.float64))

    def seen_in(self, image: Image) -> Index:
        """Return those that may be on an image, int64[k], from near to far."""
        p, (height, width) = self.points, image.shape
        reach = self.radius * p.scale + 1
        on = (p.x > -reach) & (p.x < width + reach) & (p.y > -reach) & (p.y < height + reach)
        seen = np.flatnonzero((p.scale > 0) & (self.opacity > 0) & (self.radius > 0) & on)
        return np.asarray(seen[np.argsort(p.depth[seen], kind="stable")])


@dataclass(frozen=True, eq=False)
class Lines:
    """Segments between p points, in the order of painting: where the points fall, and how each looks there."""

    points: Projected
    pairs: Index  # int64[s, 2]
    direction: Floats  # float64[p, 2], in which a line passes through each point; 0 where it ends
    size: Floats  # float64[p], radius in pixels
    opacity: Floats  # float64[p]
    color: Colors  # uint8[p, 3], sRGB

    def __post_init__(self) -> None:
        object.__setattr__(self, "color", np.ascontiguousarray(self.color))


@dataclass(frozen=True, eq=False)
class Surface:
    """Triangles between the points of a cloth, lit on both sides."""

    points: Projected
    faces: Index  # int64[m, 3]
    beside: Index  # int64[m, 3], the face beyond the edge opposite to each corner, -1 where the surface ends
    normal: Floats  # float64[n, 3] at each point: x right, y down, z to the eye
    color: Colors  # uint8[n, 3], sRGB

    def __post_init__(self) -> None:
        object.__setattr__(self, "color", np.ascontiguousarray(self.color))
