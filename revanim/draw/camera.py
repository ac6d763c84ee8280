"""Where a point of the scene falls on the picture, and how a hand moves the camera.

The camera orbits its target with z up and without roll: at yaw 0 it looks along y with x to the right, and a
positive pitch lifts it. A flat view looks straight down the z axis, x to the right and y up, without perspective.
"""

from dataclasses import dataclass, replace
from math import cos, inf, radians, sin, tan

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.cues.camera import CLOSEST, FARTHEST
from revanim.scene.scene import View

SLOPE = tan(radians(35.0) / 2)  # half the field of view: calm enough that a sphere at the rim still looks round
NEAR = 0.01  # nothing closer than this share of the distance is seen
DEGREES_PER_PIXEL = 0.4
MARGIN = 1.15  # room that `frame_all` leaves around the bodies


@dataclass(frozen=True, eq=False)
class Projected:
    """Where n points fall: float64[n] each, in pixels from the top left corner.

    `depth` is in scene units and grows away from the eye; `scale` is pixels per scene unit at that point. A point
    behind the eye, or one that is not finite, has scale 0.
    """

    x: Floats
    y: Floats
    depth: Floats
    scale: Floats


def axes(view: View) -> Floats:
    """Return the directions right, up and forward of the camera: float64[3, 3], one in a row."""
    if view.flat:
        return np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, -1.0]])
    yaw, pitch = radians(view.yaw), radians(view.pitch)
    right = [cos(yaw), sin(yaw), 0.0]
    up = [-sin(yaw) * sin(pitch), cos(yaw) * sin(pitch), cos(pitch)]
    forward = [-sin(yaw) * cos(pitch), cos(yaw) * cos(pitch), -sin(pitch)]
    return np.array([right, up, forward])


def unit(view: View, width: float, height: float) -> float:
    """Return how many scene units one pixel spans at the target.

    What a picture of 16 to 9 shows stays in sight whatever the shape of the window.
    """
    return 2 * SLOPE * view.distance / (frame_height(width, height) * view.lens)


def frame_height(width: float, height: float) -> float:
    """Return the height in pixels of the largest picture of 16 to 9 inside one of this size."""
    return min(height, width * 9 / 16)


def project(view: View, width: float, height: float, position: Floats) -> Projected:
    """Return where `position`, float64[n, 3], falls on a picture of that size."""
    out = np.empty((4, len(position)))
    target = np.asarray(view.target, np.float64)
    near = -inf if view.flat else NEAR * view.distance
    focal = 1 / unit(view, width, height)
    position = np.ascontiguousarray(position, np.float64)
    _project(axes(view), target, view.distance, near, focal, view.flat, width / 2, height / 2, position, out)
    return Projected(*out)


@kernel(
    "void(float64[:,::1], float64[::1], float64, float64, float64, boolean, float64, float64, "
    "Array(float64, 2, 'C', True), float64[:,::1])"
)
def _project(axes, target, distance, near, focal, flat, centre_x, centre_y, position, out):  # type: ignore[no-untyped-def]
    for i in range(len(position)):
        dx, dy, dz = position[i, 0] - target[0], position[i, 1] - target[1], position[i, 2] - target[2]
        right = axes[0, 0] * dx + axes[0, 1] * dy + axes[0, 2] * dz
        up = axes[1, 0] * dx + axes[1, 1] * dy + axes[1, 2] * dz
        depth = axes[2, 0] * dx + axes[2, 1] * dy + axes[2, 2] * dz + distance
        scale = focal if flat else focal * distance / depth
        seen = depth >= near and abs(right) < np.inf and abs(up) < np.inf and abs(depth) < np.inf
        out[0, i] = centre_x + right * scale
        out[1, i] = centre_y - up * scale
        out[2, i] = depth
        out[3, i] = scale if seen else 0.0


