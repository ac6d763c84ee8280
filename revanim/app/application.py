"""The program as the system knows it: a Mac tells it, not its window, which file was double-clicked while it runs."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Says which file the system wants to be opened."""

    asked_to_open = Signal(Path)

    def event(self, event: QEvent) -> bool:
        """Hear of a file; what is for the widgets does not come this way."""
        if isinstance(event, QFileOpenEvent):
            self.asked_to_open.emit(Path(event.file()))
            return True
        return super().event(event)
