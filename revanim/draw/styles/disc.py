"""Solid spheres under a lamp: near ones hide those behind, and what is far fades into the haze."""

import numpy as np

from revanim.draw.buffer import buffer
from revanim.draw.shapes import Image
from revanim.draw.skins import OPACITY
from revanim.draw.splat import DepthImage
from revanim.draw.style import Layers, Style
from revanim.engine.parameter import Floats

HAZE_FROM, HAZE_TO, HAZE = 0.8, 2.4, 0.6  # begins and is full at so many distances of the target, and its most


def paint(image: Image, layers: Layers) -> None:
    """Paint bodies and links nearest first, trails over what they pass before, and skins behind all of it."""
    fog, flat = _fog(layers), layers.view.flat
    behind = _with_skins(layers, fog) if layers.skins.radius.size else layers.behind
    solid = DepthImage(image, layers.ratio, fog)
    solid.add_spheres(layers.bodies, flat)
    solid.add_lines(layers.links, solid=True)
    for trail in layers.trails:
        solid.add_lines(trail, solid=False)
    solid.lay(behind)


def _with_skins(layers: Layers, fog: Floats) -> Image:
    """Return the background with onion skins before it."""
    veil = DepthImage(buffer("veil", layers.behind.shape, np.uint32), layers.ratio, fog)
    veil.add_spheres(layers.skins, layers.view.flat)
    veil.fade(OPACITY)
    veil.lay(layers.behind)
    return veil.image


def _fog(layers: Layers) -> Floats:
    most, distance = 0.0 if layers.view.flat else HAZE, layers.view.distance
    return np.array([HAZE_FROM * distance, HAZE_TO * distance, most, *layers.haze])


disc = Style(
    name="disc", title="Shaded discs", help="Paint bodies as solid spheres under a lamp.", order=10, paint=paint
)
