"""J, K and L as on an editing desk: while K is held, J and L play slowly, and only as long as they are held too."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

from revanim.session.work.playback import Playback
from revanim.window.shortcuts import Shortcuts

STOP, PLAY = "stop", ("shuttle-back", "shuttle-on")


class Shuttle(QObject):
    """Watches those keys come and go; which keys they are is up to the shortcuts of the commands."""

    def __init__(self, window: QObject, playback: Playback, shortcuts: Shortcuts) -> None:
        super().__init__(window)
        self.playback, self.shortcuts = playback, shortcuts
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            # The press itself goes to the shortcut; what comes before it comes here too.
            if event.type() == QEvent.Type.ShortcutOverride:
                self._press(event)
            elif event.type() == QEvent.Type.KeyRelease:
                self._release(event)
        elif event.type() == QEvent.Type.WindowDeactivate:
            self.playback.held = False  # its release goes elsewhere
        return False

    def _press(self, event: QKeyEvent) -> None:
        if self._is(event, STOP):
            self.playback.held = True

    def _release(self, event: QKeyEvent) -> None:
        if self._is(event, STOP):
            self.playback.held = False
        elif self.playback.held and any(self._is(event, name) for name in PLAY):
            self.playback.stop()

    def _is(self, event: QKeyEvent, name: str) -> bool:
        return QKeySequence(event.keyCombination()) in map(QKeySequence, self.shortcuts.of(name))
