"""A drag with the right button: it moves the camera; a click opens the menu of what is under it."""

from PySide6.QtCore import QPointF

from revanim.window.viewport.camera.moving_camera import MoveCamera
from revanim.window.viewport.canvas import CLICK, Canvas


class MenuOrCamera:
    """Moves the camera from a press on, if it may, or opens the menu where the button comes up at the same place."""

    def __init__(self, canvas: Canvas, start: QPointF, move: str | None) -> None:
        self.canvas, self.start = canvas, start
        self._camera = MoveCamera(canvas, move, start) if move else None
        self._dragged = False

    def move(self, point: QPointF) -> None:
        self._dragged = self._dragged or (point - self.start).manhattanLength() > CLICK
        if self._dragged and self._camera:
            self._camera.move(point)

    def finish(self) -> None:
        if not self._dragged:
            self.canvas.menu_asked.emit(self.start)

    def cancel(self) -> None:
        if self._camera:
            self._camera.cancel()
