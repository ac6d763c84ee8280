"""A whole picture of solid things, whatever their finish."""

import numpy as np

from revanim.draw.buffer import buffer
from revanim.draw.shapes import Image
from revanim.draw.skins import OPACITY
from revanim.draw.solid.depth_image import DepthImage
from revanim.draw.solid.finish import Finish
from revanim.draw.style import Layers
from revanim.engine.parameter import Floats

HAZE_FROM, HAZE_TO, HAZE = 0.8, 2.4, 0.6  # begins and is full at so many distances of the target, and its most


def paint(image: Image, layers: Layers, finish: Finish) -> None:
    """Paint bodies, cloths and links nearest first, trails over what they pass before, and skins behind all of it."""
    fog, flat = _fog(layers, finish), layers.view.flat
    behind = _with_skins(layers, fog, finish) if layers.skins.radius.size else layers.behind
    solid = DepthImage(image, layers.ratio, fog, finish)
    solid.add_spheres(layers.bodies, flat)
    for surface in (*([layers.surface] if layers.surface else []), *layers.obstacles):
        solid.add_surface(surface)
    solid.add_lines(layers.links, solid=True)
    for trail in layers.trails:
        solid.add_lines(trail, solid=False)
    solid.lay(behind)


def _with_skins(layers: Layers, fog: Floats, finish: Finish) -> Image:
    """Return the background with onion skins before it."""
    veil = DepthImage(buffer("veil", layers.behind.shape, np.uint32), layers.ratio, fog, finish)
    veil.add_spheres(layers.skins, layers.view.flat)
    veil.fade(OPACITY)
    veil.lay(layers.behind)
    return veil.image


def _fog(layers: Layers, finish: Finish) -> Floats:
    most, distance = 0.0 if layers.view.flat else HAZE, layers.view.distance
    return np.array([HAZE_FROM * distance, HAZE_TO * distance, most, *layers.haze, finish.paper])
