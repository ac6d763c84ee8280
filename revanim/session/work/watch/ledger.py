"""What losses have erased since home, at the frames that have passed, and what else it could have been."""

from dataclasses import dataclass
from math import log

from PySide6.QtCore import QObject, Signal

from revanim.draw.shot import Shot
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion

BOLTZMANN, ROOM_TEMPERATURE = 1.380649e-23, 300.0  # J/K, K
JOULES = BOLTZMANN * ROOM_TEMPERATURE * log(2)  # that erasing a bit costs at least (Landauer 1961)
STATE_BITS = 6 * 64  # of a body in a frame that is kept: place and speed


@dataclass(frozen=True)
class Account:
    """What the ledger says at a frame."""

    bits: float  # erased since home
    rate: float | None  # bits in the second before, as far as that was walked
    frames: float  # bits that keeping every frame since home would have taken
    energy: float  # joules that erasing these bits costs at least


class Ledger(QObject):
    """Read from every shot since the motion was last changed; a scene that erases nothing has an empty one."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.bits: dict[int, float] = {}  # by frame
        session.scene_changed.connect(self._refresh)
        session.frame_shown.connect(self._read)

    def _refresh(self, before: Scene, scene: Scene) -> None:
        if not same_motion(before, scene):
            self.bits.clear()
            self.changed.emit()

    def _read(self, shot: Shot) -> None:
        if shot.erased is not None:
            self.bits[shot.frame] = float(shot.erased.sum())
            self.changed.emit()

    def account(self, frame: int) -> Account | None:
        """Return what is known at a frame."""
        bits, scene = self.bits.get(frame), self.session.scene
        if bits is None:
            return None
        kept = abs(frame - scene.timing.home) * scene.bodies.count * STATE_BITS
        return Account(bits, self._rate(frame, scene.timing.fps), float(kept), bits * JOULES)

    def _rate(self, frame: int, fps: float) -> float | None:
        """Return bits a second, from the earliest frame of the second before that was passed."""
        earliest = min((each for each in self.bits if 0 < frame - each <= fps), default=None)
        if earliest is None:
            return None
        return (self.bits[frame] - self.bits[earliest]) * fps / (frame - earliest)
