"""A drag that moves the camera: it turns, slides or comes nearer from where it was at the press."""

from collections.abc import Callable

from PySide6.QtCore import QPointF

from revanim.draw import camera
from revanim.scene.scene import View
from revanim.window.viewport.canvas import Canvas

DOUBLE = 160.0  # pixels of a zooming drag that double the size


def orbit(view: View, start: QPointF, point: QPointF, width: float, height: float) -> View:
    """Turn around the target; a flat view slides instead."""
    moved = point - start
    return pan(view, start, point, width, height) if view.flat else camera.orbit(view, moved.x(), moved.y())


def pan(view: View, start: QPointF, point: QPointF, width: float, height: float) -> View:
    """Slide the picture under the hand."""
    return camera.pan(view, point.x() - start.x(), point.y() - start.y(), width, height)


def zoom(view: View, start: QPointF, point: QPointF, width: float, height: float) -> View:
    """Enlarge around the press: up or right is nearer."""
    drag = (point.x() - start.x()) - (point.y() - start.y())
    return camera.zoom(view, 2 ** (drag / DOUBLE), start.x(), start.y(), width, height)


MOVES: dict[str, Callable[[View, QPointF, QPointF, float, float], View]] = {"orbit": orbit, "pan": pan, "zoom": zoom}


class MoveCamera:
    """Moves the camera from where it was at the press."""

    def __init__(self, canvas: Canvas, move: str, start: QPointF) -> None:
        self.canvas, self.start, self.before = canvas, start, canvas.studio.session.view
        self._move = MOVES[move]

    def move(self, point: QPointF) -> None:
        self.canvas.studio.session.look_from(self._move(self.before, self.start, point, *self.canvas.size))

    def finish(self) -> None:
        """The camera is there already."""

    def cancel(self) -> None:
        self.canvas.studio.session.look_from(self.before)
