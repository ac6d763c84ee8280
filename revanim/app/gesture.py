"""A gesture is what a press begins: it follows the pointer until the button comes up, or Esc takes it back."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget


class Gesture(Protocol):
    """Follows one drag."""

    def move(self, point: QPointF) -> None:
        """Follow the pointer."""

    def finish(self) -> None:
        """End where the pointer last was."""

    def cancel(self) -> None:
        """Leave everything as it was before the press."""


Begin = Callable[[QMouseEvent], Gesture | None]


class Gestures(QObject):
    """Hands a widget's mouse to one gesture at a time; `begin` looks at a press and says which."""

    def __init__(self, widget: QWidget, begin: Begin) -> None:
        super().__init__(widget)
        self.begin = begin
        self.current: Gesture | None = None
        self.held = Qt.KeyboardModifier.NoModifier  # with the mouse, when it last moved
        self._button = Qt.MouseButton.NoButton
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, self.held = event.type(), event.modifiers()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick) and self.current is None:
            self._button = event.button()
            self.current = self.begin(event)
        elif kind == QEvent.Type.MouseMove and self.current:
            self.current.move(event.position())
        elif kind == QEvent.Type.MouseButtonRelease and self.current and event.button() == self._button:
            self._end().finish()
        else:
            return False
        return self.current is not None or kind == QEvent.Type.MouseButtonRelease

    def _key(self, event: QKeyEvent) -> bool:
        escape = self.current is not None and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # so that Esc comes here before any menu
        elif escape and event.type() == QEvent.Type.KeyPress:
            self._end().cancel()
        return escape

    def _end(self) -> Gesture:
        assert self.current is not None
        gesture, self.current = self.current, None
        return gesture
