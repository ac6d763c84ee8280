"""Bodies and lines as light: it adds up, spreads in the lens, and is developed like film.

Light is counted in integers, as motion is in the engine, so a sum does not depend on the order of its terms: shuffle
the bodies and no pixel changes. Gamma 2 stands in for the sRGB curve both ways, a square in and a root out.
"""

from math import ceil, sqrt

import numpy as np

from revanim.draw.backdrop import noise
from revanim.draw.buffer import buffer
from revanim.draw.light.lens import halo
from revanim.draw.shapes import Image, Lines, Spheres
from revanim.draw.span import cut, span
from revanim.engine.code.kernel import kernel

UNIT = 1024  # counts of full light: a million bodies may meet in a pixel before it overflows
CORE = 1.7  # light in the middle of a body: more than full, so that it burns towards white
BALL = 1.6  # a ball of light reaches this many radii of its body
SMALLEST = 1.5  # pixels that it reaches at least
DIMMEST = 0.15  # share of the light that a body keeps however far below one pixel it is

LENS_ROWS = 180  # the lens works on a picture of about this height, so the halo keeps its share of the frame
LENS_EDGE = 12  # cells around it: light just outside the frame still spreads into it
HALO = 0.6  # how much of the light the lens spreads, for each of its levels


class Exposure:
    """The light of one picture: at full size and, where there is a lens, a coarse copy that becomes the halo.

    The coarse copy is exposed to the same bodies instead of being shrunk from the full one, which costs less than
    reading every pixel and follows a body that moves by a fraction of a cell.
    """

    def __init__(self, image: Image, ratio: float, lens: bool = True) -> None:
        self.image = image
        self.smallest = SMALLEST * ratio
        height, width = image.shape
        self.cell = max(1, round(height / LENS_ROWS))
        coarse = (3, ceil(height / self.cell) + 2 * LENS_EDGE, ceil(width / self.cell) + 2 * LENS_EDGE)
        self.light = buffer("light", (3, height, width), np.int32)
        self.spread = buffer("spread", coarse, np.int32)
        whole, shrunk = (self.light, 1, 0), (self.spread, self.cell, LENS_EDGE)
        self._plates = (whole, shrunk) if lens else (whole,)
        for light, _, _ in self._plates:
            light.fill(0)

    def add_spheres(self, spheres: Spheres, strength: float = 1.0) -> None:
        """Add a ball of light for each sphere."""
        p, size, looks = spheres.points, BALL * spheres.radius, (spheres.color, spheres.opacity)
        for light, cell, edge in self._plates:
            _add_balls(light, p.x, p.y, p.scale, size, *looks, strength * CORE * UNIT, self.smallest, cell, edge)

    def add_lines(self, lines: Lines, strength: float) -> None:
        """Add lines of light."""
        p, size, light_up = lines.points, BALL * lines.size, strength * lines.opacity * UNIT
        for light, cell, edge in self._plates:
            place = (lines.pairs, lines.direction, p.x, p.y, p.scale)
            _add_lines(light, *place, size, light_up, lines.color, self.smallest, cell, edge)

    def develop(self, backdrop: Image, exposure: float, amount: float) -> None:
        """Turn the light into the picture, over a backdrop; over an empty one, bright means opaque."""
        gain, width = exposure / UNIT, self.image.shape[1]
        spread = halo(self.spread, gain * HALO, CORE * UNIT, width, self.cell, LENS_EDGE)
        _develop(self.image, self.light, spread, noise(width), backdrop, gain, amount, self.cell, LENS_EDGE)


@kernel(
    "void(int32[:,:,::1], float64[::1], float64[::1], float64[::1], float64[::1], Array(uint8, 2, 'C', True), "
    "Array(float64, 1, 'C', True), float64, float64, int64, int64)"
)
def _add_balls(light, x, y, scale, size, color, opacity, peak, smallest, cell, edge):  # type: ignore[no-untyped-def]
    """Add soft balls of light; one too small to catch a pixel, or a cell, is larger and dimmer there."""
    _, height, width = light.shape
    for i in range(x.size):
        reach = size[i] * scale[i]
        if not reach > 0.0:
            continue
        gain = peak * opacity[i] * min(1.0, max(DIMMEST, reach * reach / (smallest * smallest)))
        reach = max(reach, smallest) / cell
        gain, reach = gain * min(1.0, reach * reach), max(1.0, reach)
        px, py = x[i] / cell + edge - 0.5, y[i] / cell + edge - 0.5
        left, right = max(0.0, np.ceil(px - reach)), min(width - 1.0, np.floor(px + reach))
        top, bottom = max(0.0, np.ceil(py - reach)), min(height - 1.0, np.floor(py + reach))
        if not (left <= right and top <= bottom):
            continue
        red = gain * (color[i, 0] / 255.0) ** 2
        green = gain * (color[i, 1] / 255.0) ** 2
        blue = gain * (color[i, 2] / 255.0) ** 2
        for row in range(int(top), int(bottom) + 1):
            v = (row - py) / reach
            for column in range(int(left), int(right) + 1):
                u = (column - px) / reach
                inside = max(0.0, 1.0 - u * u - v * v)
                weight = inside * inside
                light[0, row, column] += np.int32(red * weight)
                light[1, row, column] += np.int32(green * weight)
                light[2, row, column] += np.int32(blue * weight)


