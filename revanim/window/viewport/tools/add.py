"""The add tool: a click adds a body, a drag sprays bodies along the way of the pointer."""

from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QWheelEvent

from revanim.draw import camera
from revanim.draw.dress.palette import first_colors, is_first_color
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.make import make_scene
from revanim.scene.scene import Colors, Scene
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.work import bodies as editing
from revanim.session.work import fluids
from revanim.window.kit.gesture import Painted
from revanim.window.viewport.canvas import Canvas, Tool, zoom_of

SMALL = 0.012  # of the distance of the camera: the radius of a body where there is none to take after
SPACING = 2.5  # radii between two bodies of a spray, at first
NARROWEST, WIDEST = 1.0, 100.0  # radii
CLOSE = 6.0  # pixels: bodies of a spray are never nearer to each other


class Spray:
    """Adds bodies along the way of the pointer, in the plane that faces the camera; one undo step."""

    def __init__(self, canvas: Canvas, point: QPointF, scene: Scene) -> None:
        self.canvas, self.studio = canvas, canvas.studio
        self.before, self.selected, self.scene = canvas.studio.session.scene, canvas.studio.session.selection, scene
        self.mass, self.radius, self.color = template(self.studio)
        self.points = [point]
        self.added = scene
        self._put()

    def move(self, point: QPointF) -> None:
        last, gap = self.points[-1], gap_of(self.canvas)
        way = point - last
        length = float(np.hypot(way.x(), way.y()))
        steps = range(1, int(length / gap) + 1)
        if steps:
            self.points += [last + way * (gap * step / length) for step in steps]
            self._put()

    def _put(self) -> None:
        place = on_plane(self.canvas, self.points)
        text = Sentence("Add body") if len(place) == 1 else Sentence("Spray bodies")
        color = colors(self.before, self.color, len(place))
        self.added = new_bodies(self.studio, place, self.mass, self.radius, color)
        try:
            scene = edits.join(self.scene, self.added)
        except RevanimError as error:
            self.studio.session.failed.emit(error.sentence)
        else:
            self.studio.session.edit(text, scene, gesture=self)

    def finish(self) -> None:
        count = self.before.bodies.count
        self.studio.session.select(np.arange(self.studio.session.scene.bodies.count) >= count)
        again = partial(
            editing.edit_from, self.studio.session, Sentence("Add body"), lambda scene: edits.join(scene, self.added)
        )
        editing.say_home(self.studio.session, self.before, again)

    def cancel(self) -> None:
        if self.studio.session.scene is not self.before:
            self.studio.session.edit(Sentence("Take back"), self.before, gesture=self)
            self.studio.session.select(self.selected)


def begin_spray(canvas: Canvas, event: QMouseEvent) -> Spray | None:
    """Return the spray that begins with a press, or say why there can be none."""
    canvas.studio.playback.stop()
    scene = editing.scene_here(canvas.studio.session)
    return None if scene is None else Spray(canvas, event.position(), scene)


def spacing(canvas: Canvas) -> float:
    """Return how many radii lie between two bodies of a spray."""
    return canvas.amounts.get(add.name, SPACING)


def gap_of(canvas: Canvas) -> float:
    """Return how many pixels lie between two bodies of a spray."""
    _, radius, _ = template(canvas.studio)
    return max(spacing(canvas) * radius / camera.unit(canvas.studio.session.view, *canvas.size), CLOSE)


def change_spacing(canvas: Canvas, event: QWheelEvent) -> bool:
    """Change the spacing of a spray, if Shift is held; return whether it is."""
    if event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
        return False
    canvas.amounts[add.name] = min(max(spacing(canvas) * zoom_of(event), NARROWEST), WIDEST)
    canvas.changed.emit()
    return True


def template(studio: Studio) -> tuple[float, float, Colors | None]:
    """Return mass, radius and colour of a new body: those of the last selected one, or of the last one there is.

    The colour, uint8[3], is None where no artist has chosen it.
    """
    scene, who = studio.session.scene, editing.chosen(studio.session)
    bodies = scene.bodies
    if not bodies.count:
        return 1.0, SMALL * studio.session.view.distance, None
    like = int(who[-1]) if who.size else bodies.count - 1
    own = None if is_first_color(scene.look, bodies.color[like]) else bodies.color[like]
    return float(bodies.mass[like]), float(bodies.radius[like]), own


def colors(scene: Scene, own: Colors | None, count: int) -> Colors:
    """Return the colours of bodies that are added to a scene, uint8[n, 3]: the one that is given, or first ones."""
    if own is not None:
        return np.tile(own, (count, 1))
    return first_colors(scene.look, scene.bodies.color, np.linspace(0, 1, count) if count > 1 else np.array([0.5]))


def on_plane(canvas: Canvas, points: list[QPointF]) -> Floats:
    """Return where points of the picture lie in the plane through the target that faces the camera, float64[k, 3]."""
    view = canvas.studio.session.view
    x, y = np.array([point.x() for point in points]), np.array([point.y() for point in points])
    place = camera.unproject(view, *canvas.size, x, y, np.full(len(points), view.distance))
    return np.where([True, True, not canvas.studio.session.scene.planar], place, 0.0)


def new_bodies(studio: Studio, place: Floats, mass: float, radius: float, color: Colors) -> Scene:
    """Return a scene of bodies at rest; in a fluid they are smoke."""
    scene, count = studio.session.scene, len(place)
    timing = scene.timing
    return make_scene(
        place,
        np.zeros_like(place),
        mass,
        flows=[fluids.smoke(scene, count)] if fluids.is_fluid(scene) else (),
        radius=radius,
        color=color,
        fps=timing.fps,
        planar=scene.planar,
    )


def paint_brush(painter: QPainter, canvas: Canvas) -> None:
    """Paint a ring that touches the places of the next bodies of a spray."""
    gesture = canvas.hand.current
    if canvas.pointer is None or isinstance(gesture, Painted):
        return
    color, gap = QColor(canvas.inks.text), gap_of(canvas)
    color.setAlphaF(0.6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1))
    painter.drawEllipse(gesture.points[-1] if isinstance(gesture, Spray) else canvas.pointer, gap, gap)


add = Tool(
    name="add",
    text="Add Tool",
    order=6,
    tip="Click to add a body, drag to spray some",
    shortcuts=("B",),
    icon="tool-add",
    hint="Click adds a body, a drag sprays  ·  Shift+wheel sets the distance  ·  Q ends",
    cursor=Qt.CursorShape.CrossCursor,
    begin=begin_spray,
    paint=paint_brush,
    wheel=change_spacing,
)
