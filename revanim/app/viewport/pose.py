"""The pose tool: a drag says where bodies shall be at the frame that is shown, and leaves them where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent

from revanim.app.viewport.gestures import CLICK, REACH
from revanim.draw import camera
from revanim.draw.picture import Shot
from revanim.engine.parameter import Floats
from revanim.scene.scene import Index, Scene
from revanim.scene.targets import move_shape, pose_at, set_targets

if TYPE_CHECKING:
    from revanim.app.viewport.viewport import Viewport

Moved = Callable[[Floats], Scene]  # the scene with the targets moved by float64[3]


class DragTarget:
    """Moves targets with the pointer, in the plane that faces the camera; the scene changes once, at the end."""

    def __init__(self, viewport: Viewport, start: QPointF, grip: Floats, moved: Moved) -> None:
        self.viewport, self.session = viewport, viewport.session
        self.start, self.grip, self.moved = start, grip, moved
        self.begun = False

    def move(self, point: QPointF) -> None:
        self.begun = self.begun or (point - self.start).manhattanLength() > CLICK
        if self.begun:
            scene = self.moved(self._by(point))
            self.session.keys.set_draft(scene)
            self.session.solving.bend(scene)

    def finish(self) -> None:
        keys, draft = self.session.keys, self.session.keys.draft
        if draft is None:
            return
        keys.draft = None
        self.session.edit("Move target", draft)
        if self.session.solving.candidate is not None:
            self.session.solving.bend(draft, patient=True)
        keys.select(key for key in keys.here if key.position is not None)

    def cancel(self) -> None:
        if self.begun:
            self.session.solving.discard()
        self.session.keys.set_draft(None)

    def _by(self, point: QPointF) -> Floats:
        view, width, height = self.session.view, self.viewport.width(), self.viewport.height()
        depth = camera.project(view, width, height, self.grip[None]).depth
        x, y = (np.array([self.start.x(), point.x()]), np.array([self.start.y(), point.y()]))
        start, end = camera.unproject(view, width, height, x, y, np.repeat(depth, 2))
        by = end - start
        return np.where([True, True, not self.session.scene.planar], by, 0.0)


def begin_pose(viewport: Viewport, event: QMouseEvent) -> DragTarget | None:
    """Return the drag of the target, or else of the body, under a press; say why where a target cannot be."""
    session, shot = viewport.session, viewport.session.shot
    if shot is None:
        return None
    grip = _grip_target(viewport, shot, event.position()) or _grip_body(viewport, shot, event.position())
    if grip is None:
        return None
    session.playback.stop()
    return DragTarget(viewport, event.position(), *grip) if session.keys.possible(shot.frame) else None


def _grip_target(viewport: Viewport, shot: Shot, point: QPointF) -> tuple[Floats, Moved] | None:
    """Return the place of the target under the pointer and what moves it: alone, or with the shape it is part of."""
    scene = viewport.session.scene
    for index, key in enumerate(scene.keyframes):
        if key.frame != shot.frame or key.position is None:
            continue
        row = _pick(viewport, key.position, scene.bodies.radius[key.bodies], point)
        if row is not None and (key.shape or pose_at(scene, shot.frame) != index):
            return key.position[row], lambda by, index=index: move_shape(scene, index, by)
        if row is not None:
            return key.position[row], _mover(scene, shot, key.bodies[[row]])
    return None


def _grip_body(viewport: Viewport, shot: Shot, point: QPointF) -> tuple[Floats, Moved] | None:
    """Return the place of the body under the pointer and what moves its target, or those of all selected bodies."""
    session = viewport.session
    body = _pick(viewport, shot.position, session.scene.bodies.radius, point)
    if body is None or session.scene.bodies.pinned[body]:
        return None
    together = session.selection & ~session.scene.bodies.pinned
    bodies = np.flatnonzero(together) if together[body] else np.array([body])
    return shot.position[body], _mover(session.scene, shot, bodies)


def _mover(scene: Scene, shot: Shot, bodies: Index) -> Moved:
    """Return what moves the targets of some bodies, which begin where those bodies are, or have a target already."""
    place, index = shot.position.copy(), pose_at(scene, shot.frame)
    if index is not None:
        key = scene.keyframes[index]
        place[key.bodies] = key.position
    return lambda by: set_targets(scene, shot.frame, bodies, place[bodies] + by)


def _pick(viewport: Viewport, place: Floats, radius: Floats, point: QPointF) -> int | None:
    size = viewport.width(), viewport.height()
    return camera.pick(viewport.session.view, *size, place, point.x(), point.y(), REACH, radius)
