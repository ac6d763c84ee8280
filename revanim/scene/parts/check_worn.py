"""Whether bodies can wear a picture or a mesh."""

import numpy as np

from revanim.error import RevanimError
from revanim.scene.given import check_order, words
from revanim.scene.once import once
from revanim.scene.scene import Figure, Sprite
from revanim.sentence import Sentence

LARGEST_SPRITE = 1024  # pixels on a side
MOST_FIGURE_FACES = 20_000


@once
def check_sprite(sprite: Sprite) -> None:
    """Refuse a picture that bodies cannot wear."""
    pixels, tiles = sprite.pixels, (sprite.down, sprite.across)
    words(sprite.name, Sentence("The name of the sprite"))
    check_order(pixels, np.uint8, Sentence("The pixels of the sprite"))
    sides = pixels.shape[:2]
    if pixels.ndim != 3 or pixels.shape[2:] != (4,) or not all(1 <= side <= LARGEST_SPRITE for side in sides):
        raise RevanimError(
            "A sprite has red, green, blue and alpha of up to {most} pixels each way; this one has the shape {shape}.",
            most=LARGEST_SPRITE,
            shape=pixels.shape,
        )
    if not all(isinstance(count, int) and 1 <= count <= side for count, side in zip(tiles, sides, strict=True)):
        raise RevanimError("Each tile of a sheet needs a pixel at least.")


@once
def check_figure(figure: Figure) -> None:
    """Refuse a mesh that bodies cannot wear."""
    words(figure.name, Sentence("The name of the figure"))
    check_order(figure.corners, np.float64, Sentence("The corners of the figure"))
    check_order(figure.faces, np.int64, Sentence("The faces of the figure"))
    corners, faces = figure.corners, figure.faces
    fits = corners.ndim == faces.ndim == 2 and corners.shape[1] == faces.shape[1] == 3 and len(faces)
    if not (fits and np.isfinite(corners).all() and faces.min() >= 0 and faces.max() < len(corners)):
        raise RevanimError("A figure has finite corners, and faces between three of them.")
    if len(faces) > MOST_FIGURE_FACES:
        raise RevanimError("A figure may have up to {most} faces.", most=MOST_FIGURE_FACES)
