"""What lies behind the bodies: the ground, and on it the floor with its axes, fading into the distance.

The camera never rolls, so along one row of the picture the floor (the plane z = 0) moves by the same vector from each
pixel to the next. The kernel only needs that vector and where each row starts, which serves both the perspective view
and the flat one.
"""

from functools import lru_cache
from math import floor, inf, log10, sqrt

import numpy as np
from numpy.typing import NDArray

from revanim.draw.background import Background, Ground
from revanim.draw.camera import axes, unit
from revanim.draw.look import Tokens, rgb
from revanim.draw.shapes import Image
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

POOL = 3.2  # the floor fades out at so many distances around the target
DECADES = 3  # spacings of the floor, each ten times the one before
CLOSE, APART = 5.0, 45.0  # pixels between lines at which a decade appears, and is as strong as it gets
GRID = 0.09  # how strong its lines are
HORIZON = 1e4  # the floor is not painted farther than so many distances


@lru_cache(maxsize=4)
def backdrop(
    view: View,
    width: int,
    height: int,
    ratio: float,
    background: Background,
    ground: Ground,
    grid: bool,
    lines: bool,
    tokens: Tokens,
) -> Image:
    """Return the opaque backdrop, uint32[h, w], read-only; `grid` and `lines` ask for the floor and its axes.

    It is kept while the camera stands still, as it mostly does.
    """
    inks = np.array([ground.ink, rgb(tokens.axis_x), rgb(tokens.axis_y)], np.float64)
    tile = np.ascontiguousarray(background.tile(ground, height, ratio), np.float64)
    strength = np.array([GRID * grid, ground.axes * lines])
    finest = 10.0 ** floor(log10(unit(view, width, height) * 8 * ratio))
    reach = np.array([*view.target[:2], inf if view.flat else POOL * view.distance])
    image = np.empty((height, width), np.uint32)
    _paint(image, tile, inks, strength, noise(width), *_floor(view, width, height), reach, finest, ratio)
    image.flags.writeable = False
    return image


def _floor(view: View, width: int, height: int) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return where rows 0 to h meet the floor: at their first pixel, the step to the next, and whether they do."""
    right, up, forward = axes(view)
    size, target = unit(view, width, height), np.asarray(view.target)
    above = np.outer((height - 1) / 2 - np.arange(height + 1), size * up)
    left = (1 - width) / 2 * size * right
    if view.flat:
        start = (target + above + left)[:, :2]
        return start, np.tile(size * right[:2], (height + 1, 1)), np.ones(height + 1, np.bool_)
    eye, ray = target - view.distance * forward, view.distance * forward + above
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        far = -eye[2] / ray[:, 2]  # in lengths of the ray; the rows that look at the sky are negative
    seen = (far > 0) & (far < HORIZON)
    far = np.where(seen, far, 0.0)[:, None]
    return eye[:2] + far * (ray + left)[:, :2], far * size * right[:2], seen


@lru_cache(maxsize=4)
def noise(width: int) -> NDArray[np.float32]:
    """Return 64 rows of numbers in [0, 1) that differ from all their neighbours: dither, against bands in gradients.

    It is the interleaved gradient noise of J. Jimenez (SIGGRAPH 2014).
    """
    y, x = np.mgrid[0:64, 0:width]
    return np.asarray((52.9829189 * ((0.06711056 * (x % 64) + 0.00583715 * y) % 1.0)) % 1.0, np.float32)


@kernel("float64(float64, float64, float64)")
def stroke(distance, thick, soft):  # type: ignore[no-untyped-def]
    """Return how much of a pixel a line covers, from its distance in pixels."""
    return min(1.0, max(0.0, 0.5 + soft * thick - distance))


@kernel("float64(float64, float64, float64)")
def rules(x, pixels, thick):  # type: ignore[no-untyped-def]
    """Return how much of a pixel is covered by lines at whole x, so many pixels apart; close ones fade."""
    strength = min(1.0, max(0.0, (pixels / thick - CLOSE) / (APART - CLOSE)))
    return strength * stroke(abs(x - np.floor(x + 0.5)) * pixels, thick, 0.5)


@kernel(
    "void(uint32[:,::1], float64[:,:,::1], float64[:,::1], float64[::1], Array(float32, 2, 'C', True), "
    "Array(float64, 2, 'A'), Array(float64, 2, 'A'), boolean[::1], float64[::1], float64, float64)"
)
def _paint(image, tile, inks, strength, noise, start, step, seen, reach, finest, thick):  # type: ignore[no-untyped-def]
    """Paint the tile again and again, row by row, and over it the floor in the inks of lines, axis x and axis y."""
    height, width = image.shape
    rows, columns, _ = tile.shape
    shade = np.empty((3, width))
    x, y, per_x, per_y = np.empty(width), np.empty(width), np.empty(width), np.empty(width)
    fade, cover = np.empty(width), np.empty((3, width))
    for row in range(height):
        cover[:] = 0.0
        if seen[row] and seen[row + 1]:
            for k in range(width):
                x[k], y[k] = start[row, 0] + step[row, 0] * k, start[row, 1] + step[row, 1] * k
                down_x = start[row + 1, 0] + step[row + 1, 0] * k - x[k]
                down_y = start[row + 1, 1] + step[row + 1, 1] * k - y[k]
                per_x[k] = 1.0 / sqrt(step[row, 0] * step[row, 0] + down_x * down_x)  # pixels for one unit of x
                per_y[k] = 1.0 / sqrt(step[row, 1] * step[row, 1] + down_y * down_y)
                aside, along = (x[k] - reach[0]) / reach[2], (y[k] - reach[1]) / reach[2]
                near = max(0.0, 1.0 - aside * aside - along * along)
                fade[k] = near * near
                cover[1, k] = strength[1] * fade[k] * stroke(abs(y[k]) * per_y[k], thick, 0.6)
                cover[2, k] = strength[1] * fade[k] * stroke(abs(x[k]) * per_x[k], thick, 0.6)
            spacing = finest
            for _ in range(DECADES):
                for k in range(width):
                    ruled_x = rules(x[k] / spacing, spacing * per_x[k], thick)
                    ruled_y = rules(y[k] / spacing, spacing * per_y[k], thick)
                    cover[0, k] = max(cover[0, k], strength[0] * fade[k] * max(ruled_x, ruled_y))
                spacing *= 10.0
        piece, grain, out = tile[row % rows], noise[row & 63], image[row]
        for c in range(3):
            if columns == 1:
                shade[c, :] = piece[0, c]
            else:
                for k in range(width):
                    shade[c, k] = piece[k % columns, c]
        for k in range(width):
            r, g, b = shade[0, k], shade[1, k], shade[2, k]
            for line in range(3):
                r += (inks[line, 0] - r) * cover[line, k]
                g += (inks[line, 1] - g) * cover[line, k]
                b += (inks[line, 2] - b) * cover[line, k]
            r8, g8, b8 = np.int32(r + grain[k]), np.int32(g + grain[k]), np.int32(b + grain[k])
            out[k] = np.uint32(-16777216 | (r8 << 16) | (g8 << 8) | b8)
