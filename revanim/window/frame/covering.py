"""Which panels a scene brings to the front, and what they cover until a scene is opened that does not ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget

from revanim.scene.scene import Scene
from revanim.window.panel import panels_in_order

if TYPE_CHECKING:
    from revanim.window.window import Window


class Covering(QObject):
    """Remembers which panel lies under each that a scene has brought."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self._covered: dict[str, str] = {}  # the name of a panel, by that of the panel over it

    def follow(self, before: Scene | None = None) -> None:
        """Bring those panels to the front that the scene asks for, and the scene before did not.

        When another scene is opened that does not ask for them, what they covered comes back.
        """
        for panel in panels_in_order():
            if panel.in_front and panel.in_front(self.window.studio.session.scene):
                if not (before and panel.in_front(before)):
                    self._bring(self.window.dock(panel.name))
            elif before is None and panel.name in self._covered:
                covered = self._covered.pop(panel.name)
                if is_in_front(self.window.dock(panel.name)):
                    self.window.dock(covered).raise_()

    def _bring(self, dock: QDockWidget) -> None:
        beside = [other for other in self.window.tabifiedDockWidgets(dock) if is_in_front(other)]
        if beside:
            self._covered[dock.objectName()] = beside[0].objectName()
        dock.raise_()


def is_in_front(dock: QDockWidget) -> bool:
    """Tell whether a panel can be seen, and no other covers it."""
    return not dock.visibleRegion().isEmpty()
