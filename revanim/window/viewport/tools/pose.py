"""The pose tool: a drag says where bodies shall be at the frame that is shown, and leaves them where they are."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from revanim.engine.parameter import Floats
from revanim.scene.edits.targets import pose_at
from revanim.session.work.bodies import still_walking
from revanim.window.kit.gesture import Gesture
from revanim.window.viewport.canvas import Canvas, Tool
from revanim.window.viewport.picking import body_at, hit
from revanim.window.viewport.selecting import Select
from revanim.window.viewport.targets import Targets, replacing, targets_of_bodies
from revanim.window.viewport.transform import MOVE, Transform

Grip = tuple[Floats, Targets]  # float64[3], and what moves with it


def begin_pose(canvas: Canvas, event: QMouseEvent) -> Gesture:
    """Drag a target, or select."""
    return drag_target(canvas, event.position()) or Select(canvas, event)


def drag_target(canvas: Canvas, point: QPointF) -> Transform | None:
    """Return the drag of the target, or else of the body, under a press; say why where a target cannot be."""
    studio = canvas.studio
    if studio.session.shot is None:
        return None
    grip = _grip_target(canvas, point) or _grip_body(canvas, point)
    if grip is None:
        return None
    studio.playback.stop()
    place, targets = grip
    if not studio.session.there:
        studio.session.failed.emit(still_walking(studio.session))
        return None
    possible = studio.keyframes.possible(studio.session.frame)
    return Transform(canvas, MOVE, targets, point, grip=place) if possible else None


def _grip_target(canvas: Canvas, point: QPointF) -> Grip | None:
    """Return the target under the pointer: alone, or with the shape it is part of."""
    studio = canvas.studio
    scene, shot = studio.session.scene, studio.session.shot
    for index, key in enumerate(scene.keyframes):
        if shot is None or key.frame != shot.frame or key.position is None:
            continue
        row = hit(canvas, point, key.position, scene.bodies.radius[key.bodies])
        if row is not None:
            alone = not key.shape and pose_at(scene, shot.frame) == index
            rows = np.array([row]) if alone else np.arange(key.bodies.size)
            return key.position[row], replacing(studio, [(key, rows)])
    return None


def _grip_body(canvas: Canvas, point: QPointF) -> Grip | None:
    """Return the place of the body under the pointer, and its target or those of all selected bodies."""
    studio, body = canvas.studio, body_at(canvas, point)
    if body is None or studio.session.shot is None or studio.session.scene.bodies.pinned[body]:
        return None
    together = studio.session.selection & ~studio.session.scene.bodies.pinned
    bodies = np.flatnonzero(together) if together[body] else np.array([body])
    return studio.session.shot.position[body], targets_of_bodies(studio, bodies)


pose = Tool(
    name="pose",
    text="Pose Tool",
    menu="Keyframes",
    order=10,
    tip="Drag bodies to where they shall be at this frame",
    shortcuts=("V",),
    icon="pose",
    hint="Drag a body to where it shall be at this frame  ·  Esc takes the drag back  ·  V ends",
    cursor=Qt.CursorShape.CrossCursor,
    begin=begin_pose,
    taken=lambda canvas: canvas.studio.solving.prepare(),
    for_targets=True,
)
