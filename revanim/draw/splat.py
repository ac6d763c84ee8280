"""Solid bodies and lines, painted nearest first into an image and a depth buffer.

Painting nearest first lets a full pixel refuse what lies behind it at the cost of one comparison, and makes soft edges
right: an edge lets through just what it does not cover. The depth buffer only has to settle what the order of the
centres cannot: spheres that cut each other, and links that enter a sphere.

The image is uint32[h, w], premultiplied 0xAARRGGBB, and starts empty; the backdrop comes last, behind everything.
"""

from math import sqrt

import numpy as np

from revanim.draw.buffer import buffer
from revanim.draw.shapes import Image, Lines, Spheres
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats

SMALLEST = 0.6  # radius in pixels of the smallest body or line that is painted
FAINTEST = 0.4  # opacity that a body keeps however far below one pixel it is
FULL = np.uint32(0xFF000000)  # a pixel from here on lets nothing through
ROUND_FROM, ROUND_OVER = 2.0, 6.0  # a body begins to look round at so many smallest radii, and is so many later

# The lamp hangs up, left and in front (x right, y down, z to the eye); gloss is half way between it and the eye.
LAMP_X, LAMP_Y, LAMP_Z = -0.42, -0.66, 0.62
HALF_X, HALF_Y, HALF_Z = -0.23, -0.37, 0.90

# What is known of a body on the picture: a row of float32, so that painting reads memory in order.
X, Y, DEPTH, BULGE, SIZE, RED, GREEN, BLUE = range(8)


class DepthImage:
    """An image with a depth buffer: paint spheres first, then lines; with distance they fade into a haze.

    `fog` is float64[6]: the depths at which it begins and is full, its most, and its colour.
    """

    def __init__(self, image: Image, ratio: float, fog: Floats) -> None:
        self.image, self.fog = image, fog
        self.smallest = SMALLEST * ratio
        self.nearest = buffer("nearest", image.shape, np.float32)
        self.nearest.fill(np.inf)
        self.image.fill(0)

    def add_spheres(self, spheres: Spheres, flat: bool) -> None:
        """Paint lit spheres; in a flat view they lie on each other and do not intersect."""
        s, p, (height, width) = spheres, spheres.points, self.image.shape
        row = _arrange(p.x, p.y, p.depth, p.scale, s.radius, s.color, width, height, self.smallest, self.fog)
        _add_discs(self.image, self.nearest, row, self.smallest, flat)

    def add_lines(self, lines: Lines, solid: bool) -> None:
        """Paint lines: lit tubes if they are solid, else ribbons that hide nothing."""
        p, looks = lines.points, (lines.size, lines.opacity, lines.color)
        place = (lines.pairs, lines.direction, p.x, p.y, p.depth, p.scale)
        _add_lines(self.image, self.nearest, *place, *looks, self.smallest, self.fog, solid)

    def lay(self, backdrop: Image) -> None:
        """Put a backdrop behind everything."""
        _lay(self.image, backdrop)

    def fade(self, opacity: float) -> None:
        """Make the image partly transparent, for what will be put behind it."""
        _fade(self.image, round(256 * opacity))


@kernel("float64(float64, float64[::1])")
def _haze(depth, fog):  # type: ignore[no-untyped-def]
    """Return the share of the fog's colour at a depth; fog holds near, far, the most, red, green, blue."""
    return fog[2] * min(1.0, max(0.0, (depth - fog[0]) / (fog[1] - fog[0])))


