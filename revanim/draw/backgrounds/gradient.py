"""A quiet gradient in the colours of the theme, which a style that adds up light turns into the night."""

from revanim.draw.background import Background, Ground, fade, night
from revanim.draw.look import Tokens, rgb
from revanim.scene.scene import Look


def ground(look: Look, tokens: Tokens, dark: bool) -> Ground:
    """Return the colours of the viewport, or of the night."""
    if dark:
        return night(tokens)
    return Ground(rgb(tokens.viewport_top), rgb(tokens.viewport_bottom), rgb(tokens.text))


gradient = Background(
    name="gradient",
    title="Gradient",
    help="A quiet gradient, deep where light adds up.",
    order=10,
    ground=ground,
    tile=fade,
)
