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


def seen(scene: Scene, only: Mask | None = None, frame: int | None = None) -> Mask:
    """Return which bodies are painted, bool[n], at a frame or at any.

    Those of hidden groups are not, nor those that `only` leaves out, nor those that take no part then.
    """
    shown = np.ones(scene.bodies.count, np.bool_) if only is None else only.copy()
    if frame is not None:
        shown &= scene.bodies.alive(frame)
    for group in scene.groups:
        if group.hidden:
            shown[group.bodies] = False
    return shown


def shown(scene: Scene, shot: Shot, only: Mask | None = None) -> Shot:
    """Return the shot with the places of bodies that are not seen not a number, so that nothing is painted there."""
    if scene.bodies.lives is None and seen(scene, only).all():
        return shot

    def there(places: Floats, later: int = 0) -> Floats:
        return np.where(seen(scene, only, shot.frame + later)[:, None], places, np.nan)

    return replace(
        shot,
        position=there(shot.position),
        trail=None if shot.trail is None else there(shot.trail),
        ahead=None if shot.ahead is None else there(shot.ahead),
        skins=tuple(Skin(skin.offset, there(skin.position, skin.offset)) for skin in shot.skins),
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
