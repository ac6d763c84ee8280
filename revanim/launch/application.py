"""The application in its clothes, without a window: it imports little, so that it is there at once."""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from revanim.session.words import language_named, speak
from revanim.window.frame.scale import scaled
from revanim.window.kit.icons import mark
from revanim.window.kit.theme import dress, named
from revanim.window.preference import value_of

# Seconds that the window waits for a thread that runs Python; at 0.005 its pauses were half as long again.
SWITCH = 0.0005


class Application(QApplication):
    """The program as the system knows it: a Mac tells it, not its window, which file was double-clicked meanwhile."""

    asked_to_open = Signal(Path)

    def event(self, event: QEvent) -> bool:
        """Hear of a file; what is for the widgets does not come this way."""
        if isinstance(event, QFileOpenEvent):
            self.asked_to_open.emit(Path(event.file()))
            return True
        return super().event(event)


def application_of(arguments: list[str]) -> Application:
    """Return the application in its clothes."""
    sys.setswitchinterval(SWITCH)
    with scaled(int(value_of("scale"))):
        application = Application(arguments[:1])
    application.setApplicationName("revanim")
    application.setDesktopFileName("revanim")
    speak(language_named(str(value_of("language"))))
    application.setWindowIcon(QIcon(mark(256, 1)))
    dress(application, named(str(value_of("theme"))))
    return application
