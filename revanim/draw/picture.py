"""One picture of one frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from revanim.draw.backdrop import Image, backdrop
from revanim.draw.camera import project
from revanim.draw.glow import Exposure
from revanim.draw.lines import links, trails
from revanim.draw.look import DARK, Tokens, rgb
from revanim.draw.splat import Canvas
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.scene.scene import Scene, View

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

LINK_LIGHT, TRAIL_LIGHT = 0.3, 0.6  # of a glowing scene
HAZE_FROM, HAZE_TO, HAZE = 0.8, 2.4, 0.6  # begins and is full at so many distances of the target, and its most

NO_TRAIL = np.empty((0, 0, 3))


@dataclass(frozen=True, eq=False)
class Shot:
    """What the engine says about a frame."""

    frame: int
    seconds: float
    position: Floats  # float64[n, 3]
    velocity: Floats  # float64[n, 3]
    trail: Floats | None = None  # float64[k, n, 3], oldest first; the last row is `position`
    energy: float | None = None
    drift: float | None = None  # of the energy since the home frame, relative
    state: Counts | None = None  # int64[lanes, n], exactly what the playhead holds there


def picture(
    scene: Scene,
    shot: Shot,
    width: int,
    height: int,
    *,
    ratio: float = 1.0,
    view: View | None = None,
    transparent: bool = False,
    tokens: Tokens = DARK,
) -> QImage:
    """Return the picture of a frame, `width` by `height` device-independent pixels, each `ratio` real ones wide.

    A transparent one shows bodies and lines alone: no backdrop, no floor, no axes.
    """
    from PySide6.QtGui import QImage  # only who asks for one pays for Qt

    kind = QImage.Format.Format_ARGB32_Premultiplied if transparent else QImage.Format.Format_RGB32
    result = QImage(max(1, round(width * ratio)), max(1, round(height * ratio)), kind)
    image = np.frombuffer(result.bits(), np.uint32).reshape(result.height(), result.width())
    paint(scene, shot, image, ratio, view or scene.look.view, transparent, tokens)
    result.setDevicePixelRatio(ratio)
    return result


def paint(scene: Scene, shot: Shot, image: Image, ratio: float, view: View, transparent: bool, tokens: Tokens) -> None:
    """Paint a frame into an image, uint32[h, w] of premultiplied 0xAARRGGBB."""
    height, width = image.shape
    look, glow = scene.look, scene.look.style == "glow"
    radius, color = np.ascontiguousarray(scene.bodies.radius), np.ascontiguousarray(scene.bodies.color)
    floor = (look.grid, look.axes)
    behind = np.zeros_like(image) if transparent else backdrop(view, width, height, ratio, glow, *floor, tokens)
    bodies = project(view, width, height, shot.position)
    strands = links(scene.forces if look.links else (), bodies, radius, color, rgb(tokens.dim))
    tails = trails(NO_TRAIL if shot.trail is None else shot.trail, view, width, height, ratio, radius, color)
    if glow:
        exposure = Exposure(image, ratio)
        exposure.add_lines(strands, LINK_LIGHT)
        exposure.add_lines(tails, TRAIL_LIGHT)
        exposure.add_bodies(bodies, radius, color)
        exposure.develop(behind, look.exposure)
    else:
        canvas = Canvas(image, ratio, _fog(view, tokens))
        canvas.add_bodies(bodies, radius, color, view.flat)
        canvas.add_lines(strands, solid=True)
        canvas.add_lines(tails, solid=False)
        canvas.lay(behind)


def _fog(view: View, tokens: Tokens) -> Floats:
    most = 0.0 if view.flat else HAZE
    return np.array([HAZE_FROM * view.distance, HAZE_TO * view.distance, most, *rgb(tokens.viewport_top)])
