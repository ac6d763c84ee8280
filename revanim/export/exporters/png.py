"""A PNG for each frame."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from revanim.export.exporter import Exporter, numbered
from revanim.export.film import Film
from revanim.export.pictures import PICTURE, TRANSPARENT, as_png, look_options, measured, pictures_as
from revanim.scene.file.whole import write_whole


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write name.0001.png and so on; `####` in the name is where the number goes."""
    written = 0
    try:
        for moment, data in pictures_as(as_png, film, values):
            write_whole(numbered(path, moment.number), data)
            written += 1
    except BaseException as ended:
        if written:
            ended.add_note(f"{written} of {film.count} pictures were written.")
        raise


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
    painted=True,
)
