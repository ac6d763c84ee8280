"""Playing: a clock that asks the session for one frame after another."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from revanim.session.session import Session

MODES = ("once", "loop", "ping-pong")
TICK = 4  # milliseconds: finer than any display, so that frames come evenly
PATIENCE = 0.25  # seconds: a walk slower than real time slips, instead of owing ever more frames
FASTEST = 16  # times, by shuttling
SLOW = 0.25  # times, by shuttling while the key that stops is held


def advance(frame: int, step: int, first: int, last: int, mode: str) -> tuple[int, int]:
    """Return the frame `step` (signed) frames on and the direction from there: +1, -1, or 0 at the end."""
    span = last - first
    onward = 1 if step > 0 else -1
    if mode == "loop":
        return first + (frame + step - first) % (span + 1), onward
    if mode == "ping-pong":
        phase = frame - first if onward > 0 else 2 * span - (frame - first)
        phase = (phase + abs(step)) % max(2 * span, 1)
        return (first + phase, 1) if phase < span else (first + 2 * span - phase, -1)
    arrived = min(max(frame + step, first), last)
    return arrived, onward if arrived == frame + step and arrived not in (first, last) else 0


class Playback(QObject):
    """Whether the scene plays, which way and how fast."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.direction = 0  # -1, 0 or +1
        self.speed = 1.0  # times real time, as shuttling has it
        self.pace = 1.0  # times that, as a person has set it for good
        self.held = False  # the key that stops
        self.every_frame = False  # show all, however late; else drop frames to keep time
        self._owed = 0.0  # frames, a fraction
        self._last_tick = 0.0  # seconds
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        session.paused.connect(self.stop)

    @property
    def mode(self) -> str:
        """One of `MODES`, kept in the scene."""
        return self.session.scene.look.play

    @property
    def rate(self) -> float:
        """How many frames shall pass in a second."""
        return self.session.scene.timing.fps * self.speed * self.pace

    def play(self, direction: int, speed: float = 1.0) -> None:
        """Play onward (+1) or in reverse (-1); from the far end when the range is used up."""
        first, last = self.session.range
        frame, spent = self.session.frame, last if direction > 0 else first
        if self.mode == "once" and (frame - spent) * direction >= 0:
            self.session.show(first if direction > 0 else last)
        self.direction, self.speed, self._owed = direction, speed, float(speed < 1)  # a tap is a frame
        self._last_tick = perf_counter()
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Stand still, at the frame that is seen."""
        if self.direction:
            self._end()
            self.session.stay()

    def _end(self) -> None:
        self.direction = 0
        self._timer.stop()
        self.changed.emit()

    def toggle(self, direction: int) -> None:
        """Play that way, or stop if it already does."""
        if self.direction == direction:
            self.stop()
        else:
            self.play(direction)

    def shuttle(self, direction: int) -> None:
        """Play that way, twice as fast at every further call; slowly while the key that stops is held."""
        faster = min(self.speed * 2, FASTEST) if self.direction == direction and self.speed >= 1 else 1.0
        self.play(direction, SLOW if self.held else faster)

    def set_pace(self, pace: float) -> None:
        """Play so many times as fast as the frame rate says."""
        self.pace = pace
        self.changed.emit()

    def show_every_frame(self, every: bool) -> None:
        """Show every frame, however late, or drop frames to keep time."""
        self.every_frame = every
        self.changed.emit()

    def _tick(self) -> None:
        now = perf_counter()
        self._owed += (now - self._last_tick) * self.rate
        self._last_tick = now
        if self.session.arrived and self._owed >= 1.0:
            step = 1 if self.every_frame else int(min(self._owed, max(self.rate * PATIENCE, 1.0)))
            self._owed %= 1.0
            self._step(step * self.direction)

    def _step(self, step: int) -> None:
        first, last = self.session.range
        frame, direction = advance(self.session.frame, step, first, last, self.mode)
        self.session.show(frame)
        if direction == 0:
            self._end()
        elif direction != self.direction:
            self.direction = direction
            self.changed.emit()
