"""Bodies as lit spheres."""

from math import sqrt

import numpy as np

from revanim.draw.solid.finish import OUTLINE
from revanim.draw.solid.shading import FAINTEST, FULL, THICKEST, blend, haze, inked, roundness, shade
from revanim.engine.code.kernel import kernel

# What is known of a body on the picture: a row of float32, so that painting reads memory in order.
X, Y, DEPTH, BULGE, SIZE, RED, GREEN, BLUE, OPACITY = range(9)


@kernel(
    "float32[:,::1](float64[::1], float64[::1], float64[::1], float64[::1], Array(float64, 1, 'C', True), "
    "Array(uint8, 2, 'C', True), Array(float64, 1, 'C', True), int64, int64, float64, float64[::1])"
)
def arrange(x, y, depth, scale, radius, color, opacity, width, height, smallest, fog):  # type: ignore[no-untyped-def]
    """Return the bodies that are on the picture, in a row from near to far (in 65536 steps of depth)."""
    step = np.full(x.size, -1, np.int32)
    near, far, seen = np.inf, -np.inf, 0
    for i in range(x.size):
        reach = max(smallest, radius[i] * scale[i]) + 0.5
        if scale[i] > 0.0 and opacity[i] > 0.0 and -reach < x[i] < width + reach and -reach < y[i] < height + reach:
            near, far, seen, step[i] = min(near, depth[i]), max(far, depth[i]), seen + 1, 0
    steps = 65535.0 / (far - near) if far > near else 0.0
    place = np.zeros(65537, np.int32)
    for i in range(x.size):
        if step[i] >= 0:
            step[i] = (depth[i] - near) * steps
            place[step[i] + 1] += 1
    for k in range(65536):
        place[k + 1] += place[k]
    row = np.empty((seen, 9), np.float32)
    for i in range(x.size):
        if step[i] >= 0:
            at, veil = place[step[i]], haze(depth[i], fog)
            place[step[i]] += 1
            row[at, X], row[at, Y], row[at, DEPTH] = x[i], y[i], depth[i]
            row[at, OPACITY] = opacity[i]
            row[at, BULGE], row[at, SIZE] = max(radius[i], smallest / scale[i]), radius[i] * scale[i]
            for c in range(3):
                row[at, RED + c] = color[i, c] + (fog[3 + c] - color[i, c]) * veil
    return row


@kernel("void(uint32[:,::1], float32[:,::1], float32[:,::1], float64, boolean, float64[::1])")
def add_discs(image, nearest, bodies, smallest, flat, finish):  # type: ignore[no-untyped-def]
    """Paint bodies, arranged from near to far, as lit spheres; none is smaller than `smallest` pixels."""
    height, width = image.shape
    for k in range(len(bodies)):
        body = bodies[k]
        x, y, size = body[X] - 0.5, body[Y] - 0.5, max(smallest, body[SIZE])
        opacity = body[OPACITY] * min(1.0, max(FAINTEST, body[SIZE] / smallest))
        round_ = roundness(size, smallest)
        outline = min(finish[OUTLINE], THICKEST * size)
        reach = size + 0.5
        left, right = int(max(0.0, np.ceil(x - reach))), int(min(width - 1.0, np.floor(x + reach)))
        top, bottom = int(max(0.0, np.ceil(y - reach))), int(min(height - 1.0, np.floor(y + reach)))
        front = body[DEPTH] - body[BULGE]
        for row in range(top, bottom + 1):
            v = (row - y) / size
            for column in range(left, right + 1):
                old = image[row, column]
                if nearest[row, column] <= front and old >= FULL:
                    continue
                u = (column - x) / size
                inside = 1.0 - u * u - v * v
                cover = 0.5 + 0.5 * size * inside  # the distance from the rim, to a percent where it matters
                if cover <= 0.0:
                    continue
                rise = sqrt(max(0.0, inside))
                z = front if flat else body[DEPTH] - rise * body[BULGE]
                behind = z >= nearest[row, column]
                if not behind:
                    nearest[row, column] = z
                own, cool, white = 1.0, 0.0, 0.0
                if round_ > 0.0:
                    own, cool, white = shade(u, v, rise, round_, finish)
                red, green, blue = body[RED] * (own - cool), body[GREEN] * own, body[BLUE] * (own + cool)
                red, green, blue = red + white, green + white, blue + white
                if outline > 0.0:
                    share = min(1.0, max(0.0, outline + 0.5 - size * (1.0 - sqrt(u * u + v * v))))
                    red, green, blue = inked(red, green, blue, share, finish)
                cover = min(1.0, cover) * opacity
                image[row, column] = blend(old, behind, red, green, blue, cover)