@kernel(
    "float32[:,::1](float64[::1], float64[::1], float64[::1], float64[::1], Array(float64, 1, 'C', True), "
    "Array(uint8, 2, 'C', True), int64, int64, float64, float64[::1])"
)
def _arrange(x, y, depth, scale, radius, color, width, height, smallest, fog):  # type: ignore[no-untyped-def]
    """Return the bodies that are on the picture, in a row from near to far (in 65536 steps of depth)."""
    step = np.full(x.size, -1, np.int32)
    near, far, seen = np.inf, -np.inf, 0
    for i in range(x.size):
        reach = max(smallest, radius[i] * scale[i]) + 0.5
        if scale[i] > 0.0 and -reach < x[i] < width + reach and -reach < y[i] < height + reach:
            near, far, seen, step[i] = min(near, depth[i]), max(far, depth[i]), seen + 1, 0
    steps = 65535.0 / (far - near) if far > near else 0.0
    place = np.zeros(65537, np.int32)
    for i in range(x.size):
        if step[i] >= 0:
            step[i] = (depth[i] - near) * steps
            place[step[i] + 1] += 1
    for k in range(65536):
        place[k + 1] += place[k]
    row = np.empty((seen, 8), np.float32)
    for i in range(x.size):
        if step[i] >= 0:
            at, veil = place[step[i]], _haze(depth[i], fog)
            place[step[i]] += 1
            row[at, X], row[at, Y], row[at, DEPTH] = x[i], y[i], depth[i]
            row[at, BULGE], row[at, SIZE] = max(radius[i], smallest / scale[i]), radius[i] * scale[i]
            for c in range(3):
                row[at, RED + c] = color[i, c] + (fog[3 + c] - color[i, c]) * veil
    return row


@kernel("UniTuple(float64, 3)(float64, float64, float64, float64)")
def _shade(nx, ny, nz, round_):  # type: ignore[no-untyped-def]
    """Return the share of its colour, of cool shadow and of white gloss that a surface with this normal shows."""
    facing = 0.5 + 0.5 * (nx * LAMP_X + ny * LAMP_Y + nz * LAMP_Z)
    own = 0.34 + 0.82 * facing * facing
    gloss = max(0.0, nx * HALF_X + ny * HALF_Y + nz * HALF_Z)
    gloss *= gloss
    gloss *= gloss
    gloss *= gloss
    gloss *= gloss
    rim = (1.0 - nz) * (1.0 - nz) * (0.65 - 0.35 * ny)
    white = 52.0 * gloss * gloss + 40.0 * rim
    return 1.0 + (own - 1.0) * round_, 0.06 * (1.0 - facing) * round_, white * round_


@kernel("uint32(uint32, boolean, float64, float64, float64, float64)")
def _blend(old, behind, red, green, blue, cover):  # type: ignore[no-untyped-def]
    """Return a pixel with a colour, 0 to 255, put over what is there, or under it."""
    filled = np.int32(old >> np.uint32(24))
    keep = 1.0 - cover
    if behind:
        cover *= (255 - filled) / 255.0
        keep = 1.0
    alpha = np.int32(255.0 * cover + keep * filled + 0.5)
    r = np.int32(min(255.0, red) * cover + keep * np.int32((old >> np.uint32(16)) & np.uint32(255)) + 0.5)
    g = np.int32(min(255.0, green) * cover + keep * np.int32((old >> np.uint32(8)) & np.uint32(255)) + 0.5)
    b = np.int32(min(255.0, blue) * cover + keep * np.int32(old & np.uint32(255)) + 0.5)
    return np.uint32((alpha << 24) | (r << 16) | (g << 8) | b)


@kernel("void(uint32[:,::1], float32[:,::1], float32[:,::1], float64, boolean)")
def _add_discs(image, nearest, bodies, smallest, flat):  # type: ignore[no-untyped-def]
    """Paint bodies, arranged from near to far, as lit spheres; none is smaller than `smallest` pixels."""
    height, width = image.shape
    for k in range(len(bodies)):
        body = bodies[k]
        x, y, size = body[X] - 0.5, body[Y] - 0.5, max(smallest, body[SIZE])
        opacity = min(1.0, max(FAINTEST, body[SIZE] / smallest))
        round_ = min(1.0, max(0.0, (size / smallest - ROUND_FROM) / ROUND_OVER))
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
                    own, cool, white = _shade(u, v, rise, round_)
                red, green, blue = body[RED] * (own - cool), body[GREEN] * own, body[BLUE] * (own + cool)
                cover = min(1.0, cover) * opacity
                image[row, column] = _blend(old, behind, red + white, green + white, blue + white, cover)


