"""What a press on the picture begins: it moves the camera or the playhead, selects, or does what the tool does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from revanim.window.kit.gesture import Gesture
from revanim.window.timeline.drags import ScrubAnywhere
from revanim.window.viewport.camera.menu_or_camera import MenuOrCamera
from revanim.window.viewport.camera.moving_camera import MoveCamera
from revanim.window.viewport.camera.schemes import SCHEMES
from revanim.window.viewport.canvas import Canvas
from revanim.window.viewport.compass import TurnByCompass, over_compass
from revanim.window.viewport.selecting import Select, begin_lasso

SCRUB = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LASSO = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def begin(canvas: Canvas, event: QMouseEvent) -> Gesture | None:
    """Return the gesture that a press begins."""
    move = SCHEMES[canvas.mouse_scheme].get((event.button(), event.modifiers()))
    if event.button() == Qt.MouseButton.RightButton and not event.modifiers():
        return MenuOrCamera(canvas, event.position(), move)
    if move:
        return MoveCamera(canvas, move, event.position())
    if event.button() != Qt.MouseButton.LeftButton:
        return None
    if over_compass(canvas, event.position()):
        return TurnByCompass(canvas, event.position())
    if event.modifiers() == SCRUB:
        return ScrubAnywhere(canvas.studio, event.position())
    if event.modifiers() & LASSO == LASSO and canvas.tool.begin is not begin_lasso:
        return Select(canvas, event, lasso=True, can_take_away=False)
    return canvas.tool.begin(canvas, event)
