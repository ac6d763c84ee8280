"""A background is what lies behind the bodies and their floor; each file of `backgrounds/` declares one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from revanim.collect import collect
from revanim.draw.look import DARK, LIGHT, Rgb, Tokens, rgb
from revanim.draw.style import style_of, styles
from revanim.engine.parameter import Floats
from revanim.scene.attribute import attributes
from revanim.scene.scene import Look
from revanim.sentence import Sentence

AXES, FAINT_AXES = 0.5, 0.3  # how strong the axes of the floor are, and how strong in the dark
PALE = "#c8c8c8"  # lines of the floor in the dark
BRIGHT = 128 * 3  # sum of the channels from which on a ground is bright


@dataclass(frozen=True)
class Ground:
    """The colours of a background, and of the lines that read on it."""

    top: Rgb
    bottom: Rgb
    ink: Rgb  # of the floor
    axes: float = AXES  # how strong they are, 0 to 1


@dataclass(frozen=True)
class Background:
    """What a file of `backgrounds/` declares.

    `ground(look, tokens, dark)` returns its colours; `dark` says whether the style adds up light and needs the night.
    `tile(ground, height, ratio)` returns red, green and blue of a piece, float64[rows, columns, 3] from 0 to 255, that
    is repeated over a picture so many pixels high, with `ratio` real pixels for each that the artist counts.
    """

    name: str
    title: str  # in menus
    help: str
    order: int  # in menus
    ground: Callable[[Look, Tokens, bool], Ground]
    tile: Callable[[Ground, int, float], Floats]
    colors: tuple[tuple[str, Rgb], ...] = ()  # by name, of a background that has the one colour the artist chooses


@cache
def backgrounds() -> dict[str, Background]:
    """Return every background by name, in the order of menus."""
    found = collect("revanim.draw.backgrounds", Background).values()
    return {background.name: background for background in sorted(found, key=lambda background: background.order)}


def background_of(look: Look) -> Background:
    """Return the background of a look, or that of a new scene where it is not installed."""
    return backgrounds().get(look.background) or backgrounds()[Look().background]


def ground(look: Look, tokens: Tokens) -> Ground:
    """Return the colours that a look has behind its bodies."""
    return background_of(look).ground(look, tokens, style_of(look).adds_light)


def inks(look: Look, tokens: Tokens) -> Tokens:
    """Return the colours that read on the ground of a look, whichever the rest of the window wears."""
    around = ground(look, tokens)
    return LIGHT if sum(around.top) + sum(around.bottom) > 2 * BRIGHT else DARK


def not_installed(look: Look) -> list[Sentence]:
    """Return a sentence for each item of a look that this installation lacks; the scene keeps their names."""
    lacks = []
    if look.color_by and look.color_by not in attributes():
        lacks.append(
            Sentence(
                "The attribute {name!r} is not installed; each body has its own colour, and the file keeps it.",
                name=look.color_by,
            )
        )
    if look.style not in styles():
        lacks.append(
            Sentence(
                "The style {name!r} is not installed; bodies are painted as in a new scene, and the file keeps it.",
                name=look.style,
            )
        )
    if look.background not in backgrounds():
        lacks.append(
            Sentence(
                "The background {name!r} is not installed; that of a new scene is painted, and the file keeps it.",
                name=look.background,
            )
        )
    return lacks


def night(tokens: Tokens) -> Ground:
    """Return a ground so dark that light can add up on it."""
    return Ground(rgb(tokens.glow_top), rgb(tokens.glow_bottom), rgb(PALE), FAINT_AXES)


def fade(ground: Ground, height: int, ratio: float) -> Floats:
    """Return a tile that fades from the colour of the top to that of the bottom."""
    top, bottom = np.array(ground.top, np.float64), np.array(ground.bottom, np.float64)
    share = (np.arange(height) + 0.5) / height
    return np.asarray(top + (bottom - top) * share[:, None, None])
