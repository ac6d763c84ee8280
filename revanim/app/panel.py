"""A panel is a file in `panels/`: a title, a place, and a widget that listens to the session."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from revanim.app.session import Session
from revanim.collect import collect


@dataclass(frozen=True)
class Panel:
    """Declared once at the end of its file; the dock, the View menu and the saved layout follow."""

    name: str
    title: str
    order: int  # from top to bottom
    build: Callable[[Session], QWidget]
    area: Qt.DockWidgetArea = Qt.DockWidgetArea.RightDockWidgetArea


@cache
def panels() -> dict[str, Panel]:
    """Return every panel by name."""
    return collect("revanim.app.panels", Panel)
