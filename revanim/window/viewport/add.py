"""The add tool: a click adds a body, a drag sprays bodies along the way of the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.make import COLOR, make_scene
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.work import bodies as editing

if TYPE_CHECKING:
    from revanim.session.studio import Studio
    from revanim.window.viewport.viewport import Viewport

SMALL = 0.012  # of the distance of the camera: the radius of a body where there is none to take after
SPACING = 2.5  # radii between two bodies of a spray, at first
CLOSE = 6.0  # pixels: bodies of a spray are never nearer to each other


class Spray:
    """Adds bodies along the way of the pointer, in the plane that faces the camera; one undo step."""

    def __init__(self, viewport: Viewport, point: QPointF, scene: Scene) -> None:
        self.viewport, self.studio = viewport, viewport.studio
        self.before, self.selected, self.scene = viewport.studio.session.scene, viewport.studio.session.selection, scene
        self.like = template(self.studio)
        self.points = [point]
        self._put()

    def move(self, point: QPointF) -> None:
        last, gap = self.points[-1], spacing(self.viewport)
        way = point - last
        length = float(np.hypot(way.x(), way.y()))
        steps = range(1, int(length / gap) + 1)
        if steps:
            self.points += [last + way * (gap * step / length) for step in steps]
            self._put()

    def _put(self) -> None:
        place = on_plane(self.viewport, self.points)
        text = Sentence("Add body") if len(place) == 1 else Sentence("Spray bodies")
        try:
            scene = editing.joined(self.scene, new_bodies(self.studio, place, self.like))
        except RevanimError as error:
            self.studio.session.failed.emit(error.sentence)
        else:
            self.studio.session.edit(text, scene, gesture=self)

    def finish(self) -> None:
        count = self.before.bodies.count
        self.studio.session.select(np.arange(self.studio.session.scene.bodies.count) >= count)
        editing.say_home(self.studio.session, self.before.timing.home)

    def cancel(self) -> None:
        if self.studio.session.scene is not self.before:
            self.studio.session.edit(Sentence("Take back"), self.before, gesture=self)
            self.studio.session.select(self.selected)


def begin_spray(viewport: Viewport, point: QPointF) -> Spray | None:
    """Return the spray that begins with a press, or say why there can be none."""
    viewport.studio.playback.stop()
    scene = editing.scene_here(viewport.studio.session)
    return None if scene is None else Spray(viewport, point, scene)


def spacing(viewport: Viewport) -> float:
    """Return how many pixels lie between two bodies of a spray."""
    _, radius, _ = template(viewport.studio)
    unit = camera.unit(viewport.studio.session.view, viewport.width(), viewport.height())
    return max(viewport.spacing * radius / unit, CLOSE)


def template(studio: Studio) -> tuple[float, float, tuple[int, int, int]]:
    """Return mass, radius and colour of a new body: those of the last selected one, or of the last one there is."""
    bodies, who = studio.session.scene.bodies, editing.chosen(studio.session)
    if not bodies.count:
        return 1.0, SMALL * studio.session.view.distance, COLOR
    like = int(who[-1]) if who.size else bodies.count - 1
    red, green, blue = (int(part) for part in bodies.color[like])
    return float(bodies.mass[like]), float(bodies.radius[like]), (red, green, blue)


def on_plane(viewport: Viewport, points: list[QPointF]) -> Floats:
    """Return where points of the picture lie in the plane through the target that faces the camera, float64[k, 3]."""
    view = viewport.studio.session.view
    x, y = np.array([point.x() for point in points]), np.array([point.y() for point in points])
    place = camera.unproject(view, viewport.width(), viewport.height(), x, y, np.full(len(points), view.distance))
    return np.where([True, True, not viewport.studio.session.scene.planar], place, 0.0)


def new_bodies(studio: Studio, place: Floats, like: tuple[float, float, tuple[int, int, int]]) -> Scene:
    """Return a scene of bodies at rest."""
    mass, radius, color = like
    timing = studio.session.scene.timing
    return make_scene(
        place,
        np.zeros_like(place),
        mass,
        radius=radius,
        color=color,
        fps=timing.fps,
        planar=studio.session.scene.planar,
    )
