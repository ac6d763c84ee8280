"""The viewport: it shows the newest picture and hands the mouse to gestures."""

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from revanim.app.gesture import Gesture, Gestures
from revanim.app.session import Session
from revanim.app.theme import theme
from revanim.app.viewport.gestures import SCHEMES, MoveCamera, Select
from revanim.app.viewport.painter import Painter, Request
from revanim.app.viewport.pose import begin_pose
from revanim.app.viewport.selected import paint_box
from revanim.app.viewport.sight import sight_of
from revanim.draw import camera

NOTCH = 120  # wheel units
POSING = "Drag a body to where it shall be at this frame  ·  Esc takes the drag back  ·  V ends"
ZOOM = 1.15


class Viewport(QWidget):
    """One picture of the session's shot, painted in a thread of its own."""

    posing_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.mouse_scheme = "blender"
        self.annotated = True
        self.posing = False  # a drag moves targets
        self.image = QImage()
        self.painter = Painter(self)
        self.painter.rang.connect(self._show)
        self.gestures = Gestures(self, self._begin)
        self.setObjectName("viewport")
        self.setAccessibleName("Viewport")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        session.frame_shown.connect(self.request)
        session.view_changed.connect(self.request)
        session.selection_changed.connect(self.request)
        session.scene_changed.connect(self.request)
        session.keys.changed.connect(self.request)
        session.assignments.changed.connect(self.request)
        session.solving.changed.connect(self.request)
        session.solving.ghost_shown.connect(self.request)
        session.comparing.ghost_shown.connect(self.request)
        theme.changed.connect(self.request)
        session.closing.connect(self.painter.close)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def leave_bare(self, bare: bool) -> None:
        """Show the picture alone, or write over it what it is."""
        self.annotated = not bare
        self.request()

    def set_posing(self, posing: bool) -> None:
        """Let a drag move targets, or select."""
        self.posing = posing
        self.setCursor(Qt.CursorShape.CrossCursor if posing else Qt.CursorShape.ArrowCursor)
        if posing:
            self.session.solving.prepare()
        self.session.hinted.emit(POSING if posing else "")
        self.posing_changed.emit()

    def request(self) -> None:
        """Ask for a picture of what the session shows now."""
        session = self.session
        if session.shot is None or len(session.shot.position) != session.scene.bodies.count:
            return
        self.painter.paint(
            Request(
                scene=session.scene,
                shot=session.shot,
                view=session.view,
                selection=session.selection,
                sight=sight_of(session),
                annotated=self.annotated,
                width=self.width(),
                height=self.height(),
                ratio=self.devicePixelRatioF(),
            )
        )

    def frame_bodies(self, selected: bool = False) -> None:
        """Move the camera so that all bodies, or the selected ones, fill the picture."""
        session = self.session
        if session.shot is None:
            return
        chosen = session.selection if selected and session.selection.any() else np.ones_like(session.selection)
        position = session.shot.position[chosen]
        session.look_from(camera.frame_all(session.view, position, self.width(), self.height()))

    def _show(self) -> None:
        image = self.painter.take()
        if image is not None:
            self.image = image
            self.update()

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        move = SCHEMES[self.mouse_scheme].get((event.button(), event.modifiers()))
        if move:
            return MoveCamera(self, move, event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        return (begin_pose(self, event) if self.posing else None) or Select(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image.isNull():
            painter.fillRect(self.rect(), QColor(theme.tokens.viewport_bottom))
            painter.setPen(QColor(theme.tokens.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Preparing the engine…")
        else:
            painter.drawImage(self.rect(), self.image)
        gesture = self.gestures.current
        if isinstance(gesture, Select) and not gesture.is_click:
            paint_box(painter, gesture.box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.request()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.request()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        point, factor = event.position(), ZOOM ** (event.angleDelta().y() / NOTCH)
        view = camera.zoom(self.session.view, factor, point.x(), point.y(), self.width(), self.height())
        self.session.look_from(view)
