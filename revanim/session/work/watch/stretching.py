"""Whether links of a flow have become longer than its core, so that the fluid is no longer resolved; said once."""

from PySide6.QtCore import QObject

from revanim.scene.parts.stretched import stretched
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.work.titles import title_of

STRETCHED = Sentence("{part}: stretched from frame {frame} on; the fluid is no longer resolved.")


class Stretching(QObject):
    """Says of a scene, the first time it is seen, at which frame links of a flow are too long."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.said = False
        session.opened.connect(self._begin)
        session.scene_changed.connect(self._compare)
        session.frame_shown.connect(self._look)

    def _begin(self) -> None:
        self.said = False

    def _compare(self, before: Scene, scene: Scene) -> None:
        self.said = self.said and before.flows is scene.flows and before.bodies is scene.bodies

    def _look(self) -> None:
        scene, shot = self.session.scene, self.session.shot
        if self.said or not scene.flows or shot is None or len(shot.position) != scene.bodies.count:
            return
        for part in scene.flows:
            if stretched(part, shot.position, shot.frame).any():
                self.said = True
                self.session.told.emit(STRETCHED.with_values(part=title_of(part), frame=shot.frame))
                return
