"""An animated PNG, written picture by picture."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from revanim.draw.thumbnail import png_chunk
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.pictures import (
    LOOP,
    PICTURE,
    TRANSPARENT,
    as_png,
    look_options,
    measured,
    pictures_as,
    size_of,
    ticks,
)

CLOCK = 1000
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Take the compressed pixels of one PNG after the other (APNG specification, 1.0)."""
    size, count, number = size_of(film, values), film.count, 0
    with path.open("wb") as file:
        for moment, picture in pictures_as(as_png, film, values):
            chunks = dict(_chunks(picture))
            if moment.index == 0:
                turns = 0 if values["loop"] == "yes" else 1
                file.write(SIGNATURE + png_chunk(b"IHDR", chunks[b"IHDR"]))
                file.write(png_chunk(b"acTL", struct.pack(">II", count, turns)))
            stays = ticks(moment.index, film.fps, CLOCK)
            file.write(png_chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, *size, 0, 0, stays, CLOCK, 0, 0)))
            number += 1
            if moment.index == 0:
                file.write(png_chunk(b"IDAT", chunks[b"IDAT"]))
            else:
                file.write(png_chunk(b"fdAT", struct.pack(">I", number) + chunks[b"IDAT"]))
                number += 1
        file.write(png_chunk(b"IEND", b""))


def _chunks(stored: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the header and the compressed pixels of a PNG."""
    place, compressed = len(SIGNATURE), b""
    while place < len(stored):
        length, name = struct.unpack(">I4s", stored[place : place + 8])
        content = stored[place + 8 : place + 8 + length]
        compressed += content if name == b"IDAT" else b""
        if name == b"IHDR":
            yield name, content
        place += length + 12
    yield b"IDAT", compressed


apng = Exporter(
    name="apng",
    title="Animated PNG",
    help="Lossless, in all colours, over nothing or over the backdrop.",
    words="picture image render animation",
    suffixes=(".apng",),
    parameters=(*PICTURE, *look_options(), TRANSPARENT, LOOP),
    write=write,
    opens_in="browsers",
    measure=measured,
    painted=True,
)
