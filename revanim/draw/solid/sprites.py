"""Bodies as pictures that face the eye."""

from math import sqrt

import numpy as np

from revanim.draw.solid.shading import FULL, haze
from revanim.engine.code.kernel import kernel

HAIR = 1e-6  # texels
SHARP = 1.4  # texels of the next finer level for each pixel, from which on a coarser one is taken


@kernel("uint32(uint32, uint32, uint32, uint32, uint32, uint32)")
def _mixed(a, b, c, d, s, t):  # type: ignore[no-untyped-def]
    """Return what lies between four texels, of which b is beside a, c below it and d below b: s and t of 256 away."""
    pair, whole = np.uint32(0xFF00FF), np.uint32(256)  # two channels fit one multiplication
    last = (s * t) >> np.uint32(8)
    two, below = s - last, t - last
    one = whole - s - below
    low = (a & pair) * one + (b & pair) * two + (c & pair) * below + (d & pair) * last
    high = (a >> np.uint32(8) & pair) * one + (b >> np.uint32(8) & pair) * two
    high += (c >> np.uint32(8) & pair) * below + (d >> np.uint32(8) & pair) * last
    return (low >> np.uint32(8) & pair) | (high & np.uint32(0xFF00FF00))


@kernel(
    "void(uint32[:,::1], float32[:,::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], "
    "Array(float64, 1, 'C', True), Array(float64, 1, 'C', True), Array(uint8, 2, 'C', True), float64[:,::1], "
    "int64[::1], uint32[::1], int64[:,::1], boolean, float64[::1])"
)
def add_sprites(  # type: ignore[no-untyped-def]
    image, nearest, order, x, y, depth, scale, radius, opacity, color, turn, tile, texels, levels, tinted, fog
):
    """Paint tiles of a sheet at the bodies in an order from near to far, each turned by a cosine and a sine.

    texels holds premultiplied 0xAARRGGBB of every level, of every tile row by row, each with an empty frame; levels
    holds where each level begins, its height and its width without that. A tinted sheet takes the colour of the body.
    """
    height, width = image.shape
    for k in order:
        cos, sin, z = turn[k, 0], turn[k, 1], depth[k]
        across, tall = levels[0, 2], levels[0, 1]
        half = radius[k] * scale[k] / max(across, tall)
        a, b = max(0.5, half * across), max(0.5, half * tall)
        reach_x, reach_y = abs(cos) * a + abs(sin) * b + 1.0, abs(sin) * a + abs(cos) * b + 1.0
        left, right = int(max(0.0, np.ceil(x[k] - reach_x))), int(min(width - 1.0, np.floor(x[k] + reach_x)))
        top, bottom = int(max(0.0, np.ceil(y[k] - reach_y))), int(min(height - 1.0, np.floor(y[k] + reach_y)))
        level, finer = 0, 0.5 / half
        while finer > SHARP and level + 1 < len(levels):
            finer *= 0.5
            level += 1
        rows, columns = levels[level, 1], levels[level, 2]
        stride = columns + 2
        begin = levels[level, 0] + tile[k] * (rows + 2) * stride
        let, veil = opacity[k] / 255.0, haze(z, fog)
        clear = opacity[k] * (1.0 - veil)
        red_own = clear * color[k, 0] / 255.0 if tinted else clear
        green_own = clear * color[k, 1] / 255.0 if tinted else clear
        blue_own = clear * color[k, 2] / 255.0 if tinted else clear
        fog_red, fog_green, fog_blue = fog[3] * veil, fog[4] * veil, fog[5] * veil
        u_step, v_step = 0.5 * columns * cos / a, -0.5 * rows * sin / b
        for row in range(top, bottom + 1):
            dx, dy = left + 0.5 - x[k], row + 0.5 - y[k]
            u = ((dx * cos + dy * sin) / a + 1.0) * 0.5 * columns + 0.5 - u_step
            v = ((dy * cos - dx * sin) / b + 1.0) * 0.5 * rows + 0.5 - v_step
            first, end = _within(u + u_step, u_step, columns + 1.0, 0.0, float(right - left + 1))
            first, end = _within(v + v_step, v_step, rows + 1.0, first, end)
            u, v = u + u_step * first, v + v_step * first
            for column in range(left + int(first), left + int(np.ceil(end))):
                u += u_step
                v += v_step
                old = image[row, column]
                behind = z >= nearest[row, column]
                if behind and old >= FULL:
                    continue
                i, j = int(u), int(v)
                s, t = u - i, v - j
                at = begin + j * stride + i
                one, two, below, last = texels[at], texels[at + 1], texels[at + stride], texels[at + stride + 1]
                if one == 0 and two == 0 and below == 0 and last == 0:
                    continue
                point = one
                if not one == two == below == last:
                    point = _mixed(one, two, below, last, np.uint32(256.0 * s), np.uint32(256.0 * t))
                alpha = float(np.int32(point >> np.uint32(24)))
                if alpha == 0.0:
                    continue
                cover = alpha * let
                if not behind and cover >= 0.5:
                    nearest[row, column] = z
                share, keep = 1.0, 1.0 - cover
                if behind:
                    share, keep = 1.0 - np.int32(old >> np.uint32(24)) / 255.0, 1.0
                mist = cover * share
                red = np.int32(point >> np.uint32(16) & np.uint32(255)) * red_own * share + fog_red * mist
                green = np.int32(point >> np.uint32(8) & np.uint32(255)) * green_own * share + fog_green * mist
                blue = np.int32(point & np.uint32(255)) * blue_own * share + fog_blue * mist
                image[row, column] = _over(old, keep, red, green, blue, 255.0 * mist)


