"""A dark ground for light, whatever the style and the theme."""

from revanim.draw.background import Background, Ground, fade, night
from revanim.draw.look import Tokens
from revanim.scene.scene import Look


def ground(look: Look, tokens: Tokens, dark: bool) -> Ground:
    """Return the colours of the night."""
    return night(tokens)


deep = Background(name="deep", title="Deep", help="A dark gradient.", order=20, ground=ground, tile=fade)
