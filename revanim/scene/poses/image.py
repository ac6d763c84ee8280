"""Places in the shape of a picture: dense where it is bright, or where it is dark, and with its colours."""

import warnings
from collections.abc import Mapping
from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.passed import Passed
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
FAINT = 0.03  # of full brightness: what a camera sees in the dark
RED, GREEN, BLUE = 0.299, 0.587, 0.114  # as bright as the eye finds them
FINE = 65535  # steps of brightness: rounding makes a power the same on every machine


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Stipple a picture."""
    path = existing(source, "image", LARGEST)
    pixels = _read(path, 2 * rows_for(count))
    tone = _tone(pixels, values["ink"], values["contrast"])
    if not tone.any():
        shown = Sentence("transparent or black") if values["ink"] == "bright" else Sentence("transparent or white")
        raise RevanimError("{name} is all {shown}; there is nothing to show.", name=path.name, shown=shown)
    cells = stipple(tone, count, passed)
    column, row = np.floor(cells).astype(int).T
    height, width = tone.shape
    place = np.stack([cells[:, 0], height - cells[:, 1]], axis=1)
    return Points(place, np.zeros(2), np.array([width, height]), path.name, color=pixels[row, column, :3])


def _read(path: Path, most: int) -> Colors:
    """Return a picture made small, to about `most` pixels, as uint8[rows, columns, 4] with alpha, the top row first."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # only who reads a picture pays for it

    Image.init()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[name for name in Image.ID if name not in DRAWINGS]) as file:
                picture = _plain(ImageOps.exif_transpose(file))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise RevanimError(
            "{name} has more than {most} pixels; save it smaller.",
            name=path.name,
            most=Image.MAX_IMAGE_PIXELS,
        ) from None
    except UnidentifiedImageError:
        raise RevanimError("{name} is not a picture that can be read.", name=path.name) from None
    # What a damaged picture can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged.", name=path.name) from None
    factor = isqrt(picture.width * picture.height // most)
    return np.asarray((picture.reduce(factor) if factor > 1 else picture).convert("RGBA"))


def _plain(picture: "Image") -> "Image":
    """Return a picture as RGB, or premultiplied with its alpha, so that what is transparent lends no colour."""
    from PIL.Image import fromarray

    if picture.mode[:1] in "IF":  # numbers whose range nobody knows: let the largest be white
        numbers = np.nan_to_num(np.asarray(picture, np.float64)).clip(0)
        picture = fromarray(np.rint(numbers * (255 / (numbers.max() or 1))).astype(np.uint8))
    return picture.convert("RGBA").convert("RGBa") if picture.has_transparency_data else picture.convert("RGB")


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
