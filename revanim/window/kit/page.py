"""A page that says what it is for until there is something to see on it, and is drawn on a beat."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from revanim.window.kit.widgets import column, holder, label

BEAT = 66  # milliseconds between two drawings: the eye is on the picture


def teach(page: QWidget, text: str, *contents: QWidget) -> tuple[QLabel, QStackedLayout]:
    """Lay out a page, a text before its contents; return the text, and what turns from one to the other."""
    shown = label(text, "name", wrap=True)
    shown.setAlignment(Qt.AlignmentFlag.AlignTop)
    stack = QStackedLayout(page)
    stack.addWidget(holder(column(shown, margins=(12, 10, 12, 12))))
    stack.addWidget(holder(column(*contents, margins=(4, 4, 8, 4))))
    return shown, stack


def on_a_beat(page: QWidget, draw: Callable[[], object]) -> Callable[[], None]:
    """Return what lets a page be drawn soon, however often it is asked to."""
    timer = QTimer(page, interval=BEAT, singleShot=True)
    timer.timeout.connect(draw)

    def wait() -> None:
        if not timer.isActive():
            timer.start()

    return wait
