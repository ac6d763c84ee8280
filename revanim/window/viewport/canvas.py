"""What a hand works on in the viewport: a picture of the session, the tool in the hand, and the pointer over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from revanim.collect import collect
from revanim.draw import camera
from revanim.draw.background import inks
from revanim.draw.look import Tokens
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.window.kit.gesture import Gesture, Hand, Painted
from revanim.window.kit.theme import theme

NOTCH = 120  # wheel units
ZOOM = 1.15  # by one notch
CLICK = 4.0  # pixels a press may wander and still be a click
Begin = Callable[["Canvas", QMouseEvent], Gesture | None]


@dataclass(frozen=True)
class Tool:
    """Declared once, at the end of its file; its command, with menu, key and button on the strip, follows."""

    name: str
    text: str  # of its command
    order: int  # of its command in its menu; the first of all tools is in the hand at the beginning
    tip: str
    begin: Begin  # returns what a press of the left button does
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    menu: str = "Bodies"
    hint: str = ""  # in the status bar, while it is in the hand
    cursor: Qt.CursorShape = Qt.CursorShape.ArrowCursor
    paint: Callable[[QPainter, Canvas], object] | None = None  # over the picture, below what the gesture paints
    wheel: Callable[[Canvas, QWheelEvent], bool] | None = None  # whether it takes a turn of the wheel for itself
    taken: Callable[[Canvas], object] | None = None  # called when it comes into the hand
    for_targets: bool = False  # what it moves are targets at the shown frame, not the bodies


@cache
def tools() -> dict[str, Tool]:
    """Return every tool by name."""
    return collect("revanim.window.viewport.tools", Tool)


class Canvas(QObject):
    """The picture as a hand sees it, in pixels; a viewport shows it, and tools and gestures are given it."""

    changed = Signal()  # what lies over the picture is to be painted again
    bared = Signal()  # the picture itself is to be painted again, with what is written over it or without
    tool_changed = Signal()
    held = Signal()  # a gesture follows the pointer with no button held
    menu_asked = Signal(QPointF)  # what can be done with whatever is at this point

    def __init__(self, studio: Studio, begin: Begin, over: QWidget) -> None:
        super().__init__(over)
        self.studio, self._over = studio, over
        self.annotated = True  # whether anything is written over the picture
        self.mouse_scheme = "blender"
        self.pointer: QPointF | None = None  # where the mouse is, if it is over the picture
        self.tool = min(tools().values(), key=lambda tool: tool.order)
        self.amounts: dict[str, float] = {}  # what a tool was set to with the wheel, by its name
        self.hand = Hand(self, partial(begin, self))

    @property
    def width(self) -> int:
        """How wide the picture is: as the widget that shows it, so that a press finds what is seen."""
        return self._over.width()

    @property
    def height(self) -> int:
        """How high it is."""
        return self._over.height()

    @property
    def size(self) -> tuple[int, int]:
        """How large the picture is."""
        return self.width, self.height

    @property
    def inks(self) -> Tokens:
        """The colours of what is painted over the picture."""
        return inks(self.studio.session.scene.look, theme.tokens)

    @property
    def aiming(self) -> bool:
        """Whether what a hand moves are targets: with such a tool, or because keys are set by themselves."""
        return self.tool.for_targets or self.studio.keyframes.aiming

    def inherit(self, before: Canvas) -> None:
        """Have the same tool in the hand, set to the same amounts; the hint stands already."""
        self.tool, self.amounts = before.tool, before.amounts
        self.tool_changed.emit()

    def take(self, tool: Tool) -> None:
        """Take a tool into the hand."""
        self.hand.drop_free()
        self.tool = tool
        if tool.taken:
            tool.taken(self)
        self.studio.session.hinted.emit(Sentence(tool.hint))
        self.tool_changed.emit()
        self.changed.emit()

    def toggle(self, tool: Tool) -> None:
        """Take a tool into the hand, or lay it down for the one that was there at the beginning."""
        self.take(min(tools().values(), key=lambda each: each.order) if self.tool is tool else tool)

    def hold(self, gesture: Gesture) -> None:
        """Let a gesture follow the pointer, until a click keeps it."""
        self.held.emit()
        self.hand.hold(gesture)
        self.changed.emit()

    def leave_bare(self, bare: bool) -> None:
        """Show the picture alone, or write over it what it is."""
        self.annotated = not bare
        self.bared.emit()

    def frame_bodies(self, selected: bool = False) -> None:
        """Move the camera so that all bodies, or the selected ones, fill the picture."""
        studio = self.studio
        if studio.session.shot is None:
            return
        chosen = studio.session.selection if selected and studio.session.selection.any() else studio.viewing.shown
        studio.session.look_from(
            camera.frame_all(studio.session.view, studio.session.shot.position[chosen], *self.size)
        )

    def paint(self, painter: QPainter) -> None:
        """Paint what the tool shows, and the gesture."""
        if self.tool.paint:
            self.tool.paint(painter, self)
        if isinstance(self.hand.current, Painted):
            self.hand.current.paint(painter)


def zoom_of(event: QWheelEvent) -> float:
    """Return by how much a turn of the wheel, or across it, enlarges."""
    return float(ZOOM ** ((event.angleDelta().y() or event.angleDelta().x()) / NOTCH))
