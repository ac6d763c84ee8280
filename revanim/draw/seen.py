"""Which bodies of a scene are painted, and in which colours."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from revanim.draw.colormap import by_amount, by_kind
from revanim.draw.shot import Shot, Skin
from revanim.engine.parameter import Floats
from revanim.scene.attribute import attributes
from revanim.scene.gauge import Gauge, gauge
from revanim.scene.scene import Colors, Scene

Mask = NDArray[np.bool_]


def seen(scene: Scene, only: Mask | None = None) -> Mask:
    """Return which bodies are painted, bool[n]: those of hidden groups are not, nor those that `only` leaves out."""
    shown = np.ones(scene.bodies.count, np.bool_) if only is None else only.copy()
    for group in scene.groups:
        if group.hidden:
            shown[group.bodies] = False
    return shown


def without(shot: Shot, hidden: Mask) -> Shot:
    """Return the shot with the places of hidden bodies not a number, so that nothing is painted there."""
    if not hidden.any():
        return shot

    def nowhere(places: Floats) -> Floats:
        return np.where(hidden[:, None], np.nan, places)

    return replace(
        shot,
        position=nowhere(shot.position),
        trail=None if shot.trail is None else nowhere(shot.trail),
        ahead=None if shot.ahead is None else nowhere(shot.ahead),
        skins=tuple(Skin(skin.offset, nowhere(skin.position)) for skin in shot.skins),
    )


def colors(scene: Scene, shot: Shot, measure: Gauge | None = None) -> Colors:
    """Return the colour of each body, uint8[n, 3] in C order: its own, or that of the attribute the look asks for.

    While no body has the attribute, all keep their own.
    """
    return np.ascontiguousarray(_colors(scene, shot, measure), np.uint8)  # kernels take no other order


def _colors(scene: Scene, shot: Shot, measure: Gauge | None) -> Colors:
    attribute = attributes().get(scene.look.color_by)
    if attribute is None:
        return scene.bodies.color
    values = attribute.values(scene, shot.instant)
    if not np.isfinite(values).any():
        return scene.bodies.color
    if attribute.names:
        return by_kind(values)
    measure = measure or gauge(scene)
    return by_amount(values, measure.low, measure.high)
