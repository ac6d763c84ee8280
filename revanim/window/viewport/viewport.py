"""The viewport: it shows the newest picture, and hands mouse and keyboard to its canvas."""

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from revanim.draw import camera
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.theme import theme
from revanim.window.viewport.canvas import Canvas, zoom_of
from revanim.window.viewport.context import open_menu
from revanim.window.viewport.empty import paint_first_steps
from revanim.window.viewport.late import LateNote, greyed
from revanim.window.viewport.painter import Painter, Request
from revanim.window.viewport.presses import begin
from revanim.window.viewport.sight import sight_of


class Viewport(QWidget):
    """One picture of the session's shot, painted in a thread of its own."""

    painted = Signal()  # there is another picture

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.canvas = Canvas(studio, begin, self)
        self.image = QImage()
        self._grey = QImage()  # the same picture, once it is not current any more
        self.late = LateNote(studio.working, self)
        self.painter = Painter(self, self._show, studio.session.parting)
        self._first: list[QAction] = []
        self.menu: list[list[QAction]] = []  # by groups
        self.setObjectName("viewport")
        self.setAccessibleName(tr("Viewport"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        self.setMouseTracking(True)
        self.installEventFilter(self)
        self.installEventFilter(self.canvas.hand)
        self._listen()

    def _listen(self) -> None:
        studio = self.studio
        for news in (
            studio.session.frame_shown,
            studio.session.view_changed,
            studio.session.selection_changed,
            studio.session.scene_changed,
            studio.keyframes.changed,
            studio.assignments.changed,
            studio.solving.changed,
            studio.solving.ghost_shown,
            studio.takes.ghost_shown,
            studio.forces.changed,
            studio.viewing.changed,
            theme.changed,
        ):
            news.connect(self.request)
        studio.working.changed.connect(self._fade)
        studio.forces.changed.connect(self.update)
        canvas = self.canvas
        canvas.changed.connect(self.update)
        canvas.bared.connect(self.request)
        canvas.tool_changed.connect(self._wear_cursor)
        canvas.held.connect(self.setFocus)
        canvas.menu_asked.connect(self.open_menu)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def inherit(self, before: "Viewport") -> None:
        """Have the same tool in the hand, and show the same picture until the next is painted."""
        self.image = before.image
        self.canvas.inherit(before.canvas)

    def take_first(self, action: QAction) -> None:
        """Let the keys of an action work here, before those of any other."""
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        self._first.append(action)

    def request(self) -> None:
        """Ask for a picture of what the session shows now."""
        studio = self.studio
        if studio.session.shot is None or len(studio.session.shot.position) != studio.session.scene.bodies.count:
            return
        self.painter.paint(
            Request(
                scene=studio.session.scene,
                shot=studio.viewing.dress(studio.session.shot),
                view=studio.session.view,
                selection=studio.session.selection,
                sight=sight_of(studio),
                scope=studio.viewing.scope,
                annotated=self.canvas.annotated,
                width=self.width(),
                height=self.height(),
                ratio=self.devicePixelRatioF(),
            )
        )

    def _fade(self) -> None:
        """Let a picture that is not current be grey."""
        late = self.studio.working.late
        if late == self._grey.isNull():
            self._grey = greyed(self.image) if late and not self.image.isNull() else QImage()
            self.update()

    def _show(self, image: QImage) -> None:
        self.image = image
        self._grey = QImage()
        self._fade()
        self.update()
        self.painted.emit()

    def _wear_cursor(self) -> None:
        self.setCursor(self.canvas.tool.cursor)

    def open_menu(self, point: QPointF) -> None:
        """Show what can be done with what is at a point of the picture."""
        open_menu(self, self.canvas, self.menu, point)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image.isNull():
            painter.fillRect(self.rect(), QColor(theme.tokens.viewport_bottom))
            painter.setPen(QColor(theme.tokens.dim))
            if self.canvas.annotated:
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Preparing the engine…"))
        else:
            painter.drawImage(self.rect(), self.image if self._grey.isNull() else self._grey)
            paint_first_steps(painter, self.canvas)
            self.canvas.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.studio.viewing.set_size(self.width(), self.height())
        self.request()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something here; other threads go on while Qt handles what is not filtered."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.request()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._own(event):
            event.accept()
            return True
        return False

    def _own(self, event: QKeyEvent) -> QAction | None:
        """Return the action that a key runs here, whatever it means elsewhere."""
        pressed = QKeySequence(event.keyCombination())
        return next((one for one in self._first if one.isEnabled() and pressed in one.shortcuts()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._own(event)
        if action is None:
            super().keyPressEvent(event)
        else:
            action.trigger()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu by its key; the mouse opens it when its button comes up."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.open_menu(self.canvas.pointer or QPointF(self.rect().center()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.canvas.pointer = event.position()
        if self.canvas.tool.paint:
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.canvas.pointer = None
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.canvas.hand.drop_free()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        canvas, point = self.canvas, event.position()
        if canvas.tool.wheel and canvas.tool.wheel(canvas, event):
            return
        view = camera.zoom(self.studio.session.view, zoom_of(event), point.x(), point.y(), *canvas.size)
        self.studio.session.look_from(view)
