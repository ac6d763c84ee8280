"""Films as pictures: the options that all such exporters share, and the pixels that each of them writes."""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from revanim.draw.background import backgrounds
from revanim.draw.plate import Pixels, Plate
from revanim.draw.style import styles
from revanim.draw.trail import drawn
from revanim.engine.parameter import Parameter
from revanim.error import RevanimError
from revanim.export.exporter import counted
from revanim.export.film import Film, Moment
from revanim.export.pieces import in_pieces
from revanim.scene.scene import Scene
from revanim.sentence import Sentence

Make = Callable[[Pixels, Mapping[str, Any]], bytes]

LARGEST = 16384  # pixels

WIDTH = Parameter("width", 0.0, "px", 0.0, LARGEST, "Of the picture; 0 takes that of the camera.", whole=True)
HEIGHT = Parameter("height", 0.0, "px", 0.0, LARGEST, "Of the picture; 0 keeps the shape of the camera's.", whole=True)
DENSITY = Parameter("density", 1.0, "×", 0.1, 16.0, "Real pixels for each of these, so that lines stay as wide.")
FINER = Parameter("oversample", 1.0, "×", 1.0, 4.0, "Painted pixels for each real one, across and down.", whole=True)
SHUTTER = Parameter(
    "shutter", 0.0, "frames", 0.0, 4.0, "How long it is open: 0.5 blurs like a film camera, 0 not at all."
)
SAMPLES = Parameter("samples", 16.0, "", 2.0, 256.0, "Moments in a blurred picture, all real sub-steps.", whole=True)
TRANSPARENT = Parameter("transparent", 0.0, "", 0.0, 1.0, "Bodies alone, over nothing.", choices=("no", "yes"))

SWITCH = ("no", "yes")
GRID = Parameter("grid", 0.0, "", 0.0, 1.0, "With the grid of the floor.", choices=SWITCH)
AXES = Parameter("axes", 0.0, "", 0.0, 1.0, "With the axes of the scene.", choices=SWITCH)

SCENE = "scene"  # the choice of what the scene has itself

LOOP = Parameter("loop", 1.0, "", 0.0, 1.0, "Play once, or again and again.", choices=("no", "yes"))

PICTURE = (WIDTH, HEIGHT, DENSITY, FINER, SHUTTER, SAMPLES, GRID, AXES)


def look_options() -> tuple[Parameter, Parameter]:
    """Return the options that paint in another style than that of the scene, or over another background."""
    ways = (SCENE, *styles())
    behind = (SCENE, *backgrounds())
    return (
        Parameter("style", 0.0, "", 0.0, len(ways) - 1, "How bodies are painted.", choices=ways),
        Parameter("background", 0.0, "", 0.0, len(behind) - 1, "What lies behind the bodies.", choices=behind),
    )


def repainted(scene: Scene, values: Mapping[str, Any]) -> Scene:
    """Return the scene as it shall be seen: in the style and over the background that the options ask for.

    The grid and the axes are there to work by; a film has them only where they are asked for.
    """
    asked = {name: values[name] for name in ("style", "background") if values.get(name, SCENE) != SCENE}
    grid, axes = (values.get(parameter.name) == "yes" for parameter in (GRID, AXES))
    return replace(scene, look=replace(drawn(scene), **asked, grid=grid, axes=axes))


def size_of(film: Film, values: Mapping[str, Any], multiple: int = 1) -> tuple[int, int]:
    """Return width and height in real pixels, each a multiple of a number, as some codecs ask for it."""
    wide, high = film.scene.look.picture
    width, height = round(values["width"]), round(values["height"])
    if not width and not height:
        width, height = wide, high
    width, height = width or round(height * wide / high), height or round(width * high / wide)
    density = values["density"]
    real = [max(multiple, round(each * density / multiple) * multiple) for each in (width, height)]
    if max(real) * round(values["oversample"]) > LARGEST:
        raise RevanimError(
            "A picture of {width} x {height} pixels, painted {fineness:g} times as fine, is too"
            " large; {most} pixels are the most.",
            width=real[0],
            height=real[1],
            fineness=values["oversample"],
            most=LARGEST,
        )
    return real[0], real[1]


def pictures(film: Film, values: Mapping[str, Any], multiple: int = 1) -> Iterator[tuple[Moment, Pixels]]:
    """Yield each picture as uint8[h, w, 4]: red, green, blue and alpha, not premultiplied."""
    if film.scheduler:
        width, height = size_of(film, values, multiple)
        for moment, data in pictures_as(_packed, film, values, multiple):
            yield moment, np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width, 4)
    else:
        yield from _painted(film, values, multiple)


def pictures_as(make: Make, film: Film, values: Mapping[str, Any], multiple: int = 1) -> Iterator[tuple[Moment, bytes]]:
    """Yield what a function of a module makes of each picture; where the film has a scheduler, its workers do so."""
    if film.scheduler:
        yield from in_pieces(film, partial(_made, make=make, values=values, multiple=multiple))
    else:
        for moment, pixels in _painted(film, values, multiple):
            yield moment, make(pixels, values)


def _made(film: Film, make: Make, values: Mapping[str, Any], multiple: int) -> list[bytes]:
    return [made for _, made in pictures_as(make, film, values, multiple)]


def _packed(pixels: Pixels, values: Mapping[str, Any]) -> bytes:
    return zlib.compress(pixels.data, 1)


def _painted(film: Film, values: Mapping[str, Any], multiple: int) -> Iterator[tuple[Moment, Pixels]]:
    transparent, finer = values.get("transparent") == "yes", round(values["oversample"])
    film = replace(film, scene=repainted(film.scene, values))
    plate = Plate(film.scene, *size_of(film, values, multiple), values["density"], finer, transparent)
    samples = round(values["samples"]) if values["shutter"] else 1
    for moment, shots in film.shots(values["shutter"], samples):
        yield moment, plate.expose(shots)


def as_png(pixels: Pixels, values: Mapping[str, Any]) -> bytes:
    """Return a picture as a PNG, with its alpha where that is asked for."""
    from PIL import Image

    data = io.BytesIO()
    Image.fromarray(channels(pixels, values)).save(data, "PNG")
    return data.getvalue()


def channels(pixels: Pixels, values: Mapping[str, Any]) -> Pixels:
    """Return a picture with its alpha where that is asked for, else red, green and blue alone."""
    return pixels if values["transparent"] == "yes" else pixels[..., :3]


def ticks(index: int, fps: float, per_second: int) -> int:
    """Return how long a picture stays, in whole ticks of a clock; rounding never adds up over the pictures."""
    return round((index + 1) * per_second / fps) - round(index * per_second / fps)


def measured(film: Film, values: Mapping[str, Any]) -> Sentence:
    """Return how many pictures there are, how large, and how long they last."""
    width, height = size_of(film, values)
    return Sentence("{width} × {height} px\n{frames}", width=width, height=height, frames=counted(film, values))
