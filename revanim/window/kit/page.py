"""A page that says what it is for until there is something to see on it, and is drawn on a beat."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from revanim.window.kit.widgets import column, holder, label

INTERVAL = 66  # milliseconds between two drawings: the eye is on the picture


def teach(page: QWidget, text: str, *contents: QWidget) -> tuple[QLabel, QStackedLayout]:
    """Lay out a page, a text before its contents; return the text, and what turns from one to the other."""
    shown = label(text, "name", wrap=True)
    shown.setAlignment(Qt.AlignmentFlag.AlignTop)
    stack = QStackedLayout(page)
    stack.addWidget(holder(column(shown, margins=(12, 10, 12, 12))))
    stack.addWidget(holder(column(*contents, margins=(4, 4, 8, 4))))
    return shown, stack


class Beat(QTimer):
    """Lets a page be drawn soon, however often it is asked to; it goes with the page, and hears nothing after that."""

    def __init__(self, page: QWidget, draw: Callable[[], object]) -> None:
        super().__init__(page, interval=INTERVAL, singleShot=True)
        self.timeout.connect(draw)

    def wait(self) -> None:
        """Draw when the beat comes."""
        if not self.isActive():
            self.start()
