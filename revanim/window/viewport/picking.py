"""What lies under a point of the picture: a body, or a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.scene import Keyframe
from revanim.session.work.selection import pickable

if TYPE_CHECKING:
    from revanim.window.viewport.viewport import Viewport

REACH = 8.0  # pixels around a body that still hit it


def hit(viewport: Viewport, point: QPointF, place: Floats, radius: Floats) -> int | None:
    """Return which of some discs, float64[k, 3] and float64[k], is under a point of the picture."""
    size = viewport.width(), viewport.height()
    return camera.pick(viewport.studio.session.view, *size, place, point.x(), point.y(), REACH, radius)


def body_at(viewport: Viewport, point: QPointF) -> int | None:
    """Return the body under a point of the picture that can be picked."""
    studio, shot = viewport.studio, viewport.studio.session.shot
    if shot is None or len(shot.position) != studio.session.scene.bodies.count:
        return None
    place = np.where(pickable(studio.session.scene, studio.viewing.only)[:, None], shot.position, np.nan)
    return hit(viewport, point, place, studio.session.scene.bodies.radius)


def target_at(viewport: Viewport, point: QPointF) -> Keyframe | None:
    """Return the keyframe at the shown frame that has a target under a point of the picture."""
    radius = viewport.studio.session.scene.bodies.radius
    there = (key for key in viewport.studio.keyframes.here if key.position is not None)
    return next((key for key in there if hit(viewport, point, place_of(key), radius[key.bodies]) is not None), None)


def place_of(key: Keyframe) -> Floats:
    """Return where the targets of a keyframe are that has some, float64[k, 3]."""
    assert key.position is not None
    return key.position
