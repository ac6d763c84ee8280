"""Which bodies of a scene are painted, in which colours, how large and how opaque."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from revanim.draw.colormap import by_amount, by_kind
from revanim.draw.shot import Shot, Skin
from revanim.engine.parameter import Floats
from revanim.scene.attribute import attributes
from revanim.scene.gauge import Gauge, gauge
from revanim.scene.looks.ramp import along
from revanim.scene.scene import Colors, Ramp, Scene

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


def sizes(scene: Scene, shot: Shot, measure: Gauge | None = None) -> Floats:
    """Return how many times as large as it is each body is painted, float64[n], by its ramp alone."""
    return _ramped(scene, shot, "size", scene.look.size_ramp, measure)


def opacities(scene: Scene, shot: Shot, measure: Gauge | None = None) -> Floats:
    """Return how opaque each body is, float64[n]."""
    return _ramped(scene, shot, "opacity", scene.look.opacity_ramp, measure)


def _ramped(scene: Scene, shot: Shot, kind: str, ramp: Ramp, measure: Gauge | None) -> Floats:
    """Return what a ramp makes of each body; 1 of one that has no number."""
    attribute = attributes().get(getattr(scene.look, f"{kind}_by"))
    if attribute is None:
        return np.ones(len(shot.position))
    low, high = span_of(scene, kind, measure)
    share = (attribute.values(scene, shot.instant) - low) / ((high - low) or 1.0)
    known = np.isfinite(share)
    return np.where(known, along(ramp, np.where(known, share, 0.0))[:, 0], 1.0)


def span_of(scene: Scene, kind: str, measure: Gauge | None) -> tuple[float, float]:
    """Return what is lowest and highest of the attribute that decides a colour, a size or an opacity."""
    ramp: Ramp | None = getattr(scene.look, f"{kind}_ramp")
    if ramp is not None and ramp.span is not None:
        return ramp.span
    measure = measure or gauge(scene)
    if kind == "color":
        return measure.low, measure.high
    return measure.spans.get(getattr(scene.look, f"{kind}_by"), (0.0, 1.0))


def _colors(scene: Scene, shot: Shot, measure: Gauge | None) -> Colors:
    attribute = attributes().get(scene.look.color_by)
    if attribute is None:
        return scene.bodies.color
    values = attribute.values(scene, shot.instant)
    if not np.isfinite(values).any():
        return scene.bodies.color
    if attribute.names:
        return by_kind(values)
    ramp = scene.look.color_ramp
    return by_amount(values, *span_of(scene, "color", measure), ramp)
