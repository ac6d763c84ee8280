"""What lies under a point of the picture: a body, or a target."""

import numpy as np
from PySide6.QtCore import QPointF

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.scene import Keyframe
from revanim.session.work.selection import pickable
from revanim.window.viewport.canvas import Canvas

REACH = 8.0  # pixels around a body that still hit it


def hit(canvas: Canvas, point: QPointF, place: Floats, radius: Floats) -> int | None:
    """Return which of some discs, float64[k, 3] and float64[k], is under a point of the picture."""
    return camera.pick(canvas.studio.session.view, *canvas.size, place, point.x(), point.y(), REACH, radius)


def body_at(canvas: Canvas, point: QPointF) -> int | None:
    """Return the body under a point of the picture that can be picked."""
    studio, shot = canvas.studio, canvas.studio.session.shot
    if shot is None or len(shot.position) != studio.session.scene.bodies.count:
        return None
    free = pickable(studio.session.scene, studio.viewing.only, shot.frame)
    place = np.where(free[:, None], shot.position, np.nan)
    return hit(canvas, point, place, studio.session.scene.bodies.radius)


def target_at(canvas: Canvas, point: QPointF) -> Keyframe | None:
    """Return the keyframe at the shown frame that has a target under a point of the picture."""
    radius = canvas.studio.session.scene.bodies.radius
    there = (key for key in canvas.studio.keyframes.here if key.position is not None)
    return next((key for key in there if hit(canvas, point, place_of(key), radius[key.bodies]) is not None), None)


def place_of(key: Keyframe) -> Floats:
    """Return the targets of a keyframe that has some, float64[k, 3]."""
    assert key.position is not None
    return key.position
