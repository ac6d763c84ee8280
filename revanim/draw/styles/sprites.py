"""Bodies as pictures: each wears the sprite of its scene, or a star."""

from functools import partial

import numpy as np

from revanim.draw.solid.depth_image import DepthImage
from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import paint
from revanim.draw.solid.sprites import add_sprites
from revanim.draw.style import Layers, Style
from revanim.draw.worn.sheet import sheet_of, usual_sprite
from revanim.draw.worn.turned import on_picture


def wear(solid: DepthImage, layers: Layers) -> None:
    """Paint the sprite of each body."""
    bodies, sheet = layers.bodies, sheet_of(layers.sprite or usual_sprite())
    p, turn = bodies.points, on_picture(layers.look, layers.shot, layers.view)
    tile = np.arange(len(p.x)) % sheet.tiles
    place = (p.x, p.y, p.depth, p.scale, bodies.radius, bodies.opacity, bodies.color, turn, tile)
    looks = (sheet.texels, sheet.levels, sheet.tinted, solid.fog)
    add_sprites(solid.image, solid.nearest, bodies.seen_in(solid.image), *place, *looks)


sprites = Style(
    name="sprites",
    title="Sprites",
    help="Paint each body as a picture that faces the eye: a drawing of yours, or a star.",
    order=16,
    paint=partial(paint, finish=Finish(), bodies=wear),
)
