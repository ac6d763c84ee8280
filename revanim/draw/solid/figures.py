"""Bodies as lit meshes, each an instance of one figure."""

from math import sqrt

import numpy as np

from revanim.draw.solid.shading import FULL, blend, haze, shade
from revanim.engine.code.kernel import kernel

INSIDE = -1e-3  # of a face: faces overlap by so much, so that rounding leaves no gap between them
SMALL = 14.0  # twice the area in pixels of a face that is lit as a whole; a larger one is lit at its corners


@kernel("void(float64, float64, float64, float64, float64, boolean, float64[:,::1], float64[:,::1], float64[:,::1])")
def _place(right, up, depth, scale, radius, flat, turn, corners, seen):  # type: ignore[no-untyped-def]
    """Find where the corners of a figure fall, float64[k, 3]: x and y from the middle of the picture, and the depth.

    The figure stands at right, up and depth before the eye, turned into its directions by `turn`, float64[3, 3].
    """
    for i in range(len(corners)):
        a, b, c = corners[i, 0] * radius, corners[i, 1] * radius, corners[i, 2] * radius
        z = depth + turn[2, 0] * a + turn[2, 1] * b + turn[2, 2] * c
        s = scale if flat else scale * depth / max(z, 1e-300)
        seen[i, 0] = (right + turn[0, 0] * a + turn[0, 1] * b + turn[0, 2] * c) * s
        seen[i, 1] = -(up + turn[1, 0] * a + turn[1, 1] * b + turn[1, 2] * c) * s
        seen[i, 2] = z


@kernel("void(int64[:,::1], float64[:,::1], boolean, float64[::1])")
def _face(faces, seen, flat, area):  # type: ignore[no-untyped-def]
    """Find twice the area of each face on the picture; 0 or less of one that is seen from behind, or too near."""
    for k in range(len(faces)):
        a, b, c = faces[k, 0], faces[k, 1], faces[k, 2]
        bx, by = seen[b, 0] - seen[a, 0], seen[b, 1] - seen[a, 1]
        cx, cy = seen[c, 0] - seen[a, 0], seen[c, 1] - seen[a, 1]
        area[k] = cx * by - bx * cy
        if not flat and min(seen[a, 2], seen[b, 2], seen[c, 2]) <= 0.0:
            area[k] = 0.0


@kernel("int64(int64, int64[:,::1], int64[:,::1], float64[:,::1], float64[::1], float64[::1])")
def _soften(k, faces, beside, seen, area, away):  # type: ignore[no-untyped-def]
    """Find how many pixels each corner of a face is from its opposite edge where that is an outline, else 0.

    The result is how many edges are.
    """
    softs = 0
    for e in range(3):
        away[e] = 0.0
        if beside[k, e] < 0 or area[beside[k, e]] <= 0.0:
            softs += 1
            p, q = faces[k, (e + 1) % 3], faces[k, (e + 2) % 3]
            dx, dy = seen[q, 0] - seen[p, 0], seen[q, 1] - seen[p, 1]
            away[e] = area[k] / max(1e-9, sqrt(dx * dx + dy * dy))
    return softs


@kernel("UniTuple(float64, 3)(float64[:,::1], float64, float64, float64, boolean)")
def _between(lit, wa, wb, wc, whole):  # type: ignore[no-untyped-def]
    """Return the colour of a point of a face by the weights of its corners."""
    if whole:
        return lit[0, 0], lit[0, 1], lit[0, 2]
    red = max(0.0, lit[0, 0] * wa + lit[1, 0] * wb + lit[2, 0] * wc)
    green = max(0.0, lit[0, 1] * wa + lit[1, 1] * wb + lit[2, 1] * wc)
    return red, green, max(0.0, lit[0, 2] * wa + lit[1, 2] * wb + lit[2, 2] * wc)


@kernel("float64(float64, float64)")
def _part(weight, tall):  # type: ignore[no-untyped-def]
    """Return how much of a pixel lies inside an edge, whose opposite corner is so many pixels away; 0 of a hard one."""
    if tall == 0.0:
        return 1.0 if weight >= INSIDE else 0.0
    return min(1.0, max(0.0, weight * tall + 0.5))


