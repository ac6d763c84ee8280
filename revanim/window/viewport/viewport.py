"""The viewport: it shows the newest picture and hands the mouse to gestures."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
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
from revanim.draw.backdrop import inks
from revanim.draw.look import Tokens
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.session.work.bodies import centre
from revanim.window.kit.gesture import Gesture, Gestures
from revanim.window.kit.theme import theme
from revanim.window.timeline.gestures import ScrubAnywhere
from revanim.window.viewport.add import SPACING
from revanim.window.viewport.context import MenuOrCamera, open_menu
from revanim.window.viewport.gestures import MoveCamera, Select
from revanim.window.viewport.gizmo import Handle, handle_at, handles
from revanim.window.viewport.hand import paint_hand
from revanim.window.viewport.painter import Painter, Request
from revanim.window.viewport.schemes import SCHEMES
from revanim.window.viewport.sight import sight_of
from revanim.window.viewport.subject import points_of, subject_of
from revanim.window.viewport.tools import TOOLS
from revanim.window.viewport.transform import Transform
from revanim.window.viewport.turn import TurnByCompass, over_compass

NOTCH = 120  # wheel units
ZOOM = 1.15
SCRUB = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LASSO = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Viewport(QWidget):
    """One picture of the session's shot, painted in a thread of its own; the tool says what a press does."""

    tool_changed = Signal()
    painted = Signal()  # there is another picture

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.mouse_scheme = "blender"
        self.annotated = True
        self.tool = "select"
        self.spacing = SPACING  # of a spray, in radii
        self.pointer: QPointF | None = None  # where the mouse is, if it is over the picture
        self.image = QImage()
        self.painter = Painter(self, self._show, studio.session.parting)
        self.gestures = Gestures(self, self._begin)
        self._first: list[QAction] = []
        self.menu: list[list[QAction]] = []  # by groups
        self.setObjectName("viewport")
        self.setAccessibleName(tr("Viewport"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        self.setMouseTracking(True)
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
            studio.viewing.changed,
            theme.changed,
        ):
            news.connect(self.request)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def inherit(self, before: "Viewport") -> None:
        """Have the same tool in the hand, and show the same picture until the next is painted."""
        self.spacing, self.image = before.spacing, before.image
        self.take(before.tool)

    def leave_bare(self, bare: bool) -> None:
        """Show the picture alone, or write over it what it is."""
        self.annotated = not bare
        self.request()

    @property
    def posing(self) -> bool:
        """Whether a drag moves targets."""
        return self.tool == "pose"

    @property
    def aiming(self) -> bool:
        """Whether what a hand moves are targets: with the pose tool, or because keys are set by themselves."""
        return self.posing or self.studio.keyframes.aiming

    def take(self, tool: str) -> None:
        """Take one of TOOLS into the hand."""
        self.gestures.drop_free()
        self.tool = tool
        self.setCursor(TOOLS[tool].cursor)
        if self.posing:
            self.studio.solving.prepare()
        self.studio.session.hinted.emit(tr(TOOLS[tool].hint))
        self.tool_changed.emit()
        self.update()

    def take_first(self, action: QAction) -> None:
        """Let the keys of an action work here, before those of any other."""
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        self._first.append(action)

    def transform(self, kind: str) -> None:
        """Let what is selected follow the pointer, until a click keeps it."""
        self.gestures.drop_free()
        subject = subject_of(self.studio, self.aiming)
        if subject is not None:
            self.hold(Transform(self, kind, subject, self.pointer, free=True))

    def hold(self, gesture: Gesture) -> None:
        """Let a gesture follow the pointer, until a click keeps it."""
        self.setFocus()
        self.gestures.hold(gesture)
        self.update()

    def handles(self) -> list[Handle]:
        """Return the handles of the tool's gizmo at the middle of what is selected."""
        points = points_of(self.studio, self.aiming) if TOOLS[self.tool].gizmo and self.annotated else None
        if points is None or not len(points) or self.studio.playback.direction:
            return []
        size = self.width(), self.height()
        return handles(self.tool, centre(points), self.studio.session.view, size, self.studio.session.scene.planar)

    def handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle of the gizmo under a point of the picture."""
        return handle_at(self.handles(), point)

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
                annotated=self.annotated,
                width=self.width(),
                height=self.height(),
                ratio=self.devicePixelRatioF(),
            )
        )

    def frame_bodies(self, selected: bool = False) -> None:
        """Move the camera so that all bodies, or the selected ones, fill the picture."""
        studio = self.studio
        if studio.session.shot is None:
            return
        chosen = studio.session.selection if selected and studio.session.selection.any() else studio.viewing.shown
        position = studio.session.shot.position[chosen]
        studio.session.look_from(camera.frame_all(studio.session.view, position, self.width(), self.height()))

    def _show(self, image: QImage) -> None:
        self.image = image
        self.update()
        self.painted.emit()

    @property
    def inks(self) -> Tokens:
        """The colours of what is painted over the picture."""
        return inks(self.studio.session.scene.look, theme.tokens)

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        move = SCHEMES[self.mouse_scheme].get((event.button(), event.modifiers()))
        if event.button() == Qt.MouseButton.RightButton and not event.modifiers():
            return MenuOrCamera(self, event.position(), move)
        if move:
            return MoveCamera(self, move, event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        if over_compass(self, event.position()):
            return TurnByCompass(self, event.position())
        if event.modifiers() == SCRUB:
            return ScrubAnywhere(self.studio, event.position())
        if event.modifiers() & LASSO == LASSO:
            return Select(self, event, lasso=True)
        return TOOLS[self.tool].begin(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image.isNull():
            painter.fillRect(self.rect(), QColor(theme.tokens.viewport_bottom))
            painter.setPen(QColor(theme.tokens.dim))
            if self.annotated:
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Preparing the engine…"))
        else:
            painter.drawImage(self.rect(), self.image)
            paint_hand(painter, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.studio.viewing.set_size(self.width(), self.height())
        self.request()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.request()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._own(event):
            event.accept()
            return True
        return super().event(event)

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
            open_menu(self, self.pointer or QPointF(self.rect().center()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer = event.position()
        if TOOLS[self.tool].gizmo or self.tool in ("add", "throw"):
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer = None
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.gestures.drop_free()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        point, factor = event.position(), ZOOM ** ((event.angleDelta().y() or event.angleDelta().x()) / NOTCH)
        if self.tool == "add" and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.spacing = min(max(self.spacing * factor, 1.0), 100.0)
            self.update()
            return
        view = camera.zoom(self.studio.session.view, factor, point.x(), point.y(), self.width(), self.height())
        self.studio.session.look_from(view)