@kernel(
    "void(int32[:,:,::1], int64[:,::1], float64[:,::1], float64[::1], float64[::1], float64[::1], "
    "float64[::1], float64[::1], Array(uint8, 2, 'C', True), float64, int64, int64)"
)
def _add_lines(light, pairs, way, x, y, scale, size, peak, color, smallest, cell, edge):  # type: ignore[no-untyped-def]
    """Add soft lines of light; a line owns the pixels between its ends, so lines in a row do not add at the joints."""
    _, height, width = light.shape
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        ax, ay = x[i] / cell + edge - 0.5, y[i] / cell + edge - 0.5
        bx, by = x[j] / cell + edge - 0.5, y[j] / cell + edge - 0.5
        dx, dy = bx - ax, by - ay
        length = sqrt(dx * dx + dy * dy)
        if not (scale[i] > 0.0 and scale[j] > 0.0 and length > 0.0):
            continue
        tx, ty = dx / length, dy / length
        cut_ix, cut_iy = cut(way[i, 0], way[i, 1], tx, ty)
        cut_jx, cut_jy = cut(way[j, 0], way[j, 1], tx, ty)
        size_i, size_j = max(size[i], smallest) / cell, max(size[j], smallest) / cell
        gain_i = peak[i] * min(1.0, size[i] / smallest) * min(1.0, size_i)
        gain_j = peak[j] * min(1.0, size[j] / smallest) * min(1.0, size_j)
        size_i, size_j = max(1.0, size_i), max(1.0, size_j)
        reach = max(size_i, size_j)
        top = max(0.0, np.ceil(min(ay, by) - reach))
        bottom = min(height - 1.0, np.floor(max(ay, by) + reach))
        if not top <= bottom:
            continue
        for row in range(int(top), int(bottom) + 1):
            v = row - ay
            left, right = span(ax, bx, tx, ty, v, reach, width)
            for column in range(left, right + 1):
                u = column - ax
                before, after = u * cut_ix + v * cut_iy, (column - bx) * cut_jx + (row - by) * cut_jy
                if before < 0.0 or after >= 0.0:
                    continue
                along = min(1.0, max(0.0, (u * tx + v * ty) / length))
                aside = (v * tx - u * ty) / (size_i + (size_j - size_i) * along)
                inside = max(0.0, 1.0 - aside * aside)
                weight = inside * inside * (gain_i + (gain_j - gain_i) * along)
                for c in range(3):
                    tint = (color[i, c] + (float(color[j, c]) - color[i, c]) * along) / 255.0
                    light[c, row, column] += np.int32(weight * tint * tint)


@kernel(
    "void(uint32[:,::1], int32[:,:,::1], float32[:,:,::1], Array(float32, 2, 'C', True), "
    "Array(uint32, 2, 'C', True), float32, float32, int64, int64)"
)
def _develop(image, light, halo, noise, backdrop, gain, halo_gain, cell, edge):  # type: ignore[no-untyped-def]
    """Develop the light that is let through with a filmic curve (Narkowicz 2015), and screen it over the backdrop."""
    one, full = np.float32(1.0), np.float32(255.0)
    height, width = image.shape
    film = np.empty((3, width), np.float32)
    for row in range(height):
        at = (row + 0.5) / cell + edge - 0.5
        share = np.float32(at - int(at))
        let_above, let_below = halo[3, int(at)], halo[3, int(at) + 1]
        for c in range(3):
            direct, upper, lower = light[c, row], halo[c, int(at)], halo[c, int(at) + 1]
            for column in range(width):
                let = let_above[column] + (let_below[column] - let_above[column]) * share
                x = np.float32(direct[column]) * gain * let
                x += (upper[column] + (lower[column] - upper[column]) * share) * halo_gain
                y = x * (np.float32(2.51) * x + np.float32(0.03))
                y /= x * (np.float32(2.43) * x + np.float32(0.59)) + np.float32(0.14)
                film[c, column] = np.sqrt(min(one, y))
        out, behind, grain = image[row], backdrop[row], noise[row & 63]
        for column in range(width):
            old = np.int32(behind[column])
            r, g, b = np.float32((old >> 16) & 255), np.float32((old >> 8) & 255), np.float32(old & 255)
            red = np.int32(r + (full - r) * film[0, column] + grain[column])
            green = np.int32(g + (full - g) * film[1, column] + grain[column])
            blue = np.int32(b + (full - b) * film[2, column] + grain[column])
            alpha = max(old >> 24 & 255, red, green, blue)
            out[column] = np.uint32((alpha << 24) | (red << 16) | (green << 8) | blue)