def unproject(view: View, width: float, height: float, x: Floats, y: Floats, depth: Floats) -> Floats:
    """Return the points, float64[n, 3], that fall on these pixels at these depths: `project` turned round."""
    right, up, forward = axes(view)
    x, y, depth = np.atleast_1d(x), np.atleast_1d(y), np.atleast_1d(depth)
    size = unit(view, width, height) * (np.ones_like(depth) if view.flat else depth / view.distance)
    across, above, beyond = (x - width / 2) * size, (height / 2 - y) * size, depth - view.distance
    return np.asarray(view.target) + np.outer(across, right) + np.outer(above, up) + np.outer(beyond, forward)


def orbit(view: View, dx: float, dy: float) -> View:
    """Turn around the target by a drag in pixels; a flat view stays as it is."""
    if view.flat:
        return view
    pitch = min(90.0, max(-90.0, view.pitch + DEGREES_PER_PIXEL * dy))
    return replace(view, yaw=(view.yaw - DEGREES_PER_PIXEL * dx + 180.0) % 360.0 - 180.0, pitch=pitch)


def pan(view: View, dx: float, dy: float, width: float, height: float) -> View:
    """Move sideways by a drag in pixels: what lies at the depth of the target follows the hand."""
    right, up, _ = axes(view)
    return _aim(view, np.asarray(view.target) + unit(view, width, height) * (up * dy - right * dx))


def zoom(view: View, factor: float, x: float, y: float, width: float, height: float) -> View:
    """Magnify by `factor`; what lies at the depth of the target under the cursor stays under it."""
    distance = min(FARTHEST, max(CLOSEST, view.distance / factor))
    right, up, _ = axes(view)
    under = unit(view, width, height) * ((x - width / 2) * right + (height / 2 - y) * up)
    return replace(_aim(view, np.asarray(view.target) + under * (1 - distance / view.distance)), distance=distance)


def axis_view(view: View, axis: int, side: int) -> View:
    """Look at the target along an axis (0 x, 1 y, 2 z), from its positive side (+1) or its negative one (-1)."""
    yaw = (90.0 * side, 90.0 + 90.0 * side, 0.0)[axis]
    return replace(view, yaw=yaw, pitch=90.0 * side if axis == 2 else 0.0, flat=False)


def frame_all(view: View, position: Floats, width: float, height: float) -> View:
    """Return the nearest view, in the same direction, that shows every finite point with some air around."""
    position = position[np.isfinite(position).all(axis=1)]
    if not len(position):
        return view
    turn = axes(view)
    seen = position @ turn.T
    centre = (seen.min(axis=0) + seen.max(axis=0)) / 2
    across, above, beyond = (seen - centre).T
    framed = frame_height(width, height)
    reach = np.maximum(np.abs(across) * framed / width, np.abs(above) * framed / height) * MARGIN * view.lens / SLOPE
    distance = float(np.max(reach if view.flat else reach - beyond))
    return replace(_aim(view, centre @ turn), distance=distance if distance > CLOSEST else view.distance)


def pick(
    view: View,
    width: float,
    height: float,
    position: Floats,
    x: float,
    y: float,
    radius: float,
    size: Floats | None = None,
) -> int | None:
    """Return the body at most `radius` pixels from the cursor, or None.

    With `size`, float64[n] radii in scene units, the distance counts from the rim of a body's disc; of several at
    the same distance (the cursor is inside their discs) the one in front is taken.
    """
    seen = project(view, width, height, position)
    away = np.hypot(seen.x - x, seen.y - y)
    if size is not None:
        away = np.maximum(0.0, away - size * seen.scale)
    hits = np.flatnonzero((seen.scale > 0) & (away <= radius))
    if not hits.size:
        return None
    return int(hits[np.lexsort((seen.depth[hits], away[hits]))[0]])


def _aim(view: View, target: Floats) -> View:
    return replace(view, target=(float(target[0]), float(target[1]), float(target[2])))
