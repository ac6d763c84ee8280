"""An animated GIF, written picture by picture."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from revanim.engine.parameter import Parameter
from revanim.export.exporter import Exporter
from revanim.export.film import FORWARD, Film
from revanim.export.pictures import LOOP, PICTURE, look_options, measured, pictures, ticks
from revanim.sentence import NOTHING, Sentence

if TYPE_CHECKING:
    from PIL.Image import Image

DITHER = Parameter("dither", 1.0, "", 0.0, 1.0, "Mix colours that the palette lacks.", choices=("no", "yes"))
LOOKED_AT = 12  # pictures from which the palette is made
CLOCK = 100  # a GIF counts hundredths of a second
SHORTEST = 2  # of them: a picture that is shorter stays for ten in nearly every player


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Walk once for the palette, which all pictures share so that nothing flickers, and once for the pictures."""
    from PIL import Image
    from PIL.GifImagePlugin import getdata, getheader

    palette = _palette(film.part(0, 2), values)
    dither = Image.Dither.FLOYDSTEINBERG if values["dither"] == "yes" else Image.Dither.NONE
    with path.open("wb") as file:
        durations = durations_of(film)
        for moment, pixels in pictures(film.part(1, 2), values):
            if moment.index not in durations:
                continue
            picture = Image.fromarray(pixels[..., :3]).quantize(palette=palette, dither=dither)
            if moment.index == 0:
                file.writelines(getheader(picture, info={"loop": 0} if values["loop"] == "yes" else {})[0])
            duration = 1000 * durations[moment.index] // CLOCK
            file.writelines(getdata(picture, duration=duration, include_color_table=False))
        file.write(b";")


def durations_of(film: Film) -> dict[int, int]:
    """Return which pictures are shown, and for how many ticks of the clock each: none shorter than players can."""
    if film.fps <= CLOCK / SHORTEST:
        return {index: ticks(index, film.fps, CLOCK) for index in range(film.count)}
    apart = film.fps * SHORTEST / CLOCK
    return {round(turn * apart): SHORTEST for turn in range(max(int(film.count / apart), 1))}


def _slower(film: Film, values: Mapping[str, Any]) -> Sentence:
    """Say where a film has more pictures a second than players show."""
    shown = len(durations_of(film))
    if shown == film.count:
        return NOTHING
    return Sentence(
        "A GIF shows {most} pictures a second at most: {shown} of {count} are in it.",
        most=CLOCK // SHORTEST,
        shown=shown,
        count=film.count,
    )


def _palette(film: Film, values: Mapping[str, Any]) -> "Image":
    """Return an image with the 256 colours that serve pictures from all over the film best."""
    from PIL import Image

    sparse = replace(film, every=film.every * max(1, film.count // LOOKED_AT), order=FORWARD)
    seen = [pixels[::2, ::2, :3] for _, pixels in pictures(sparse, {**values, "shutter": 0.0})]
    return Image.fromarray(np.concatenate(seen)).quantize(256, method=Image.Quantize.MEDIANCUT)


gif = Exporter(
    name="gif",
    title="Animated GIF",
    help="Plays in every chat and page; 256 colours.",
    words="video film movie render animation",
    suffixes=(".gif",),
    parameters=(*PICTURE, *look_options(), DITHER, LOOP),
    write=write,
    opens_in="browsers, chats, documents",
    measure=measured,
    remark=_slower,
    painted=True,
)
