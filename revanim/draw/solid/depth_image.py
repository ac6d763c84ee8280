"""An image with a depth buffer, on which solid things are painted nearest first.

Painting nearest first lets a full pixel refuse what lies behind it at the cost of one comparison, and makes soft edges
right: an edge lets through just what it does not cover. The depth buffer only has to settle what the order of the
centres cannot: spheres that cut each other, links that enter a sphere, and surfaces, which come in any order.

The image is uint32[h, w], premultiplied 0xAARRGGBB, and starts empty; the backdrop comes last, behind everything.
"""

import numpy as np
from numpy.typing import NDArray

from revanim.draw.buffer import buffer
from revanim.draw.shapes import Image, Lines, Spheres, Surface
from revanim.draw.solid.discs import add_discs, arrange
from revanim.draw.solid.finish import Finish
from revanim.draw.solid.surfaces import add_faces
from revanim.draw.solid.tubes import add_lines
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats

SMALLEST = 0.6  # radius in pixels of the smallest body or line that is painted
PLAIN = Finish()


class DepthImage:
    """An image with a depth buffer: paint spheres first, then surfaces and lines; with distance they fade into a haze.

    `fog` is float64[7]: the depths at which it begins and is full, its most, its colour, and its least.
    """

    def __init__(self, image: Image, ratio: float, fog: Floats, finish: Finish = PLAIN) -> None:
        self.image, self.fog, self.finish = image, fog, finish.row(ratio)
        self.smallest = SMALLEST * ratio
        self.nearest = buffer("nearest", image.shape, np.float32)
        self.nearest.fill(np.inf)
        self.image.fill(0)

    def add_spheres(self, spheres: Spheres, flat: bool) -> None:
        """Paint lit spheres; in a flat view they lie on each other and do not intersect."""
        s, p, (height, width) = spheres, spheres.points, self.image.shape
        row = arrange(p.x, p.y, p.depth, p.scale, s.radius, s.color, s.opacity, width, height, self.smallest, self.fog)
        add_discs(self.image, self.nearest, row, self.smallest, flat, self.finish)

    def add_surface(self, surface: Surface) -> None:
        """Paint the faces of a surface, lit on both sides."""
        p, s = surface.points, surface
        place = (s.faces, s.beside, p.x, p.y, p.depth, p.scale)
        add_faces(self.image, self.nearest, *place, s.normal, s.color, self.fog, self.finish)

    def add_still(self, image: Image, depth: NDArray[np.float32]) -> None:
        """Put in what was painted before by itself, and lies so deep."""
        _merge(self.image, self.nearest, image, depth)

    def add_lines(self, lines: Lines, solid: bool) -> None:
        """Paint lines: lit tubes if they are solid, else ribbons that hide nothing and keep their colours."""
        fog = self.fog if solid else np.append(self.fog[:-1], 0.0)
        p, looks = lines.points, (lines.size, lines.opacity, lines.color)
        place = (lines.pairs, lines.direction, p.x, p.y, p.depth, p.scale)
        add_lines(self.image, self.nearest, *place, *looks, self.smallest, fog, solid, self.finish)

    def lay(self, backdrop: Image) -> None:
        """Put a backdrop behind everything."""
        _lay(self.image, backdrop)

    def fade(self, opacity: float) -> None:
        """Make the image partly transparent, for what will be put behind it."""
        _fade(self.image, round(256 * opacity))


@kernel("uint32(uint32, uint32)")
def _under(front, back):  # type: ignore[no-untyped-def]
    """Return a pixel with another behind it."""
    pair, half = np.uint32(0xFF00FF), np.uint32(0x800080)  # two channels fit one multiplication
    through = np.uint32(255) - (front >> np.uint32(24))
    through += through >> np.uint32(7)  # 0 to 256, so that dividing is a shift
    low = ((back & pair) * through + half) >> np.uint32(8) & pair
    high = ((back >> np.uint32(8) & pair) * through + half) & (pair << np.uint32(8))
    return front + low + high


@kernel("void(uint32[:,::1], Array(uint32, 2, 'C', True))")
def _lay(image, backdrop):  # type: ignore[no-untyped-def]
    """Put a backdrop behind the image."""
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            image[row, column] = _under(image[row, column], backdrop[row, column])


@kernel("void(uint32[:,::1], float32[:,::1], uint32[:,::1], float32[:,::1])")
def _merge(image, nearest, other, depth):  # type: ignore[no-untyped-def]
    """Let each pixel of another image be before or behind what is there."""
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            new, old = other[row, column], image[row, column]
            if new == 0:
                continue
            if depth[row, column] >= nearest[row, column]:
                image[row, column] = _under(old, new)
            else:
                image[row, column] = _under(new, old)
                nearest[row, column] = depth[row, column]


@kernel("void(uint32[:,::1], uint32)")
def _fade(image, part):  # type: ignore[no-untyped-def]
    """Scale every pixel to so many parts of 256."""
    pair = np.uint32(0xFF00FF)
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            old = image[row, column]
            if old != 0:
                low = ((old & pair) * part) >> np.uint32(8) & pair
                high = ((old >> np.uint32(8) & pair) * part) & (pair << np.uint32(8))
                image[row, column] = low + high
