"""The compass in the corner: a click on the end of an axis looks along it, a drag turns the camera."""

from math import hypot

from PySide6.QtCore import QPointF

from revanim.draw.camera import axis_view
from revanim.draw.overlay.compass import REACH, end_at
from revanim.window.viewport.camera.moving_camera import MoveCamera
from revanim.window.viewport.canvas import CLICK, Canvas
from revanim.window.viewport.painter import compass_place


def over_compass(canvas: Canvas, point: QPointF) -> bool:
    """Whether a point of the picture lies on the compass."""
    away = point - compass_place(canvas.width)
    return canvas.annotated and hypot(away.x(), away.y()) <= REACH


class TurnByCompass:
    """Looks along the axis under a click; from the other side if one looks along it already."""

    def __init__(self, canvas: Canvas, start: QPointF) -> None:
        self.canvas, self.start = canvas, start
        self._end = end_at(canvas.studio.session.view, compass_place(canvas.width), start)
        self._orbit = MoveCamera(canvas, "orbit", start)
        self._dragged = False

    def move(self, point: QPointF) -> None:
        self._dragged = self._dragged or (point - self.start).manhattanLength() > CLICK
        if self._dragged:
            self._orbit.move(point)

    def finish(self) -> None:
        if self._end is None or self._dragged:
            return
        session, end = self.canvas.studio.session, self._end
        view = axis_view(session.view, end.axis, end.side)
        session.look_from(axis_view(view, end.axis, -end.side) if view == session.view else view)

    def cancel(self) -> None:
        self._orbit.cancel()
