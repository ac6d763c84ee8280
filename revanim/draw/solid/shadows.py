"""Soft shadows on a floor: what hangs over it takes light from the sky, the less the higher it hangs.

Each body darkens a map of the floor by a soft disc, as large as itself where it touches and wider above; so a shadow
tells how high something is. What several bodies take away adds up, and what is left of the light is 1 / (1 + sum).
"""

from collections.abc import Iterable
from math import ceil, floor, log2

import numpy as np

from revanim.draw.shapes import Image
from revanim.draw.solid.obstacles import Shell
from revanim.draw.solid.weave import Cloth
from revanim.draw.walls import Wall, meet, plane, rays
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.scene import Index, Scene, View

GROUND = Wall((0.0, 0.0, 0.0), (0.0, 0.0, 1.0))
LEVEL = 0.5  # a wall is a floor if its normal points up by more than this
CELLS, WIDEST = 220, 64  # of a map, each way, and of the radius of one disc
SPREAD = 0.7  # how much wider a shadow is for each unit of height
DARK = 0.62  # share of the light that can be taken away
AROUND = 2.6  # distances of the target: so far around it there are shadows
ALONG = 5  # discs along a link
THREAD = 0.8  # radius of what a body of a cloth hides, over the length of its threads


def floors_of(scene: Scene, walls: Iterable[Wall]) -> tuple[Wall, ...]:
    """Return the walls that are floors; where there is none, the ground under a scene that begins above it."""
    level = tuple(wall for wall in walls if wall.normal[2] > LEVEL)
    above = bool(scene.bodies.count) and float(scene.bodies.position[:, 2].min()) >= 0.0
    return level or ((GROUND,) if above else ())


def casting(place: Floats, radius: Floats, cloth: Cloth, links: Index, link_radius: Floats) -> tuple[Floats, Floats]:
    """Return all that casts shadows as spheres, float64[k, 3] and float64[k]: bodies, links and cloths."""
    radius = radius.copy()
    if len(cloth.faces):
        corner = place[cloth.faces]
        threads = np.linalg.norm(corner - np.roll(corner, 1, axis=1), axis=2)
        radius[cloth.bodies] = THREAD * float(np.nanmean(threads)) if np.isfinite(threads).any() else 0.0
    share = ((np.arange(ALONG) + 0.5) / ALONG)[:, None, None]
    along = place[links[:, 0]] * (1 - share) + place[links[:, 1]] * share
    spheres = np.concatenate([place, along.reshape(-1, 3)]), np.concatenate([radius, np.tile(link_radius, ALONG)])
    there = np.isfinite(spheres[0]).all(axis=1) & (spheres[1] > 0)
    return spheres[0][there], spheres[1][there]


def cast_by(shells: Iterable[Shell]) -> tuple[Floats, Floats]:
    """Return what obstacles cast shadows as: a sphere for each face, float64[k, 3] and float64[k]."""
    corners = np.concatenate([np.empty((0, 3, 3)), *(shell.places[shell.faces] for shell in shells)])
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return corners.mean(axis=1), np.sqrt(np.linalg.norm(across, axis=1) / (2 * np.pi))


def shadowed(behind: Image, floors: Iterable[Wall], place: Floats, radius: Floats, view: View) -> Image:
    """Return the background with the shadows of spheres on floors, as a new image."""
    image, (height, width) = behind.copy(), behind.shape
    for wall in floors:
        frame = plane(wall)
        from_foot = place - frame[0]
        above, at = from_foot @ frame[1], np.ascontiguousarray(from_foot @ frame[2:].T)
        blur = radius + SPREAD * np.maximum(above - radius, 0.0)
        strength = (radius / blur) ** 2 * np.clip(1 + above / radius, 0.0, 1.0)
        middle = (np.asarray(view.target) - frame[0]) @ frame[2:].T
        reach = AROUND * view.distance
        near = (np.abs(at - middle) < reach + blur[:, None]).all(axis=1) & (strength > 0)
        if near.any():
            light, corner, cell = _map(at[near], blur[near], strength[near], middle, reach)
            _darken(image, rays(view, width, height), frame, light, corner, cell, middle, reach)
    return image


