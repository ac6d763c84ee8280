"""The planes that bodies stay in front of, floors above all: a sheet with a soft edge and lines of its own."""

from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10, sqrt
from typing import Any

import numpy as np

from revanim.draw.backdrop import DECADES, POOL, backdrop, noise, rules, stroke
from revanim.draw.camera import axes, unit
from revanim.draw.look import Rgb
from revanim.draw.shapes import Image
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.part import kind_of, values_at
from revanim.scene.scene import Part, Scene, View

SHEET, LINES = 0.07, 0.13  # how strong the sheet is, and its lines
BEHIND = 0.45  # as strong where one looks at it from behind
EDGE = 0.75  # how strong the line is as which a plane is seen that the eye lies in
UNDER = 90.0  # pixels over which what lies behind such a plane fades
Point = tuple[float, float, float]


@dataclass(frozen=True)
class Wall:
    """A plane through a point; bodies stay on the side of its normal, which has the length 1."""

    point: Point
    normal: Point


def walls_of(scene: Scene, frame: int) -> tuple[Wall, ...]:
    """Return the planes of a scene as they stand at a frame, of all its forces and moves that say where theirs is.

    One that several of them share, as a floor that is not the same for all, is one.
    """
    found = (_wall(part, frame) for part in scene.parts if not part.muted)
    return tuple(dict.fromkeys(wall for wall in found if wall is not None))


def _wall(part: Part, frame: int) -> Wall | None:
    kind = kind_of(part)
    if kind.plane is None:
        return None
    point, normal = kind.plane(values_at(part, frame))
    size = float(np.sqrt(normal @ normal))
    if not (np.isfinite(point).all() and 0 < size < np.inf):
        return None
    return Wall(_point(point), _point(normal / size))


def _point(vector: Floats) -> Point:
    return float(vector[0]), float(vector[1]), float(vector[2])


@lru_cache(maxsize=4)
def walled(walls: tuple[Wall, ...], ink: Rgb, view: View, width: int, height: int, ratio: float, *ground: Any) -> Image:
    """Return the backdrop with walls before it, uint32[h, w], read-only; the other arguments are those of `backdrop`.

    It is kept while the camera and the walls stand still.
    """
    behind = backdrop(view, width, height, ratio, *ground)
    if not walls:
        return behind
    image = behind.copy()
    finest = 10.0 ** floor(log10(unit(view, width, height) * 8 * ratio))
    reach = POOL * view.distance
    middle, color = np.asarray(view.target, np.float64), np.array(ink, np.float64)
    noisy = noise(width)
    for wall in walls:
        _paint(image, rays(view, width, height), plane(wall), middle, reach, finest, ratio, color, noisy)
    image.flags.writeable = False
    return image


def rays(view: View, width: int, height: int) -> Floats:
    """Return where the ray through a pixel begins and which way it goes, float64[6, 3].

    For both, three rows: at the first pixel, and by how much the next to the right and the next below differ.
    """
    right, up, forward = axes(view)
    size, target, none = unit(view, width, height), np.asarray(view.target), np.zeros(3)
    corner = (1 - width) / 2 * size * right + (height - 1) / 2 * size * up
    if view.flat:
        return np.array([target + corner, size * right, -size * up, forward, none, none])
    eye = target - view.distance * forward
    return np.array([eye, none, none, view.distance * forward + corner, size * right, -size * up])


def plane(wall: Wall) -> Floats:
    """Return a point of a wall, its normal, and two directions in it, the first of them level: float64[4, 3]."""
    normal = np.array(wall.normal)
    level = np.array([-normal[1], normal[0], 0.0])
    along = np.sqrt(level @ level)
    level = level / along if along > 1e-9 else np.array([1.0, 0.0, 0.0])
    return np.array([wall.point, normal, level, np.cross(normal, level)])