@kernel("UniTuple(float64, 2)(float64, float64, float64, float64, float64)")
def _within(start, step, most, first, end):  # type: ignore[no-untyped-def]
    """Return which whole steps of those from first to end leave a number above 0 and below `most`, by a hair."""
    low, high = HAIR - start, most - HAIR - start
    if abs(step) < 1e-12:
        return (first, end) if low < 0.0 < high else (0.0, 0.0)
    one, other = low / step, high / step
    return np.ceil(max(first, min(one, other))), max(0.0, min(end, max(one, other)))


@kernel("uint32(uint32, float64, float64, float64, float64, float64)")
def _over(old, keep, red, green, blue, alpha):  # type: ignore[no-untyped-def]
    """Return a pixel of which a share is kept, and to which premultiplied parts are added."""
    a = np.int32(keep * np.int32(old >> np.uint32(24)) + alpha + 0.5)
    r = np.int32(keep * np.int32(old >> np.uint32(16) & np.uint32(255)) + red + 0.5)
    g = np.int32(keep * np.int32(old >> np.uint32(8) & np.uint32(255)) + green + 0.5)
    b = np.int32(keep * np.int32(old & np.uint32(255)) + blue + 0.5)
    a = min(a, np.int32(255))
    return np.uint32((a << 24) | (min(r, a) << 16) | (min(g, a) << 8) | min(b, a))


@kernel("void(float64[:,::1], float64[:,::1], float64[:,::1])")
def turned_along(way, up, turn):  # type: ignore[no-untyped-def]
    """Turn bodies from upright so that their upper edge leads the way that they go on the picture, float64[n, 2].

    Both `turn` and `up`, how they are turned already, are cosine and sine, float64[n, 2]; who stands still stays.
    """
    for i in range(len(way)):
        size = sqrt(way[i, 0] * way[i, 0] + way[i, 1] * way[i, 1])
        cos, sin = 1.0, 0.0
        if size > 0.0:
            cos, sin = -way[i, 1] / size, way[i, 0] / size
        turn[i, 0], turn[i, 1] = cos * up[i, 0] - sin * up[i, 1], sin * up[i, 0] + cos * up[i, 1]
