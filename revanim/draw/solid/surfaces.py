"""Cloths as lit surfaces: triangles with soft edges where the surface ends or turns away from the eye."""

from math import sqrt

import numpy as np

from revanim.draw.solid.finish import OUTLINE
from revanim.draw.solid.shading import FULL, blend, haze, inked, shade
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


@kernel("float64(int64, int64[:,::1], int64[:,::1], float64[::1], float64[::1], float64[:,::1], boolean[::1])")
def _edges(k, faces, beside, x, y, edge, soft):  # type: ignore[no-untyped-def]
    """Find the edges of a face, each a normal that points inside and a distance, and which have nothing beyond.

    The result is twice the area of the face, negative where it is seen from behind.
    """
    area = _turn(faces[k, 0], faces[k, 1], faces[k, 2], x, y)
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
    return area


@kernel("boolean[::1](int64[:,::1], int64[:,::1], float64[::1], float64[::1])")
def _rim(faces, beside, x, y):  # type: ignore[no-untyped-def]
    """Return which points lie on the outline: there also faces meet it that have no edge in common with it."""
    rim, edge, soft = np.zeros(x.size, np.bool_), np.empty((3, 3)), np.empty(3, np.bool_)
    for k in range(len(faces)):
        _edges(k, faces, beside, x, y, edge, soft)
        for e in range(3):
            if soft[e]:
                rim[faces[k, (e + 1) % 3]] = rim[faces[k, (e + 2) % 3]] = True
    return rim


@kernel("float64(float64, float64, int64[::1], boolean[::1], float64[::1], float64[::1])")
def _to_rim(px, py, face, rim, x, y):  # type: ignore[no-untyped-def]
    """Return how far a pixel is from the corners of its face that lie on the outline."""
    nearest = np.inf
    for corner in face:
        if rim[corner]:
            nearest = min(nearest, sqrt((px - x[corner]) ** 2 + (py - y[corner]) ** 2))
    return nearest


@kernel("UniTuple(float64, 2)(float64, float64, float64[:,::1], boolean[::1])")
def _cover(px, py, edge, soft):  # type: ignore[no-untyped-def]
    """Return how much of a pixel a face covers, and how far inside its edges the pixel is that are outlines."""
    cover, line = 1.0, np.inf
    for e in range(3):
        away = edge[e, 0] * px + edge[e, 1] * py + edge[e, 2]
        if soft[e]:
            cover, line = min(cover, away + 0.5), min(line, away)
        elif away < INSIDE:
            cover = 0.0
    return cover, line


@kernel(
    "UniTuple(float64, 3)(int64[::1], float64[::1], float64, float64, float64[:,::1], Array(uint8, 2, 'C', True), "
    "float64[::1], float64[::1])"
)
def _lit(face, weight, z, line, normal, color, fog, finish):  # type: ignore[no-untyped-def]
    """Return the colour of a point of a face, which lies between its corners as the weights say."""
    across, own_color = np.zeros(3), np.zeros(3)
    for corner in range(3):
        for c in range(3):
            across[c] += weight[corner] * normal[face[corner], c]
            own_color[c] += weight[corner] * color[face[corner], c]
    veil, front = haze(z, fog), across[2] >= 0.0
    size = sqrt(across[0] ** 2 + across[1] ** 2 + across[2] ** 2)
    turn = (1.0 if front else -1.0) / max(size, 1e-300)
    own, cool, white = shade(across[0] * turn, across[1] * turn, across[2] * turn, 1.0, finish)
    own *= 1.0 if front else BACK
    red = own_color[0] + (fog[3] - own_color[0]) * veil
    green = own_color[1] + (fog[4] - own_color[1]) * veil
    blue = own_color[2] + (fog[5] - own_color[2]) * veil
    red, green, blue = red * (own - cool) + white, green * own + white, blue * (own + cool) + white
    if finish[OUTLINE] > 0.0:
        share = min(1.0, max(0.0, finish[OUTLINE] + 0.5 - line))
        red, green, blue = inked(red, green, blue, share, finish)
    return max(0.0, red), max(0.0, green), max(0.0, blue)


@kernel(
    "void(uint32[:,::1], float32[:,::1], int64[:,::1], int64[:,::1], float64[::1], float64[::1], float64[::1], "
    "float64[::1], float64[:,::1], Array(uint8, 2, 'C', True), float64[::1], float64[::1])"
)
def add_faces(image, nearest, faces, beside, x, y, depth, scale, normal, color, fog, finish):  # type: ignore[no-untyped-def]
    """Paint triangles; `beside` holds the face beyond the edge opposite to each corner, or -1.

    Normals are those of the camera: x right, y down, z to the eye.
    """
    height, width = image.shape
    edge, soft, weight = np.empty((3, 3)), np.empty(3, np.bool_), np.empty(3)
    rim = _rim(faces, beside, x, y) if finish[OUTLINE] > 0.0 else soft
    for k in range(len(faces)):
        a, b, c = faces[k, 0], faces[k, 1], faces[k, 2]
        if not (scale[a] > 0.0 and scale[b] > 0.0 and scale[c] > 0.0):
            continue
        area = _edges(k, faces, beside, x, y, edge, soft)
        if area == 0.0:
            continue
        left = int(max(0.0, np.floor(min(x[a], x[b], x[c]) - 1.0)))
        right = int(min(width - 1.0, np.ceil(max(x[a], x[b], x[c]))))
        top = int(max(0.0, np.floor(min(y[a], y[b], y[c]) - 1.0)))
        bottom = int(min(height - 1.0, np.ceil(max(y[a], y[b], y[c]))))
        for row in range(top, bottom + 1):
            py = row + 0.5
            for column in range(left, right + 1):
                px = column + 0.5
                cover, line = _cover(px, py, edge, soft)
                if cover <= 0.0:
                    continue
                weight[0] = ((x[b] - px) * (y[c] - py) - (x[c] - px) * (y[b] - py)) / area
                weight[1] = ((x[c] - px) * (y[a] - py) - (x[a] - px) * (y[c] - py)) / area
                weight[2] = 1.0 - weight[0] - weight[1]
                z = depth[a] * weight[0] + depth[b] * weight[1] + depth[c] * weight[2]
                behind = z >= nearest[row, column]
                if behind and image[row, column] >= FULL:
                    continue
                if not behind and cover >= 0.5:
                    nearest[row, column] = z
                if finish[OUTLINE] > 0.0:
                    line = min(line, _to_rim(px, py, faces[k], rim, x, y))
                red, green, blue = _lit(faces[k], weight, z, line, normal, color, fog, finish)
                image[row, column] = blend(image[row, column], behind, red, green, blue, min(1.0, cover))
