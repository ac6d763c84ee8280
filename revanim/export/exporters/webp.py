"""An animated WebP, written picture by picture."""

import io
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from revanim.draw.plate import Pixels
from revanim.engine.parameter import Parameter
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.pictures import (
    LOOP,
    PICTURE,
    TRANSPARENT,
    channels,
    look_options,
    measured,
    pictures_as,
    size_of,
    ticks,
)
from revanim.export.video import QUALITY

CLOCK = 1000
LOSSLESS = Parameter("lossless", 0.0, "", 0.0, 1.0, "Keep every pixel as it is.", choices=("no", "yes"))
ANIMATED, ALPHA = 0x02, 0x10  # flags of the header
ALONE = 0x02  # flag of a frame: it replaces the one before it


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Wrap one still WebP after the other (WebP container specification, RFC 9649)."""
    width, height = size_of(film, values)
    with path.open("wb") as file:
        for moment, still in pictures_as(_still, film, values):
            if moment.index == 0:
                turns = 0 if values["loop"] == "yes" else 1
                flags = ANIMATED | (ALPHA if values["transparent"] == "yes" else 0)
                header = struct.pack("<I", flags) + _three(width - 1) + _three(height - 1)
                file.write(
                    b"RIFF\0\0\0\0WEBP" + _chunk(b"VP8X", header) + _chunk(b"ANIM", struct.pack("<IH", 0, turns))
                )
            place = b"\0" * 6 + _three(width - 1) + _three(height - 1)
            stays = _three(ticks(moment.index, film.fps, CLOCK)) + bytes([ALONE])
            file.write(_chunk(b"ANMF", place + stays + still))
        size = file.tell()
        file.seek(4)
        file.write(struct.pack("<I", size - 8))


def _still(pixels: Pixels, values: Mapping[str, Any]) -> bytes:
    """Return the chunks of a still WebP that hold its pixels."""
    from PIL import Image

    data = io.BytesIO()
    lossless = values["lossless"] == "yes"
    picture = Image.fromarray(channels(pixels, values))
    picture.save(data, "WEBP", quality=round(values["quality"]), lossless=lossless, method=2)
    stored, place, kept = data.getvalue(), 12, b""
    while place < len(stored):
        name, length = struct.unpack("<4sI", stored[place : place + 8])
        end = place + 8 + length + length % 2
        kept += stored[place:end] if name in (b"ALPH", b"VP8 ", b"VP8L") else b""
        place = end
    return kept


def _three(number: int) -> bytes:
    """Return a number in three bytes."""
    return struct.pack("<I", number)[:3]


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


webp = Exporter(
    name="webp",
    title="Animated WebP",
    help="Small, in all colours, over nothing or over the backdrop.",
    words="picture image render",
    suffixes=(".webp",),
    parameters=(*PICTURE, *look_options(), QUALITY, LOSSLESS, TRANSPARENT, LOOP),
    write=write,
    opens_in="browsers, chats",
    measure=measured,
    painted=True,
)
