"""A PNG for each frame."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from revanim.export.exporter import Exporter, numbered
from revanim.export.film import Film
from revanim.export.pictures import PICTURE, TRANSPARENT, channels, look_options, measured, pictures
from revanim.scene.file.whole import write_whole


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write name.0001.png and so on; `####` in the name is where the number goes."""
    from PIL import Image

    for moment, pixels in pictures(film, values):
        data = io.BytesIO()
        Image.fromarray(channels(pixels, values)).save(data, "PNG")
        write_whole(numbered(path, moment.number), data.getvalue())


png = Exporter(
    name="png",
    title="PNG sequence",
    help="A lossless picture for each frame, over nothing or over the backdrop.",
    words="picture image frames render",
    suffixes=(".png",),
    parameters=(*PICTURE, *look_options(), TRANSPARENT),
    write=write,
    opens_in="every compositor and editor",
    measure=measured,
    sequence=True,
)
