"""Which panels a scene brings to the front; what they hid comes back with a scene that does not ask for them."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QMainWindow

from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.window.panel import panels_in_order


class FrontPanels(QObject):
    """Remembers which panel lies behind each that a scene has brought to the front."""

    def __init__(self, window: QMainWindow, session: Session, dock: Callable[[str], QDockWidget]) -> None:
        super().__init__(window)
        self.window, self.session, self.dock = window, session, dock
        self._behind: dict[str, str] = {}  # the name of a panel, by that of the panel in front of it

    def follow(self, before: Scene | None = None) -> None:
        """Bring those panels to the front that the scene asks for, and the scene before did not.

        When another scene is opened that does not ask for them, what was hidden by them comes back.
        """
        for panel in panels_in_order():
            if panel.in_front and panel.in_front(self.session.scene):
                if not (before and panel.in_front(before)):
                    self._bring(self.dock(panel.name))
            elif before is None and panel.name in self._behind:
                behind = self._behind.pop(panel.name)
                if is_in_front(self.dock(panel.name)):
                    self.dock(behind).raise_()

    def _bring(self, dock: QDockWidget) -> None:
        beside = [other for other in self.window.tabifiedDockWidgets(dock) if is_in_front(other)]
        if beside:
            self._behind[dock.objectName()] = beside[0].objectName()
        dock.raise_()


def is_in_front(dock: QDockWidget) -> bool:
    """Tell whether a panel can be seen, and no other hides it."""
    return not dock.visibleRegion().isEmpty()
