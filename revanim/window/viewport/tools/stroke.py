"""The stroke tool: the scene plays while a hand leads a body, and where the hand goes becomes the path of the body."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter

from revanim.draw import camera
from revanim.draw.overlay.way import paint_way
from revanim.engine.parameter import Floats
from revanim.scene import edits
from revanim.sentence import NOTHING, Sentence
from revanim.window.kit.gesture import Gesture
from revanim.window.viewport.canvas import Canvas, Tool
from revanim.window.viewport.picking import body_at
from revanim.window.viewport.selecting import Select

WIDTH, OPACITY = 2.0, (0.3, 1.0)
NEAR = 4.0  # pixels, from what the hand has drawn to the path
TITLE = Sentence("Draw a path")


def begin_stroke(canvas: Canvas, event: QMouseEvent) -> Gesture:
    """Lead the body under a press, or select."""
    body = body_at(canvas, event.position())
    return Select(canvas, event) if body is None else Stroke(canvas, body, event.position())


class Stroke:
    """Notes where the pointer is at every frame that plays, at the depth of its body; one undo step in the end."""

    def __init__(self, canvas: Canvas, body: int, point: QPointF) -> None:
        self.canvas, self.body, self.point = canvas, body, point
        self.places: dict[int, Floats] = {}
        session = canvas.studio.session
        assert session.shot is not None
        session.select(np.arange(session.selection.size) == body)
        seen = camera.project(session.view, *canvas.size, session.shot.position[body : body + 1])
        self._depth, self._off = seen.depth[0], QPointF(seen.x[0], seen.y[0]) - point
        self._note(session.frame)
        session.frame_changed.connect(self._note)
        session.hinted.emit(Sentence("Lead the body while the scene plays; let go to end."))
        canvas.studio.playback.play(1)

    def move(self, point: QPointF) -> None:
        self.point = point

    def finish(self) -> None:
        self._end()
        session, frames = self.canvas.studio.session, sorted(self.places)
        if len(frames) > 1:
            place, tolerance = (
                [self.places[frame] for frame in frames],
                NEAR * camera.unit(session.view, *self.canvas.size),
            )
            session.attempt(TITLE, lambda scene: edits.draw_path(scene, self.body, frames, place, tolerance))

    def cancel(self) -> None:
        self._end()

    def _end(self) -> None:
        session = self.canvas.studio.session
        session.frame_changed.disconnect(self._note)
        self.canvas.studio.playback.stop()
        session.hinted.emit(NOTHING)
        self.canvas.changed.emit()

    def _note(self, frame: int) -> None:
        """Note where the hand is; a scene that plays from the beginning again has been led long enough."""
        if frame > max(self.places, default=frame - 1):
            at, studio = self.point + self._off, self.canvas.studio
            x, y, depth = (np.array([each]) for each in (at.x(), at.y(), self._depth))
            place = camera.unproject(studio.session.view, *self.canvas.size, x, y, depth)[0]
            self.places[frame] = place * [1.0, 1.0, not studio.session.scene.planar]
            self.canvas.changed.emit()

    def paint(self, painter: QPainter) -> None:
        """Paint what has been drawn so far."""
        if len(self.places) > 1:
            way, session = np.array(list(self.places.values())), self.canvas.studio.session
            color = QColor(self.canvas.inks.key_selected)
            paint_way(painter, self.canvas.size, session.view, way, color, WIDTH, OPACITY)


stroke = Tool(
    name="stroke",
    text="Stroke Tool",
    order=8,
    tip="Lead a body while the scene plays: where the hand goes becomes its path",
    icon="tool-stroke",
    hint="Drag a body: the scene plays, and the body goes where the hand went  ·  Esc takes it back",
    cursor=Qt.CursorShape.CrossCursor,
    begin=begin_stroke,
)
