"""How the window comes up: dressed, and with something that moves."""

import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import revanim as ra
from revanim.app.icons import mark
from revanim.app.theme import dress
from revanim.app.window import Window

SWITCH = (
    0.0005  # seconds that the window waits for a thread that runs Python; at 0.005 its pauses were half as long again
)
FIRST = "galaxy-collision"  # the example that moves behind the welcome page


def start(path: Path | None = None) -> int:
    """Open the window, with a file or with the welcome page, and return the exit code when it closes."""
    application = application_of(sys.argv)
    window = Window(ra.load(path) if path else ra.example(FIRST))
    window.show()
    if path:
        window.files.adopt(path)
    else:
        window.welcome.show()
        window.session.playback.play(1)
    return application.exec()


def application_of(arguments: list[str]) -> QApplication:
    """Return the application in its clothes."""
    sys.setswitchinterval(SWITCH)
    application = QApplication(arguments[:1])
    application.setApplicationName("revanim")
    application.setDesktopFileName("revanim")
    application.setWindowIcon(QIcon(mark(256, 1)))
    dress(application)
    return application
