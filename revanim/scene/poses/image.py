"""Places in the shape of a picture: dense where it is bright, or where it is dark, and with its colours."""

import warnings
from collections.abc import Mapping
from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.passed import Passed, between
from revanim.scene.placing import PLACING
from revanim.scene.pose import Points, PoseKind, existing
from revanim.scene.scene import Colors
from revanim.scene.shapes.spread import rows_for, stipple
from revanim.sentence import Sentence

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 500 << 20
DRAWINGS = {"EPS", "WMF"}  # no pictures yet: others would have to paint them
SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".webp", ".avif", ".jp2",
    ".gif", ".tif", ".tiff", ".bmp", ".tga", ".ppm", ".pgm",
)  # fmt: skip
WHOLE = {"WEBP", "AVIF", "JPEG2000"}  # formats whose pixels lie in memory several times while they are read
MOST_WHOLE = 40_000_000  # pixels of these
STRIP = 1 << 20  # pixels that are made small at once
READING = 0.2  # of the time
ORIENTATION = 0x0112  # the tag under which a camera says how it was held
SIXTEEN_BITS, HUGE = 65535, 1e30
RARE, GLARING = 0.999, 8  # of pixels that are not black, and how much brighter than these a few may be
FAINT = 0.03  # of full brightness: what a camera sees in the dark
RED, GREEN, BLUE = 0.299, 0.587, 0.114  # as bright as the eye finds them
FINE = 65535  # steps of brightness: rounding makes a power the same on every machine


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Stipple a picture."""
    path = existing(source, "image", LARGEST)
    pixels, color = _read(path, 2 * rows_for(count), between(passed, 0.0, READING))
    tone = _tone(pixels, values["ink"], values["contrast"])
    if not tone.any():
        shown = Sentence("transparent or black") if values["ink"] == "bright" else Sentence("transparent or white")
        raise RevanimError("{name} is all {shown}; there is nothing to show.", name=path.name, shown=shown)
    cells = stipple(tone, count, between(passed, READING, 1.0))
    column, row = np.floor(cells).astype(int).T
    height, width = tone.shape
    place = np.stack([cells[:, 0], height - cells[:, 1]], axis=1)
    return Points(place, np.zeros(2), np.array([width, height]), path.name, color=color[row, column, :3])


def own_colors(path: Path, most: int, passed: Passed) -> Colors:
    """Return a picture in its own colours, made small to about `most` pixels: uint8[rows, columns, 4] with alpha."""
    return _read(existing(path, "image", LARGEST), most, passed)[1]


def _read(path: Path, most: int, passed: Passed) -> tuple[Colors, Colors]:
    """Return a picture made small, to about `most` pixels, as uint8[rows, columns, 4] with alpha, the top row first.

    The first one is as bright as can be, the second in its own colours: they differ where nothing is near to white.
    """
    from PIL.Image import fromarray

    picture = _decoded(path)
    factor = max(isqrt(picture.width * picture.height // most), 1)
    bright, own = _levels(_small(picture, factor, passed), picture.mode)
    turn = picture.getexif().get(ORIENTATION, 1)
    return _upright(fromarray(bright), turn), _upright(fromarray(own), turn)


def _decoded(path: Path) -> "Image":
    """Return a picture whose pixels are in memory."""
    from PIL import Image, UnidentifiedImageError  # only who reads a picture pays for it

    Image.init()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[name for name in Image.ID if name not in DRAWINGS]) as file:
                if file.format in WHOLE and file.width * file.height > MOST_WHOLE:
                    raise _too_large(path, MOST_WHOLE)
                file.load()
                return file
    except RevanimError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large(path, Image.MAX_IMAGE_PIXELS or 0) from None
    except UnidentifiedImageError:
        raise RevanimError("{name} is not a picture that can be read.", name=path.name) from None
    # What a damaged picture can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged.", name=path.name) from None


def _too_large(path: Path, most: int) -> RevanimError:
    return RevanimError("{name} has more than {most} pixels; save it smaller.", name=path.name, most=most)


def _small(picture: "Image", factor: int, passed: Passed) -> NDArray[Any]:
    """Return the means of squares of pixels, strip by strip: a second copy of the whole would need too much memory.

    They are float32[rows, columns] of numbers, or uint8[rows, columns, 4] of colours, premultiplied with their alpha.
    """
    strip, found = factor * max(STRIP // (picture.width * factor), 1), []
    for top in range(0, picture.height, strip):
        passed(top / picture.height)
        part = picture.crop((0, top, picture.width, min(top + strip, picture.height)))
        plain = _plain(part)
        found.append(np.asarray(plain.reduce(factor) if factor > 1 else plain))
    return np.concatenate(found)


def _plain(picture: "Image") -> "Image":
    """Return a picture as numbers, or as RGBA whose colours are premultiplied: what is transparent lends none."""
    from PIL.Image import fromarray

    if picture.mode[:1] in "IF":
        return fromarray(np.nan_to_num(np.asarray(picture).astype(np.float32), posinf=HUGE).clip(0, HUGE))
    return picture.convert("RGBA").convert("RGBa") if picture.has_transparency_data else picture.convert("RGBA")


def _levels(pixels: NDArray[Any], mode: str) -> tuple[Colors, Colors]:
    """Return pixels as bright as can be and in their own colours, uint8[rows, columns, 4] each.

    They differ in numbers: of 16 bits white is known, of others the largest is; but a few that are far brighter than
    all the rest are faults of a camera, or the sun.
    """
    if pixels.dtype == np.uint8:
        return pixels, pixels
    some = np.sort(pixels[pixels > 0])
    most = some[-1] if some.size else 1.0
    usual = some[int(RARE * (some.size - 1))] if some.size else 1.0
    white = usual if most > GLARING * usual else most
    known = SIXTEEN_BITS if mode.startswith("I;16") else white
    return _grey(pixels / white), _grey(pixels / known)


def _grey(part: NDArray[Any]) -> Colors:
    tone = np.rint(part.clip(0, 1) * 255).astype(np.uint8)
    return np.stack([tone, tone, tone, np.full_like(tone, 255)], axis=2)


def _upright(picture: "Image", turn: int) -> Colors:
    """Return a picture turned as a camera says that it held it."""
    from PIL.ImageOps import exif_transpose

    picture.getexif()[ORIENTATION] = turn
    return np.asarray(exif_transpose(picture))


def _tone(pixels: Colors, ink: str, contrast: float) -> Floats:
    """Return how much each pixel asks for points, float64[rows, columns] from 0 to 1."""
    red, green, blue, alpha = np.moveaxis(pixels / 255, -1, 0)
    light = RED * red + GREEN * green + BLUE * blue
    tone = np.rint((light if ink == "bright" else 1 - light) ** contrast * FINE) / FINE * alpha
    return np.where(tone > FAINT, tone, 0.0)


image = PoseKind(
    name="image",
    help="The bright or dark parts of a picture, in its colours.",
    parameters=(
        Parameter("ink", 0.0, "", 0.0, 1.0, "Which parts attract points.", choices=("bright", "dark")),
        Parameter(
            "contrast", 1.0, "", 0.1, 10.0, "The power to which brightness is taken: more leaves the middle empty."
        ),
        *PLACING,
    ),
    make=make,
    source="file",
    suffixes=SUFFIXES,
    words="picture photo bitmap",
)
