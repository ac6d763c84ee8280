"""Samples of a sound file, by FFmpeg (PyAV): WAV, FLAC, MP3, OGG and whatever else it reads."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.error import RevanimError

RATE = 48_000  # samples a second
CHANNELS = 2
LONGEST = 20 * 60  # seconds
LARGEST = 64 * 1024 * 1024  # bytes of a file
SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".aiff", ".aif")

Samples = NDArray[np.float32]  # [n, CHANNELS], from -1 to 1, RATE of them a second


def decoded(data: bytes, name: str) -> Samples:
    """Return all samples of a sound file; raises RevanimError where it is none, or has no sound."""
    try:
        import av  # only who hears something pays for FFmpeg
    except ImportError:
        raise RevanimError("Sound is read by PyAV, which is not installed; revanim[export] brings it.") from None
    try:
        with av.open(io.BytesIO(data)) as container:
            if not container.streams.audio:
                raise RevanimError("{name} has no sound in it.", name=name)
            pieces = list(_within(_pieces(container), name))
    except (av.FFmpegError, ValueError, UnicodeDecodeError) as error:
        raise RevanimError("{name} is no sound that can be read ({why}).", name=name, why=error) from None
    samples = np.concatenate([np.zeros((0, CHANNELS), np.float32), *pieces])
    if not len(samples):
        raise RevanimError("{name} has no sound in it.", name=name)
    return np.asarray(np.nan_to_num(np.clip(samples, -1.0, 1.0)), np.float32)


def _pieces(container: Any) -> Iterator[Samples]:
    import av

    resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE)
    for frame in container.decode(audio=0):
        for piece in resampler.resample(frame):
            yield _rows(piece)
    for piece in resampler.resample(None):
        yield _rows(piece)


def _rows(piece: Any) -> Samples:
    return np.asarray(piece.to_ndarray().reshape(-1, CHANNELS), np.float32)


def _within(pieces: Iterator[Samples], name: str) -> Iterator[Samples]:
    """Yield pieces, and refuse what goes on too long."""
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > LONGEST * RATE:
            raise RevanimError("{name} is longer than {most} minutes.", name=name, most=LONGEST // 60)
        yield piece
