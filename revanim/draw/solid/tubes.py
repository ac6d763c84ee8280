"""Links as lit tubes, and trails as ribbons."""

from math import sqrt

import numpy as np

from revanim.draw.solid.finish import OUTLINE
from revanim.draw.solid.shading import FAINTEST, THICKEST, blend, haze, inked, roundness, shade
from revanim.draw.span import cut, span
from revanim.engine.code.kernel import kernel


@kernel(
    "void(uint32[:,::1], float32[:,::1], int64[:,::1], float64[:,::1], float64[::1], float64[::1], float64[::1], "
    "float64[::1], float64[::1], float64[::1], Array(uint8, 2, 'C', True), float64, float64[::1], boolean, "
    "float64[::1])"
)
def add_lines(image, nearest, pairs, way, x, y, depth, scale, size, opacity, color, smallest, fog, solid, finish):  # type: ignore[no-untyped-def]
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
        cut_ix, cut_iy = cut(way[i, 0], way[i, 1], tx, ty)
        cut_jx, cut_jy = cut(way[j, 0], way[j, 1], tx, ty)
        size_i, size_j = max(smallest, size[i]), max(smallest, size[j])
        clear_i = opacity[i] * min(1.0, max(FAINTEST, size[i] / smallest))
        clear_j = opacity[j] * min(1.0, max(FAINTEST, size[j] / smallest))
        for c in range(3):
            start[c] = color[i, c] + (fog[3 + c] - color[i, c]) * haze(depth[i], fog)
            change[c] = color[j, c] + (fog[3 + c] - color[j, c]) * haze(depth[j], fog) - start[c]
        reach = max(size_i, size_j) + 0.5
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
                    round_ = roundness(thick, smallest)
                    own, cool, white = shade(-ty * across, tx * across, sqrt(1.0 - across * across), round_, finish)
                red = (start[0] + change[0] * along) * (own - cool) + white
                green = (start[1] + change[1] * along) * own + white
                blue = (start[2] + change[2] * along) * (own + cool) + white
                if solid and finish[OUTLINE] > 0.0:
                    share = min(1.0, max(0.0, min(finish[OUTLINE], THICKEST * thick) + 0.5 - thick + abs(aside)))
                    red, green, blue = inked(red, green, blue, share, finish)
                cover = min(1.0, cover) * (clear_i + (clear_j - clear_i) * along)
                image[row, column] = blend(image[row, column], behind, red, green, blue, cover)
