"""One picture of one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revanim.draw.background import background_of, ground
from revanim.draw.camera import project
from revanim.draw.lines import link_radius, linked, links, trails
from revanim.draw.look import DARK, Tokens, rgb
from revanim.draw.seen import Mask, colors, opacities, shown, sizes
from revanim.draw.shapes import Image, Lines, Spheres
from revanim.draw.shot import Shot
from revanim.draw.skins import skins
from revanim.draw.solid.obstacles import shells_of, standing
from revanim.draw.solid.shadows import cast_by, casting, floors_of, shadowed
from revanim.draw.solid.surface import surface, unwoven
from revanim.draw.solid.weave import cloth
from revanim.draw.style import Layers, style_of
from revanim.draw.walls import walled, walls_of
from revanim.engine.parameter import Floats
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Colors, Scene, View

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

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

    A transparent one shows bodies and lines alone: no backdrop, no floor, no obstacles, no axes. Without a gauge,
    colours by an attribute are scaled by `gauge(scene)`, which takes a walk; who paints many pictures asks for it once.
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
    look, style, around = scene.look, style_of(scene.look), ground(scene.look, tokens)
    radius = np.ascontiguousarray(look.size * scene.bodies.radius * sizes(scene, shot, gauge), np.float64)
    color, opacity = colors(scene, shot, gauge), opacities(scene, shot, gauge)
    shot = shown(scene, shot, only)
    haze = (0, 0, 0) if style.adds_light else around.top
    floor = (background_of(look), around, look.grid, look.axes, tokens)
    walls, shells = walls_of(scene, shot.frame), () if transparent else shells_of(scene.moves, shot.frame)
    behind = np.zeros_like(image) if transparent else walled(walls, around.ink, view, width, height, ratio, *floor)
    everybody = Spheres(project(view, width, height, shot.position), radius, color, opacity)
    woven = cloth(scene.forces if look.surfaces and not style.adds_light else (), len(radius))
    ends = linked(scene.parts if look.links else ())
    ends = ends[~woven.bodies[ends].all(axis=1)]
    if look.shadows and not (style.adds_light or transparent or view.flat):
        floors = floors_of(scene, walls)
        bodies = casting(shot.position, radius, woven, ends, link_radius(radius, ends))
        place, size = (np.concatenate(each) for each in zip(bodies, cast_by(shells), strict=True))
        behind = shadowed(behind, floors, place, size, view) if floors else behind
    layers = Layers(
        bodies=unwoven(everybody, woven, scene.bodies.pinned),
        surface=surface(woven, everybody, shot.position, view),
        obstacles=standing(shells, view, width, height, around.top, around.ink),
        links=links(ends, everybody, rgb(tokens.dim)),
        trails=_trails(scene, shot, view, width, height, ratio, radius, color, tokens),
        skins=skins(shot.skins, view, width, height, radius, haze, tokens),
        behind=behind,
        haze=haze,
        look=look,
        view=view,
        shot=shot,
        sprite=scene.sprite,
        figure=scene.figure,
        ratio=ratio,
    )
    style.paint(image, layers)


def _trails(
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
    found = []
    for way, token in zip(shot.ways, (tokens.past, tokens.future), strict=True):
        if way is not None:
            tint = np.broadcast_to(np.array(rgb(token), np.uint8), color.shape) if scene.look.tinted else color
            found.append(trails(way, view, width, height, ratio, radius, tint))
    return found
