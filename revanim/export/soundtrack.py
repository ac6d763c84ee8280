"""The sound of a film: that of its scene in the order and at the speed of the pictures, encoded beside them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.export.film import PING_PONG, REVERSE, Film
from revanim.scene.scene import Sound
from revanim.scene.sound.decode import RATE, Samples, decoded

SOUND = Parameter("sound", 1.0, "", 0.0, 1.0, "With the sound of the scene, if it has one.", choices=("no", "yes"))
BLOCK = 1024  # samples


def frames_heard(film: Film, passed: Floats) -> Floats:
    """Return which frame of the scene is heard when so many pictures of a film have passed.

    What is shown on the way back is heard on the way back, and so in reverse.
    """
    onward, stride = film.onward, film.every * film.speed
    if film.order == REVERSE:
        return film.first + (onward - passed) * stride
    there = film.first + passed * stride
    back = film.first + (2 * onward - 1 - passed) * stride
    return np.where(passed < onward, there, back) if film.order == PING_PONG else there


def heard(samples: Samples, sound: Sound, frames: Floats, fps: float) -> Samples:
    """Return float32[k, channels], what is heard at some frames: nothing before the sound and after it."""
    place = (frames - sound.first) / fps * RATE
    left = np.floor(place).astype(np.int64)
    part = (place - left)[:, None].astype(np.float32)
    return (1 - part) * _at(samples, left) + part * _at(samples, left + 1)


def _at(samples: Samples, which: Any) -> Samples:
    inside = (which >= 0) & (which < len(samples))
    return np.where(inside[:, None], samples[np.where(inside, which, 0)], np.float32(0))


def soundtrack(film: Film) -> Iterator[Samples]:
    """Yield all that is heard in a film, BLOCK samples at once."""
    sound = film.scene.sound
    if sound is None:
        return
    samples = decoded(sound.data.tobytes(), sound.name)
    count = round(film.count / film.fps * RATE)
    for begin in range(0, count, BLOCK):
        passed = np.arange(begin, min(begin + BLOCK, count)) / RATE * film.fps
        yield heard(samples, sound, frames_heard(film, passed), film.scene.timing.fps)


def writing_sound(film: Film, container: Any, codec: str) -> Iterator[float]:
    """Add the sound of a film to a container of FFmpeg, if there is one; yields up to which second it is written."""
    stream = container.add_stream(codec, rate=RATE, layout="stereo") if film.scene.sound else None
    yield 0.0
    if stream is not None:
        yield from _written(film, container, stream)


def _written(film: Film, container: Any, stream: Any) -> Iterator[float]:
    import av

    done = 0
    for block in soundtrack(film):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.reshape(1, -1)), format="flt", layout="stereo")
        frame.sample_rate, frame.pts = RATE, done
        done += len(block)
        container.mux(stream.encode(frame))
        yield done / RATE
    container.mux(stream.encode(None))
