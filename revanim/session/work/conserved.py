"""What a motion ought to keep, at the frames that have passed: energy, and momentum along each axis."""

from PySide6.QtCore import QObject, Signal

from revanim.draw.picture import Shot
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.walk import same_motion


class Conserved(QObject):
    """Read from every shot since the motion was last changed, so that whoever looks later sees it too."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.readings: dict[int, tuple[float, ...]] = {}  # frame -> drift or work, momentum along x, y, z
        session.frame_shown.connect(self._read)
        session.scene_changed.connect(self._compare)

    def _read(self, shot: Shot) -> None:
        momentum = self.session.scene.bodies.mass @ shot.velocity
        self.readings[shot.frame] = (shot.drift or shot.work or 0.0, *momentum)
        self.changed.emit()

    def _compare(self, before: Scene, scene: Scene) -> None:
        if not same_motion(before, scene):
            self.readings.clear()
        self.changed.emit()
