"""The sound of the scene is heard: in time with what plays, backward where that goes back, and while one scrubs."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from revanim.scene.scene import Scene, Sound
from revanim.scene.sound.decode import RATE, Samples, decoded
from revanim.session.files.settings import settings
from revanim.session.session import Session
from revanim.session.sound.device import Cue, Device
from revanim.session.threads.worker import Report, Worker
from revanim.session.work.playback import Playback

LATE = 0.09  # seconds that sound and picture may be apart while it plays
SCRUBBED = 0.08  # seconds that are heard of a frame that is passed by hand
KEPT = "timeline/sound"


class Loudspeaker(QObject):
    """Follows the playhead; without a device, or without what reads sounds, all goes on in silence."""

    changed = Signal()  # whether it is on

    def __init__(self, session: Session, playback: Playback, make: Callable[[], Device] = Device) -> None:
        super().__init__(session)
        self.session, self.playback, self._make = session, playback, make
        self.on = str(settings().value(KEPT, "on")) != "off"
        self.device: Device | None = None  # once something is to be heard
        self._silent = False  # there is nothing to hear it through
        self._samples: Samples | None = None
        self._worker: Worker | None = None
        self._frame = session.frame
        self._settling = False  # what played has just stopped, and the playhead goes to the frame that is seen
        session.scene_changed.connect(self._reread)
        session.opened.connect(lambda: self._read(session.scene.sound))
        session.frame_changed.connect(self._follow)
        playback.changed.connect(self._turn)
        session.closing.connect(self.close)
        self._read(session.scene.sound)

    def set_on(self, on: bool) -> None:
        """Let it be heard, or not."""
        self.on = on
        settings().setValue(KEPT, "on" if on else "off")
        self._cue(None)
        self.changed.emit()

    def close(self) -> None:
        """Be silent for good."""
        if self._worker is not None:
            self._worker.close()
        if self.device is not None:
            self.device.close()
            self.device = None
        self._silent = True

    def _reread(self, before: Scene, after: Scene) -> None:
        if (before.sound and before.sound.data) is not (after.sound and after.sound.data):
            self._read(after.sound)

    def _read(self, sound: Sound | None) -> None:
        """Read the samples of a sound beside the window."""
        if self._worker is not None:
            self._worker.leave()
        self._samples, self._worker = None, None
        self._cue(None)
        if sound is None:
            return

        def work(report: Report) -> Samples:
            return decoded(sound.data.tobytes(), sound.name)

        self._worker = worker = Worker(self, work)
        worker.done.connect(lambda samples: self._take(worker, samples))
        worker.failed.connect(self.session.failed)

    def _take(self, worker: Worker, samples: Samples) -> None:
        if worker is self._worker:
            self._samples, self._worker = samples, None

    def _follow(self, frame: int) -> None:
        """Keep up with the playhead, or let a little be heard where it was put by hand."""
        before, self._frame = self._frame, frame
        settling, self._settling = self._settling, False
        place = self._place(frame)
        if not self.playback.direction:
            if frame != before and not settling:
                self._begin(place, 1.0 if frame > before else -1.0, SCRUBBED * RATE)
        elif self.device is None or self.device.cue is None or abs(self.device.place - place) > LATE * RATE:
            self._begin(place, self._rate)

    def _turn(self) -> None:
        """Begin where it begins to play, or turns; be silent where it ends."""
        if self.playback.direction:
            self._begin(self._place(self.session.frame), self._rate)
        else:
            self._settling = True
            self._cue(None)

    @property
    def _rate(self) -> float:
        return self.playback.direction * self.playback.speed * self.playback.pace

    def _place(self, frame: int) -> float:
        """Return the sample at which a frame begins."""
        sound = self.session.scene.sound
        return (frame - sound.first) / self.session.scene.timing.fps * RATE if sound else 0.0

    def _begin(self, place: float, rate: float, count: float = float("inf")) -> None:
        if self.on and self._samples is not None and self._opened():
            self._cue(Cue(self._samples, place, rate, count))

    def _opened(self) -> bool:
        if self.device is None and not self._silent:
            device = self._make()
            self._silent = not device.open()
            self.device = None if self._silent else device
        return self.device is not None

    def _cue(self, cue: Cue | None) -> None:
        if self.device is not None:
            self.device.done, self.device.cue = 0, cue
