"""J, K and L as on an editing desk: while K is held, J and L play slowly, and only as long as they are held too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from revanim.window.window import Window

STOP, PLAY = "stop", ("shuttle-back", "shuttle-on")


class Shuttle(QObject):
    """Watches those keys come and go; which keys they are is up to the shortcuts of the commands."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            # The press itself goes to the shortcut; what comes before it comes here too.
            if event.type() == QEvent.Type.ShortcutOverride:
                self._press(event)
            elif event.type() == QEvent.Type.KeyRelease:
                self._release(event)
        elif event.type() == QEvent.Type.WindowDeactivate:
            self.window.studio.playback.held = False  # its release goes elsewhere
        return False

    def _press(self, event: QKeyEvent) -> None:
        if self._is(event, STOP):
            self.window.studio.playback.held = True

    def _release(self, event: QKeyEvent) -> None:
        playback = self.window.studio.playback
        if self._is(event, STOP):
            playback.held = False
        elif playback.held and any(self._is(event, name) for name in PLAY):
            playback.stop()

    def _is(self, event: QKeyEvent, name: str) -> bool:
        return QKeySequence(event.keyCombination()) in self.window.actions_by_name[name].shortcuts()
