"""Drawings as resvg paints them, beside ours: how many places are ink in one and paper in the other."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from revanim.scene.poses.svg import painted
from revanim.scene.shapes.outline import FAINT, Grid
from revanim.scene.svg.walk import read_svg

WIDE = 400  # pixels

Mask = NDArray[np.bool_]


def theirs(text: str) -> Mask:
    """Return where resvg leaves ink on white paper, the top row first."""
    import resvg_py

    picture = Image.open(
        BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, width=WIDE, dpi=96, skip_system_fonts=True)))
    )
    red, green, blue, alpha = np.moveaxis(np.asarray(picture.convert("RGBA")) / 255, -1, 0)
    pale = np.minimum(np.minimum(red, green), blue) * alpha + 1 - alpha
    return pale < 1 - FAINT


def ours(text: str, shape: tuple[int, int], width: float) -> Mask:
    """Return the same of our reader; `width` is that of the page."""
    drawing = read_svg(text.encode(), "it.svg", lambda part: None)
    rows, columns = shape
    pitch = width / columns
    grid = Grid(0.0, -rows * pitch, pitch, lambda part: None)
    return (grid.tone(painted(drawing, all_pale=False), (0, 0, columns, rows), paper=1.0) < 1 - FAINT)[::-1]


def apart(text: str, width: float) -> float:
    """Return how many pixels differ that are not beside an edge, as a part of those that are ink."""
    one = theirs(text)
    other = ours(text, one.shape, width)
    return float((inner(one) & ~grown(other)).sum() + (inner(other) & ~grown(one)).sum()) / max(one.sum(), 1)


def grown(mask: Mask) -> Mask:
    """Return what is in a mask or beside it."""
    padded = np.pad(mask, 1)
    return np.logical_or.reduce(
        [padded[y : y + mask.shape[0], x : x + mask.shape[1]] for y in range(3) for x in range(3)]
    )


def inner(mask: Mask) -> Mask:
    """Return what is in a mask and not at its edge."""
    return ~grown(~mask)
