"""Films as video, encoded by FFmpeg (PyAV) picture by picture."""

import math
import os
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from revanim.engine.parameter import Parameter
from revanim.error import RevanimError
from revanim.export.film import Film
from revanim.export.pictures import pictures, size_of
from revanim.export.soundtrack import writing_sound

QUALITY = Parameter("quality", 75.0, "%", 0.0, 100.0, "Of the pictures: better ones take more room.")

SAME = {"fflags": "+bitexact"}  # no date and no random number in the file
INDEX_FIRST = {"movflags": "+faststart"}  # so that a browser can begin before it has the whole file
BROADCAST, BT709 = 1, 1  # FFmpeg's numbers for black at 16, and for the colours of HD video


@dataclass(frozen=True)
class Codec:
    """What FFmpeg calls an encoder and its pixels, and its transparent pixels where it has any."""

    name: str
    layout: str
    crf: tuple[float, float] | None = None  # of the worst and of the best quality
    options: Mapping[str, str] = field(default_factory=dict)
    transparent: str = ""
    container: Mapping[str, str] = field(default_factory=dict)  # options of the file around it
    sound: str = "aac"  # what FFmpeg calls the encoder of the sound


def write_video(film: Film, path: Path, values: Mapping[str, Any], codec: Codec) -> None:
    """Encode a film; the format is that of the path's suffix."""
    import av  # only who encodes pays for FFmpeg

    options, layout = dict(codec.options), codec.layout
    if values.get("transparent") == "yes":
        layout = codec.transparent
        if not layout:
            raise RevanimError(
                "{name} has no transparency; choose another codec, or a picture over something.", name=codec.name
            )
    if codec.crf:
        worst, best = codec.crf
        options["crf"] = f"{worst + (best - worst) * values['quality'] / 100:.0f}"
    try:
        with av.open(str(path), "w", options={**SAME, **codec.container}) as container:
            stream: Any = container.add_stream(codec.name, rate=rate(film.fps), options=options)
            stream.width, stream.height = size_of(film, values, multiple=2)
            stream.pix_fmt = layout
            stream.color_range, stream.colorspace = BROADCAST, BT709
            stream.color_primaries = stream.color_trc = BT709
            silent = replace(film, scene=replace(film.scene, sound=None)) if values["sound"] == "no" else film
            sound = writing_sound(silent, container, codec.sound)
            written = next(sound)
            for moment, pixels in pictures(film, values, multiple=2):
                frame = av.VideoFrame.from_ndarray(pixels, "rgba")
                frame = frame.reformat(format=layout, dst_colorspace="ITU709", dst_color_range="MPEG")
                frame.pts = moment.index
                with _schedule_kept():
                    packets = stream.encode(frame)
                container.mux(packets)
                while written < (moment.index + 1) / film.fps:  # so that players find both in one place
                    written = next(sound, math.inf)
            container.mux(stream.encode(None))
            deque(sound, maxlen=0)
    except (av.FFmpegError, av.codec.codec.UnknownCodecError) as error:
        if isinstance(error, OSError):
            raise
        raise RevanimError("FFmpeg cannot write {name} here: {why}.", name=codec.name, why=error) from None


@contextmanager
def _schedule_kept() -> Iterator[None]:
    """Give this thread back the schedule it has: where it may, SVT-AV1 makes whoever opens it a real-time thread.

    Whatever that thread computed or began later would let nothing else have its core.
    """
    if not hasattr(os, "sched_getscheduler"):  # only Linux has it
        yield
        return
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        if os.sched_getscheduler(0) != policy:
            os.sched_setscheduler(0, policy, parameters)


def rate(fps: float) -> Fraction:
    """Return pictures a second as video counts them: 23.976 means 24000/1001."""
    whole = round(fps * 1.001)
    if whole and abs(fps - whole / 1.001) < 1e-3 and abs(fps - round(fps)) > 1e-3:
        return Fraction(1000 * whole, 1001)
    return Fraction(fps).limit_denominator(100_000)