@kernel(
    "void(int64, float64[:,:,::1], float64[:,::1], float64[::1], float64, float64[::1], float64[::1], float64[:,::1], "
    "boolean)"
)
def _light(k, normals, turn, own, veil, fog, finish, lit, whole):  # type: ignore[no-untyped-def]
    """Find the colour of a face at its corners, float64[3, 3]; of one that is lit as a whole, at the first."""
    for corner in range(1 if whole else 3):
        nx, ny, nz = normals[k, corner, 0], normals[k, corner, 1], normals[k, corner, 2]
        if whole:
            nx += normals[k, 1, 0] + normals[k, 2, 0]
            ny += normals[k, 1, 1] + normals[k, 2, 1]
            nz += normals[k, 1, 2] + normals[k, 2, 2]
        x = turn[0, 0] * nx + turn[0, 1] * ny + turn[0, 2] * nz
        y = -(turn[1, 0] * nx + turn[1, 1] * ny + turn[1, 2] * nz)
        z = -(turn[2, 0] * nx + turn[2, 1] * ny + turn[2, 2] * nz)
        size = max(1e-300, sqrt(x * x + y * y + z * z))
        share, cool, white = shade(x / size, y / size, max(0.0, z / size), 1.0, finish)
        for c in range(3):
            tone = own[c] + (fog[3 + c] - own[c]) * veil
            lit[corner, c] = max(0.0, tone * (share + (c - 1.0) * cool) + white)


@kernel(
    "void(uint32[:,::1], float32[:,::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], "
    "Array(float64, 1, 'C', True), Array(float64, 1, 'C', True), Array(uint8, 2, 'C', True), float64[:,:,::1], "
    "boolean, float64[:,::1], int64[:,::1], int64[:,::1], float64[:,:,::1], float64[::1], float64[::1])"
)
def add_figures(  # type: ignore[no-untyped-def]
    image, nearest, order, x, y, depth, scale, radius, opacity, color, turns, flat,
    corners, faces, beside, normals, fog, finish,
):  # fmt: skip
    """Paint a figure at bodies in an order from near to far, each turned by float64[3, 3].

    `beside` holds the face beyond the edge opposite to each corner, or -1; normals are those of each corner of a face.
    A closed figure hides its back; edges are soft where nothing that is seen goes on beyond them.
    """
    height, width = image.shape
    seen, area = np.empty((len(corners), 3)), np.empty(len(faces))
    away, lit, own = np.empty(3), np.empty((3, 3)), np.empty(3)
    for n in order:
        right, up = (x[n] - 0.5 * width) / scale[n], (0.5 * height - y[n]) / scale[n]
        _place(right, up, depth[n], scale[n], radius[n], flat, turns[n], corners, seen)
        _face(faces, seen, flat, area)
        veil = haze(depth[n], fog)
        for c in range(3):
            own[c] = color[n, c]
        for k in range(len(faces)):
            if area[k] <= 0.0:
                continue
            a, b, c = faces[k, 0], faces[k, 1], faces[k, 2]
            ax, ay = seen[a, 0] + 0.5 * width, seen[a, 1] + 0.5 * height
            bx, by = seen[b, 0] + 0.5 * width, seen[b, 1] + 0.5 * height
            cx, cy = seen[c, 0] + 0.5 * width, seen[c, 1] + 0.5 * height
            softs = _soften(k, faces, beside, seen, area, away)
            margin = 0.5 if softs else 0.0
            left = int(max(0.0, np.ceil(min(ax, bx, cx) - 0.501 - margin)))
            last = int(min(width - 1.0, np.floor(max(ax, bx, cx) - 0.499 + margin)))
            top = int(max(0.0, np.ceil(min(ay, by, cy) - 0.501 - margin)))
            bottom = int(min(height - 1.0, np.floor(max(ay, by, cy) - 0.499 + margin)))
            if left > last or top > bottom:
                continue
            share = 1.0 / area[k]
            step_a, step_b = (cy - by) * share, (ay - cy) * share
            down_a, down_b = (bx - cx) * share, (cx - ax) * share
            from_x, from_y = left + 0.5, top + 0.5
            row_a = ((cx - from_x) * (by - from_y) - (bx - from_x) * (cy - from_y)) * share
            row_b = ((ax - from_x) * (cy - from_y) - (cx - from_x) * (ay - from_y)) * share
            whole, ready = area[k] < SMALL, False
            za, zb, zc = seen[a, 2], seen[b, 2], seen[c, 2]
            for row in range(top, bottom + 1):
                wa, wb = row_a - step_a, row_b - step_b
                row_a, row_b = row_a + down_a, row_b + down_b
                for column in range(left, last + 1):
                    wa, wb = wa + step_a, wb + step_b
                    wc = 1.0 - wa - wb
                    cover = 1.0
                    if softs:
                        cover = min(_part(wa, away[0]), _part(wb, away[1]), _part(wc, away[2]))
                        if cover <= 0.0:
                            continue
                    elif min(wa, wb, wc) < INSIDE:
                        continue
                    z = za * wa + zb * wb + zc * wc
                    old, behind = image[row, column], z >= nearest[row, column]
                    if behind and old >= FULL:
                        continue
                    if not behind and cover >= 0.5:
                        nearest[row, column] = z
                    if not ready:
                        _light(k, normals, turns[n], own, veil, fog, finish, lit, whole)
                        ready = True
                    red, green, blue = _between(lit, wa, wb, wc, whole)
                    image[row, column] = blend(old, behind, red, green, blue, cover * opacity[n])