@kernel(
    "void(uint32[:,::1], float64[:,::1], float64[:,::1], float64[::1], float64, float64, float64, float64[::1], "
    "Array(float32, 2, 'C', True))"
)
def _paint(image, rays, wall, middle, reach, finest, thick, ink, noise):  # type: ignore[no-untyped-def]
    """Lay a wall over an image: where a ray meets it, a sheet and its lines; where it is seen edge on, a line."""
    height, width = image.shape
    here, beside, below, foot = np.empty(2), np.empty(2), np.empty(2), np.empty(2)
    height_of = 0.0
    for c in range(3):
        height_of += (middle[c] - wall[0, c]) * wall[1, c]
    for k in range(2):  # where the middle of the picture lies on the wall
        foot[k] = 0.0
        for c in range(3):
            foot[k] += (middle[c] - height_of * wall[1, c] - wall[0, c]) * wall[2 + k, c]
    for row in range(height):
        for column in range(width):
            facing = meet(rays, wall, row, column, here)
            if facing == 0.0:
                cover = _edge_on(rays, wall, row, column, thick)
            else:
                aside, along = (here[0] - foot[0]) / reach, (here[1] - foot[1]) / reach
                near = max(0.0, 1.0 - aside * aside - along * along)
                if near == 0.0 or meet(rays, wall, row, column + 1, beside) * facing <= 0.0:
                    continue
                if meet(rays, wall, row + 1, column, below) * facing <= 0.0:
                    continue
                per_u = 1.0 / max(sqrt((beside[0] - here[0]) ** 2 + (below[0] - here[0]) ** 2), 1e-300)
                per_v = 1.0 / max(sqrt((beside[1] - here[1]) ** 2 + (below[1] - here[1]) ** 2), 1e-300)
                ruled, spacing = 0.0, finest
                for _ in range(DECADES):
                    ruled = max(ruled, rules(here[0] / spacing, spacing * per_u, thick))
                    ruled = max(ruled, rules(here[1] / spacing, spacing * per_v, thick))
                    spacing *= 10.0
                cover = near * near * (SHEET + LINES * ruled) * (1.0 if facing > 0.0 else BEHIND)
            if cover > 0.0:
                _lay(image, row, column, ink, cover, noise[row & 63, column])


@kernel("float64(float64[:,::1], float64[:,::1], int64, int64, float64[::1])")
def meet(rays, wall, row, column, at):  # type: ignore[no-untyped-def]
    """Find where the ray of a pixel meets the plane of a wall.

    The result is 1 where it comes from before the wall, -1 from behind, 0 where the ray runs along it. Where the ray
    leads away from it, that is out of reach. A flat view has no eye: its rays go both ways.
    """
    away, slope = 0.0, 0.0
    flat = rays[4, 0] == 0.0 and rays[4, 1] == 0.0 and rays[4, 2] == 0.0
    for c in range(3):
        start = rays[0, c] + column * rays[1, c] + row * rays[2, c]
        way = rays[3, c] + column * rays[4, c] + row * rays[5, c]
        away += (start - wall[0, c]) * wall[1, c]
        slope += way * wall[1, c]
    if abs(slope) < 1e-9:
        return 0.0
    far = -away / slope
    if far < 0.0 and not flat:
        far = np.inf
    at[0] = at[1] = 0.0
    for c in range(3):
        start = rays[0, c] + column * rays[1, c] + row * rays[2, c]
        way = rays[3, c] + column * rays[4, c] + row * rays[5, c]
        place = start + far * way - wall[0, c]
        at[0] += place * wall[2, c]
        at[1] += place * wall[3, c]
    return 1.0 if slope < 0.0 else -1.0


@kernel("float64(float64[:,::1], float64[:,::1], int64, int64, float64)")
def _edge_on(rays, wall, row, column, thick):  # type: ignore[no-untyped-def]
    """Return how strong a wall is that the rays run along: a line, and what lies behind it fades."""
    away, across, down = 0.0, 0.0, 0.0
    for c in range(3):
        away += (rays[0, c] + column * rays[1, c] + row * rays[2, c] - wall[0, c]) * wall[1, c]
        across += rays[1, c] * wall[1, c]
        down += rays[2, c] * wall[1, c]
    pixels = away / max(sqrt(across * across + down * down), 1e-300)
    under = max(0.0, 1.0 + pixels / (UNDER * thick)) if pixels < 0.0 else 0.0
    return max(EDGE * stroke(abs(pixels), thick, 0.6), 2.0 * SHEET * under * under)


@kernel("void(uint32[:,::1], int64, int64, float64[::1], float64, float64)")
def _lay(image, row, column, ink, cover, grain):  # type: ignore[no-untyped-def]
    """Lay a colour over a pixel of 0xAARRGGBB; `grain` keeps soft edges from showing bands."""
    below, mixed = image[row, column], np.int64(-16777216)
    for c in range(3):
        shift = 16 - 8 * c
        old = float(np.int64(below) >> shift & 255)
        mixed |= np.int64(old + (ink[c] - old) * cover + grain) << shift
    image[row, column] = np.uint32(mixed)
