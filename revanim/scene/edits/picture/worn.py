"""What bodies wear in the styles that show it."""

from dataclasses import replace

from revanim.scene.check import check
from revanim.scene.given import colors, frozen, whole_numbers
from revanim.scene.scene import Figure, Scene, Sprite
from revanim.sentence import Sentence


def set_sprite(scene: Scene, sprite: Sprite | None) -> Scene:
    """Let bodies wear a picture, or the usual star."""
    if sprite is not None:
        sprite = replace(sprite, pixels=colors(sprite.pixels, Sentence("The pixels of the sprite")))
    return check(replace(scene, sprite=sprite))


def set_figure(scene: Scene, figure: Figure | None) -> Scene:
    """Let bodies wear a mesh, or the usual dart."""
    if figure is not None:
        corners = frozen(figure.corners, Sentence("The corners of the figure"))
        faces = whole_numbers(figure.faces, Sentence("The faces of the figure"))
        figure = replace(figure, corners=corners, faces=faces)
    return check(replace(scene, figure=figure))
