"""Another take beside the one in front, as a ghost."""

from PySide6.QtCore import QObject, Signal

from revanim.draw.shot import Shot
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.ghost import GhostWalker


class Takes(QObject):
    """Shows how one of the takes behind moves, at the frame that is shown, until it is told to stop."""

    changed = Signal()
    ghost_shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.name = ""  # the take that is shown, or none
        self.ghost: Shot | None = None
        self._ghosts = GhostWalker(self, self._see, session.closing)
        session.frame_shown.connect(self._follow)
        session.scene_changed.connect(self._compare)

    def show(self, name: str) -> None:
        """Show a take beside the one in front; no name shows none."""
        self.name, self.ghost = name, None
        self._follow()
        self.changed.emit()
        self.ghost_shown.emit()

    @property
    def scene(self) -> Scene | None:
        """The take that is shown, as a scene."""
        return next((take.scene for take in self.session.scene.takes if take.name == self.name), None)

    def _compare(self, before: Scene, scene: Scene) -> None:
        if self.name and before.takes is not scene.takes and self.scene is None:
            self.show("")

    def _follow(self) -> None:
        scene, shot = self.scene, self.session.shot
        if scene is not None and shot is not None:
            self._ghosts.show(scene, shot.frame)

    def _see(self, ghost: Shot) -> None:
        if self.name:
            self.ghost = ghost
            self.ghost_shown.emit()