@kernel(
    "void(uint32[:,::1], float32[:,::1], int64[:,::1], float64[:,::1], float64[::1], float64[::1], float64[::1], "
    "float64[::1], float64[::1], float64[::1], Array(uint8, 2, 'C', True), float64, float64[::1], boolean)"
)
def _add_lines(image, nearest, pairs, way, x, y, depth, scale, size, opacity, color, smallest, fog, solid):  # type: ignore[no-untyped-def]
    """Paint lines between pairs of points, tapering from one to the other: lit tubes if solid, else flat ribbons.

    A line owns the pixels between its ends, so lines that follow each other never paint a pixel twice.
    """
    height, width = image.shape
    start, change = np.empty(3), np.empty(3)
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        ax, ay, bx, by = x[i] - 0.5, y[i] - 0.5, x[j] - 0.5, y[j] - 0.5
        dx, dy = bx - ax, by - ay
        length = sqrt(dx * dx + dy * dy)
        if not (scale[i] > 0.0 and scale[j] > 0.0 and length > 0.0):
            continue
        tx, ty = dx / length, dy / length
        # At a bend both pieces are cut by the same line, so that they neither overlap nor gape.
        cut_ix, cut_iy = (way[i, 0], way[i, 1]) if way[i, 0] * tx + way[i, 1] * ty > 0.0 else (tx, ty)
        cut_jx, cut_jy = (way[j, 0], way[j, 1]) if way[j, 0] * tx + way[j, 1] * ty > 0.0 else (tx, ty)
        size_i, size_j = max(smallest, size[i]), max(smallest, size[j])
        clear_i = opacity[i] * min(1.0, max(FAINTEST, size[i] / smallest))
        clear_j = opacity[j] * min(1.0, max(FAINTEST, size[j] / smallest))
        for c in range(3):
            start[c] = color[i, c] + (fog[3 + c] - color[i, c]) * _haze(depth[i], fog)
            change[c] = color[j, c] + (fog[3 + c] - color[j, c]) * _haze(depth[j], fog) - start[c]
        reach = max(size_i, size_j) + 0.5
        top = max(0.0, np.ceil(min(ay, by) - reach))
        bottom = min(height - 1.0, np.floor(max(ay, by) + reach))
        if not top <= bottom:
            continue
        for row in range(int(top), int(bottom) + 1):
            v = row - ay
            left, right = min(ax, bx) - reach, max(ax, bx) + reach
            if abs(ty) * width > 1.0:  # else the line is level, and fills the row
                middle, half = ax + v * tx / ty, reach / abs(ty)
                left, right = max(left, middle - half), min(right, middle + half)
            left, right = max(0.0, np.ceil(left)), min(width - 1.0, np.floor(right))
            if not left <= right:
                continue
            for column in range(int(left), int(right) + 1):
                u = column - ax
                before, after = u * cut_ix + v * cut_iy, (column - bx) * cut_jx + (row - by) * cut_jy
                if before < 0.0 or after >= 0.0:
                    continue
                along = min(1.0, max(0.0, (u * tx + v * ty) / length))
                thick = size_i + (size_j - size_i) * along
                aside = v * tx - u * ty
                cover = thick + 0.5 - abs(aside)
                if cover <= 0.0:
                    continue
                z = depth[i] + (depth[j] - depth[i]) * along
                behind = z >= nearest[row, column]
                own, cool, white = 1.0, 0.0, 0.0
                if solid:
                    if not behind:
                        nearest[row, column] = z
                    across = min(1.0, max(-1.0, aside / thick))
                    round_ = min(1.0, max(0.0, (thick / smallest - ROUND_FROM) / ROUND_OVER))
                    own, cool, white = _shade(-ty * across, tx * across, sqrt(1.0 - across * across), round_)
                red = (start[0] + change[0] * along) * (own - cool) + white
                green = (start[1] + change[1] * along) * own + white
                blue = (start[2] + change[2] * along) * (own + cool) + white
                cover = min(1.0, cover) * (clear_i + (clear_j - clear_i) * along)
                image[row, column] = _blend(image[row, column], behind, red, green, blue, cover)


@kernel("void(uint32[:,::1], Array(uint32, 2, 'C', True))")
def _lay(image, backdrop):  # type: ignore[no-untyped-def]
    """Put a backdrop behind the image."""
    pair, half = np.uint32(0xFF00FF), np.uint32(0x800080)  # two channels fit one multiplication
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            front, back = image[row, column], backdrop[row, column]
            through = np.uint32(255) - (front >> np.uint32(24))
            through += through >> np.uint32(7)  # 0 to 256, so that dividing is a shift
            low = ((back & pair) * through + half) >> np.uint32(8) & pair
            high = ((back >> np.uint32(8) & pair) * through + half) & (pair << np.uint32(8))
            image[row, column] = front + low + high


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
