"""A gesture follows the pointer: from a press until the button comes up, or free until a click; Esc takes it back."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter


class Gesture(Protocol):
    """Follows one drag."""

    def move(self, point: QPointF) -> None:
        """Follow the pointer."""

    def finish(self) -> None:
        """End where the pointer last was."""

    def cancel(self) -> None:
        """Leave everything as it was before the press."""


@runtime_checkable
class Typed(Protocol):
    """A gesture that also hears the keyboard."""

    def type(self, event: QKeyEvent) -> None:
        """Hear a key, other than those that end the gesture."""


@runtime_checkable
class Painted(Protocol):
    """A gesture that paints something over what it works on."""

    def paint(self, painter: QPainter) -> None:
        """Paint how far it has come."""


Begin = Callable[[QMouseEvent], Gesture | None]
Key = Qt.Key


class Hand(QObject):
    """Leads one gesture at a time; `begin` looks at a press and says which.

    A widget hands it the mouse and the keyboard by installing it as an event filter.
    """

    def __init__(self, parent: QObject, begin: Begin) -> None:
        super().__init__(parent)
        self.begin = begin
        self.current: Gesture | None = None
        self.held = Qt.KeyboardModifier.NoModifier  # with the mouse, when it last moved
        self._button = Qt.MouseButton.NoButton  # that is held; none where the gesture is free

    def hold(self, gesture: Gesture) -> None:
        """Let a gesture follow the pointer with no button held; a click or Return ends it, another button too."""
        self._button = Qt.MouseButton.NoButton
        self.current = gesture

    def drop_free(self) -> None:
        """Take back a gesture that follows the pointer with no button held."""
        if self.current is not None and self._button == Qt.MouseButton.NoButton:
            self._end().cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent) and self.current is not None:
            return self._key(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, self.held = event.type(), event.modifiers()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if self.current is None:
                self._button = event.button()
                self.current = self.begin(event)
            elif self._button == Qt.MouseButton.NoButton:
                ended = self._end()
                ended.finish() if event.button() == Qt.MouseButton.LeftButton else ended.cancel()
                return True
        elif kind == QEvent.Type.MouseMove and self.current:
            self.current.move(event.position())
        elif kind == QEvent.Type.MouseButtonRelease and self.current and event.button() == self._button:
            self._end().finish()
        else:
            return False
        return self.current is not None or kind == QEvent.Type.MouseButtonRelease

    def _key(self, event: QKeyEvent) -> bool:
        typed = isinstance(self.current, Typed)
        ends = event.key() == Key.Key_Escape or (typed and event.key() in (Key.Key_Return, Key.Key_Enter))
        if event.type() == QEvent.Type.ShortcutOverride:
            if ends or typed:
                event.accept()  # so that the key comes here before any menu
        elif event.type() == QEvent.Type.KeyPress and ends:
            ended = self._end()
            ended.cancel() if event.key() == Key.Key_Escape else ended.finish()
        elif event.type() == QEvent.Type.KeyPress and isinstance(self.current, Typed):
            self.current.type(event)
        return ends or typed

    def _end(self) -> Gesture:
        assert self.current is not None
        gesture, self.current = self.current, None
        return gesture
