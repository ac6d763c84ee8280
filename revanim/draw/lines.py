"""Which lines a picture has: the links of forces and flows, and the trails behind the bodies."""

from collections.abc import Iterable

import numpy as np

from revanim.draw.camera import Projected, project
from revanim.draw.look import Rgb
from revanim.draw.shapes import Lines, Spheres
from revanim.engine.parameter import Floats
from revanim.scene.scene import Colors, Index, Part, View

LINK_SHARE = 0.24  # radius of a link, as a share of the smaller of its two bodies
LINK_TINT = 0.55  # how much of a link's colour comes from its bodies
TRAIL_SHARE = 0.3  # radius of a trail where it leaves the body, as a share of the body's
PIECES, MOST_ROUNDED = 4, 40_000  # lines between two frames, and places at most
MOST_PIECES = 60_000
TRAIL_WIDEST = 1.8  # in pixels: a trail is a line, however near the body
TRAIL_OPACITY = 0.9


def linked(parts: Iterable[Part]) -> Index:
    """Return the links of all forces and flows that are not muted, int64[k, 2]."""
    found = [part.links for part in parts if part.links is not None and not part.muted]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def link_radius(radius: Floats, ends: Index) -> Floats:
    """Return how thick links are, float64[k], from the radii of all bodies."""
    return np.asarray(LINK_SHARE * radius[ends].min(axis=1))


def links(ends: Index, bodies: Spheres, neutral: Rgb) -> Lines:
    """Return links, int64[k, 2], from near to far, in the colours of their ends tempered by a neutral one."""
    at = bodies.points
    ends = ends[np.argsort(at.depth[ends].sum(axis=1), kind="stable")]
    who = ends.ravel()
    points = Projected(at.x[who], at.y[who], at.depth[who], at.scale[who])
    pairs = np.arange(who.size).reshape(-1, 2)
    size = points.scale * np.repeat(link_radius(bodies.radius, ends), 2)
    tempered = LINK_TINT * bodies.color[who] + (1 - LINK_TINT) * np.array(neutral)
    straight = np.zeros((who.size, 2))
    return Lines(points, pairs, straight, size, np.ones(who.size), tempered.astype(np.uint8))


def trails(
    trail: Floats, view: View, width: float, height: float, ratio: float, radius: Floats, color: Colors
) -> Lines:
    """Return a line through the places of every body, float64[k, n, 3], oldest first, that thins out with age."""
    trail = rounded(thinned(trail))
    k, n = trail.shape[:2]
    points = project(view, width, height, trail.reshape(-1, 3))
    youth = np.repeat(np.arange(k) / max(1, k - 1), n)
    size = youth * np.minimum(TRAIL_WIDEST * ratio, TRAIL_SHARE * points.scale * np.tile(radius, k))
    older = np.arange(max(0, k - 1) * n)
    pairs = np.stack([older, older + n], axis=1)
    return Lines(points, pairs, _directions(points, k, n), size, TRAIL_OPACITY * youth**1.25, np.tile(color, (k, 1)))


def thinned(trail: Floats) -> Floats:
    """Return the trail with fewer frames where it has more pieces than can be painted in a moment."""
    k, n = trail.shape[:2]
    every = -(-k * n // MOST_PIECES)
    return trail[::-every][::-1] if every > 1 else trail


def rounded(trail: Floats) -> Floats:
    """Return the trail with places between the frames, on the curve through all of them (Catmull and Rom 1974).

    A body that turns fast would leave corners behind; among very many bodies nobody could see them.
    """
    k, n = trail.shape[:2]
    if k < 3 or not n or PIECES * k * n > MOST_ROUNDED:
        return trail
    ends = np.concatenate([2 * trail[:1] - trail[1:2], trail, 2 * trail[-1:] - trail[-2:-1]])
    a, b, c, d = ends[:-3], ends[1:-2], ends[2:-1], ends[3:]
    t = np.arange(PIECES).reshape(-1, 1, 1, 1) / PIECES
    with np.errstate(invalid="ignore", over="ignore"):  # a place may not be finite
        curve = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.concatenate([curve.swapaxes(0, 1).reshape(-1, n, 3), trail[-1:]])


def _directions(points: Projected, k: int, n: int) -> Floats:
    place = np.stack([points.x, points.y], axis=1).reshape(k, n, 2)
    way = np.zeros_like(place)
    with np.errstate(invalid="ignore", over="ignore"):  # a point behind the eye may lie anywhere
        way[1:-1] = place[2:] - place[:-2]
    return way.reshape(-1, 2)