def _map(at: Floats, blur: Floats, strength: Floats, middle: Floats, reach: float) -> tuple[Floats, Floats, float]:
    """Return how much is taken from the light, float64[rows, columns], the corner of that map, and its cell.

    Cells are powers of two long and begin at whole ones, so that a shadow does not shimmer while it moves.
    """
    low = np.maximum((at - blur[:, None]).min(axis=0), middle - reach)
    high = np.minimum((at + blur[:, None]).max(axis=0), middle + reach)
    cell = 2.0 ** ceil(log2(max(float((high - low).max()), 1e-12) / CELLS))
    corner = np.array([floor(low[0] / cell) - 1, floor(low[1] / cell) - 1], np.float64) * cell
    columns, rows = (int(side) for side in np.ceil((high - corner) / cell) + 2)
    light = np.zeros((max(rows, 2), max(columns, 2)))
    _add_discs(light, (at - corner) / cell, np.minimum(np.maximum(blur / cell, 1.0), WIDEST), strength)
    return light / (1 + light), corner, cell


@kernel("void(float64[:,::1], Array(float64, 2, 'C', True), float64[::1], float64[::1])")
def _add_discs(light, at, reach, strength):  # type: ignore[no-untyped-def]
    """Add soft discs to a map, in its cells."""
    rows, columns = light.shape
    for i in range(len(at)):
        left, right = max(0.0, np.ceil(at[i, 0] - reach[i])), min(columns - 1.0, np.floor(at[i, 0] + reach[i]))
        top, bottom = max(0.0, np.ceil(at[i, 1] - reach[i])), min(rows - 1.0, np.floor(at[i, 1] + reach[i]))
        if not (left <= right and top <= bottom):
            continue
        for row in range(int(top), int(bottom) + 1):
            v = (row - at[i, 1]) / reach[i]
            for column in range(int(left), int(right) + 1):
                u = (column - at[i, 0]) / reach[i]
                inside = max(0.0, 1.0 - u * u - v * v)
                light[row, column] += 1.6 * strength[i] * inside * inside


@kernel(
    "void(uint32[:,::1], float64[:,::1], float64[:,::1], float64[:,::1], float64[::1], float64, float64[::1], float64)"
)
def _darken(image, rays, wall, light, corner, cell, middle, reach):  # type: ignore[no-untyped-def]
    """Take from each pixel of the floor what the map takes, fading out far from the middle."""
    height, width = image.shape
    rows, columns = light.shape
    here = np.empty(2)
    for row in range(height):
        for column in range(width):
            if meet(rays, wall, row, column, here) <= 0.0:
                continue
            u, v = (here[0] - corner[0]) / cell, (here[1] - corner[1]) / cell
            if not (0.0 <= u < columns - 1 and 0.0 <= v < rows - 1):
                continue
            i, j = int(u), int(v)
            p, q = u - i, v - j
            taken = (light[j, i] * (1.0 - p) + light[j, i + 1] * p) * (1.0 - q)
            taken += (light[j + 1, i] * (1.0 - p) + light[j + 1, i + 1] * p) * q
            aside, along = (here[0] - middle[0]) / reach, (here[1] - middle[1]) / reach
            left = 1.0 - DARK * taken * max(0.0, 1.0 - aside * aside - along * along)
            pixel = np.int64(image[row, column])
            red, green, blue = (pixel >> 16 & 255) * left, (pixel >> 8 & 255) * left, (pixel & 255) * left
            mixed = np.int64(-16777216) | np.int64(red + 0.5) << 16 | np.int64(green + 0.5) << 8 | np.int64(blue + 0.5)
            image[row, column] = np.uint32(mixed)
