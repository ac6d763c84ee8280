"""What samples are heard through: a stream of the system that asks for the next ones, or silence where there is none.

What is to be heard is one value, a cue, which the window's thread replaces and the thread of the stream reads.
"""

import logging
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from revanim.scene.sound.decode import CHANNELS, RATE, Samples

log = logging.getLogger("revanim")
SOFT = 96  # samples in which what begins or ends becomes loud or silent, so that nothing clicks
AHEAD = 60  # milliseconds that the system holds


@dataclass(frozen=True, eq=False)
class Cue:
    """From which sample on something is heard, by how many the next one is further, and how many are heard."""

    samples: Samples
    place: float
    rate: float
    count: float = np.inf


def taken(cue: Cue, done: int, count: int) -> Samples:
    """Return float32[count, channels], what is heard of a cue after so many samples of it; silence beyond its ends."""
    turn = done + np.arange(count)
    place = cue.place + cue.rate * turn
    left = np.floor(place).astype(np.int64)
    inside = (left >= 0) & (left < len(cue.samples) - 1) & (turn < cue.count)
    at = np.where(inside, left, 0)
    part = (place - left)[:, None].astype(np.float32)
    loud = np.clip(np.minimum(turn + 1, cue.count - turn) / SOFT, 0.0, 1.0) * inside
    if len(cue.samples) < 2:
        return np.zeros((count, CHANNELS), np.float32)
    found = (1 - part) * cue.samples[at] + part * cue.samples[at + 1]
    return np.asarray(found * loud[:, None], np.float32)


class Device:
    """A stream of the system; `cue` says what is heard, and None that nothing is."""

    def __init__(self) -> None:
        self.cue: Cue | None = None
        self.done = 0  # samples of the cue that were taken
        self._stream: Any = None

    @property
    def place(self) -> float:
        """Which sample is taken next."""
        cue = self.cue
        return cue.place + cue.rate * self.done if cue else 0.0

    def open(self) -> bool:
        """Begin to ask for samples, and return whether there is anything to hear them through."""
        try:
            import miniaudio

            stream = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.FLOAT32, CHANNELS, RATE, buffersize_msec=AHEAD, app_name="revanim"
            )
            asked = self.asked()
            next(asked)
            stream.start(asked)
        except Exception as error:  # whatever the sound of a system is not ready for, pictures go on
            log.info("%r", error)
            return False
        self._stream = stream
        return True

    def asked(self) -> Generator[Any, int, None]:
        """Answer each question for so many samples."""
        heard = self.cue
        count = yield b""
        while True:
            if heard is not self.cue:
                heard, self.done = self.cue, 0
            block = taken(heard, self.done, count) if heard else np.zeros((count, CHANNELS), np.float32)
            self.done += count
            count = yield block.tobytes()

    def close(self) -> None:
        """Ask no more."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
