"""Windows in a drawing: what they show, fitted into them and cut off at their edges."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.scene.shapes.area import Area, Region
from revanim.scene.svg.shape import Context, Size, moved
from revanim.scene.svg.transform import Affine, fitted

OPEN = {"visible", "auto"}


def window(here: Context, size: Size, box: Sequence[float], ratio: str, overflow: str) -> Context | None:
    """Return the context inside a window of a size, whose corner is where the context is; None if it is shut.

    `box` is what is fitted into it, x, y, width and height, or nothing.
    """
    if overflow not in OPEN:
        here = replace(here, within=(*here.within, rectangle(here.transform, 0.0, 0.0, *size)))
    if len(box) != len("xywh"):
        return replace(here, size=size)
    if not (box[2] > 0 and box[3] > 0 and size[0] > 0 and size[1] > 0):
        return None
    return replace(here, size=(box[2], box[3]), transform=fitted(here.transform, box, size, ratio))


def rectangle(transform: Affine, x: float, y: float, width: float, height: float) -> Region:
    """Return a rectangle to look through."""
    corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    return Region((Area(moved([corners], transform), shade=1.0),))
