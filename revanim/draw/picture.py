"""One picture of one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revanim.draw.backdrop import Ground, Image, backdrop, ground
from revanim.draw.buffer import buffer
from revanim.draw.camera import Projected, project
from revanim.draw.glow import Exposure
from revanim.draw.lines import Lines, links, trails
from revanim.draw.look import DARK, Tokens, rgb
from revanim.draw.seen import Mask, colors, seen, without
from revanim.draw.shot import Shot
from revanim.draw.skins import OPACITY, skins
from revanim.draw.splat import Canvas
from revanim.engine.parameter import Floats
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Colors, Scene, View

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

LINK_LIGHT, TRAIL_LIGHT, SKIN_LIGHT = 0.3, 0.6, 0.25  # of a glowing scene
HAZE_FROM, HAZE_TO, HAZE = 0.8, 2.4, 0.6  # begins and is full at so many distances of the target, and its most

__all__ = ["Shot", "paint", "picture"]


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
    only: Mask | None = None,
    gauge: Gauge | None = None,
) -> QImage:
    """Return the picture of a frame, `width` by `height` device-independent pixels, each `ratio` real ones wide.

    A transparent one shows bodies and lines alone: no backdrop, no floor, no axes. Without a gauge, colours by an
    attribute are scaled by `gauge(scene)`, which takes a walk; who paints many pictures asks for it once.
    """
    from PySide6.QtGui import QImage  # only who asks for one pays for Qt

    kind = QImage.Format.Format_ARGB32_Premultiplied if transparent else QImage.Format.Format_RGB32
    result = QImage(max(1, round(width * ratio)), max(1, round(height * ratio)), kind)
    image = np.frombuffer(result.bits(), np.uint32).reshape(result.height(), result.width())
    paint(scene, shot, image, ratio, view or scene.look.view, transparent, tokens, only, gauge)
    result.setDevicePixelRatio(ratio)
    return result


def paint(
    scene: Scene,
    shot: Shot,
    image: Image,
    ratio: float,
    view: View,
    transparent: bool,
    tokens: Tokens,
    only: Mask | None = None,
    gauge: Gauge | None = None,
) -> None:
    """Paint a frame into an image, uint32[h, w] of premultiplied 0xAARRGGBB."""
    height, width = image.shape
    look, around = scene.look, ground(scene.look, tokens)
    radius, color = look.size * scene.bodies.radius, colors(scene, shot, gauge)
    shot = without(shot, ~seen(scene, only))
    floor = (look.grid, look.axes)
    behind = np.zeros_like(image) if transparent else backdrop(view, width, height, ratio, around, *floor, tokens)
    bodies = project(view, width, height, shot.position)
    strands = links(scene.forces if look.links else (), bodies, radius, color, rgb(tokens.dim))
    tails = _tails(scene, shot, view, width, height, ratio, radius, color, tokens)
    dark = look.style == "glow"
    layers = skins(shot.skins, view, width, height, radius, (0, 0, 0) if dark else around.top, tokens)
    if dark:
        exposure = Exposure(image, ratio)
        exposure.add_lines(strands, LINK_LIGHT)
        for tail in tails:
            exposure.add_lines(tail, TRAIL_LIGHT)
        exposure.add_bodies(*layers, SKIN_LIGHT)
        exposure.add_bodies(bodies, radius, color)
        exposure.develop(behind, look.exposure, look.halo)
    else:
        fog = _fog(view, around)
        if shot.skins:
            behind = _veil(layers, behind, ratio, fog, view.flat)
        canvas = Canvas(image, ratio, fog)
        canvas.add_bodies(bodies, radius, color, view.flat)
        canvas.add_lines(strands, solid=True)
        for tail in tails:
            canvas.add_lines(tail, solid=False)
        canvas.lay(behind)


def _tails(
    scene: Scene,
    shot: Shot,
    view: View,
    width: float,
    height: float,
    ratio: float,
    radius: Floats,
    color: Colors,
    tokens: Tokens,
) -> list[Lines]:
    """Return the trails behind the bodies, and those before them."""
    tails = []
    for way, token in zip(shot.ways, (tokens.past, tokens.future), strict=True):
        if way is not None:
            tint = np.broadcast_to(np.array(rgb(token), np.uint8), color.shape) if scene.look.tinted else color
            tails.append(trails(way, view, width, height, ratio, radius, tint))
    return tails


def _veil(layers: tuple[Projected, Floats, Colors], behind: Image, ratio: float, fog: Floats, flat: bool) -> Image:
    """Return the backdrop with onion skins before it."""
    veil = Canvas(buffer("veil", behind.shape, np.uint32), ratio, fog)
    veil.add_bodies(*layers, flat)
    veil.fade(OPACITY)
    veil.lay(behind)
    return veil.image


def _fog(view: View, around: Ground) -> Floats:
    most = 0.0 if view.flat else HAZE
    return np.array([HAZE_FROM * view.distance, HAZE_TO * view.distance, most, *around.top])
