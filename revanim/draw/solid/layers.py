"""A whole picture of solid things, whatever their finish."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from revanim.draw.buffer import buffer
from revanim.draw.shapes import Image, Surface
from revanim.draw.skins import OPACITY
from revanim.draw.solid.depth_image import DepthImage
from revanim.draw.solid.finish import Finish
from revanim.draw.style import Layers
from revanim.engine.parameter import Floats

Paint = Callable[[DepthImage, Layers], None]
HAZE_FROM, HAZE_TO, HAZE = 0.8, 2.4, 0.6  # begins and is full at so many distances of the target, and its most


def spheres(solid: DepthImage, layers: Layers) -> None:
    """Paint bodies as lit spheres."""
    solid.add_spheres(layers.bodies, layers.view.flat)


def paint(image: Image, layers: Layers, finish: Finish, bodies: Paint = spheres) -> None:
    """Paint bodies, cloths and links nearest first, trails over what they pass before, and skins behind all of it."""
    fog = _fog(layers, finish)
    behind = _with_skins(layers, fog, finish) if layers.skins.radius.size else layers.behind
    still = _still(layers.obstacles, image.shape, layers.ratio, tuple(fog), finish) if layers.obstacles else None
    solid = DepthImage(image, layers.ratio, fog, finish)
    bodies(solid, layers)
    if layers.surface:
        solid.add_surface(layers.surface)
    if still:
        solid.add_still(*still)
    solid.add_lines(layers.links, solid=True)
    for trail in layers.trails:
        solid.add_lines(trail, solid=False)
    solid.lay(behind)


def with_obstacles(layers: Layers, finish: Finish) -> Image:
    """Return the background with obstacles before it, for what shines through them."""
    if not layers.obstacles:
        return layers.behind
    still, _ = _still(layers.obstacles, layers.behind.shape, layers.ratio, tuple(_fog(layers, finish)), finish)
    veil = DepthImage(buffer("veil", layers.behind.shape, np.uint32), layers.ratio, _fog(layers, finish), finish)
    veil.image[:] = still
    veil.lay(layers.behind)
    return veil.image


@lru_cache(maxsize=2)
def _still(
    obstacles: tuple[Surface, ...], shape: tuple[int, int], ratio: float, fog: tuple[float, ...], finish: Finish
) -> tuple[Image, NDArray[np.float32]]:
    """Return what stands still by itself, and how deep it lies; it is kept as long as it is the same."""
    solid = DepthImage(np.empty(shape, np.uint32), ratio, np.array(fog), finish)
    for surface in obstacles:
        solid.add_surface(surface)
    return solid.image, solid.nearest.copy()


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
