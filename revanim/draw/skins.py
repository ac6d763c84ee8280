"""Onion skins: the bodies at frames before and after, orange and cyan, fainter the farther away in time."""

from collections.abc import Sequence

import numpy as np

from revanim.draw.camera import project
from revanim.draw.look import Rgb, Tokens, rgb
from revanim.draw.shapes import Spheres
from revanim.draw.shot import Skin
from revanim.engine.parameter import Floats
from revanim.scene.scene import View

OPACITY = 0.6  # of solid ones
FARTHEST = 0.25  # of the tint that the last skin on either side keeps


def skins(
    layers: Sequence[Skin],
    view: View,
    width: float,
    height: float,
    radius: Floats,
    haze: Rgb,
    tokens: Tokens,
) -> Spheres:
    """Return the bodies of all skins together, in tints that fade into the haze."""
    place = np.concatenate([np.empty((0, 3)), *(layer.position for layer in layers)])
    farthest = max((abs(layer.offset) for layer in layers), default=1)
    nearest = min((abs(layer.offset) for layer in layers), default=1)
    tints = []
    for layer in layers:
        away = (abs(layer.offset) - nearest) / max(1, farthest - nearest)
        tint = np.array(rgb(tokens.past if layer.offset < 0 else tokens.future), np.float64)
        faded = haze + (tint - haze) * (1 - (1 - FARTHEST) * away)
        tints.append(np.broadcast_to(faded.astype(np.uint8), layer.position.shape))
    color = np.concatenate([np.empty((0, 3), np.uint8), *tints])
    return Spheres(project(view, width, height, place), np.tile(radius, len(layers)), color)
