"""Cloths as lit surfaces: triangles with soft edges where the surface ends or turns away from the eye."""

from math import sqrt

import numpy as np

from revanim.draw.solid.finish import OUTLINE
from revanim.draw.solid.shading import blend, haze, inked, shade
from revanim.engine.code.kernel import kernel

INSIDE = -1e-3  # pixels: faces overlap by so much, so that rounding leaves no gap between them
BACK = 0.86  # how bright the side is that faces away from the surface's normal


@kernel("float64[:,::1](int64[:,::1], Array(float64, 2, 'C', True))")
def normals(faces, position):  # type: ignore[no-untyped-def]
    """Return the direction across the surface at each point, float64[n, 3]: the mean of its faces by their area."""
    normal = np.zeros(position.shape)
    for k in range(len(faces)):
        a, b, c = faces[k, 0], faces[k, 1], faces[k, 2]
        for t in range(3):
            p, q = (t + 1) % 3, (t + 2) % 3
            u, v = position[b, p] - position[a, p], position[c, q] - position[a, q]
            s, w = position[b, q] - position[a, q], position[c, p] - position[a, p]
            across = u * v - s * w
            for corner in range(3):
                normal[faces[k, corner], t] += across
    return normal


@kernel("float64(int64, int64, int64, float64[::1], float64[::1])")
def _turn(a, b, c, x, y):  # type: ignore[no-untyped-def]
    """Return twice the area of a face on the picture, negative where it is seen from behind."""
    return (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a])


@kernel(
    "void(uint32[:,::1], float32[:,::1], int64[:,::1], int64[:,::1], float64[::1], float64[::1], float64[::1], "
    "float64[::1], float64[:,::1], Array(uint8, 2, 'C', True), float64[::1], float64[::1])"
)
def add_faces(image, nearest, faces, beside, x, y, depth, scale, normal, color, fog, finish):  # type: ignore[no-untyped-def]
    """Paint triangles; `beside` holds the face beyond the edge opposite to each corner, or -1.

    Normals are those of the camera: x right, y down, z to the eye.
    """
    height, width = image.shape
    edge, soft = np.empty((3, 3)), np.empty(3, np.bool_)  # of each: a line's normal and its distance from the origin
    for k in range(len(faces)):
        a, b, c = faces[k, 0], faces[k, 1], faces[k, 2]
        if not (scale[a] > 0.0 and scale[b] > 0.0 and scale[c] > 0.0):
            continue
        area = _turn(a, b, c, x, y)
        if area == 0.0:
            continue
        side = 1.0 if area > 0.0 else -1.0
        for e in range(3):
            i, j = faces[k, (e + 1) % 3], faces[k, (e + 2) % 3]
            dx, dy = x[j] - x[i], y[j] - y[i]
            length = max(1e-9, sqrt(dx * dx + dy * dy))
            edge[e, 0], edge[e, 1] = -side * dy / length, side * dx / length
            edge[e, 2] = -(edge[e, 0] * x[i] + edge[e, 1] * y[i])
            other = beside[k, e]
            soft[e] = other < 0
            if other >= 0:
                soft[e] = _turn(faces[other, 0], faces[other, 1], faces[other, 2], x, y) * area <= 0.0
        left = int(max(0.0, np.floor(min(x[a], x[b], x[c]) - 1.0)))
        right = int(min(width - 1.0, np.ceil(max(x[a], x[b], x[c]))))
        top = int(max(0.0, np.floor(min(y[a], y[b], y[c]) - 1.0)))
        bottom = int(min(height - 1.0, np.ceil(max(y[a], y[b], y[c]))))
        for row in range(top, bottom + 1):
            py = row + 0.5
            for column in range(left, right + 1):
                px, cover, line = column + 0.5, 1.0, np.inf
                for e in range(3):
                    away = edge[e, 0] * px + edge[e, 1] * py + edge[e, 2]
                    if soft[e]:
                        cover, line = min(cover, away + 0.5), min(line, away)
                    elif away < INSIDE:
                        cover = 0.0
                if cover <= 0.0:
                    continue
                wa = ((x[b] - px) * (y[c] - py) - (x[c] - px) * (y[b] - py)) / area
                wb = ((x[c] - px) * (y[a] - py) - (x[a] - px) * (y[c] - py)) / area
                wc = 1.0 - wa - wb
                z = depth[a] * wa + depth[b] * wb + depth[c] * wc
                behind = z >= nearest[row, column]
                if behind and image[row, column] >= np.uint32(0xFF000000):
                    continue
                if not behind and cover >= 0.5:
                    nearest[row, column] = z
                nx = normal[a, 0] * wa + normal[b, 0] * wb + normal[c, 0] * wc
                ny = normal[a, 1] * wa + normal[b, 1] * wb + normal[c, 1] * wc
                nz = normal[a, 2] * wa + normal[b, 2] * wb + normal[c, 2] * wc
                size = sqrt(nx * nx + ny * ny + nz * nz)
                front = 1.0 if nz >= 0.0 else BACK
                turn = (1.0 if nz >= 0.0 else -1.0) / max(size, 1e-300)
                own, cool, white = shade(nx * turn, ny * turn, nz * turn, 1.0, finish)
                own *= front
                veil = haze(z, fog)
                red = color[a, 0] * wa + color[b, 0] * wb + color[c, 0] * wc
                green = color[a, 1] * wa + color[b, 1] * wb + color[c, 1] * wc
                blue = color[a, 2] * wa + color[b, 2] * wb + color[c, 2] * wc
                red += (fog[3] - red) * veil
                green += (fog[4] - green) * veil
                blue += (fog[5] - blue) * veil
                red, green, blue = red * (own - cool) + white, green * own + white, blue * (own + cool) + white
                if finish[OUTLINE] > 0.0:
                    share = min(1.0, max(0.0, finish[OUTLINE] + 0.5 - line))
                    red, green, blue = inked(red, green, blue, share, finish)
                red, green, blue = max(0.0, red), max(0.0, green), max(0.0, blue)
                image[row, column] = blend(image[row, column], behind, red, green, blue, min(1.0, cover))
